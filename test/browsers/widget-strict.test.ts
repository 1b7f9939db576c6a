// The whole flow on a page whose policy forbids everything that a widget does not need, in both browsers: nothing is reported.
import type { Browser as Chromium } from 'playwright-core';
import type { Browser as Firefox } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launchChromium, launchFirefox } from '../support/browser.ts';
import { startFailingShop, type FailingShop } from '../support/failing-shop.ts';

/** What both drivers have alike. */
interface Tab {
  goto(url: string): Promise<unknown>;
  evaluate<R, A>(work: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
}
interface Visit {
  tab: Tab;
  /** What the console said of policies and errors. */
  said: string[];
  close(): Promise<void>;
}

let shop: FailingShop;
let chromium: Chromium;
let firefox: Firefox;

const purpose = (id: string, kind: 'statistics' | 'advertising' | 'other', activity = 'visit-statistics') => ({
  id,
  kind,
  label: `The ${id}`,
  description: `What ${id} does.`,
  activity: { notice: 'cookie_policy' as const, activity },
});

beforeAll(async () => {
  shop = await startFailingShop({
    purposes: [
      {
        ...purpose('statistics', 'statistics'),
        storage: [
          { name: '_visits', kind: 'cookie', lifetime: '14 months' },
          { name: '_deep', kind: 'cookie', lifetime: '14 months' },
          { name: '_server', kind: 'cookie', lifetime: '14 months', setBy: 'server' },
          { name: 'visits*', kind: 'local_storage', lifetime: '1 year' },
          { name: 'visits', kind: 'session_storage', lifetime: 'until you close the browser' },
          { name: 'visits', kind: 'indexed_db', lifetime: '1 year' },
          { name: 'visits', kind: 'cache_storage', lifetime: '1 year' },
          { name: '_shared', kind: 'cookie', lifetime: '1 year' },
        ],
      },
      {
        ...purpose('advertising', 'advertising', 'adverts'),
        storage: [{ name: '_shared', kind: 'cookie', lifetime: '1 year' }],
      },
      purpose('media', 'other'),
    ],
  });
  const policy = (more = ''): Record<string, string> => ({
    'content-security-policy': `default-src 'none'; script-src 'nonce-x'; style-src 'self'; connect-src ${shop.service}; require-trusted-types-for 'script'; report-uri /reports${more}`,
  });
  const listen = `<script nonce="x">self.violations=[];self.ran=[];self.synced=[];
    document.addEventListener('securitypolicyviolation',(e)=>violations.push(e.effectiveDirective+' '+e.blockedURI+' '+e.sample));
    document.addEventListener('candour:sync',(e)=>synced.push(e.detail));
    document.addEventListener('candour:decision',(e)=>{self.decided=e.detail});</script>`;
  const page = (body: string, tag = `<script nonce="x" src="${shop.service}/w/shop.js"></script>`): string =>
    `<!doctype html><html lang="en"><head>${listen}${tag}<meta charset="utf-8"><title>Strict</title></head><body><h1>Shop</h1>${body}</body></html>`;
  const tags = `http://tags.localhost:${shop.port}`;
  shop.pages
    .set('/shop/deep/strict', {
      headers: policy(),
      body: page(`<script nonce="x" type="text/plain" data-purpose="statistics" src="${tags}/first.js"></script>
        <script nonce="x" type="text/plain" data-purpose="statistics">ran.push('inline after '+ran.join());</script>
        <script nonce="x" type="text/plain" data-purpose="statistics" data-type="module">ran.push('module');</script>
        <script nonce="x" type="text/plain" data-purpose="statistics advertising">ran.push('both');</script>`),
    })
    .set('/embeds', {
      headers: policy(`; frame-src ${tags}; img-src ${tags}; media-src ${tags}; object-src ${tags}`),
      body: page(`<p><a href="#candour">Privacy</a></p><iframe id="frame" width="640" height="360" title="A film" data-purpose="media" data-src="${tags}/film"></iframe>
        <img id="image" alt="" data-purpose="media" data-src="${tags}/image" data-srcset="${tags}/image 2x">
        <video id="video" data-purpose="media" data-poster="${tags}/image"><source data-src="${tags}/clip"></video>
        <object id="object" data-purpose="media" data-src="${tags}/film" width="300" height="200"></object>
        <embed id="embed" data-purpose="media" data-src="${tags}/film" width="300" height="200">`),
    })
    .set('/film', { body: '<!doctype html><title>Film</title><p>Film</p>' })
    .set('/first.js', { body: "ran.push('first')" });
  [chromium, firefox] = [await launchChromium(), await launchFirefox()];
});
afterAll(async () => {
  await chromium?.close();
  await firefox?.close();
  await shop?.close();
});

/** The browser's own request, on a page that allows no image. */
const isOurs = (text: string): boolean => !text.includes('favicon.ico');
const POLICY = /content.security|csp|trusted ?type|violat|refused|blocked/i;

async function visitChromium(): Promise<Visit> {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => void (POLICY.test(message.text()) && isOurs(message.text()) && said.push(message.text())));
  page.on('pageerror', (error) => void (isOurs(String(error)) && said.push(String(error))));
  return { tab: page as unknown as Tab, said, close: () => context.close() };
}

