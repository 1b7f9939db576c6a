// The built extension in real Firefox: it installs, its content script runs on a page, and its popup says what Chromium's says.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startExampleSite, type ExampleSite } from '../support/example-site.ts';
import { launchFirefoxWithExtension, type FirefoxWithExtension } from '../support/firefox-extension.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/firefox');

describe('the extension in Firefox', () => {
  let firefox: FirefoxWithExtension;
  let site: ExampleSite;

  beforeAll(async () => {
    site = await startExampleSite();
    site.receipts.push(await site.log.record({ origin: site.origin }));
    firefox = await launchFirefoxWithExtension(BUILT);
  });
  afterAll(async () => {
    await firefox.close();
    await site.close();
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
    await expect.poll(async () => (await firefox.badge(`${site.origin}/plain`)).text, { timeout: 10_000 }).toBe('?');
    await page.goto(`${site.origin}/contact`);
    await expect.poll(async () => (await firefox.badge(`${site.origin}/contact`)).text, { timeout: 10_000 }).toBe('•');
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
    await expect.poll(attribute('[data-applies="here"]', 'data-activity'), { timeout: 10_000 }).toBe('enquiries');
    expect(await attribute('[data-applies="here"]', 'data-lawful-basis')()).toBe('legitimate_interests contract');
    expect(await popup.read(`document.querySelector('.notice h2').textContent`)).toBe('Privacy at Example Bicycles');

    await expect.poll(attribute('[data-consent-type="ad_storage"]', 'data-now'), { timeout: 10_000 }).toBe('denied');
    expect(await attribute('[data-purpose], [data-signal="tcf"]', 'data-state')()).toBe('read');
    await expect.poll(attribute('[data-receipt]', 'data-verified'), { timeout: 10_000 }).toBe('unchecked');
    await popup.read(`document.querySelector('[data-receipt] button').click(), ''`);
    await expect.poll(attribute('[data-receipt]', 'data-verified'), { timeout: 10_000 }).toBe('true');
    await expect.poll(async () => (await firefox.badge(`${site.origin}/contact`)).text, { timeout: 10_000 }).toBe('1');
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
