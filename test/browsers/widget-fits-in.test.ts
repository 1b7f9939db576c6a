// The widget in other people's pages, in real Chromium: several hosts of one site, routers that swap the page, React, the owner's own
// policy page. With CANDOUR_SCREENSHOTS=<folder> it leaves pictures there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, Page } from 'playwright-core';
import type * as React from 'react';
import type * as ReactServer from 'react-dom/server';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { completePackage } from '../../scripts/npm-package.ts';
import { axeFindings } from '../support/axe.ts';
import { brokenWords } from '../support/broken-words.ts';
import { launchChromium, launchWholeChromium } from '../support/browser.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { banner, button, choose, chooseAndDeliver, receiptsOf, statusOf, withdrawAll } from '../support/visitor.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const FOLDER = process.env['CANDOUR_SCREENSHOTS'];

/** On a busy machine too. */
const SOON = { timeout: 20_000 };

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  shop = await startShop({ languages: ['en', 'de'], cookieDomain: null });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function visit(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${shop.origin}${path}`);
  return page;
}

const widgetsOn = (page: Page) =>
  page.evaluate(() => ({
    banners: document.querySelectorAll('candour-banner').length,
    controls: document.querySelectorAll('candour-choices').length,
    links: document.querySelectorAll('link[rel=privacy-policy]').length,
    heldScripts: document.querySelectorAll('script[type="text/plain"]').length,
  }));

test('R8 R26 with Turbo the page is swapped under the widget: one banner, one choice, the control on every route, forms filled, held tags held', async () => {
  shop.pages.set('/turbo.js', {
    type: 'text/javascript',
    body: readFileSync(join(ROOT, 'node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8'),
  });
  shop.pages.set('/ran.js', { type: 'text/javascript', body: 'window.ran = (window.ran ?? 0) + 1;' });
  const nav = '<nav><a id="one" href="/turbo/1">One</a> <a id="two" href="/turbo/2">Two</a></nav>';
  const held = '<script type="text/plain" data-purpose="statistics" src="/ran.js"></script>';
  const head = '<script src="/turbo.js"></script>';
  shop.pages.set('/turbo/1', shopPage(shop.tag, `${nav}<h1>First</h1>${shop.tag}`, head));
  shop.pages.set('/turbo/2', shopPage(shop.tag, `${nav}<h1>Second</h1>${held}<div data-candour="storage"></div>`, head));
  const page = await visit('/turbo/1');
  await banner(page).waitFor();
  const api = await page.evaluateHandle(() => window.candour);
  await page.locator('#two').click();
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  // Asked once, on whichever page; the same API.
  await banner(page).waitFor();
  expect(await widgetsOn(page)).toEqual({ banners: 1, controls: 1, links: 2, heldScripts: 1 });
  await page.getByRole('table', { name: 'Counting visits' }).waitFor();
  await choose(page, 'Accept all');
  await page.waitForFunction(() => (window as unknown as { ran?: number }).ran === 1);
  await page.locator('#one').click();
  await page.getByRole('heading', { name: 'First' }).waitFor();
  await button(page, 'Privacy choices').waitFor();
  expect(await widgetsOn(page)).toEqual({ banners: 0, controls: 1, links: 2, heldScripts: 0 });
  expect(await page.evaluate((before) => window.candour === before, api)).toBe(true);
  // From Turbo's own copy of the page, whose hosts of ours are empty shells.
  await page.goBack();
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  await button(page, 'Privacy choices').click();
  await page.getByRole('dialog').waitFor();
  // The preference centre belongs to the page that is being left.
  await page.evaluate(async () => {
    const transition = document.startViewTransition(() => document.body.replaceWith(document.createElement('body')));
    // A machine that draws no frame never ends an animation: the swap is what counts.
    setTimeout(() => transition.skipTransition(), 2_000);
    await transition.finished;
  });
  await button(page, 'Privacy choices').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await button(page, 'Privacy choices').click();
  await button(page, 'Withdraw all').click();
  await expect.poll(() => statusOf(page), SOON).toMatchObject({ statistics: 'withdrawn' });
  await page.context().close();
});

test('R26 a tag twice, a framework that takes out what it does not know, and a body that is emptied: one banner, and it stays', async () => {
  shop.pages.set('/twice', shopPage(shop.tag + shop.tag, '<main>Hello</main>'));
  const page = await visit('/twice');
  await banner(page).waitFor();
  await page.evaluate(async (src) => {
    const script = document.createElement('script');
    script.src = src;
    document.body.append(script);
    await new Promise((resolve) => (script.onload = resolve));
    document.querySelectorAll('candour-banner,candour-choices').forEach((host) => host.remove());
  }, `${shop.service}/w/shop.js`);
  await banner(page).waitFor();
  await page.evaluate(() => (document.body.innerHTML = '<main>Another</main>'));
  await banner(page).waitFor();
  expect(await widgetsOn(page)).toMatchObject({ banners: 1, controls: 1 });
  await choose(page, 'Reject all');
  await page.evaluate(() => (document.body.innerHTML = '<main>A third</main>'));
  await button(page, 'Privacy choices').waitFor();
  expect(await widgetsOn(page)).toMatchObject({ banners: 0, controls: 1 });
  await page.context().close();
});

test('a table of what is stored stands in the owner’s own page, in its language, and tells of the widget’s own items too', async () => {
  const policy = (lang: string): string =>
    shopPage(
      shop.tag,
      `<main><h1>Cookies</h1><div data-candour="storage" data-heading="2"><a href="${shop.service}/v1/sites/shop/notices/cookie_policy">List</a></div></main>`,
    ).replace('lang="en"', `lang="${lang}"`);
  shop.pages.set('/policy', policy('en'));
  shop.pages.set('/richtlinie', policy('de'));
  shop.pages.set('/siyasa', policy('ar'));
  shop.pages.set('/plain', shopPage(shop.tag, '<p>No table here.</p>'));
  const page = await visit('/policy');
  const table = page.getByRole('table', { name: 'Counting visits' });
  await table.waitFor();
  const rows = await page
    .locator('[data-candour=storage] tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')));
  expect(rows).toContain('_visits | cookie | 14 months | Example Ltd');
  expect(rows).toContain('visits | local storage | 1 year | Tallyhouse Ltd');
  expect(rows).toContain('_an_* | cookie | 90 days | AdNetwork Inc.');
  expect(rows).toContain('candour_shop | cookie | 6 months | Example Ltd');
  expect(rows.join()).toContain('candour-shop | database');
  expect(await page.getByRole('heading', { level: 2, name: 'Videos and maps' }).count()).toBe(1);
  await choose(page, 'Reject all');
  expect(await axeFindings(page, { only: '[data-candour=storage]' })).toEqual([]);
  for (const [width, name] of [
    [1280, 'wide'],
    [320, 'narrow'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    // No word is broken: each cell is as wide as its longest.
    expect(await brokenWords(page.locator('[data-candour=storage] :is(th,td)'))).toEqual([]);
    if (FOLDER) await page.screenshot({ path: join(FOLDER, `storage-${name}.png`), fullPage: true });
  }
  // Its chunk is for pages that have one.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${shop.origin}/plain`);
  await statusOf(page);
  expect(asked.join()).not.toContain('storage.js');
  await page.goto(`${shop.origin}/richtlinie`);
  const german = page.locator('[data-candour=storage]');
  await german.getByRole('table').first().waitFor();
  expect(await german.getAttribute('lang')).toBe('de');
  expect(await german.getByRole('heading', { level: 2 }).first().getAttribute('lang')).toBe('en');
  expect(await german.textContent()).toContain('6 Monate');
  await page.setViewportSize({ width: 1280, height: 800 });
  // From right to left the room between two cells is on the other side.
  await page.goto(`${shop.origin}/siyasa`);
  const cell = page.locator('[data-candour=storage] tbody td').first();
  await cell.waitFor();
  const sides = await cell.evaluate((one) => [getComputedStyle(one).paddingLeft, getComputedStyle(one).paddingRight]);
  expect(sides.map((side) => Number.parseFloat(side) > 0)).toEqual([true, false]);
  // English words in an Arabic page still run from the left: "14 months" and not "months 14".
  const middles = await page.locator('[data-candour=storage] td', { hasText: '14 months' }).evaluate((one) => {
    const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode() as Text;
    return [0, 3].map((at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 2);
      return range.getBoundingClientRect().left;
    });
  });
  expect(middles).toEqual(middles.toSorted((a, b) => a - b));
  await page.context().close();
});

