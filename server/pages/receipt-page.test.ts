// @vitest-environment happy-dom
// @vitest-environment-options {"settings": {"handleDisabledFileLoadingAsSuccess": true}}
import { describe, expect, it } from 'vitest';

import { verifyReceipt, type Receipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { issuedReceipt } from '../dashboard/issued-receipt.ts';
import { receiptPage } from './receipt-page.ts';

async function page(receipt: Receipt, keys: string[] | null = [receipt.logKey]): Promise<Document> {
  const check = await verifyReceipt(receipt, keys, webCryptoVerifier(crypto.subtle));
  return new DOMParser().parseFromString(receiptPage({ receipt, check }), 'text/html');
}

const rows = (document: Document, section: string): string[][] =>
  [...document.querySelectorAll(`section[aria-labelledby="${section}"] tbody tr`)].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim()),
  );
const results = (document: Document): Record<string, string> =>
  Object.fromEntries(
    [...document.querySelectorAll<HTMLElement>('[data-step]')].map(({ dataset }) => [
      dataset['step'] ?? '',
      dataset['result'] ?? '',
    ]),
  );

describe('receiptPage', () => {
  it('says what was chosen, when and where, in words', async () => {
    const document = await page((await issuedReceipt()).receipt);
    expect(rows(document, 'chosen')).toEqual([['Counting visits', 'Refused']]);
    expect(rows(document, 'when')).toContainEqual(['Received by the service', '22 November 2026 at 10:00:01 UTC']);
    expect(rows(document, 'when')).toContainEqual(['Site', 'shop, https://shop.example']);
    expect(rows(document, 'when')).toContainEqual(['How', 'Rejected all']);
  });

  it('repeats the words and the controls that were shown, in order', async () => {
    const document = await page((await issuedReceipt()).receipt);
    expect([...document.querySelectorAll('.words p')].map((word) => word.textContent)).toEqual([
      'May we count visits?',
      'Counting visits',
    ]);
    expect(document.querySelector('section[aria-labelledby="shown"] ol')?.textContent).toBe('Reject all button');
  });

  it('R33 says which companies of which list were refused and objected to, by their numbers', async () => {
    const { receipt } = await issuedReceipt({ vendors: { list: 17, refused: '2-5 8', objected: '9' } });
    expect(rows(await page(receipt), 'chosen').slice(1)).toEqual([
      ['Consent for companies of the IAB’s list, version 17, number 2-5, 8', 'Refused'],
      ['Legitimate interest of companies of the IAB’s list, version 17, number 9', 'Objected'],
    ]);
  });

  it('says that a restored choice has nothing that was shown', async () => {
    const { receipt } = await issuedReceipt({
      presentation: null,
      start: { kind: 'restored', day: '2026-11-20', choices: { statistics: 'refused' } },
    });
    const document = await page(receipt);
    expect(document.querySelector('section[aria-labelledby="shown"]')?.textContent).toContain('it was restored or imported');
    expect(rows(document, 'when').map(([name]) => name)).toContain('Origin of this record');
    expect(results(document)['presentation']).toBe('unchecked');
  });

  it('R54 says of a choice that was taken over from where, of which day, and that it is no evidence', async () => {
    const imported = { from: 'klaro' as const, day: '2026-11-20' };
    const { receipt } = await issuedReceipt({ presentation: null, method: 'import', imported });
    const [, said] = rows(await page(receipt), 'when').find(([name]) => name === 'Taken over from') ?? [];
    expect(said).toMatch(/^klaro, .* counted from 2026-11-20: .* no evidence of consent\.$/);
    const unknown = await issuedReceipt({ presentation: null, method: 'import', imported: { ...imported, day: null } });
    expect(rows(await page(unknown.receipt), 'when').join()).toContain('did not say on which day');
  });

  it('shows each step of the verification with its result', async () => {
    const document = await page((await issuedReceipt()).receipt);
    expect(document.querySelector<HTMLElement>('.verdict')?.dataset['verified']).toBe('true');
    expect(Object.values(results(document))).toEqual(Array.from({ length: 8 }, () => 'holds'));
  });

  it('names the step that fails', async () => {
    const { receipt } = await issuedReceipt();
    const document = await page({ ...receipt, index: 0 });
    expect(document.querySelector('.verdict')?.textContent).toContain('This receipt does not verify.');
    expect(Object.entries(results(document)).filter(([, result]) => result === 'fails')).toEqual([['inclusion', 'fails']]);
  });

  it('keeps open who signed it while the key was not compared', async () => {
    const document = await page((await issuedReceipt()).receipt, null);
    expect(document.querySelector<HTMLElement>('.verdict')?.dataset['verified']).toBe('unchecked');
    expect(results(document)['log_key']).toBe('unchecked');
  });

  it('lists marketing by channel and sender', async () => {
    const { receipt } = await issuedReceipt({
      method: 'form',
      purposes: {},
      channels: { newsletter: { 'the-shop': { email: 'given', sms: 'refused' } } },
    });
    expect(rows(await page(receipt), 'chosen')).toEqual([
      ['newsletter: email from the shop', 'Given'],
      ['newsletter: text message from the shop', 'Refused'],
    ]);
  });

  it('R88 shows hostile words as text', async () => {
    const { receipt } = await issuedReceipt();
    const words = [{ id: 'title', text: '<script>alert(1)</script>\u202e' }];
    const document = await page({ ...receipt, presentation: { ...(receipt.presentation ?? never()), words } });
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.querySelector('.words')?.textContent).toBe('<script>alert(1)</script>\ufffd');
  });

  it('says how to withdraw, where the choice was made', async () => {
    const document = await page((await issuedReceipt()).receipt);
    expect(document.querySelector('section[aria-labelledby="withdraw"] a')?.getAttribute('href')).toBe(
      'https://shop.example/#candour',
    );
  });
});

const never = (): never => {
  throw new Error('the receipt has a presentation');
};
