// The built extension in real Firefox: it installs, its content script runs on a page, and its popup says what Chromium's says.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startExampleSite, type ExampleSite } from '../support/example-site.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { launchFirefoxWithExtension, type FirefoxWithExtension } from '../support/firefox-extension.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'dist/extension/firefox');
const SOON = { timeout: 60_000 };

/** A dialog of another platform, as its own script draws it. */
const vanilla =
  (): string => `<script>${readFileSync(join(ROOT, 'node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js'), 'utf8')}</script><script>
const modal = { consentModal: { title: 't', acceptAllBtn: 'a', acceptNecessaryBtn: 'r' }, preferencesModal: { sections: [] } };
CookieConsent.run({ hideFromBots: false, categories: { necessary: { readOnly: true }, analytics: {} }, language: { default: 'en', translations: { en: modal } } });</script>`;

const prose = (basis: string): string => `<!doctype html><html lang="en"><title>Privacy notice</title><h1>Privacy notice</h1>
<p>Shop Limited is the controller of your personal data. Write to privacy@shop.example about anything in this privacy notice, at any time and free of charge.</p>
<h2>Our newsletter</h2><p>We use your name and your email address to send you our newsletter, once a month. ${basis} We keep them until you stop it.</p>
<h2>Your rights</h2><p>You have the right to access your personal data and to have it corrected. You may complain to the Information Commissioner’s Office.</p>`;

