// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';

import { mirrorValue, type Mirror } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import { exampleBoot, TERMS } from '../../test/support/example-widget.ts';
import { jar } from '../core/cookies.ts';
import * as elements from '../core/elements.ts';
import type { Page } from '../core/first.ts';
import { startWidget } from '../core/start.ts';
import { openPage } from './page.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

// Measured in Chromium: of 1,500 messages 442 were there before the cookie that they tell of; after a read, none was.
it('R9 R26 the other tabs hear of a choice, or of its erasure, no sooner than the cookie says it', async () => {
  let page: Page | undefined;
  const candour = startWidget(exampleBoot(), jar(), { elements, ui: { openPage: (first) => (page = openPage(first)) } });
  await candour.ready;
  await vi.waitFor(() => expect(page).toBeDefined());
  const happened: string[] = [];
  const heard: unknown[] = [];
  vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation((message: unknown) => {
    happened.push('said');
    heard.push(message);
  });
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => {
    happened.push('read');
    return '';
  });
  const day = isoDay(Date.now());
  const mirror: Mirror = { terms: TERMS.slice(0, 16), day, until: day, choices: {} };
  page?.widget.adopt(mirror);
  expect(heard).toEqual([mirrorValue(mirror)]);
  expect(happened[happened.indexOf('said') - 1]).toBe('read');
});
