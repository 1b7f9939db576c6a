// The built extension in real Chromium with the whole web behind a proxy that notes every request of any host: what leaves it, what
// happens when its worker ends at any moment, and "Refuse for me" on Candour's own widget and on other platforms.
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { REFUSE_KILOBYTES } from '../../extension/permissions-document.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startExampleSite, type ExampleSite } from '../support/example-site.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { banner, button, outboxSize, receiptsOf, statusOf } from '../support/visitor.ts';
import { startWholeWeb, type WholeWeb } from '../support/whole-web.ts';
import { arePeersHere, serveOldSite } from './old-platforms.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');
const SOON = { timeout: 60_000 };

interface ExtensionApi {
  chrome: {
    scripting: { getRegisteredContentScripts(): Promise<{ id: string }[]> };
    action: { getBadgeText(q: object): Promise<string>; getTitle(q: object): Promise<string> };
    tabs: { query(q: object): Promise<{ id: number; url?: string }[]> };
    runtime: { sendMessage(message: unknown): Promise<unknown> };
  };
}

let web: WholeWeb;
let site: ExampleSite;
let shop: Shop;
let browser: ExtensionBrowser;
/** The options page, which stays open. */
let options: Page;

beforeAll(async () => {
  [web, site, shop] = [await startWholeWeb(), await startExampleSite(), await startShop({})];
  site.receipts.push(await site.log.record({ origin: site.origin }));
  browser = await launchChromiumWithExtension(BUILT, ...web.flags);
  options = await browser.context.newPage();
  await options.goto(`${browser.extension}/options.html`);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([web?.close(), site?.close(), shop?.close()]);
});

const tabOf = (page: Page): Promise<number> =>
  options.evaluate(async (url) => {
    const tabs = await (globalThis as unknown as ExtensionApi).chrome.tabs.query({});
    return tabs.find((tab) => tab.url === url)?.id ?? -1;
  }, page.url());

async function openPopup(page: Page): Promise<Page> {
  const popup = await browser.context.newPage();
  await popup.goto(`${browser.extension}/popup.html?tab=${await tabOf(page)}`);
  await popup.locator('main[aria-busy="false"]').waitFor();
  return popup;
}

async function visit(url: string): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(url);
  return page;
}

