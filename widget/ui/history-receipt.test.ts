// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { expect, it } from 'vitest';

import { issuedReceipt, PRESENTATION } from '../../server/dashboard/issued-receipt.ts';
import { exampleDetails } from '../../test/support/example-widget.ts';
import type { OwnEvent } from '../core/own-record.ts';
import { receiptPage } from './history-receipt.ts';

const { receipt } = await issuedReceipt();
const [id, at, method] = ['019abcde-0000-7000-8000-000000000001', '2026-11-22T10:00:00.000Z', 'reject_all'];

/** The headings of a receipt's page, where these words were on screen. */
function headings(words: typeof PRESENTATION.words): (string | null)[] {
  const own: OwnEvent = {
    id,
    at,
    method,
    actor: 'self',
    restored: null,
    changes: [],
    sent: 'acknowledged',
    code: null,
    receipt: { id, at, method, receipt: { ...receipt, presentation: { ...PRESENTATION, words } } },
  };
  const page = new DOMParser().parseFromString(receiptPage(own, exampleDetails()), 'text/html');
  return [...page.querySelectorAll('h2')].map(({ textContent }) => textContent);
}

it('R53 a receipt has a part on what was shown only where something was: the page’s own code may choose without', () => {
  const { words } = exampleDetails();
  expect(headings(PRESENTATION.words)).toEqual([words['step.presentation'], words.proof]);
  expect(headings([])).toEqual([words.proof]);
});