describe('the extension in Firefox', () => {
  let firefox: FirefoxWithExtension;
  let site: ExampleSite;
  let shop: Shop;

  beforeAll(async () => {
    [site, shop] = [await startExampleSite(), await startShop({})];
    site.receipts.push(await site.log.record({ origin: site.origin }));
    firefox = await launchFirefoxWithExtension(BUILT);
  });
  afterAll(async () => {
    await firefox.close();
    await Promise.all([site.close(), shop.close()]);
  });

  it('leaves web-ext nothing to find', async () => {
    const tool = join(import.meta.dirname, '../../node_modules/web-ext/bin/web-ext.js');
    const { stdout } = await promisify(execFile)(process.execPath, [tool, 'lint', '--output', 'json', '--source-dir', BUILT]);
    const { summary } = JSON.parse(stdout) as { summary: object };
    expect(summary).toEqual({ errors: 0, notices: 0, warnings: 0 });
  });

  it('installs, and its content script tells the badge what the page declares', async () => {
    const page = await firefox.newPage();
    await page.goto(`${site.origin}/plain`);
    await expect.poll(async () => (await firefox.badge(`${site.origin}/plain`)).text, SOON).toBe('?');
    await page.goto(`${site.origin}/contact`);
    await expect.poll(async () => (await firefox.badge(`${site.origin}/contact`)).text, SOON).toBe('•');
    expect(site.requests.filter(({ host }) => host === 'consent.localhost')).toEqual([]);
    await page.close();
  });

  it('R76 R86 shows the notice, what applies here, what the page’s platform says and the receipts in its popup, and checks a receipt', async () => {
    const page = await firefox.newPage();
    await page.goto(`${site.origin}/contact`);
    await page.waitForSelector('html[data-ledger="kept"]');
    await page.evaluate(`window.dataLayer = [['consent', 'default', { ad_storage: 'denied' }]];
      window.__tcfapi = (command, version, callback) => callback({ tcString: '', eventStatus: 'cmpuishown', gdprApplies: true }, true);`);
    const popup = await firefox.openPopup(`${site.origin}/contact`);
    const attribute = (selector: string, name: string) => () =>
      popup.read(`document.querySelector(${JSON.stringify(selector)})?.getAttribute(${JSON.stringify(name)}) ?? ''`);
    await expect.poll(attribute('[data-applies="here"]', 'data-activity'), SOON).toBe('enquiries');
    expect(await attribute('[data-applies="here"]', 'data-lawful-basis')()).toBe('legitimate_interests contract');
    expect(await popup.read(`document.querySelector('.notice h2').textContent`)).toBe('Privacy at Example Bicycles');

    await expect.poll(attribute('[data-consent-type="ad_storage"]', 'data-now'), SOON).toBe('denied');
    expect(await attribute('[data-purpose], [data-signal="tcf"]', 'data-state')()).toBe('read');
    await expect.poll(attribute('[data-receipt]', 'data-verified'), SOON).toBe('unchecked');
    await popup.read(`document.querySelector('[data-receipt] button').click(), ''`);
    await expect.poll(attribute('[data-receipt]', 'data-verified'), SOON).toBe('true');
    await expect.poll(async () => (await firefox.badge(`${site.origin}/contact`)).text, SOON).toBe('1');
    await page.close();
  });

  it('R87 R88 a page that poses as one with our widget learns nothing when its receipts are read, which stand in "Mine" until they are forgotten', async () => {
    const url = `${site.origin}/poses`;
    const page = await firefox.newPage();
    await page.goto(url);
    await page.waitForSelector('html[data-poses]');
    const popup = await firefox.openPopup(url);
    const press = (selector: string) => popup.read(`document.querySelector(${JSON.stringify(selector)})?.click(), ''`);
    const count = (selector: string) => () => popup.read(`String(document.querySelectorAll(${JSON.stringify(selector)}).length)`);
    await expect.poll(count('[data-receipt]'), SOON).toBe('1');
    const noticed = await page.$eval('html', (root) => root.getAttribute('data-noticed') ?? '');
    expect(noticed.split(' ').filter((what) => what !== '' && !/^candour\.(?:status|then)$/.test(what))).toEqual([]);
    await press('nav.tabs button:last-child');
    const own = `[data-site="${site.origin}"]`;
    await expect.poll(count(own), SOON).toBe('1');
    await press(`${own} summary`);
    await expect.poll(count(`${own} [data-receipt]`), SOON).toBe('1');
    await press(`${own} .plain-button`);
    await expect.poll(count('[data-state="nothing"]'), SOON).toBe('1');
    expect(await popup.read(`document.activeElement.closest('[data-state="nothing"]') ? 'kept' : 'lost'`)).toBe('kept');
    await page.close();
  });

  it('R74 says on the badge and in meaning that a notice changed, until the person has seen it', async () => {
    shop.pages.set('/asks', shopPage('', '<a href="/privacy" rel="privacy-policy">Privacy notice</a>'));
    shop.pages.set('/privacy', prose('We rely on your consent for this.'));
    const url = `http://told.localhost:${shop.port}/asks`;
    const page = await firefox.newPage();
    await page.goto(url);
    const first = await firefox.openPopup(url);
    const shows =
      (selector: string, popup = first) =>
      () =>
        popup.read(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
    await expect.poll(shows('.notice h2'), SOON).toBe('Privacy notice');
    shop.pages.set('/privacy', prose('We rely on our legitimate interests for this.'));
    await page.reload();
    const popup = await firefox.openPopup(url);
    await expect
      .poll(shows('[data-changes="new"] [data-changed="lawful_basis"]', popup), SOON)
      .toMatch(/went from Consent to Legitimate interests/);
    const badge = async () => (await firefox.badge(url)).text;
    await expect.poll(badge, SOON).toMatch(/↻/);
    await popup.read(`document.querySelector('[data-changes="new"] button').click(), ''`);
    await expect.poll(shows('[data-changes="told"] summary', popup), SOON).toMatch(/^What changed on/);
    await expect.poll(badge, SOON).not.toMatch(/↻/);
    await page.close();
  });

  it('R46 refuses for the person on a site with our widget and in another platform’s dialog, and says so', async () => {
    const page = await firefox.newPage();
    await page.goto(`${site.origin}/plain`);
    const popup = await firefox.openPopup(`${site.origin}/plain`);
    expect(await popup.read(`browser.runtime.sendMessage({ type: 'set_refuse', on: true }).then(String)`)).toBe('true');

    shop.pages.set('/', shopPage(shop.tag, '<h1>Shop</h1>'));
    await page.goto(`${shop.origin}/`);
    const refused = () => page.evaluate(`JSON.stringify([...new Set(Object.values(window.candour?.status() ?? {}))])`);
    await expect.poll(refused, SOON).toBe('["refused"]');
    await expect.poll(async () => (await firefox.badge(`${shop.origin}/`)).text, SOON).toMatch(/✓/);

    shop.pages.set('/other', shopPage('', vanilla()));
    const other = `http://other.localhost:${shop.port}/other`;
    await page.goto(other);
    const cookie = () => page.evaluate(`decodeURIComponent(document.cookie)`);
    await expect.poll(cookie, SOON).toContain('cc_cookie={"categories":["necessary"]');
    await expect.poll(async () => (await firefox.badge(other)).title, SOON).toContain('Candour refused here for you');

    expect(await popup.read(`browser.runtime.sendMessage({ type: 'set_refuse', on: false }).then(String)`)).toBe('true');
    await page.close();
  });

  it('R87 sends no cookie, no referrer and no id of the extension', () => {
    const asked = site.requests.filter(({ host }) => host === 'consent.localhost');
    expect(asked.length).toBeGreaterThan(1);
    for (const { headers } of asked) {
      expect([headers.cookie, headers.referer]).toEqual([undefined, undefined]);
      expect(headers.origin ?? '').not.toMatch(/extension|shop/);
    }
  });
});