/** Ends the background's worker, as the browser does whenever it likes. A message that waits may start it anew at once. */
async function killWorker(): Promise<void> {
  const session = await browser.context.newCDPSession(options);
  const stopped = new Promise<void>((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await session.detach();
}

/** What Chromium itself asks for, whatever flags say. */
const OF_THE_BROWSER = /^https?:\/\/(?:[\w-]+\.googleapis\.com|accounts\.google\.com|clients2\.google\.com)[:/]/;
/** What a page asks for itself: documents, and what its own scripts fetch, which is known here. */
const OF_PAGES = ['/receipts.json'];
const isOfPage = ({ headers, url }: WholeWeb['requests'][number]): boolean =>
  headers['sec-fetch-dest'] === 'document' || OF_PAGES.includes(new URL(url).pathname);
const asked = (from = 0): string[] =>
  web.requests
    .slice(from)
    .filter((request) => !OF_THE_BROWSER.test(request.url) && !isOfPage(request))
    .map(({ method, url }) => `${method} ${url}`);

describe('what leaves the extension', () => {
  it('R87 is the declared notice when somebody looks, and what Check compares, of all requests to any host', async () => {
    const notice = `GET ${site.service}/v1/notices/${site.noticeHash}`;
    let mark = web.requests.length;
    const since = (): string[] => {
      const before = mark;
      mark = web.requests.length;
      return asked(before);
    };
    const page = await visit(`${site.origin}/contact`);
    const plain = await visit(`${site.origin}/plain`);
    expect(since(), 'a page alone').toEqual([]);

    const popup = await openPopup(page);
    await popup.locator('[data-applies="here"]').waitFor();
    expect(since(), 'the popup').toEqual([notice]);
    await popup.reload();
    await popup.locator('[data-applies="here"]').waitFor();
    expect(since(), 'the popup again in one visit').toEqual([]);

    await popup.getByRole('button', { name: 'Check' }).first().click();
    await popup.locator('[data-verified="true"]').first().waitFor();
    const checks = since().map((line) => line.replace(/\?.*/, ''));
    const log = `GET ${site.service}/v1/sites/shop/log`;
    expect([...new Set(checks)].sort()).toEqual([`GET ${site.service}/.well-known/candour.json`, `${log}/checkpoint`]);

    // Everything else that can be pressed asks nobody: the other view, letters, settings, the side panel, messages of all kinds.
    for (const view of ['Mine', 'This page']) await popup.getByRole('button', { name: view, exact: true }).click();
    await popup.locator('main[aria-busy="false"] [data-applies="here"]').waitFor();
    await popup.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
    const panel = await visit(`${browser.extension}/sidepanel.html`);
    await panel.locator('main').waitFor();
    await options.reload();
    const strange = [
      { type: 'read_notice', tab: await tabOf(page), href: 'http://elsewhere.example/x', again: true },
      { type: 'read_notice', tab: await tabOf(plain), href: `${site.origin}/plain`, again: true },
      { type: 'check_receipt', tab: await tabOf(page), receipt: '{"service":"http://elsewhere.example"}' },
      { type: 'fetch', url: 'http://elsewhere.example/' },
    ];
    for (const message of strange)
      await options.evaluate(
        (one) => (globalThis as unknown as ExtensionApi).chrome.runtime.sendMessage(one).catch(() => null),
        message,
      );
    expect(since().filter((line) => line !== notice)).toEqual([]);
    for (const { headers } of web.requests.filter((request) => asked().includes(`${request.method} ${request.url}`))) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
    }
    for (const one of [page, plain, popup, panel]) await one.close();
  });

  it('R87 has no other way out in what is built', () => {
    const way =
      /(?<!static )(?<![.\w$])fetch\(|(?:globalThis|self|window)\.fetch|XMLHttpRequest|\bWebSocket\b|EventSource|sendBeacon|importScripts|RTCPeerConnection|WebTransport|new Image\b|\bimport\([^)]*|\.src\s*=[^=]|\.sendNativeMessage\(|\.connectNative\(|new Worker\b/g;
    const ways: Record<string, number> = {};
    for (const file of globSync('**/*.js', { cwd: BUILT })) {
      const code = readFileSync(join(BUILT, file), 'utf8');
      for (const [found] of code.replace(/^\s*(?:\/\/|\*).*$/gm, '').matchAll(way)) {
        // Its own chunks.
        if (/^import\(["'`]\.{0,2}\//.test(found)) continue;
        const place = `${file.replace(/-[\w-]{8}\.js$/, '')}: ${found}`;
        ways[place] = (ways[place] ?? 0) + 1;
      }
    }
    // Of notices and checks; of our own rules, and the badge's own words; and the page's own Link header out of the cache.
    expect(ways).toEqual({ 'assets/index.ts: fetch(': 3, 'content/answers.js: fetch(': 1 });
    for (const file of globSync('**/*.{html,css}', { cwd: BUILT }))
      expect(readFileSync(join(BUILT, file), 'utf8'), file).not.toMatch(/(?:https?:)?\/\/[\w.-]+\.\w|url\(/);
  });
});

describe('the background’s worker', () => {
  it('R87 may end before, during and after any message: everything still answers', async () => {
    const page = await visit(`${site.origin}/contact`);
    await killWorker();
    const popup = await openPopup(page);
    await popup.locator('[data-applies="here"]').waitFor();
    await popup.locator('[data-receipt]').first().waitFor();
    await killWorker();
    await popup.getByRole('button', { name: 'Check' }).first().click();
    await popup.locator('[data-verified="true"]').first().waitFor();

    // While it reads: the answer is lost, and the person is told, never left waiting.
    for (let round = 0; round < 4; round += 1) {
      const reloaded = popup.reload();
      await killWorker();
      await reloaded;
      const again = popup.getByRole('button', { name: 'Try again' });
      await popup.locator('[data-applies="here"]').or(again).first().waitFor();
      // What was kept of the tab may have it look again by itself.
      if (await again.count()) await Promise.race([again.click(), popup.locator('[data-applies="here"]').waitFor()]);
      await popup.locator('[data-applies="here"]').waitFor();
    }
    // What was known of the tab, and the badge, outlive it.
    await killWorker();
    await page.goto(`${site.origin}/plain`);
    const tab = await tabOf(page);
    const badge = (): Promise<string> =>
      options.evaluate((tabId) => (globalThis as unknown as ExtensionApi).chrome.action.getBadgeText({ tabId }), tab);
    await expect.poll(badge, SOON).toBe('?');
    // While a page loads, of which it would have been told: it is looked at then, or as soon as anything wakes the next one.
    const going = page.goto(`${site.origin}/contact`);
    await killWorker();
    await going;
    await page.bringToFront();
    await options.evaluate(() => (globalThis as unknown as ExtensionApi).chrome.runtime.sendMessage({ type: 'view_stored' }));
    await expect.poll(badge, SOON).toMatch(/[^?]/);
    await page.close();
    await popup.close();
  });
});

const scripts = (): Promise<string[]> =>
  options.evaluate(async () => {
    const { scripting } = (globalThis as unknown as ExtensionApi).chrome;
    return (await scripting.getRegisteredContentScripts()).map(({ id }) => id);
  });

/** A page, with the files of the extension that ran in it by then, as its debugger tells. */
async function visitWatched(url: string): Promise<{ page: Page; files: Set<string> }> {
  const page = await browser.context.newPage();
  const session = await browser.context.newCDPSession(page);
  const files = new Set<string>();
  session.on('Debugger.scriptParsed', ({ url: file }) => {
    if (file.startsWith(browser.extension)) files.add(file.slice(browser.extension.length + 1));
  });
  await session.send('Debugger.enable');
  await page.goto(url);
  return { page, files };
}

async function filesIn(url: string): Promise<string[]> {
  const { page, files } = await visitWatched(url);
  await page.close();
  return [...files].sort();
}

/** The script that refuses comes when the page is idle, which may be after it has loaded. */
async function visitWithRefuse(url: string): Promise<Page> {
  const { page, files } = await visitWatched(url);
  await expect.poll(() => [...files], SOON).toContain('refuse/index.js');
  return page;
}

/** A platform's dialog as its rule knows it, with buttons that a test says what to do with. */
const dialog = (no: string, before = ''): string =>
  `<!doctype html><html lang="en"><title>Platform</title><body><h1>Platform</h1>${before}<div id="cc-main"><div class="cm-wrapper" style="position:fixed">
<button class="cm__btn" data-role="all" onclick="document.cookie='cc_cookie=all';this.closest('#cc-main').remove()">Yes</button>
<button class="cm__btn" data-role="necessary" onclick="${no}">No</button></div></div></body></html>`;
const WORKS = "document.cookie='cc_cookie=none';this.closest('#cc-main').remove()";

describe('refuse for me', () => {
  const list = async (): Promise<string[]> => {
    await options.reload();
    await options.locator('main[aria-busy="false"]').waitFor();
    return options
      .locator('[data-stored="refusals"] li')
      .evaluateAll((items) =>
        items.map((item) => `${item.querySelector('strong')?.textContent ?? ''} ${item.getAttribute('data-outcome') ?? ''}`),
      );
  };
  const setOn = async (on: boolean): Promise<void> => {
    const box = options.getByRole('checkbox', { name: /^Refuse for me/ });
    await expect.poll(() => box.isEnabled(), SOON).toBe(true);
    // Not looked at in the moment after the press, while what holds is asked for anew.
    if ((await box.isChecked()) !== on) await box.click();
    await options.getByText(on ? 'On, from the next page that you open.' : 'Off.', { exact: true }).waitFor();
    await expect.poll(() => box.isChecked(), SOON).toBe(on);
  };
  beforeAll(() => {
    shop.pages.set('/', shopPage(shop.tag, '<h1>Shop</h1>'));
    web.answers.set('http://platform.example/', dialog(WORKS));
    web.answers.set('http://broken.example/', dialog('void 0').replace('data-role="necessary"', 'data-role="gone"'));
    web.answers.set(
      'http://opened.example/',
      '<!doctype html><title>Opened</title><button id="open" onclick="put()">Choices</button>' +
        `<script>function put() { document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(/<div id="cc-main">.*<\/div><\/div>/s.exec(dialog(WORKS))?.[0])}) }</script>`,
    );
    serveOldSite(shop);
  });

  it('is in no page while it is off, and leaves every dialog alone', async () => {
    expect(await scripts()).toEqual([]);
    expect((await filesIn('http://platform.example/')).filter((file) => file.startsWith('refuse/'))).toEqual([]);
    const page = await visit(shop.origin);
    await banner(page).waitFor();
    await page.close();
  });

  it('R46 refuses on a site with our widget, recorded as done by an extension, and says so', async () => {
    await setOn(true);
    expect(await scripts()).toEqual(['refuse']);
    const kilobytes = statSync(join(BUILT, 'refuse/index.js')).size / 1000;
    expect(kilobytes).toBeLessThan(REFUSE_KILOBYTES);
    expect(kilobytes).toBeGreaterThan(REFUSE_KILOBYTES - 20);
    const mark = web.requests.length;
    const page = await visit(shop.origin);
    await button(page, 'Privacy choices').waitFor();
    await expect.poll(() => banner(page).count(), SOON).toBe(0);
    await expect.poll(async () => [...new Set(Object.values(await statusOf(page)))], SOON).toEqual(['refused']);
    // The outbox is empty before it is filled, too.
    await expect.poll(async () => (await receiptsOf(page)).length, SOON).toBe(1);
    await expect.poll(() => outboxSize(page, 'shop'), SOON).toBe(0);
    const [receipt] = await receiptsOf(page);
    const event = JSON.parse(Buffer.from(receipt?.event.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(event).toMatchObject({
      method: 'extension',
      actor: 'self',
      purposes: { statistics: 'refused', advertising: 'refused' },
    });
    // What was on screen is recorded with it, as for any other choice.
    expect(receipt?.presentation?.controls.map(({ id }) => id)).toContain('reject_all');

    // Written down once the tool is done, which is after the page has recorded it.
    await expect.poll(list, SOON).toEqual([`shop.localhost:${shop.port} refused`]);
    const popup = await openPopup(page);
    await popup.locator('[data-refused="refused"]').waitFor();
    expect(await popup.locator('[data-refused="refused"]').innerText()).toContain('Candour refused here for you');
    await popup.close();
    expect(asked(mark).filter((line) => !line.includes(`localhost:`))).toEqual([]);

    await page.reload();
    await button(page, 'Privacy choices').waitFor();
    expect(await receiptsOf(page)).toHaveLength(1);
    await page.close();
  });

  it('refuses on a platform that autoconsent knows, once, with a mark on the badge', async () => {
    const page = await visit('http://platform.example/');
    await expect.poll(() => page.evaluate(() => document.cookie), SOON).toBe('cc_cookie=none');
    const tab = await tabOf(page);
    const title = (): Promise<string> =>
      options.evaluate((tabId) => (globalThis as unknown as ExtensionApi).chrome.action.getTitle({ tabId }), tab);
    await expect.poll(title, SOON).toContain('Candour refused here for you');
    await page.close();
    await expect.poll(async () => (await list())[0], SOON).toBe('platform.example refused');
  });

  it('says so where it could not refuse, and leaves the dialog standing', async () => {
    const page = await visit('http://broken.example/');
    await expect.poll(async () => (await list())[0], SOON).toBe('broken.example failed');
    expect(await page.locator('#cc-main .cm-wrapper').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const popup = await openPopup(page);
    expect(await popup.locator('[data-refused="failed"]').innerText()).toContain('The answer is still yours to give.');
    await popup.close();
    await page.close();
  });

  it('leaves a dialog to the person who opened it, and a site to the person who asked for it', async () => {
    const page = await visitWithRefuse('http://opened.example/');
    await page.locator('#open').click();
    await expect.poll(async () => (await list())[0], SOON).toBe('opened.example left');
    expect(await page.locator('#cc-main .cm-wrapper').isVisible()).toBe(true);
    await page.close();

    const before = await visit('http://platform.example/');
    await before.waitForLoadState('load');
    const popup = await openPopup(before);
    await popup.getByRole('button', { name: 'Leave this site to me' }).click();
    await popup.getByText('You answer this site’s consent dialogs yourself.').waitFor();
    await browser.context.clearCookies();
    const again = await visitWithRefuse('http://platform.example/');
    await again.locator('#cc-main .cm-wrapper').waitFor();
    await killWorker();
    // The script was answered nothing: it stands idle, whatever the page does.
    await again.evaluate(() => document.body.append('more'));
    expect(await again.evaluate(() => document.cookie)).toBe('');
    for (const one of [before, popup, again]) await one.close();
  });

  it.runIf(arePeersHere).each(['klaro', 'vanilla-cookieconsent'] as const)(
    'refuses in the real dialog of %s',
    async (platform) => {
      const vanilla = `<link rel="stylesheet" href="data:text/css,"><script src="/peer/vanilla.js"></script><script>
const modal = { consentModal: { title: 't', acceptAllBtn: 'a', acceptNecessaryBtn: 'r' }, preferencesModal: { sections: [] } };
CookieConsent.run({ hideFromBots: false, categories: { necessary: { readOnly: true }, analytics: {} }, language: { default: 'en', translations: { en: modal } } });</script>`;
      const klaro = `<script>window.klaroConfig = { version: 1, lang: 'en', mustConsent: false, services: [{ name: 'matomo', purposes: ['analytics'] }] };</script>
<script src="/peer/klaro.js"></script>`;
      shop.pages.set(`/asks/${platform}`, shopPage('', '<h1>Asks</h1>' + (platform === 'klaro' ? klaro : vanilla)));
      const page = await visit(`http://${platform}.localhost:${shop.port}/asks/${platform}`);
      const said = (): Promise<string> => page.evaluate(() => decodeURIComponent(document.cookie));
      await expect
        .poll(said, SOON)
        .toContain(platform === 'klaro' ? 'klaro={"matomo":false}' : 'cc_cookie={"categories":["necessary"]');
      await expect.poll(async () => (await list())[0], SOON).toBe(`${platform}.localhost:${shop.port} refused`);
      await page.close();
    },
  );

  it('is gone from pages when it is switched off', async () => {
    await options.reload();
    await setOn(false);
    expect(await scripts()).toEqual([]);
    expect((await filesIn('http://platform.example/')).filter((file) => file.startsWith('refuse/'))).toEqual([]);
  });
});
