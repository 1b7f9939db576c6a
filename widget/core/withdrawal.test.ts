// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { beforeEach, expect, it } from 'vitest';

import { exampleBoot, exampleDetails } from '../../test/support/example-widget.ts';
import { endedBefore, noteEnded } from './ended-note.ts';
import { addRoot, addStyle } from './shadow.ts';
import type { Widget } from './widget.ts';
import { endAgain } from './withdrawal.ts';

let running: string[];
const boot = exampleBoot();
const root = addRoot(document.createElement('div'));
const widget = {
  boot,
  root,
  addStyle,
  details: () => Promise.resolve(exampleDetails(boot)),
  mayRun: (id: string) => running.includes(id),
} as unknown as Widget;
const said = () => root.querySelector('.ended p')?.textContent ?? null;

beforeEach(() => {
  running = [];
  root.querySelector('.ended')?.remove();
  document.cookie = '_statistics=1;Path=/';
});

it('R9 the page after a withdrawal deletes once more, and says so', async () => {
  noteEnded('example', 'statistics');
  await endAgain(widget);
  expect(document.cookie).not.toContain('_statistics');
  expect(said()).toBe(exampleDetails(boot).words.withdrawnNow);
  expect(endedBefore('example')).toBeNull();
});

it('and says nothing of what was agreed to again meanwhile', async () => {
  running = ['statistics'];
  noteEnded('example', 'statistics');
  await endAgain(widget);
  expect(document.cookie).toContain('_statistics');
  expect(said()).toBeNull();
  expect(endedBefore('example')).toBeNull();
});
