// What a page can meet, in real browsers: whatever fails, the page works, what needs consent stays held back, the choice is kept by the
// best means left, and the page is told why.
import { createHash } from 'node:crypto';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { SyncDetail } from '../../widget/core/api.ts';
import { bootIn } from '../support/boot-in.ts';
import { launchChromium, launchFirefox } from '../support/browser.ts';
import { startFailingShop, type FailingShop, type Fault } from '../support/failing-shop.ts';

let shop: FailingShop;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const LISTEN = `<script>self.synced=[];self.ran=[];
  document.addEventListener('candour:sync',(e)=>synced.push(e.detail));</script>`;
const HELD = `<h1>Shop</h1><script type="text/plain" data-purpose="statistics">ran.push('statistics')</script>
  <p id="own"></p><script>document.getElementById('own').textContent='the site works'</script>`;

interface Told {
  synced: SyncDetail[];
  ran: string[];
}

beforeAll(async () => {
  shop = await startFailingShop({
    purposes: [
      {
        id: 'statistics',
        kind: 'statistics',
        label: 'Counting visits',
        description: 'What it does.',
        activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
      },
    ],
  });
  const tag = `<script src="${shop.service}/w/shop.js"></script>`;
  const html = (head: string): string =>
    `<!doctype html><html lang="en"><head>${LISTEN}${head}<meta charset="utf-8"><title>Shop</title></head><body>${HELD}</body></html>`;
  shop.pages
    .set('/', { body: html(tag) })
    .set('/async', { body: html(tag.replace('<script', '<script async')) })
    .set('/sandbox', { body: '<iframe sandbox="allow-scripts" src="/" width="900" height="600"></iframe>' });
  browser = await launchChromium('--host-resolver-rules=MAP shop.test 127.0.0.1');
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});
beforeEach(async () => {
  shop.fault = null;
  context = await browser.newContext();
  page = await context.newPage();
  return () => context.close();
});

const url = (path = '/', host = 'shop.localhost'): string => `http://${host}:${shop.port}${path}`;
const events: (fault: Fault) => NonNullable<FailingShop['fault']> = (fault) => (path) =>
  path.endsWith('/events') ? fault : null;
const accept = (on: Page = page): Promise<void> => on.getByRole('button', { name: 'Accept all' }).click();
const synced = (on: Page = page): Promise<SyncDetail[]> => on.evaluate(() => (window as unknown as Told).synced);
async function told(state: SyncDetail['state'], reason: string, timeout = 70_000): Promise<void> {
  await expect.poll(() => synced(), { timeout }).toContainEqual(expect.objectContaining({ state, reason }));
}
/** The page works, and whether what needs consent runs. */
const state = (on: Page = page) =>
  on.evaluate(async () => {
    await window.candour?.ready;
    return [
      document.getElementById('own')?.textContent,
      (window as unknown as Told).ran.join(),
      window.candour?.status()['statistics'],
    ];
  });
const HELD_BACK = ['the site works', '', 'unknown'];
const RUNS = ['the site works', 'statistics', 'given'];

describe('a service that takes no event', () => {
  test.each([
    ['is away', 'refused', 'SERVICE_UNREACHABLE'],
    ['refuses (4xx)', { status: 403, type: 'application/problem+json', body: '{"code":"FOREIGN_ORIGIN"}' }, 'FOREIGN_ORIGIN'],
    ['fails (5xx)', { status: 503, type: 'application/json', body: '{}' }, 'HTTP_503'],
    ['answers HTML', { status: 200, type: 'text/html', body: '<h1>Hello</h1>' }, 'SERVICE_UNREACHABLE'],
    ['accepts and never answers', 'never', 'SERVICE_UNREACHABLE'],
  ] as const)(
    'R32 because it %s: the choice is written and holds, it waits and says so, and is delivered later',
    async (_why, fault, reason) => {
      // A tenth of the widget's patience with a request is enough to see where it ends.
      await page.addInitScript(() => {
        const patience = AbortSignal.timeout.bind(AbortSignal);
        AbortSignal.timeout = (ms) => patience(ms / 10);
      });
      await page.goto(url());
      await page.getByRole('button', { name: 'Accept all' }).waitFor();
      expect(await state()).toEqual(HELD_BACK);
      shop.fault = events(fault);
      await accept();
      await expect.poll(() => state(), { timeout: 15_000 }).toEqual(RUNS);
      await told('pending', reason);
      shop.fault = null;
      await page.goto(url());
      expect(await state()).toEqual(RUNS);
      await expect.poll(() => synced(), { timeout: 15_000 }).toContainEqual(expect.objectContaining({ state: 'acknowledged' }));
    },
    120_000,
  );
});

