// The widget in real Firefox, against the real service: its IndexedDB and Web Crypto behave differently where it matters.
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Receipt } from '../../shared/consent/receipt.ts';
import { launchFirefox } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';

let demo: TestDemo;
let firefox: Browser;

beforeAll(async () => {
  demo = await startTestDemo();
  firefox = await launchFirefox();
});
afterAll(async () => {
  await firefox?.close();
  await demo?.close();
});

/** Clicks a button of the banner, and waits until the service has acknowledged the choice. */
async function choose(page: Page, name: string): Promise<void> {
  const button = await page.waitForSelector(`candour-banner >>> ::-p-aria([name="${name}"][role="button"])`);
  const acknowledged = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        document.addEventListener('candour:sync', (event) => {
          if ((event as CustomEvent<{ state: string }>).detail.state === 'acknowledged') resolve();
        });
      }),
  );
  await button?.click();
  await acknowledged;
}

const receiptsOf = (page: Page): Promise<Receipt[]> =>
  page.evaluate(() => (window as unknown as { candour: { receipts(): Promise<Receipt[]> } }).candour.receipts());

const runningTags = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#running-tags [data-running]')].map(({ dataset }) => dataset['running'] ?? ''),
  );

test('a refusal in Firefox is recorded, acknowledged with a receipt, and remembered on the next page', async () => {
  const visitor = await firefox.createBrowserContext();
  const page = await visitor.newPage();
  await page.goto(demo.site('cpoms'));
  await choose(page, 'Reject all');
  const receipts = await receiptsOf(page);
  expect(receipts).toHaveLength(1);
  await page.goto(demo.site('cpoms', '/contact/'));
  await page.evaluate(() => (window as unknown as { candour: { ready: Promise<void> } }).candour.ready);
  expect(await page.$('candour-banner')).toBeNull();
  expect(await runningTags(page)).toEqual([]);
  expect(await receiptsOf(page)).toEqual(receipts);
  await visitor.close();
});

test('what is given in Firefox runs, and its cookies are there', async () => {
  const visitor = await firefox.createBrowserContext();
  const page = await visitor.newPage();
  await page.goto(demo.site('cmsuk', '/events'));
  await choose(page, 'Accept all');
  for (const purpose of ['statistics', 'media', 'advertising'])
    await page.waitForSelector(`#running-tags [data-running=${purpose}]`);
  expect((await runningTags(page)).sort()).toEqual(['advertising', 'media', 'statistics']);
  expect(await page.evaluate(() => document.cookie)).toContain('_tallyhouse=1');
  await visitor.close();
});
