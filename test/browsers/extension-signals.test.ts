// The built extension in real Chromium on pages with other consent platforms: what they say is shown, beside what the notice says; a page
// that wants to see who asks, or to keep them busy, sees nothing and keeps nobody.
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { isKlaroHere, startSignalSite, type SignalSite } from '../support/signal-site.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

describe('the extension on pages with other consent platforms', () => {
  let browser: ExtensionBrowser;
  let site: SignalSite;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSignalSite(), launchChromiumWithExtension(BUILT)]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function look(page: Page): Promise<{ popup: Page; signals: Locator }> {
    const popup = await browser.openPopup(page);
    const signals = popup.locator('.signals[aria-busy="false"]');
    await signals.waitFor();
    await popup.locator('main[aria-busy="false"]').waitFor();
    return { popup, signals };
  }
  async function open(path: string): Promise<{ page: Page; popup: Page; signals: Locator }> {
    const page = await browser.context.newPage();
    await page.goto(site.origin + path);
    return { page, ...(await look(page)) };
  }
  const close = async (...pages: Page[]): Promise<void> => {
    for (const page of pages) await page.close();
  };
  const data = (locator: Locator): Promise<Record<string, string>> =>
    locator.evaluate((element) => Object.fromEntries(Object.entries((element as HTMLElement).dataset)) as Record<string, string>);

  it('R86 R81 shows what a TCF platform and Consent Mode hold, before a choice and after, and puts it beside the notice', async () => {
    const { page, popup, signals } = await open('/tcf');
    const tcf = signals.locator('[data-signal="tcf"]');
    expect(await tcf.innerText()).toContain('Its dialog was shown, and no choice was made in it yet.');
    const mode = signals.locator('[data-signal="consent-mode"]');
    expect(await data(mode.locator('[data-consent-type="ad_storage"]'))).toMatchObject({ default: 'granted', now: 'granted' });
    expect(await mode.locator('[data-order]').getAttribute('data-order')).toBe('late');
    const before = signals.locator('[data-side-by-side="granted_by_default"]');
    expect(await before.innerText()).toMatch(
      /Advertising cookies on our website[\s\S]*Consent[\s\S]*Our lawful basis for this is your consent[\s\S]*Google Consent Mode[\s\S]*granted by default[\s\S]*ad_storage/,
    );

    await page.bringToFront();
    await page.click('#accept');
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Look again' }).click();
    await tcf.locator('[data-purpose="3"][data-consent="true"]').waitFor();
    expect(await data(tcf.locator('[data-purpose="2"]'))).toEqual({ purpose: '2', consent: 'false', legitimateInterest: 'true' });
    expect(await data(tcf.locator('[data-purpose="10"]'))).toEqual({
      purpose: '10',
      consent: 'false',
      legitimateInterest: 'false',
    });
    expect(await tcf.innerText()).toContain('A choice was made on this visit.');
    expect(await data(tcf.locator('[data-vendors-consent]'))).toEqual({ vendorsConsent: '2', vendorsInterest: '1' });
    expect(await signals.locator('[data-side-by-side="tcf_legitimate_interest"]').innerText()).toMatch(
      /Our lawful basis for this is your consent[\s\S]*carries a legitimate interest for: 2 Select advertising with limited data/,
    );

    await tcf.getByText('All of them by name').click();
    await tcf.locator('[data-vendor]').first().waitFor();
    expect(await tcf.locator('[data-vendor]').count()).toBe(3);
    expect(await tcf.locator('[data-vendor="2"]').innerText()).toMatch(/^Captify Technologies Limited\s+Declares consent for 1/);
    await tcf.getByPlaceholder('Find a vendor').fill('captify');
    await expect.poll(() => tcf.locator('[data-vendor]').count()).toBe(1);
    await popup.setViewportSize({ width: 400, height: 600 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await popup.emulateMedia({ colorScheme });
      expect(await axeFindings(popup, { only: '.signals' })).toEqual([]);
    }
    await close(popup, page);
  });

  it('R86 names the platform, and lists what was stored before the first touch of the page', async () => {
    const { page, popup, signals } = await open('/vanilla');
    expect(await signals.locator('[data-platforms]').getAttribute('data-platforms')).toBe('CookieConsent (orestbida)');
    const stored = signals.locator('[data-signal="stored"]');
    expect(await stored.getAttribute('data-touched')).toBe('false');
    const names = (): Promise<string[]> =>
      stored.locator('[data-stored]').evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset['stored'] ?? ''));
    expect(await names()).toEqual(['_ga', 'visitor']);
    await page.bringToFront();
    await page.getByRole('button', { name: 'Yes' }).click();
    await expect.poll(() => page.evaluate(() => document.cookie)).toContain('cc_cookie');
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Look again' }).click();
    await signals.locator('[data-touched="true"]').waitFor();
    expect(await names(), 'what the choice itself stored came after').toEqual(['_ga', 'visitor']);
    expect(await popup.content()).not.toContain('somebody');
    await close(popup, page);
  });

  it('R86 reads what Cookiebot, OneTrust and Clarity say in their own way, and a data layer of another name', async () => {
    const { page, popup, signals } = await open('/own-states');
    const line = (id: string) => signals.locator(`[data-line="${id}"] dd`).innerText();
    expect(await line('cookiebot')).toMatch(/^Storage for personal settings: denied, statistics: granted, advertising: denied$/i);
    expect(await line('oneTrust')).toMatch(/^advertising: granted$/i);
    expect(await line('clarity')).toMatch(/^statistics: granted, advertising: denied$/i);
    expect(await data(signals.locator('[data-consent-type="ad_storage"]'))).toMatchObject({ now: 'denied' });
    await close(popup, page);
  });

  it.runIf(isKlaroHere)('R86 knows klaro', async () => {
    const { page, popup, signals } = await open('/klaro');
    expect(await signals.locator('[data-platforms]').getAttribute('data-platforms')).toBe('Klaro');
    await close(popup, page);
  });

  it('R86 reads Consent Mode under a strict policy, and says so honestly where nothing is found', async () => {
    const strict = await open('/strict');
    expect(await strict.signals.locator('[data-order]').getAttribute('data-order')).toBe('inTime');
    expect(await data(strict.signals.locator('[data-consent-type="analytics_storage"]'))).toMatchObject({ now: 'denied' });
    await close(strict.popup, strict.page);
    const plain = await open('/plain');
    expect(await plain.signals.locator('[data-state="no-platform"]').innerText()).toContain(
      'We found no consent platform on this page',
    );
    expect(await plain.signals.locator('[data-side-by-side], [data-signal="tcf"], [data-signal="consent-mode"]').count()).toBe(0);
    await close(plain.popup, plain.page);
  });

  it('R88 is not seen, fooled or kept busy by a hostile page', async () => {
    const page = await browser.context.newPage();
    await page.goto(`${site.origin}/hostile`);
    const before = Date.now();
    const { popup, signals } = await look(page);
    expect(Date.now() - before).toBeLessThan(15_000);
    expect(await signals.locator('[data-signal="tcf"]').getAttribute('data-state')).toBe('unreadable');
    expect(await signals.locator('[data-signal="consent-mode"]').getAttribute('data-state')).toBe('unreadable');
    expect(await signals.locator('[data-line="gpp"]').innerText()).toContain('could not be read');
    expect(await popup.evaluate(() => ({}) as { polluted?: string; ad_storage?: string })).toEqual({});
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.length, 'the page did see that somebody read').toBeGreaterThan(3);
    const own = ['dispatches candour-extension-ready', 'heard candour-extension-ready'];
    const telling = seen.filter((one) => !own.includes(one)).map((one) => one.replaceAll(`${site.origin}/hostile`, ''));
    expect(telling.filter((one) => /extension|candour|signal|content|[0-9a-f]{32}/i.test(one))).toEqual([]);
    await close(popup, page);
  });

  it('R87 asks the network for nothing but the notice', () => {
    const paths = [...new Set(site.requests)].filter(
      (path) => !/^\/(?:tcf|own-states|vanilla|klaro|strict|plain|hostile|platform|favicon)/.test(path),
    );
    expect(paths).toEqual(['/notice']);
  });
});
