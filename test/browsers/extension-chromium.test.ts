// The built extension in real Chromium, on a site that is not ours: what the popup says, and what leaves the browser.
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startExampleSite, type ExampleSite } from '../support/example-site.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

interface ActionApi {
  chrome: { action: { getBadgeText(q: object): Promise<string>; getTitle(q: object): Promise<string> } };
}

describe('the extension in Chromium', () => {
  let browser: ExtensionBrowser;
  let site: ExampleSite;

  beforeAll(async () => {
    site = await startExampleSite();
    site.receipts.push(
      await site.log.record({ origin: site.origin }),
      await site.log.record({ origin: site.origin, method: 'accept_all', purposes: { statistics: 'given' } }),
    );
    browser = await launchChromiumWithExtension(BUILT);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const open = async (path: string): Promise<{ page: Page; popup: Page }> => {
    const page = await browser.context.newPage();
    await page.goto(site.origin + path);
    await page.locator('html:not([data-ledger="waiting"])').waitFor({ state: 'attached' });
    const popup = await browser.openPopup(page);
    await popup.locator('main[aria-busy="false"]').waitFor();
    return { page, popup };
  };
  const badge = async (page: Page, wanted: string): Promise<string> => {
    const [worker] = browser.context.serviceWorkers();
    const read = () =>
      worker?.evaluate(async (url) => {
        const { chrome } = globalThis as unknown as ActionApi & {
          chrome: { tabs: { query(q: object): Promise<{ id: number; url: string }[]> } };
        };
        const tabId = (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id;
        return chrome.action.getBadgeText({ tabId });
      }, page.url());
    await expect.poll(read).toBe(wanted);
    return wanted;
  };

  it('R76 shows controller, title, version and date, and the activity that applies here with its reason, bases and way to the sentence', async () => {
    const { page, popup } = await open('/contact');
    await expect.poll(() => popup.locator('h2').first().textContent()).toBe('Privacy at Example Bicycles');
    expect(await popup.locator('.notice-head').innerText()).toMatch(/Example Bicycles[\s\S]*Version 2 · March 2026/);

    const here = popup.locator('[data-applies="here"]');
    expect(await here.getAttribute('data-activity')).toBe('enquiries');
    expect(await here.getAttribute('data-lawful-basis')).toBe('legitimate_interests contract');
    expect(await here.innerText()).toContain('The notice declares it for the address /contact.');
    expect(await here.locator('a').first().getAttribute('href')).toBe(
      `${site.service}/v1/notices/${site.noticeHash}#activities/0/lawfulBases/0`,
    );
    expect(await popup.locator('[data-applies="may"]').getAttribute('data-activity')).toBe('newsletter');
    const rest = popup.locator('[data-applies="elsewhere"]');
    expect(await rest.getAttribute('data-lawful-basis')).toBe('document_only');
    await badge(page, '1');
    await popup.close();
    await page.close();
  });

  it('R83 finds a notice that is linked after the page has loaded, and shows it while the popup is open', async () => {
    const { page, popup } = await open('/late');
    await popup.locator('[data-activity="enquiries"]').waitFor({ state: 'attached' });
    expect(await popup.locator('[data-applies="here"]').count()).toBe(0);
    await popup.close();
    await page.close();
  });

  it('says so where a page leads to none, and what it met behind a link that is none', async () => {
    const plain = await open('/plain');
    expect(await plain.popup.locator('[data-state="none"] h2').textContent()).toBe('We did not find a privacy notice here');
    await badge(plain.page, '?');
    await plain.popup.close();
    // A script gives the page another address, and draws the view of it a little later.
    await plain.page.evaluate(() => {
      history.pushState({}, '', '/next');
      setTimeout(
        () => document.body.insertAdjacentHTML('beforeend', '<footer><a href="/privacy">Privacy notice</a></footer>'),
        300,
      );
    });
    await badge(plain.page, '•');
    await plain.page.close();
    const { page, popup } = await open('/prose');
    await popup.locator('[data-problem="NO_NOTICE_THERE"]').waitFor();
    expect(await popup.locator('.unread a').getAttribute('href')).toBe(`${site.origin}/privacy`);
    await badge(page, '•');
    await popup.close();
    await page.close();
  });

  it('leaves receipts unchecked until Check compares the key, and asks the service only then', async () => {
    const { page, popup } = await open('/contact');
    const receipts = popup.locator('[data-receipt]');
    await receipts.first().waitFor();
    expect(await receipts.count()).toBe(2);
    expect(await receipts.first().getAttribute('data-verified')).toBe('unchecked');
    expect(await popup.locator('.states').first().innerText()).toMatch(/Statistics\s+Given/);
    expect(site.requests.filter(({ path }) => path === '/.well-known/candour.json')).toEqual([]);

    await receipts.first().getByRole('button', { name: 'Check' }).click();
    await popup.locator('[data-receipt][data-verified="true"]').first().waitFor();
    await popup.reload();
    await expect.poll(() => popup.locator('[data-verified="true"]').count()).toBe(2);
    await popup.close();
    await page.close();
  });

  it('R87 R88 a page that poses as one with our widget learns nothing when its receipts are read, by themselves or in the popup', async () => {
    const page = await browser.context.newPage();
    await page.goto(`${site.origin}/poses`);
    await page.locator('html[data-poses]').waitFor({ state: 'attached' });
    const noticed = () => page.locator('html').getAttribute('data-noticed');
    const mine = await browser.context.newPage();
    await mine.goto(`${browser.extension}/popup.html?tab=0`);
    await mine.getByRole('button', { name: 'Mine', exact: true }).click();
    await mine.locator(`[data-site="${site.origin}"]`).waitFor();
    expect(await noticed()).toBeNull();
    await mine.close();
    // Whoever opens the popup has the page's signals read, which are the page's to give; its receipts are read as before.
    const popup = await browser.openPopup(page);
    await popup.locator('[data-receipt]').first().waitFor();
    await popup.locator('[data-signal]').first().waitFor({ state: 'attached' });
    expect((await noticed())?.split(' ').filter((what) => !/^candour\.(?:status|then)$/.test(what)) ?? []).toEqual([]);
    // What is read keeps nobody from deleting it, which a page could tell too.
    await page.bringToFront();
    await page.getByRole('button', { name: 'End' }).click();
    await page.locator('html[data-deleted]').waitFor({ state: 'attached' });
    expect(await noticed()).not.toMatch(/blocked|versionchange/);
    await popup.close();
    await page.close();
  });

  it('follows the tab in view from the side panel', async () => {
    const panel = await browser.context.newPage();
    await panel.goto(`${browser.extension}/sidepanel.html`);
    const page = await browser.context.newPage();
    await page.goto(`${site.origin}/plain`);
    await page.bringToFront();
    // The panel is a tab in the background here, where a locator would wait for a frame that is never drawn.
    const shows = (selector: string) => () => panel.evaluate((wanted) => document.querySelectorAll(wanted).length, selector);
    await expect.poll(shows('[data-state="none"]')).toBe(1);
    await page.goto(`${site.origin}/contact`);
    await expect.poll(shows('[data-applies="here"][data-activity="enquiries"]')).toBe(1);
    await panel.close();
    await page.close();
  });

  it('R87 sends no cookie, no referrer, no id of the extension and no page address to anyone', () => {
    const asked = site.requests.filter(({ host }) => host === 'consent.localhost');
    expect(asked.length).toBeGreaterThan(2);
    for (const { headers, path } of asked) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
      expect(headers.origin ?? '').not.toMatch(/extension|shop/);
      expect(path).toMatch(
        /^\/(v1\/notices\/[\w-]{43}|\.well-known\/candour\.json|v1\/sites\/shop\/log\/(checkpoint|consistency\?from=\d+&to=\d+))$/,
      );
    }
  });

  it('raises an alarm, and keeps it, when the service publishes another key than the one first seen', async () => {
    const { page, popup } = await open('/contact');
    site.lies.set(
      '/.well-known/candour.json',
      JSON.stringify({
        service: site.service,
        version: '0',
        logs: [{ ...site.log.published(), keys: [{ key: `${site.log.logKey}x`, state: 'active' }] }],
      }),
    );
    const receipt = popup.locator('[data-receipt]').first();
    await receipt.getByRole('button', { name: 'Check' }).click();
    await receipt.locator('[role="alert"]').waitFor();
    expect(await receipt.getAttribute('data-verified')).toBe('false');
    await badge(page, '!');
    site.lies.clear();
    await popup.close();
    await page.close();
  });

  it('has nothing for axe to find, in light and dark, with and without a notice', async () => {
    for (const path of ['/contact', '/prose']) {
      const { page, popup } = await open(path);
      await popup.setViewportSize({ width: 400, height: 600 });
      for (const details of await popup.locator('details').all())
        await details.evaluate((element) => ((element as HTMLDetailsElement).open = true));
      for (const colorScheme of ['light', 'dark'] as const) {
        await popup.emulateMedia({ colorScheme });
        expect(await axeFindings(popup)).toEqual([]);
      }
      await popup.close();
      await page.close();
    }
    const options = await browser.context.newPage();
    await options.goto(`${browser.extension}/options.html`);
    await options.locator('[data-stored="keys"]').waitFor();
    expect(await axeFindings(options)).toEqual([]);
    await options.getByRole('button', { name: 'Clear all of it' }).click();
    expect(await axeFindings(options)).toEqual([]);
    await options.getByRole('dialog').getByRole('button', { name: 'Clear all of it' }).click();
    await expect.poll(() => options.locator('[data-stored]').count()).toBe(0);
    await options.close();
  });
});