async function visitFirefox(): Promise<Visit> {
  const context = await firefox.createBrowserContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => void (POLICY.test(message.text()) && isOurs(message.text()) && said.push(message.text())));
  page.on('pageerror', (error) => void (isOurs(String(error)) && said.push(String(error))));
  return { tab: page as unknown as Tab, said, close: () => context.close() };
}

/** Presses a button of ours by its name, or a switch by its id, as soon as it is there. */
const press = (tab: Tab, name: string): Promise<void> =>
  tab.evaluate(async (wanted) => {
    for (let tries = 0; tries < 200; tries++) {
      const hosts = [...document.querySelectorAll('candour-banner, candour-choices, candour-placeholder')];
      const found = hosts
        .flatMap((host) => [...(host.shadowRoot?.querySelectorAll<HTMLElement>('button, [role=switch]') ?? [])])
        .find((one) => (one.id === wanted || one.textContent?.trim() === wanted) && !one.hidden);
      found?.focus();
      if (found) return found.click();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no button "${wanted}"`);
  }, name);

const until = (tab: Tab, what: string): Promise<void> =>
  tab.evaluate(async (expression) => {
    const holds: Record<string, () => unknown> = {
      acknowledged: () => window.synced?.some(({ state }) => state === 'acknowledged') && (window.synced = []),
      ran: () => window.ran?.includes('module'),
      'what is for two purposes ran': () => window.ran?.includes('both'),
      framed: () => document.querySelector('#frame')?.getAttribute('src'),
      'held again': () => !document.querySelector('#frame')?.hasAttribute('src'),
      placeholders: () => document.querySelectorAll('candour-placeholder').length === 4,
      'said it': () =>
        document.querySelector('candour-choices')?.shadowRoot?.querySelector('.ended p')?.textContent?.includes('any more'),
    };
    for (let tries = 0; tries < 200; tries++) {
      if (holds[expression]?.()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never: ${expression}; ${JSON.stringify([window.synced, window.ran, document.cookie])}`);
  }, what);

const violations = async (tab: Tab): Promise<string[]> =>
  (await tab.evaluate(() => window.violations ?? [], null)).filter(isOurs);

declare global {
  interface Window {
    violations?: string[];
    ran?: string[];
    synced?: { state: string }[];
    decided?: { kept: string[]; ends: string };
  }
}