test('R26 one choice holds on all hosts of a site; the receipt is kept where it was made, and both say so', async () => {
  const hosts = ['www.shop.test', 'app.shop.test'];
  const many = await startShop({ cookieDomain: 'shop.test' }, hosts);
  const page = shopPage(many.tag, '<h1>Shop</h1>');
  many.pages.set('/', page);
  const secure = hosts.map((host) => `http://${host}:${many.port}`);
  // The headless shell takes no origin for secure because it is told to.
  const chromium = await launchWholeChromium(
    '--host-resolver-rules=MAP *.shop.test 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${secure.join(',')}`,
  );
  try {
    const [www = '', app = ''] = secure;
    const visitor = await (await chromium.newContext()).newPage();
    visitor.setDefaultTimeout(30_000);
    await visitor.goto(www);
    await banner(visitor).waitFor();
    await chooseAndDeliver(visitor, 'Reject all');
    const [receipt] = await receiptsOf(visitor);
    expect(receipt?.site).toBe('shop');
    await visitor.goto(app);
    expect(await statusOf(visitor)).toMatchObject({ statistics: 'refused', advertising: 'refused' });
    await button(visitor, 'Privacy choices').waitFor();
    expect(await visitor.locator('candour-banner').count()).toBe(0);
    // The ledger belongs to one origin: nothing was copied, nothing is restored or sent twice.
    expect(await receiptsOf(visitor)).toEqual([]);
    await button(visitor, 'Privacy choices').click();
    await visitor.getByRole('dialog').waitFor();
    await visitor.getByRole('dialog').getByText('Your choices so far').click();
    await visitor.getByText('its receipt is kept there').waitFor();
    await chooseAndDeliver(visitor, 'Accept all');
    expect(await receiptsOf(visitor)).toHaveLength(1);
    // What is newer, and of one day what grants less, holds on both.
    await visitor.goto(www);
    expect(await statusOf(visitor)).toMatchObject({ statistics: 'refused' });
    const cookies = await visitor.context().cookies();
    expect(cookies.filter(({ name }) => name === 'candour_shop').map(({ domain }) => domain)).toEqual(['.shop.test']);
    expect((await many.store.sites()).length).toBe(1);
  } finally {
    await chromium.close();
    await many.close();
  }
});