test('R32 without the service the page is as without the widget, and nothing runs', async () => {
  shop.fault = () => 'refused';
  await page.goto(url());
  expect(await state()).toEqual(['the site works', '', undefined]);
});

test('R32 a chunk that is not to be had leaves the choice in the cookie, and the next page records it', async () => {
  shop.fault = (path) => (path.endsWith('/ledger.js') ? { status: 404, type: 'text/html', body: 'gone' } : null);
  await page.goto(url());
  await accept();
  await told('local', 'SERVICE_UNREACHABLE');
  expect(await state()).toEqual(RUNS);
  shop.fault = null;
  await page.goto(url());
  expect(await state()).toEqual(RUNS);
  await expect.poll(() => synced(), { timeout: 15_000 }).toContainEqual(expect.objectContaining({ state: 'acknowledged' }));
});

describe('storage', () => {
  test('R32 that is full: the cookie keeps the choice, and the page is told so', async () => {
    await page.goto(url());
    await page.getByRole('button', { name: 'Accept all' }).waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: url('').replace(/\/$/, ''), quotaSize: 1 });
    await accept();
    await expect.poll(async () => (await synced()).map(({ reason }) => reason), { timeout: 15_000 }).toEqual(['STORAGE_FULL']);
    await page.goto(url());
    expect(await state()).toEqual(RUNS);
  });

  test.each([
    ['of a newer version', 99, 'STORAGE_UNAVAILABLE'],
    ['without its stores', 2, 'STORAGE_UNAVAILABLE'],
  ])('R32 a database %s: the cookie keeps the choice', async (_what, version, reason) => {
    await page.goto(url('/nothing'));
    await page.evaluate(
      (number) =>
        new Promise((resolve) => {
          indexedDB.open('candour-shop', number).onsuccess = (event) =>
            resolve((event.target as IDBOpenDBRequest).result.close());
        }),
      version,
    );
    await page.goto(url());
    await accept();
    await told('local', reason);
    await page.goto(url());
    expect(await state()).toEqual(RUNS);
  });

  test('R32 that throws, in a sandboxed frame: the choice holds on this page and the page and the visitor are told that it is not kept', async () => {
    await page.goto(url('/sandbox'));
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Accept all' }).click();
    const inside = page.frames()[1] as unknown as Page;
    await expect
      .poll(() => synced(inside), { timeout: 15_000 })
      .toContainEqual(expect.objectContaining({ state: 'local', reason: 'NOT_KEPT' }));
    const said = frame.locator('candour-choices [role=status]').first();
    await expect
      .poll(() => said.textContent())
      .toBe('Your choice holds on this page only, because this browser does not keep it.');
    expect(await state(inside)).toEqual(RUNS);
  });

  test('R32 whose database never opens: the page is asked, the click counts, and the cookie keeps it', async () => {
    await page.addInitScript(() => {
      indexedDB.databases = () => Promise.resolve([]);
      indexedDB.open = () => ({ addEventListener: () => undefined }) as unknown as IDBOpenDBRequest;
    });
    await page.goto(url());
    await accept();
    await told('local', 'STORAGE_UNAVAILABLE');
    expect(await state()).toEqual(RUNS);
  });
});

test('R32 on plain HTTP the cookie alone keeps the choice, and says why', async () => {
  await page.goto(url('/', 'shop.test'));
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await accept();
  await told('local', 'INSECURE_CONTEXT');
  await page.goto(url('/', 'shop.test'));
  expect(await state()).toEqual(RUNS);
});

test('R32 in a private window of Firefox the choice is written, delivered and remembered', async () => {
  const firefox = await launchFirefox({ 'browser.privatebrowsing.autostart': true });
  try {
    const tab = await firefox.newPage();
    await tab.goto(url());
    const button = await tab.waitForSelector('candour-banner >>> ::-p-aria([name="Accept all"][role="button"])');
    await button?.click();
    await tab.waitForFunction(() => (window as unknown as Told).synced.some((one) => /acknowledged|local/.test(one.state)));
    expect(await tab.evaluate(() => (window as unknown as Told).synced.map((one) => one.reason ?? one.state))).toEqual([
      'acknowledged',
    ]);
    await tab.goto(url());
    expect(await tab.evaluate(async () => (await window.candour?.ready, window.candour?.status()['statistics']))).toBe('given');
  } finally {
    await firefox.close();
  }
});

