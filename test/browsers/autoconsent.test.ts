// DuckDuckGo's autoconsent declines our banner, by the rule that stands in docs/autoconsent: its own content script in real Chromium,
// the real service behind the banner.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../support/browser.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { button, outboxSize, receiptsOf, statusOf } from '../support/visitor.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const TOOL = readFileSync(join(ROOT, 'node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js'), 'utf8');
const RULE: unknown = JSON.parse(readFileSync(join(ROOT, 'docs/autoconsent/candour.json'), 'utf8'));

interface Message {
  type: string;
  cmp?: string;
  result?: boolean;
  id?: string;
  code?: string;
}

/** On a busy machine too. */
const SOON = { timeout: 20_000 };

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop();
  shop.pages.set('/', shopPage(shop.tag, '<h1>Shop</h1>'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const CONFIG = {
  enabled: true,
  disabledCmps: [],
  enablePrehide: true,
  enableCosmeticRules: false,
  enableGeneratedRules: false,
  detectRetries: 40,
  isMainWorld: true,
  prehideTimeout: 5_000,
  enableHeuristicDetection: false,
  logs: {},
};

/** The page with the tool in it, which is told to act; gives what it says. */
async function visit(autoAction: 'optOut' | 'optIn'): Promise<{ page: Page; said: Message[] }> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(30_000);
  const said: Message[] = [];
  const answer = (message: object): Promise<unknown> =>
    page.evaluate(
      (one) =>
        (window as unknown as { autoconsentReceiveMessage(message: object): Promise<void> }).autoconsentReceiveMessage(one),
      message,
    );
  await page.exposeFunction('autoconsentSendMessage', async (message: Message) => {
    said.push(message);
    if (message.type === 'init')
      await answer({ type: 'initResp', rules: { autoconsent: [RULE] }, config: { ...CONFIG, autoAction } });
    if (message.type === 'eval')
      await answer({ type: 'evalResp', id: message.id, result: await page.evaluate(message.code ?? '') });
  });
  await page.goto(shop.origin);
  await page.evaluate(TOOL);
  return { page, said };
}

test('R46 autoconsent declines the banner, and the service has a refusal of everything', async () => {
  const { page, said } = await visit('optOut');
  await expect.poll(() => said.find(({ type }) => type === 'autoconsentDone'), SOON).toBeDefined();
  expect(said.find(({ type }) => type === 'cmpDetected')).toMatchObject({ cmp: 'candour' });
  expect(said.find(({ type }) => type === 'optOutResult')).toMatchObject({ result: true });
  await expect.poll(() => page.locator('candour-banner').count(), SOON).toBe(0);
  await button(page, 'Privacy choices').waitFor();
  expect(Object.values(await statusOf(page))).toEqual(['refused', 'refused', 'refused', 'refused']);
  await expect.poll(() => outboxSize(page, 'shop'), SOON).toBe(0);
  const [receipt] = await receiptsOf(page);
  const event = JSON.parse(Buffer.from(receipt?.event.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  expect(event).toMatchObject({
    method: 'reject_all',
    actor: 'self',
    purposes: { statistics: 'refused', advertising: 'refused' },
  });
  await page.context().close();
});

test('R46 the rule has no way to accept: told to, the tool gives nothing', async () => {
  const { page, said } = await visit('optIn');
  await expect.poll(() => said.some(({ type }) => type === 'optInResult' || type === 'autoconsentDone'), SOON).toBe(true);
  expect(Object.values(await statusOf(page))).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await page.context().close();
});
