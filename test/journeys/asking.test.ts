// Who is asked, when and how often, and what the page has read, stored and asked for by then: real Chromium over a real service.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSite } from '../../server/sites.ts';
import { mirrorName, readMirror } from '../../shared/consent/mirror.ts';
import type { SiteConfigurationInput } from '../../shared/site/configuration.ts';
import { launchChromium } from '../support/browser.ts';
import { recordNetwork } from '../support/network.ts';
import { cookiePolicy } from '../support/service.ts';
import { shopPage, shopPurposes, startShop, type Shop } from '../support/shop.ts';
import { NOTHING_STORED, storageOf } from '../support/storage.ts';
import { banner, button, choose, chooseAndDeliver, filesLoaded, receiptsOf, statusOf } from '../support/visitor.ts';

const DAY_MS = 86_400_000;
const ISO_DAY = /\d{4}-\d\d-\d\d/g;
const UNKNOWN = { statistics: 'unknown', advertising: 'unknown', adnetwork: 'unknown', media: 'unknown' };
const REFUSED = { statistics: 'refused', advertising: 'refused', adnetwork: 'refused', media: 'refused' };

const configuration: Partial<SiteConfigurationInput> = {
  marketing: [
    {
      activity: 'newsletter',
      label: 'Our newsletter',
      senders: [{ id: 'shop', name: 'The Shop Ltd' }],
      channels: ['email'],
      howToStop: 'Follow the link in any message.',
    },
  ],
};

/** A tag of each kind, from another host; the path is its own. */
const PLANTED = {
  '/plain.js': (src: string) => `<script type="text/plain" data-purpose="statistics" src="${src}"></script>`,
  '/deferred.js': (src: string) => `<script type="text/plain" data-purpose="statistics" defer src="${src}"></script>`,
  '/module.js': (src: string) => `<script type="text/plain" data-type="module" data-purpose="adnetwork" src="${src}"></script>`,
  '/both.js': (src: string) => `<script type="text/plain" data-purpose="statistics media" src="${src}"></script>`,
  '/next.css': (src: string) => `<link rel="stylesheet" data-purpose="advertising" data-src="${src}">`,
  '/pixel': (src: string) => `<img alt="" data-purpose="advertising" data-src="${src}">`,
  '/frame': (src: string) => `<iframe title="A map" data-purpose="media" data-src="${src}"></iframe>`,
  '/film': (src: string) => `<video preload="auto" data-purpose="media" data-src="${src}"></video>`,
  '/sound': (src: string) => `<audio preload="auto" data-purpose="media" data-src="${src}"></audio>`,
  '/object': (src: string) => `<object data-purpose="media" data-src="${src}" type="image/svg+xml"></object>`,
  '/embed': (src: string) => `<embed data-purpose="media" data-src="${src}" type="image/svg+xml">`,
};
/** Writes wherever a script can. */
const STORES_EVERYWHERE = `document.cookie='_visits=1;path=/'; localStorage.setItem('visits','1'); sessionStorage.setItem('visits','1');
  indexedDB.open('visits'); caches.open('visits'); navigator.serviceWorker.register('/worker.js'); window.name='visitor-1';`;

let shop: Shop;
let browser: Browser;
let tags: string;