test('R32 where Firefox blocks all cookies, and with them every storage, channel and lock, the choice holds on its page', async () => {
  const firefox = await launchFirefox({ 'network.cookie.cookieBehavior': 2 });
  try {
    const tab = await firefox.newPage();
    const thrown: string[] = [];
    tab.on('pageerror', (error) => void thrown.push(String(error)));
    await tab.goto(url());
    const button = await tab.waitForSelector('candour-banner >>> ::-p-aria([name="Accept all"][role="button"])');
    await button?.click();
    await tab.waitForFunction(() => (window as unknown as Told).synced.length > 0);
    expect(await tab.evaluate(() => (window as unknown as Told).synced.map((one) => one.reason))).toEqual(['NOT_KEPT']);
    expect(await tab.evaluate(() => window.candour?.status()['statistics'])).toBe('given');
    await tab.waitForSelector('candour-choices >>> ::-p-text(holds on this page only)');
    await tab.goto(url());
    await tab.waitForSelector('candour-banner >>> ::-p-aria([name="Reject all"][role="button"])');
    expect(await tab.evaluate(() => window.candour?.status()['statistics'])).toBe('unknown');
    expect(thrown).toEqual([]);
  } finally {
    await firefox.close();
  }
});

describe('a pinned widget with one byte more on its way', () => {
  const changed = (wanted: RegExp): Promise<unknown> =>
    page.route(wanted, async (route) => {
      const answer = await route.fetch();
      const body = await answer.text();
      // A script all the same, and one that would do the same.
      await route.fulfill({ response: answer, body: `${body} ` });
    });
  const said: string[] = [];
  /** Opens a page with the tag as `candour site pin` prints it. */
  async function visitPinned(): Promise<void> {
    const { version } = bootIn(await (await fetch(`${shop.service}/w/shop.js`)).text());
    const src = `${shop.service}/w/shop@${version}.js`;
    const integrity = `sha384-${createHash('sha384')
      .update(await (await fetch(src)).text())
      .digest('base64')}`;
    const tag = `<script src="${src}" integrity="${integrity}" crossorigin="anonymous"></script>`;
    shop.pages.set('/pinned', { body: (shop.pages.get('/')?.body ?? '').replace(/<script src=[^>]*><\/script>/, tag) });
    expect(shop.pages.get('/pinned')?.body).toContain(integrity);
    said.length = 0;
    page.on('console', (message) => void said.push(message.text()));
    await page.goto(url('/pinned'));
  }
  const refused = async (file: string): Promise<void> => {
    await expect
      .poll(() => said.some((text) => text.includes(file) && text.includes('integrity')), { timeout: 10_000 })
      .toBe(true);
  };

  test('R30 in the first chunk: nothing of it runs, nothing that needs consent does, and the site works', async () => {
    await changed(/\/w\/shop@/);
    await visitPinned();
    await refused('/w/shop@');
    expect(await page.evaluate(() => [typeof window.candour, document.querySelector('candour-banner')])).toEqual([
      'undefined',
      null,
    ]);
    expect((await state()).slice(0, 2)).toEqual(['the site works', '']);
  });

  test('R30 R32 in a later chunk: what it would show is not shown, what it would record waits, and the page is told', async () => {
    await changed(/\/(centre|ledger)\.js$/);
    await visitPinned();
    await page.getByRole('button', { name: 'Choose' }).click();
    await refused('/centre.js');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await state()).toEqual(HELD_BACK);
    await page.getByRole('button', { name: 'Reject all' }).click();
    await told('local', 'SERVICE_UNREACHABLE');
    await refused('/ledger.js');
    expect(await state()).toEqual(['the site works', '', 'refused']);
    // Whole again, it records what the cookie kept: a page or two later, as the browser's cache holds what came until a page has seen it.
    await page.unrouteAll({ behavior: 'wait' });
    const acknowledged = async (): Promise<boolean> => {
      await page.goto(url('/pinned'));
      const isSent = (): boolean => (window as unknown as Told).synced.some((one) => one.state === 'acknowledged');
      return page.waitForFunction(isSent, undefined, { timeout: 5000 }).then(
        () => true,
        () => false,
      );
    };
    expect((await acknowledged()) || (await acknowledged())).toBe(true);
    expect(await state()).toEqual(['the site works', '', 'refused']);
  });
});

test('R32 a script that is never answered holds up the page of the plain tag, and not that of the async one', async () => {
  const HELD_MS = 3000;
  const parsed = async (path: string): Promise<number> => {
    const began = Date.now();
    shop.fault = (asked) => (asked.startsWith('/w/') && Date.now() - began < HELD_MS ? 'never' : null);
    const timer = setTimeout(() => shop.release(), HELD_MS);
    await page.goto(url(path), { waitUntil: 'domcontentloaded' });
    expect((await state())[0]).toBe('the site works');
    const took = Date.now() - began;
    clearTimeout(timer);
    shop.release();
    return took;
  };
  expect(await parsed('/async')).toBeLessThan(HELD_MS);
  expect(await parsed('/')).toBeGreaterThanOrEqual(HELD_MS);
});
