// What waits for a choice, as a site's own page has it, in real Chromium over a real service: scripts of every kind in the order of a page
// without us, and embeds of every kind, each asked for by "Load once".
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { launchChromium } from '../support/browser.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { banner, button, choose } from '../support/visitor.ts';

let shop: Shop;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  shop = await startShop();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  return () => context.close();
});

const HELD = 'type="text/plain" data-purpose="statistics"';
const script = (name: string): string => `(window.ran ??= []).push('${name} ' + !!document.getElementById('end'));`;
const ranOn = (page: Page): Promise<string[]> => page.evaluate(() => (window as { ran?: string[] }).ran ?? []);

test('R9 a script with defer and a module find a parsed page on a return visit too, where what they wait for was chosen before', async () => {
  const names = ['module', 'deferred', 'plain', 'later'];
  for (const name of names) shop.pages.set(`/${name}.js`, { type: 'text/javascript', body: script(name) });
  shop.pages.set(
    '/scripts',
    shopPage(
      shop.tag,
      `<h1>Scripts</h1><script src="/slow.js"></script><script ${HELD} src="/later.js"></script><p id="end">The end</p>`,
      `<script ${HELD} data-type="module" src="/module.js"></script>
      <script ${HELD} defer src="/deferred.js"></script>
      <script ${HELD} src="/plain.js"></script>`,
    ),
  );
  // On the return the parser stands at the slow one until what does not wait for it has run. It is asked for before anything has.
  const page = await context.newPage();
  let returns = false;
  await page.route('**/slow.js', async (route) => {
    if (returns) await expect.poll(() => ranOn(page)).toContain('plain false');
    await route.fulfill({ contentType: 'text/javascript', body: '' });
  });
  await page.goto(`${shop.origin}/scripts`);
  await banner(page).waitFor();
  await choose(page, 'Accept all');
  await expect.poll(() => ranOn(page)).toEqual(['module true', 'deferred true', 'plain true', 'later true']);
  returns = true;
  await page.goto(`${shop.origin}/scripts`);
  await expect.poll(async () => (await ranOn(page)).length).toBe(4);
  expect((await ranOn(page))[0]).toBe('plain false');
  expect((await ranOn(page)).slice(-2)).toEqual(['module true', 'deferred true']);
});

test('R9 each kind of embed asks for nothing before, and loads where it is when it is asked for once', async () => {
  const picture = { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
  const embeds = {
    '/frame': '<iframe data-purpose="media" data-src="/frame" title="A frame"></iframe>',
    '/film': '<video data-purpose="media" controls data-src="/film"></video>',
    '/source': '<video data-purpose="media" controls><source data-src="/source"></video>',
    '/sound': '<audio data-purpose="media" controls data-src="/sound"></audio>',
    '/object': '<object data-purpose="media" data-src="/object" type="image/svg+xml"></object>',
    '/embed': '<embed data-purpose="media" data-src="/embed" type="image/svg+xml">',
  };
  for (const path of ['/object', '/embed']) shop.pages.set(path, picture);
  shop.pages.set('/frame', '<p>A frame</p>');
  shop.pages.set('/embeds', shopPage(shop.tag, `<h1>Embeds</h1>${Object.values(embeds).join('\n')}`));
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, origin } = new URL(request.url());
    if (origin === shop.origin && pathname in embeds) asked.push(pathname);
  });
  await page.goto(`${shop.origin}/embeds`);
  const placeholders = page.locator('candour-placeholder');
  await expect.poll(() => placeholders.count()).toBe(6);
  await choose(page, 'Reject all');
  await button(page, 'Privacy choices').waitFor();
  expect(asked).toEqual([]);
  for (const [i, path] of Object.keys(embeds).entries()) {
    await placeholders.first().getByRole('button', { name: 'Load once' }).click();
    await expect.poll(() => placeholders.count()).toBe(5 - i);
    await expect.poll(() => asked).toContain(path);
  }
  const shown = await page.evaluate(() => document.querySelector('object')?.contentDocument?.URL);
  expect(shown).toBe(`${shop.origin}/object`);
});
