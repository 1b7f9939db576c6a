import { expect, it } from 'vitest';

import type { Ask } from '../messages.ts';
import { askAgain } from './ask-again.ts';
import type { Client } from './client.ts';

/** A background whose first answers are lost. */
function losing(first: number) {
  const asked: Ask['type'][] = [];
  const ask: Client['ask'] = (question) => {
    asked.push(question.type);
    return asked.length > first ? Promise.resolve(null as never) : Promise.reject(new Error('the channel closed'));
  };
  return { asked, ask: askAgain(ask) };
}

it('a look whose answer was lost is answered by the next worker', async () => {
  const { asked, ask } = losing(1);
  await expect(ask({ type: 'view_tab', tab: 7 })).resolves.toBe(null);
  expect(asked).toEqual(['view_tab', 'view_tab']);
});

it('a background that does not answer is asked twice, not for ever', async () => {
  const { asked, ask } = losing(9);
  await expect(ask({ type: 'view_tab', tab: 7 })).rejects.toThrow('the channel closed');
  expect(asked.length).toBe(2);
});

it('what does something is never done twice', async () => {
  const { asked, ask } = losing(1);
  await expect(ask({ type: 'withdraw', origin: 'https://shop.example' } as Ask)).rejects.toThrow();
  expect(asked).toEqual(['withdraw']);
});
