// The widget in real WebKit, against the real service: Safari's engine, with its own IndexedDB, keys and cookies.
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Receipt, verifyReceipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { launchWebKit, type WebKit } from '../support/webkit.ts';

let demo: TestDemo;
let webkit: WebKit;

beforeAll(async () => {
  demo = await startTestDemo();
  webkit = await launchWebKit();
});
afterAll(async () => {
  await webkit?.close();
  await demo?.close();
});

const BANNER = 'candour-banner';
const CHOICES = 'candour-choices';

const hasButton = (host: string, name: string): string =>
  `return [...(document.querySelector('${host}')?.shadowRoot?.querySelectorAll('button') ?? [])]
     .some((button) => button.textContent.trim() === '${name}' && button.checkVisibility());`;

const receipts = (): Promise<Receipt[]> => webkit.read('await candour.ready; return candour.receipts();');
const statuses = async (): Promise<string[]> =>
  Object.values(await webkit.read<Record<string, string>>('await candour.ready; return candour.status();'));
const running = (): Promise<string[]> =>
  webkit.read(
    `return [...document.querySelectorAll('#running-tags [data-running]')].map(({ dataset }) => dataset.running).sort();`,
  );

/** Presses, and waits until the service has answered for that many events in all. */
async function choose(host: string, name: string, events: number): Promise<Receipt> {
  await webkit.until(`a button named ${name}`, hasButton(host, name));
  await webkit.press(host, name);
  await webkit.until(`receipt ${events}`, `await candour.ready; return (await candour.receipts()).length === ${events};`);
  const receipt = (await receipts()).at(-1);
  if (!receipt) throw new Error('no receipt');
  return receipt;
}

async function serviceKeys(): Promise<string[]> {
  const answer = await fetch(`${demo.direct.replace('localhost', '127.0.0.1')}/.well-known/candour.json`);
  const { logs } = (await answer.json()) as { logs: { keys: { key: string }[] }[] };
  return logs.flatMap(({ keys }) => keys.map(({ key }) => key));
}

test('R9 in WebKit a refusal is recorded with a receipt that verifies and is remembered, and a later consent is withdrawn as easily', async () => {
  const trusted = await serviceKeys();
  const verifier = webCryptoVerifier(crypto.subtle);
  const verified = async (receipt: Receipt): Promise<boolean> =>
    (await verifyReceipt(receipt, trusted, verifier)).verified === 'true';

  await webkit.goto(demo.site('cmsuk', '/events'));
  const refusal = await choose(BANNER, 'Reject all', 1);
  expect(await verified(refusal)).toBe(true);
  expect(await statuses()).toEqual(['refused', 'refused', 'refused']);
  expect(await running()).toEqual([]);

  await webkit.goto(demo.site('cmsuk', '/'));
  expect(await receipts()).toEqual([refusal]);
  expect(await webkit.read(`return document.querySelector('${BANNER}') !== null;`)).toBe(false);
  expect(await running()).toEqual([]);

  await webkit.goto(demo.site('cmsuk', '/events'));
  await webkit.until('the control', hasButton(CHOICES, 'Privacy choices'));
  await webkit.press(CHOICES, 'Privacy choices');
  expect(await verified(await choose(CHOICES, 'Accept all', 2))).toBe(true);
  await webkit.until('what was agreed to runs', `return document.querySelectorAll('#running-tags [data-running]').length === 3;`);
  await webkit.until('its cookie', `return document.cookie.includes('_tallyhouse=1');`);

  await webkit.goto(demo.site('cmsuk', '/events'));
  await webkit.until('the control', hasButton(CHOICES, 'Privacy choices'));
  await webkit.press(CHOICES, 'Privacy choices');
  expect(await verified(await choose(CHOICES, 'Withdraw all', 3))).toBe(true);
  await webkit.goto(demo.site('cmsuk', '/events'));
  expect(await statuses()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  expect(await running()).toEqual([]);
  await webkit.until('its cookie is gone', `return !document.cookie.includes('_tallyhouse');`);
});
