// A visitor of the site as it was, with another consent platform, comes back to the site with ours: in real Chromium, with the real
// scripts of the four platforms where bench/node_modules has them, and with what they stored everywhere.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConsentEvent, ImportedFrom } from '../../shared/consent/event.ts';
import { launchChromium } from '../support/browser.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { banner, button, choose, outboxSize, statusOf } from '../support/visitor.ts';
import { arePeersHere, serveOldSite, STORE } from './old-platforms.ts';

const PLATFORMS = Object.keys(STORE) as ImportedFrom[];

/** On a busy machine too. */
const SOON = { timeout: 20_000 };

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  const today = new Date().toISOString().slice(0, 10);
  shop = await startShop({
    movingIn: {
      purposes: { statistics: ['analytics'], advertising: ['ads'], media: ['analytics'] },
      ...(arePeersHere ? {} : { changedOver: today }),
    },
  });
  serveOldSite(shop);
  shop.pages.set('/', shopPage(shop.tag, '<h1>Now</h1>'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** The events of this visitor, oldest first, as the widget gave their receipts. */
const eventsOf = async (page: Page): Promise<ConsentEvent[]> => {
  const jws = await page.evaluate(async () => (await window.candour?.receipts())?.map(({ event }) => event) ?? []);
  return jws
    .map((one) => JSON.parse(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString()) as ConsentEvent)
    .sort((a, b) => a.seq - b.seq);
};

const chunksOf = (page: Page): string[] => {
  const chunks: string[] = [];
  page.on('request', (request) => {
    const name = /\/w\/assets\/[^/]+\/(\w+)\.js/.exec(request.url())?.[1];
    if (name) chunks.push(name);
  });
  return chunks;
};

async function ask(context: BrowserContext): Promise<{ page: Page; chunks: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const chunks = chunksOf(page);
  await page.goto(shop.origin);
  await page.evaluate(() => window.candour?.ready);
  return { page, chunks };
}

/** After a refusal there: nobody is asked, nothing is written; the next act records the import first, and the old store is gone. */
async function holdsAndIsRecorded(context: BrowserContext, from: ImportedFrom): Promise<void> {
  const { page, chunks } = await ask(context);
  await button(page, 'Privacy choices').waitFor();
  expect(await page.locator('candour-banner').count()).toBe(0);
  expect(await statusOf(page)).toMatchObject({
    statistics: 'refused',
    advertising: 'refused',
    adnetwork: 'refused',
    media: 'refused',
  });
  expect(chunks).toContain('moving');
  expect((await context.cookies()).map(({ name }) => name)).toEqual([STORE[from]]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await button(page, 'Privacy choices').click();
  await page.getByRole('switch').first().check();
  await choose(page, 'Save choices');
  await expect.poll(() => outboxSize(page, 'shop'), SOON).toBe(0);
  const [imported, act] = await eventsOf(page);
  expect(imported).toMatchObject({
    seq: 1,
    method: 'import',
    presentation: null,
    purposes: { statistics: 'refused', advertising: 'refused' },
    imported: { from },
  });
  expect(act).toMatchObject({ seq: 2, method: 'save_choices', purposes: { statistics: 'given', advertising: 'refused' } });
  const stored = (await context.cookies()).map(({ name }) => name);
  expect(stored).toContain('candour_shop');
  expect(stored).not.toContain(STORE[from]);
  // A returning visitor loads nothing of it.
  const again = chunksOf(page);
  await page.reload();
  expect(await statusOf(page)).toMatchObject({ statistics: 'given', advertising: 'refused' });
  expect(again).not.toContain('moving');
}

describe.runIf(arePeersHere)('with the real scripts', () => {
  test.each(PLATFORMS)('R25 R54 a refusal that %s stored is kept, and recorded as an import with the next act', async (from) => {
    const context = await browser.newContext();
    const before = await context.newPage();
    await before.goto(`${shop.origin}/old/${from}/false`);
    await expect.poll(async () => (await context.cookies()).map(({ name }) => name), SOON).toContain(STORE[from]);
    await before.close();
    await holdsAndIsRecorded(context, from);
    await context.close();
  });

  test.each(PLATFORMS)('what %s stored of a consent holds only where its day is known', async (from) => {
    const context = await browser.newContext();
    const before = await context.newPage();
    await before.goto(`${shop.origin}/old/${from}/true`);
    await expect.poll(async () => (await context.cookies()).map(({ name }) => name), SOON).toContain(STORE[from]);
    const { page } = await ask(context);
    if (from === 'vanilla-cookieconsent') {
      expect(await statusOf(page)).toMatchObject({ statistics: 'given', advertising: 'given', media: 'given' });
      expect(await page.locator('candour-banner').count()).toBe(0);
    } else {
      await banner(page).waitFor();
      expect(Object.values(await statusOf(page))).not.toContain('given');
    }
    await context.close();
  });
});

test('R16 R54 a refusal in a stored cookie is kept and recorded as an import; without one no chunk is loaded for it', async () => {
  const plain = await ask(await browser.newContext());
  await banner(plain.page).waitFor();
  expect(plain.chunks).not.toContain('moving');
  await plain.page.context().close();
  const context = await browser.newContext();
  await context.addCookies([{ name: 'tarteaucitron', value: '!matomo=false!adnetwork=false', url: shop.origin }]);
  await holdsAndIsRecorded(context, 'tarteaucitron');
  await context.close();
});

const accepted = {
  name: 'cc_cookie',
  value: encodeURIComponent(
    JSON.stringify({
      categories: ['necessary', 'analytics', 'ads'],
      revision: 0,
      services: { necessary: [], analytics: [], ads: [] },
      lastConsentTimestamp: new Date().toISOString(),
    }),
  ),
};

test('R25 R54 of two platforms the one that says no decides, and each is recorded with what it decided', async () => {
  const context = await browser.newContext();
  await context.addCookies([
    { ...accepted, url: shop.origin },
    { name: 'tarteaucitron', value: '!googleads=false!youtube=true', url: shop.origin },
  ]);
  const { page } = await ask(context);
  expect(await statusOf(page)).toMatchObject({
    statistics: 'given',
    advertising: 'refused',
    adnetwork: 'refused',
    media: 'given',
  });
  await button(page, 'Privacy choices').click();
  await page.getByRole('switch', { checked: true }).first().uncheck();
  await choose(page, 'Save choices');
  await expect.poll(() => outboxSize(page, 'shop'), SOON).toBe(0);
  const [given, refused, act, ...more] = await eventsOf(page);
  expect(given).toMatchObject({ seq: 1, method: 'import', imported: { from: 'vanilla-cookieconsent' } });
  expect(given?.purposes).toEqual({ statistics: 'given', media: 'given' });
  expect(refused).toMatchObject({ seq: 2, method: 'import', imported: { from: 'tarteaucitron' } });
  expect(refused?.purposes).toEqual({ advertising: 'refused', adnetwork: 'refused' });
  expect(act).toMatchObject({ seq: 3, method: 'save_choices', purposes: { statistics: 'withdrawn', media: 'given' } });
  expect(more).toEqual([]);
  await context.close();
});

test('what an earlier platform left is deleted with the first choice here, where nothing of it could be taken over too', async () => {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'cookieconsent_status', value: 'dismiss', url: shop.origin }]);
  const { page } = await ask(context);
  await choose(page, 'Reject all');
  await expect.poll(() => outboxSize(page, 'shop'), SOON).toBe(0);
  expect((await eventsOf(page)).map(({ method }) => method)).toEqual(['reject_all']);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('cookieconsent_status');
  await context.close();
});

test('R25 who refuses while an earlier consent is still being read has refused: nothing of it runs, on this page or the next', async () => {
  const context = await browser.newContext();
  await context.addCookies([{ ...accepted, url: shop.origin }]);
  shop.pages.set(
    '/counted',
    shopPage(shop.tag, '<h1>Now</h1><script type="text/plain" data-purpose="statistics">window.ran = true;</script>'),
  );
  const page = await context.newPage();
  const chosen = Promise.withResolvers<void>();
  await page.route('**/moving.js', async (route) => {
    await chosen.promise;
    await route.continue();
  });
  await page.goto(`${shop.origin}/counted`);
  await choose(page, 'Reject all');
  chosen.resolve();
  // What was read is done with.
  await expect.poll(async () => (await context.cookies()).map(({ name }) => name), SOON).not.toContain('cc_cookie');
  for (const go of [() => Promise.resolve(), () => page.reload()]) {
    await go();
    await page.evaluate(() => window.candour?.ready);
    expect(await statusOf(page)).toMatchObject({ statistics: 'refused', advertising: 'refused', media: 'refused' });
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  }
  await context.close();
});