beforeAll(async () => {
  shop = await startShop(configuration);
  tags = `http://tags.localhost:${shop.port}`;
  const svg = { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
  for (const path of Object.keys(PLANTED)) {
    if (path.endsWith('.js')) shop.pages.set(path, { type: 'text/javascript', body: `(window.ran ??= []).push('${path}')` });
    else if (path.endsWith('.css')) shop.pages.set(path, { type: 'text/css', body: 'h1 { color: rgb(1, 2, 3) }' });
    else shop.pages.set(path, path === '/frame' ? '<p>A map</p>' : svg);
  }
  shop.pages.set('/worker.js', { type: 'text/javascript', body: '' });
  const planted = Object.entries(PLANTED).map(([path, tag]) => tag(tags + path));
  const body = `<h1>Shop</h1>${planted.join('\n')}<script type="text/plain" data-purpose="statistics">${STORES_EVERYWHERE}</script>`;
  shop.pages.set('/planted', shopPage(shop.tag, body));
  shop.pages.set('/', shopPage(shop.tag, '<h1>Shop</h1>'));
  shop.pages.set('/without', '<!doctype html><title>Without the widget</title>');
  const form = `<form action="/thanks"><label><input type="checkbox" name="terms"> I accept the terms and have read the privacy notice</label>
    <fieldset data-candour="marketing" data-activity="newsletter"></fieldset><button>Send</button></form>`;
  shop.pages.set('/form', shopPage(shop.tag, form));
  shop.pages.set('/thanks', shopPage(shop.tag, '<h1>Thank you</h1>'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function visitor(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return { context, page: await context.newPage() };
}
const mirrorOf = async (context: BrowserContext) => (await context.cookies()).find(({ name }) => name === mirrorName('shop'));
const banners = (page: Page): Promise<number> => page.locator('candour-banner').count();

/** Of every store: what a page looked at, from its first script on. */
function recordReads(): void {
  const reads: string[] = ((window as unknown as { reads: string[] }).reads = []);
  const note = (of: object, name: string, what: string): void => {
    const original = Object.getOwnPropertyDescriptor(of, name);
    const noted = (args: unknown[]): void => void reads.push([what, ...args].join(' '));
    if (original?.get) {
      const { get } = original;
      Object.defineProperty(of, name, {
        ...original,
        get(this: unknown) {
          noted([]);
          return get.call(this);
        },
      });
    } else {
      const method = original?.value as (...args: unknown[]) => unknown;
      Object.defineProperty(of, name, {
        ...original,
        value(this: unknown, ...args: unknown[]) {
          noted(args);
          return method.apply(this, args);
        },
      });
    }
  };
  for (const name of ['getItem', 'key']) note(Storage.prototype, name, 'storage');
  note(IDBFactory.prototype, 'open', 'database');
  for (const name of ['open', 'match', 'has', 'keys']) note(CacheStorage.prototype, name, 'cache');
  for (const name of ['register', 'getRegistration', 'getRegistrations']) note(ServiceWorkerContainer.prototype, name, 'worker');
  note(window, 'name', 'window.name');
}
const readsOf = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { reads: string[] }).reads);

test('R15 R17 R19 R31 before a choice nothing of eleven tags is asked for, stored or read; all of it after one; and once all is lost they are held again and asked about once', async () => {
  const { context, page } = await visitor();
  await page.goto(`${shop.origin}/without`);
  // Of an earlier visit, before there was a widget: it is none of its business.
  await page.evaluate(() => localStorage.setItem('visits', 'old'));
  await context.addInitScript(recordReads);
  const network = recordNetwork(page);
  const sent: Promise<string>[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(tags))
      sent.push(request.allHeaders().then((headers) => request.url() + JSON.stringify(headers) + (request.postData() ?? '')));
  });
  await page.goto(`${shop.origin}/planted`);
  await banner(page).waitFor();
  await filesLoaded(page, 'ledger');
  // In the page's storage the widget looks for notes of its own, which are of what was asked for.
  expect((await readsOf(page)).filter((read) => !read.startsWith('storage candour'))).toEqual([]);
  expect(await storageOf(page)).toEqual({ ...NOTHING_STORED, localStorage: { visits: 'old' } });
  const elsewhere = () => page.evaluate(async () => [window.name, (await navigator.serviceWorker.getRegistrations()).length]);
  expect(await elsewhere()).toEqual(['', 0]);
  expect(network.to(tags)).toEqual([]);
  expect(await statusOf(page)).toEqual(UNKNOWN);

  await chooseAndDeliver(page, 'Accept all');
  const askedFor = (): string[] => [...new Set(network.to(tags).map(({ path }) => path))].sort();
  await expect.poll(askedFor).toEqual(Object.keys(PLANTED).sort());
  await expect.poll(elsewhere).toEqual(['visitor-1', 1]);
  await expect.poll(async () => (await storageOf(page)).databases).toEqual(['candour-shop', 'visits']);
  // The widget itself asks the service and nobody else, in the preference centre and the own history too.
  await button(page, 'Privacy choices').click();
  await page.locator('candour-choices [data-section=history] summary').click();
  await page.locator('candour-choices [data-event]').waitFor();
  expect(network.hosts()).toEqual([shop.origin, shop.service, tags].map((url) => new URL(url).host).sort());
  // Who they are is told to the service alone.
  const event = (await receiptsOf(page))[0]?.event ?? '';
  const header = JSON.parse(Buffer.from(event.split('.')[0] ?? '', 'base64url').toString()) as { jwk?: { x: string } };
  const key = header.jwk?.x ?? '';
  expect(key.length).toBeGreaterThan(40);
  const told = (await Promise.all(sent)).join('\n');
  expect(told).not.toContain(key);
  expect(JSON.stringify(await context.cookies())).not.toContain(key);

  const devtools = await context.newCDPSession(page);
  await page.goto(`${shop.origin}/without`);
  await devtools.send('Storage.clearDataForOrigin', { origin: shop.origin, storageTypes: 'all' });
  network.clear();
  await page.goto(`${shop.origin}/planted`);
  await banner(page).waitFor();
  expect(await statusOf(page)).toEqual(UNKNOWN);
  expect(await banners(page)).toBe(1);
  expect(network.to(tags)).toEqual([]);
  await choose(page, 'Reject all');
  await page.goto(`${shop.origin}/planted`);
  expect(await statusOf(page)).toEqual(REFUSED);
  await button(page, 'Privacy choices').waitFor();
  expect(await banners(page)).toBe(0);
  expect(network.to(tags)).toEqual([]);
  await context.close();
});

test('R4 R28 L9 a day of waiting, scrolling, Escape, a press beside it, closing with a switch on and going on are no choice, and the banner waits on', async () => {
  const { context, page } = await visitor();
  const network = recordNetwork(page);
  await page.clock.install();
  await page.addInitScript(() => document.addEventListener('candour:decision', () => console.log('decided')));
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`${shop.origin}/planted`);
  await banner(page).waitFor();
  await page.mouse.wheel(0, 3000);
  await page.keyboard.press('Escape');
  await page.mouse.click(1200, 100);
  const centre = page.locator('candour-choices').getByRole('dialog');
  const closings = [
    () => centre.getByRole('button', { name: 'Close' }).first().click(),
    () => page.keyboard.press('Escape'),
    () => page.mouse.click(4, 4),
  ];
  for (const close of closings) {
    if ((await centre.count()) === 0) await button(page, 'Choose').click();
    await centre.getByRole('switch').first().check();
    await close();
  }
  await page.clock.fastForward('24:00:00');
  await banner(page).waitFor();
  await page.goto(`${shop.origin}/`);
  await banner(page).waitFor();
  await page.goBack();
  await banner(page).waitFor();
  expect(await statusOf(page)).toEqual(UNKNOWN);
  expect(await storageOf(page)).toEqual(NOTHING_STORED);
  expect(network.to(tags)).toEqual([]);
  expect(said.filter((text) => text === 'decided')).toEqual([]);
  await context.close();
});

