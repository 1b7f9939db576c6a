import { afterEach, expect, it } from 'vitest';

import { analyseDocument } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import { readHtml } from '../../shared/analysis/html.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import { speak } from '../words/say.ts';
import { changeLines } from './changes.tsx';

afterEach(() => speak('en'));

function noticeOf(date: string, years: string, orders = 'seven years'): PrivacyNotice {
  const document =
    readHtml(`<html lang="en"><body><h1>Privacy notice</h1><p>Crumb Limited is the controller of your data. ${date}</p>
    <h2>When you write to us</h2><p>We use your name and your message to answer you. We rely on our legitimate interests. We keep messages for ${years} after our last contact with you.</p>
    <h2>When you order</h2><p>We use your address to deliver your order. The lawful basis is our contract with you. We keep orders for ${orders} after the sale.</p></body></html>`);
  return asNotice(document, analyseDocument(document), 'Privacy notice').notice;
}
const before = noticeOf('Last updated: 3 March 2026.', 'two years');

it('tells what a text in prose says of an activity once, and its date as people write it', () => {
  const lines = changeLines(before, noticeOf('Last updated: 9 November 2026.', 'six years'));
  expect(lines.map(({ text }) => text)).toEqual([
    'The retention of “When you write to us” went from “We keep messages for two years after our last contact with you.” to “We keep messages for six years after our last contact with you.”.',
    'The particulars went from 3 March 2026 to 9 November 2026.',
  ]);
});

it('a date that came to a text without one, in the language of the person', async () => {
  await speak('de');
  const lines = changeLines(noticeOf('', 'two years'), before);
  expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/kein Datum angegeben.*3\. März 2026/)]);
});