describe.each([
  ['Chromium', visitChromium],
  ['Firefox', visitFirefox],
] as const)('in %s', (_browser, visit) => {
  test('R9 R11 R23 R29 R31 banner, choices, placeholders, receipts and withdrawal violate no policy; what is withdrawn is deleted and ends with one reload', async () => {
    const { tab, said, close } = await visit();
    shop.reports.length = 0;
    const origin = `http://shop.localhost:${shop.port}`;
    const strict = `${origin}/shop/deep/strict`;

    await tab.goto(strict);
    await press(tab, 'Reject all');
    await until(tab, 'acknowledged');
    expect(await tab.evaluate(() => window.ran, null)).toEqual([]);

    // The preference centre, and one purpose only.
    await press(tab, 'Privacy choices');
    await press(tab, 'switch-statistics');
    await press(tab, 'Save choices');
    await until(tab, 'acknowledged');
    await until(tab, 'ran');
    expect(await tab.evaluate(() => window.ran, null)).toEqual(['first', 'inline after first', 'module']);
    expect(await violations(tab)).toEqual([]);

    // What it may store, on a sub-path too; one item belongs to another purpose that is on as well.
    await tab.evaluate(() => window.candour?.decide({ advertising: true }), null);
    await until(tab, 'acknowledged');
    await until(tab, 'what is for two purposes ran');
    await tab.evaluate(async () => {
      document.cookie = '_visits=1;path=/';
      document.cookie = '_deep=1;path=/shop/deep';
      document.cookie = '_shared=1;path=/';
      document.cookie = '_own=1;path=/';
      localStorage.setItem('visits-2', '1');
      localStorage.setItem('basket', '1');
      sessionStorage.setItem('visits', '1');
      (await caches.open('visits')).match('/').catch(() => undefined);
      await new Promise(
        (resolve) => (indexedDB.open('visits').onsuccess = (event) => resolve((event.target as IDBOpenDBRequest).result.close())),
      );
    }, null);
    await tab.evaluate(() => sessionStorage.setItem('loads', `${Number(sessionStorage.getItem('loads')) + 1}`), null);
    shop.requests.length = 0;
    await tab.evaluate(() => void window.candour?.withdraw(['statistics']), null);
    await expect.poll(() => shop.requests, { timeout: 15_000 }).toContain('shop.localhost/shop/deep/strict');
    await expect
      .poll(
        () =>
          until(tab, 'said it').then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true);
    const left = await tab.evaluate(
      async () => ({
        cookies: document.cookie
          .split('; ')
          .map((pair) => pair.split('=')[0])
          .filter((name) => name?.startsWith('_'))
          .sort(),
        storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort(),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        ran: window.ran,
        said: document.querySelector('candour-choices')?.shadowRoot?.querySelector('.ended p')?.textContent,
        status: window.candour?.status(),
      }),
      null,
    );
    expect(left).toMatchObject({
      cookies: ['_own', '_shared'],
      storage: ['basket', 'loads'],
      databases: ['candour-shop'],
      caches: [],
      ran: [],
      status: { statistics: 'withdrawn', advertising: 'given' },
    });
    expect(left.said).toMatch(/Nothing of it runs any more.*_server/);
    expect(shop.requests.filter((path) => path.endsWith('/strict'))).toHaveLength(1);
    expect(await violations(tab)).toEqual([]);

    // Embeds: held at their size, once, held again, always.
    await tab.goto(`${origin}/embeds`);
    await until(tab, 'placeholders');
    const box = (): Promise<number[]> =>
      tab.evaluate(() => {
        const { offsetWidth, offsetHeight } = document.querySelector('candour-placeholder') as HTMLElement;
        return [offsetWidth, offsetHeight];
      }, null);
    expect((await box()).map((size, i) => Math.abs(size - (i === 0 ? 644 : 364)) <= 4)).toEqual([true, true]);
    await press(tab, 'Load once');
    await until(tab, 'framed');
    expect(await tab.evaluate(() => [document.activeElement?.id, window.candour?.status()['media']], null)).toEqual([
      'frame',
      'refused',
    ]);
    await tab.evaluate(() => window.candour?.decide({ media: false }), null);
    await until(tab, 'held again');
    await press(tab, 'Always allow');
    await until(tab, 'framed');
    await until(tab, 'acknowledged');
    const loaded = await tab.evaluate(
      () =>
        ['image', 'video', 'object', 'embed'].map((id) => {
          const element = document.getElementById(id) as HTMLElement;
          return ['src', 'srcset', 'data', 'poster'].filter((name) => element.hasAttribute(name)).join(' ');
        }),
      null,
    );
    expect(loaded).toEqual(['src srcset', 'poster', 'data', 'src']);
    // Also of the withdrawal, whose page went while it was being answered.
    await expect
      .poll(() => tab.evaluate(async () => (await window.candour?.receipts())?.length, null), { timeout: 15_000 })
      .toBe(6);
    expect(await violations(tab)).toEqual([]);
    expect(said).toEqual([]);
    expect(shop.reports.filter(isOurs)).toEqual([]);
    await close();
  }, 180_000);
});