test('R17 R25 a refusal is kept for as many months as a consent, asks again on the day it ends and not before, and two people’s are one cookie', async () => {
  const said: (string | undefined)[] = [];
  const untils: string[] = [];
  for (const answer of ['Accept all', 'Reject all'] as const) {
    const { context, page } = await visitor();
    await page.goto(`${shop.origin}/`);
    await choose(page, answer);
    const { value = '', expires = 0 } = (await mirrorOf(context)) ?? {};
    said.push(value.replaceAll(ISO_DAY, ''));
    const { day = '', until = '' } = readMirror(value) ?? {};
    untils.push(until);
    expect((Date.parse(until) - Date.parse(day)) / DAY_MS).toBeGreaterThanOrEqual(181);
    expect(expires * 1000, 'the browser keeps it as long').toBeGreaterThanOrEqual(Date.parse(until) - DAY_MS);
    await page.clock.setFixedTime(Date.parse(until) - DAY_MS / 2);
    await page.reload();
    expect((await statusOf(page))['media']).toBe(answer === 'Accept all' ? 'given' : 'refused');
    await button(page, 'Privacy choices').waitFor();
    expect(await banners(page)).toBe(0);
    await page.clock.setFixedTime(Date.parse(until) + DAY_MS / 2);
    await page.reload();
    await banner(page).waitFor();
    expect((await statusOf(page))['media']).toBe('expired');
    await context.close();
  }
  expect(untils[1]).toBe(untils[0]);
  const { context, page } = await visitor();
  await page.goto(`${shop.origin}/`);
  await choose(page, 'Reject all');
  // But for its two days, as midnight may have passed.
  expect((await mirrorOf(context))?.value.replaceAll(ISO_DAY, '')).toBe(said[1]);
  await context.close();
});

