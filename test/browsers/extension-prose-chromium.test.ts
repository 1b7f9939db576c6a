// The built extension in real Chromium on a plain site with nothing but prose: it finds the notice, reads it, says what applies, and
// asks for nothing that it may not ask for.
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startPlainSite, type PlainSite } from '../support/plain-site.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

/** What a page asks for itself; all else was asked by the extension. */
const isOfPage = (headers: PlainSite['requests'][number]['headers']): boolean => headers['sec-fetch-dest'] !== 'empty';

describe('the extension on a site that never heard of it', () => {
  let browser: ExtensionBrowser;
  let site: PlainSite;

  beforeAll(async () => {
    site = await startPlainSite();
    browser = await launchChromiumWithExtension(BUILT);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const asked = (): string[] => site.requests.filter(({ headers }) => !isOfPage(headers)).map(({ path }) => path);

  async function open(path: string): Promise<{ page: Page; popup: Page; requests: string[] }> {
    const page = await browser.context.newPage();
    await page.goto(site.origin + path);
    const before = asked().length;
    expect(before, 'nothing is asked before somebody looks').toBe(counted);
    const popup = await browser.openPopup(page);
    await popup.locator('main[aria-busy="false"]').waitFor();
    await popup.locator('[data-how], [data-state], [data-problem]').first().waitFor({ state: 'attached' });
    const requests = asked().slice(before);
    counted = asked().length;
    return { page, popup, requests };
  }
  let counted = 0;
  const leave = async (...pages: Page[]): Promise<void> => {
    counted = asked().length;
    for (const page of pages) await page.close();
  };

  it('R76 R83 finds the notice at the foot of the page and shows which basis covers the form, with the sentence that says so', async () => {
    const { page, popup, requests } = await open('/contact');
    expect(requests).toEqual(['/about-your-data']);
    expect(await popup.locator('[data-how="footer"]').first().innerText()).toContain('Linked at the foot of this page');
    expect(await popup.locator('.notice-head').innerText()).toMatch(
      /Privacy notice[\s\S]*Crumb and Crust Limited[\s\S]*3 March 2026/,
    );
    const here = popup.locator('[data-applies="here"]');
    expect(await here.getAttribute('data-activity')).toBe('when-you-contact-us');
    expect(await here.getAttribute('data-lawful-basis')).toBe('legitimate_interests');
    expect(await here.innerText()).toContain('We rely on our legitimate interests in answering the people who write to us.');

    const link = await here.locator('.bases a').first().getAttribute('href');
    expect(link).toBe(`${site.origin}/about-your-data#:~:text=We%20rely%20on%20our%20legitimate,people%20who%20write%20to%20us.`);
    const [opened] = await Promise.all([browser.context.waitForEvent('page'), here.locator('.bases a').first().click()]);
    await opened.waitForURL((url) => url.href.split('#')[0] === `${site.origin}/about-your-data`);
    await opened.close();

    await popup.reload();
    await popup.locator('[data-how="footer"]').first().waitFor();
    expect(asked().filter((path) => path === '/about-your-data').length, 'once a visit').toBe(1);
    await leave(popup, page);
  });

  it('R83 takes what the server’s Link header and structured data name, without asking anybody for it', async () => {
    const byHeader = await open('/by-header');
    expect(await byHeader.popup.locator('[data-how]').first().getAttribute('data-how')).toBe('link_header');
    expect(byHeader.requests).toEqual(['/about-your-data']);
    await leave(byHeader.popup, byHeader.page);
    const byData = await open('/by-data');
    expect(await byData.popup.locator('[data-how]').first().getAttribute('data-how')).toBe('json_ld');
    await leave(byData.popup, byData.page);
  });

  it('R84 reads the notice for applicants too on the page of a job, and says which one covers the form', async () => {
    const { page, popup, requests } = await open('/jobs/baker');
    expect(requests.toSorted()).toEqual(['/about-applicants', '/about-your-data']);
    const here = popup.locator('[data-applies="here"][data-activity="recruitment"]');
    await here.waitFor();
    expect(await here.getAttribute('data-lawful-basis')).toBe('contract');
    expect(await popup.locator('[data-alert]').count()).toBe(0);
    await leave(popup, page);
  });

  it('R84 lists a notice for others, warns that an application has no activity, and reads one when it is pressed', async () => {
    const { page, popup } = await open('/work');
    expect(await popup.locator('[data-alert="application"]').count()).toBe(1);
    expect(await popup.locator('.others').innerText()).toContain('Cookie notice');
    await popup.getByRole('button', { name: /Read it/ }).click();
    await popup.locator('.notice').nth(1).waitFor();
    await leave(popup, page);
  });

  it('reads the notice as it stands where the page in view is the notice', async () => {
    const { page, popup, requests } = await open('/about-applicants');
    expect(await popup.locator('[data-how]').first().getAttribute('data-how')).toBe('this_page');
    expect(requests).toEqual([]);
    await leave(popup, page);
  });

  it.each([
    ['led', null],
    ['leaflet', 'PDF'],
    ['walled', 'SIGN_IN_NEEDED'],
    ['shell', 'EMPTY_PAGE'],
    ['finnish', 'UNREADABLE_LANGUAGE'],
    ['gone', 'BAD_STATUS'],
  ])('says what it met behind the link: %s', async (name, code) => {
    const { page, popup } = await open(`/linking-${name}`);
    await popup.locator('.notice').first().waitFor();
    const problem = popup.locator('[data-problem]');
    expect((await problem.count()) === 0 ? null : await problem.getAttribute('data-problem')).toBe(code);
    await leave(popup, page);
  });

  it('says so where nothing is found, and asks nobody', async () => {
    const { page, popup, requests } = await open('/nothing');
    expect(await popup.locator('[data-state="none"]').innerText()).toContain('We did not find a privacy notice here');
    expect(requests).toEqual([]);
    await leave(popup, page);
  });

  it('R87 asked only for notices that a page in view leads to, each without cookies, referrer and the page’s address', () => {
    const allowed = [
      '/about-your-data',
      '/about-applicants',
      '/led',
      '/leaflet',
      '/walled',
      '/sign-in',
      '/shell',
      '/finnish',
      '/gone',
      '/cookies',
    ];
    expect(asked().filter((path) => !allowed.includes(path))).toEqual([]);
    expect(asked().length).toBeGreaterThan(8);
    for (const { headers } of site.requests.filter(({ headers: sent }) => !isOfPage(sent))) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.referer).toBeUndefined();
      expect(headers.origin).toBeUndefined();
    }
  });

  it('has nothing for axe to find, in light and dark', async () => {
    const { page, popup } = await open('/jobs/baker');
    await popup.setViewportSize({ width: 400, height: 600 });
    for (const details of await popup.locator('details').all())
      await details.evaluate((element) => ((element as HTMLDetailsElement).open = true));
    for (const colorScheme of ['light', 'dark'] as const) {
      await popup.emulateMedia({ colorScheme });
      expect(await axeFindings(popup)).toEqual([]);
    }
    await leave(popup, page);
  });
});