/** The package as a stranger installs it, beside the real React. */
function installedPackage(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'candour-stranger-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(ROOT, 'widget/npm'), '--outDir', join(modules, 'candour')]);
  completePackage(join(modules, 'candour'));
  for (const name of ['react', 'react-dom', 'scheduler']) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const APP = `
import { createElement as h, StrictMode, useState } from 'react';
import { CandourProvider, Held, useCandour, useCandourError, useConsent } from 'candour/react';

function Status() {
  const candour = useCandour();
  const error = useCandourError();
  const { allowed, status, decide } = useConsent('statistics');
  return h('p', { id: 'status' }, error ? error.message : candour ? status + ' ' + allowed : 'loading',
    h('button', { onClick: () => void decide(true, { actor: 'parent' }) }, 'Count me'));
}
const Video = () => { window.mounts = (window.mounts ?? 0) + 1; return h('b', { id: 'video' }, 'video'); };
export function App({ service, site }) {
  const [route, go] = useState('home');
  return h(StrictMode, null, h(CandourProvider, { service, site },
    h('button', { onClick: () => go(route === 'home' ? 'form' : 'home') }, 'Route'),
    h('h1', null, route), h(Status),
    h(Held, { purpose: 'media', fallback: h('i', { id: 'instead' }, 'instead') }, h(Video)),
    route === 'form' && h('form', null, h('fieldset', { 'data-candour': 'marketing', 'data-activity': 'newsletter' })),
    h('iframe', { 'data-purpose': 'media', 'data-src': '/framed', title: 'Framed' })));
}`;

const actorOf = (jws: string): string =>
  (JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { actor: string }).actor;

test('R14 React 19, StrictMode: provider and hooks follow the choice, children of Held come and go, the server renders what is held as held', async () => {
  const stranger = installedPackage();
  try {
    writeFileSync(join(stranger.folder, 'app.js'), APP);
    writeFileSync(
      join(stranger.folder, 'client.js'),
      `import { createElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './app.js';
const root = document.querySelector('#root');
const app = createElement(App, { service: root.dataset.service, site: root.dataset.site });
if (root.firstChild) hydrateRoot(root, app, { onRecoverableError: (error) => (window.mismatch = String(error)) }); else createRoot(root).render(app);
`,
    );
    const built = (await build({
      root: stranger.folder,
      configFile: false,
      logLevel: 'error',
      resolve: { preserveSymlinks: true },
      build: { write: false, rollupOptions: { input: join(stranger.folder, 'client.js') } },
    })) as Rollup.RollupOutput;
    const script = built.output.find((file) => file.type === 'chunk');
    shop.pages.set('/client.js', { type: 'text/javascript', body: script?.type === 'chunk' ? script.code : '' });

    // On a server: no window, no request, what is held is held.
    const require = createRequire(join(stranger.folder, 'x.js'));
    const { createElement } = require('react') as typeof React;
    const { renderToString } = require('react-dom/server') as typeof ReactServer;
    const { App } = (await import(/* @vite-ignore */ pathToFileURL(join(stranger.folder, 'app.js')).href)) as {
      App: (props: { service: string; site: string }) => ReturnType<typeof createElement>;
    };
    const html = renderToString(createElement(App, { service: shop.service, site: 'shop' }));
    expect(html).toContain('loading');
    expect(html).toContain('instead');
    expect(html).not.toContain('id="video"');

    const framed = (content: string, site = 'shop'): string =>
      shopPage(
        '',
        `<div id="root" data-service="${shop.service}" data-site="${site}">${content}</div><script type="module" src="/client.js"></script>`,
      );
    shop.pages.set('/framed', '<p>framed</p>');
    shop.pages.set('/react', framed(html));
    const page = await visit('/react');
    await banner(page).waitFor();
    await expect.poll(() => page.locator('#status').textContent(), SOON).toContain('unknown false');
    expect(await page.evaluate(() => (window as unknown as { mismatch?: string }).mismatch)).toBeUndefined();
    // StrictMode mounts twice, the tag is there once.
    expect(await page.locator('script[src*="/w/shop.js"]').count()).toBe(1);
    expect(await page.locator('#video').count()).toBe(0);
    await page.getByRole('button', { name: 'Count me' }).click();
    await expect.poll(() => page.locator('#status').textContent(), SOON).toContain('given true');
    await expect.poll(async () => (await receiptsOf(page)).map(({ event }) => actorOf(event)), SOON).toEqual(['parent']);
    expect(await page.locator('#video').count()).toBe(0);
    await choose(page, 'Accept all');
    await page.locator('#video').waitFor();
    await page.frameLocator('iframe[title=Framed]').getByText('framed').waitFor();
    await page.getByRole('button', { name: 'Route' }).click();
    await page.getByRole('heading', { name: 'form' }).waitFor();
    await button(page, 'Privacy choices').click();
    await button(page, 'Withdraw all').click();
    await page.locator('#instead').waitFor();
    await expect.poll(() => page.locator('#status').textContent(), SOON).toContain('withdrawn false');
    expect(await page.locator('iframe[title=Framed]').getAttribute('src')).toBeNull();
    await page.context().close();

    // A service that is not there is told, and nothing is allowed.
    shop.pages.set('/react-away', framed('', 'nobody'));
    const away = await visit('/react-away');
    await expect.poll(() => away.locator('#status').textContent(), SOON).toContain('did not load');
    expect(await away.locator('#instead').count()).toBe(1);
    await away.context().close();
  } finally {
    stranger.remove();
  }
});

test('R9 R26 what is chosen, withdrawn or erased in one tab holds in the others at once, with the same reload', async () => {
  const held = '<script type="text/plain" data-purpose="statistics">window.ran = true;</script>';
  shop.pages.set('/tabs', shopPage(shop.tag, `<h1>Tab</h1>${held}<img data-purpose="statistics" data-src="/pixel">`));
  const here = await visit('/tabs');
  const there = await here.context().newPage();
  await there.goto(here.url());
  await Promise.all([banner(here).waitFor(), banner(there).waitFor()]);
  const seen = (page: Page) =>
    page.evaluate(() => ({
      statistics: window.candour?.status()['statistics'],
      ran: 'ran' in window,
      loads: document.querySelector('img')?.hasAttribute('src'),
      asks: document.querySelector('candour-banner') !== null,
    }));
  // With its control, which is there when the page has nothing else to do, a page begins to listen to the others.
  const listens = () => there.locator('candour-choices').waitFor({ state: 'attached' });
  await listens();
  await choose(here, 'Accept all');
  const on = { statistics: 'given', ran: true, loads: true, asks: false };
  await expect.poll(() => seen(there), SOON).toEqual(on);
  // The other page begins again by itself, as something of the purpose ran there.
  const again = there.waitForEvent('framenavigated');
  await button(here, 'Privacy choices').click();
  await withdrawAll(here);
  await again;
  const off = { ran: false, loads: false, asks: false };
  await expect.poll(() => seen(there), SOON).toEqual({ statistics: 'withdrawn', ...off });
  await listens();
  // Nothing runs: no reload, and both are asked as on a first visit.
  await there.evaluate(() => void Object.assign(window, { same: true }));
  await button(here, 'Privacy choices').click();
  const dialog = here.getByRole('dialog');
  await dialog.getByText('Erase what is stored about me').click();
  await dialog.getByRole('button', { name: 'Erase all of it' }).click();
  await dialog.getByRole('button', { name: 'Erase now' }).click();
  await expect.poll(() => seen(there), SOON).toEqual({ statistics: 'unknown', ...off, asks: true });
  expect(await there.evaluate(() => 'same' in window)).toBe(true);
  await here.context().close();
});

test('R32 the module does not wait for a tag that failed before it was asked', async () => {
  const stranger = installedPackage();
  try {
    const body = readFileSync(join(stranger.folder, 'node_modules/candour/module/load-candour.js'), 'utf8');
    shop.pages.set('/late/load-candour.js', { type: 'text/javascript', body });
    shop.pages.set('/late', shopPage(shop.tag, '<h1>Late</h1>'));
    const page = await (await browser.newContext()).newPage();
    await page.route(`${shop.service}/w/shop.js`, (route) => route.abort(), { times: 1 });
    await page.goto(`${shop.origin}/late`);
    expect(await page.evaluate(() => 'candour' in window)).toBe(false);
    // As text: what the test runner makes of an import() means nothing in a page.
    const options = JSON.stringify({ service: shop.service, site: 'shop' });
    const id = await page.evaluate(
      `import('/late/load-candour.js').then(({ loadCandour }) => loadCandour(${options})).then(({ site }) => site.id, String)`,
    );
    expect(id).toBe('shop');
    await banner(page).waitFor();
    await page.context().close();
  } finally {
    stranger.remove();
  }
});

test('R29 the module loads the tag under a strict policy, by nonce and with a trusted address, and refuses another site’s widget', async () => {
  const stranger = installedPackage();
  try {
    const file = (name: string) => ({
      type: 'text/javascript',
      body: readFileSync(join(stranger.folder, 'node_modules/candour', name), 'utf8'),
    });
    shop.pages.set('/module/load-candour.js', file('module/load-candour.js'));
    const csp = `default-src 'none'; script-src 'nonce-x'; style-src 'self'; connect-src ${shop.service}; require-trusted-types-for 'script'`;
    const script = `<script nonce="x">window.reports = []; document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective + ' ' + event.blockedURI));</script>
<script type="module" nonce="x">import { loadCandour } from '/module/load-candour.js';
const policy = trustedTypes.createPolicy('shop', { createScriptURL: (url) => url });
const options = { service: '${shop.service}', site: 'shop', nonce: 'x', trustedUrl: (url) => policy.createScriptURL(url) };
window.same = loadCandour(options) === loadCandour(options);
const candour = await loadCandour(options);
window.loaded = [candour === window.candour, candour.allows('statistics'), candour.allows('nonsense')];
window.refused = await loadCandour({ ...options, site: 'other' }).catch((error) => error.message);</script>`;
    shop.pages.set(
      '/strict',
      shopPage(`<meta http-equiv="Content-Security-Policy" content="${csp}">${script}`, '<h1>Strict</h1>'),
    );
    const page = await visit('/strict');
    await banner(page).waitFor();
    await page.waitForFunction(() => 'refused' in window);
    const { same, loaded, refused, reports } = (await page.evaluate('({ same, loaded, refused, reports })')) as Record<
      string,
      unknown
    >;
    expect([same, loaded, reports]).toEqual([true, [true, false, false], []]);
    expect(refused).toBe('this page has the consent widget of shop, not of other');
    await page.context().close();
  } finally {
    stranger.remove();
  }
});