test('R12 the box of a form for its terms and its notice is no consent, and is not part of what is recorded', async () => {
  const { context, page } = await visitor();
  await page.goto(`${shop.origin}/form`);
  expect(await banner(page).innerText()).not.toMatch(/terms|conditions|have read/i);
  await choose(page, 'Reject all');
  await page.getByRole('checkbox', { name: 'Email from The Shop Ltd' }).waitFor();
  await page.getByRole('checkbox', { name: /I accept the terms/ }).check();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/thanks/);
  await expect.poll(async () => (await receiptsOf(page)).length).toBe(2);
  const receipt = (await receiptsOf(page))[1];
  const event = JSON.parse(Buffer.from(receipt?.event.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(event).toMatchObject({ method: 'form', channels: { newsletter: { shop: { email: 'refused' } } } });
  expect(JSON.stringify(receipt?.presentation)).not.toMatch(/I accept the terms|have read/);
  await context.close();
});

// Changes the site: last.
test('R24 a typo asks nobody again; a rewording that is marked as material and a new recipient do, and what was given rests meanwhile', async () => {
  const { context, page } = await visitor();
  // So that no page is answered from the browser's cache.
  await page.route('**/w/shop.js', (route) => route.continue());
  const publish = (change: Partial<SiteConfigurationInput['purposes'][number]>): Promise<unknown> =>
    createSite(shop.store, {
      site: 'shop',
      name: 'The Shop',
      origins: [shop.origin],
      notices: [cookiePolicy],
      publicUrl: shop.service,
      configuration: {
        schema: 1,
        jurisdiction: 'EU',
        ...configuration,
        purposes: shopPurposes.map((purpose) => (purpose.id === 'statistics' ? { ...purpose, ...change } : purpose)),
      },
    });
  await page.goto(`${shop.origin}/planted`);
  await choose(page, 'Accept all');
  const reworded = { label: 'Counting of visits', description: 'Counts which pages are read.' };
  const again = async (): Promise<string | undefined> => {
    await page.goto(`${shop.origin}/planted`);
    return (await statusOf(page))['statistics'];
  };
  await publish(reworded);
  expect(await again()).toBe('given');
  await button(page, 'Privacy choices').waitFor();
  expect(await banners(page)).toBe(0);
  for (const change of [
    { ...reworded, revision: 2 },
    { ...reworded, revision: 2, recipients: ['Broker Ltd'] },
  ]) {
    await publish(change);
    expect(await again()).toBe('superseded');
    await banner(page).waitFor();
    expect(await page.evaluate(() => (window as { ran?: string[] }).ran)).toBeUndefined();
    await choose(page, 'Accept all');
  }
  await context.close();
});
