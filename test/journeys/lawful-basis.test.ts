// The extension on the demonstration's pages: which notice, which activities here, on which lawful basis, and whose receipts hold.
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startTestDemo, type DemoSiteId, type TestDemo } from '../support/demo.ts';
import { chooseAndDeliver, statusOf } from '../support/visitor.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

let demo: TestDemo;
let browser: ExtensionBrowser;

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromiumWithExtension(BUILT);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** The page, and the popup over it once both notices that the widget links are read. */
async function inspect(site: DemoSiteId, path: string): Promise<{ page: Page; popup: Page; close(): Promise<void> }> {
  const page = await browser.context.newPage();
  await page.goto(demo.site(site, path));
  await statusOf(page);
  const popup = await browser.openPopup(page);
  await popup.locator('main[aria-busy="false"]').waitFor();
  return {
    page,
    popup,
    async close() {
      await popup.close();
      await page.close();
    },
  };
}

interface Case {
  site: DemoSiteId;
  path: string;
  /** Activity id and what its data-lawful-basis says. */
  here: Record<string, string>;
  not: string[];
}

const CASES: Case[] = [
  {
    site: 'cmp-solutions',
    path: '/contact',
    here: { 'website-form-submissions': 'document_only' },
    not: ['accredited-learner-records', 'casework-participants'],
  },
  {
    site: 'cmp-solutions',
    path: '/courses/accredited-mediator/register',
    here: { 'accredited-learner-records': 'document_only' },
    not: ['casework-participants'],
  },
  {
    site: 'cpoms',
    path: '/contact/',
    here: { 'website-enquiries': 'legitimate_interests', cookies: 'consent' },
    not: ['recruitment', 'authenticator-app', 'suppliers'],
  },
  {
    site: 'cpoms',
    path: '/careers/customer-support-officer/',
    here: { recruitment: 'contract legitimate_interests legal_obligation' },
    not: ['authenticator-app', 'suppliers', 'customers'],
  },
  { site: 'cpoms', path: '/login/', here: { customers: 'legitimate_interests' }, not: ['recruitment', 'website-enquiries'] },
  { site: 'cmsuk', path: '/join', here: { membership: 'not_stated' }, not: ['complaints', 'events'] },
  { site: 'cmsuk', path: '/newsletter', here: { 'contacts-list': 'not_stated' }, not: ['complaints', 'events', 'membership'] },
  { site: 'cpo', path: '/volunteer', here: { volunteers: 'document_only' }, not: ['learner-programmes', 'photographs-and-film'] },
  { site: 'cl-consortium', path: '/newsletter', here: { 'direct-marketing': 'not_stated' }, not: ['sharing'] },
];

describe('the lawful basis of the page', () => {
  it.each(CASES)(
    'R76 R77 on $site at $path: says what applies here, on which basis, and what does not',
    async ({ site, path, here, not }) => {
      const { popup, close } = await inspect(site, path);
      for (const [activity, basis] of Object.entries(here)) {
        const element = popup.locator(`[data-activity="${activity}"]`);
        await element.first().waitFor({ state: 'attached' });
        expect(await element.first().getAttribute('data-applies'), activity).toBe('here');
        expect(await element.first().getAttribute('data-lawful-basis'), activity).toBe(basis);
      }
      for (const activity of not)
        expect(await popup.locator(`[data-activity="${activity}"]`).first().getAttribute('data-applies'), activity).toBe(
          'elsewhere',
        );
      expect(await axeFindings(popup)).toEqual([]);
      await close();
    },
  );

  it('R90 says "no date given" where the notice has none, and gives the date where it has one', async () => {
    const cpoms = await inspect('cpoms', '/contact/');
    await cpoms.popup.locator('[data-activity="website-enquiries"]').waitFor({ state: 'attached' });
    expect(await cpoms.popup.locator('main').innerText()).toMatch(/no date given/i);
    expect(await cpoms.popup.locator('main').innerText()).toContain('CPOMS Systems Limited');
    await cpoms.close();
    const cpo = await inspect('cpo', '/volunteer');
    await cpo.popup.locator('[data-activity="volunteers"]').waitFor({ state: 'attached' });
    expect(await cpo.popup.locator('main').innerText()).toMatch(/February 2022/);
    await cpo.close();
  });

  it('R77 labels the policies of two organisations as internal policy, not a notice', async () => {
    for (const [site, path] of [
      ['cpo', '/volunteer'],
      ['cl-consortium', '/newsletter'],
    ] as const) {
      const { popup, close } = await inspect(site, path);
      await expect.poll(() => popup.locator('main').innerText()).toMatch(/internal policy, not a notice/i);
      await close();
    }
  });

  it('opens the notice at the sentence', async () => {
    const { popup, close } = await inspect('cpoms', '/contact/');
    const link = popup.locator('[data-activity="website-enquiries"] a[href*="#activities/"]').first();
    const href = (await link.getAttribute('href')) ?? '';
    const notice = await browser.context.newPage();
    await notice.goto(href);
    const target = notice.locator(':target');
    expect(await target.isVisible()).toBe(true);
    expect((await target.innerText()).length).toBeGreaterThan(30);
    expect(await axeFindings(notice)).toEqual([]);
    await notice.close();
    await close();
  });

  it('shows the choices recorded on this device, "unchecked" until the key was compared with the service', async () => {
    const page = await browser.context.newPage();
    await page.goto(demo.site('cmsuk', '/join'));
    const { decision } = await chooseAndDeliver(page, 'Reject all');
    const popup = await browser.openPopup(page);
    const receipt = popup.locator(`[data-receipt="${decision.event}"]`);
    await receipt.waitFor({ state: 'attached' });
    expect(await receipt.getAttribute('data-verified')).toBe('unchecked');
    await receipt.getByRole('button', { name: /check/i }).click();
    await expect.poll(() => receipt.getAttribute('data-verified')).toBe('true');
    await popup.close();
    await page.close();
  });

  it('R83 says honestly that a page declares no notice', async () => {
    const page = await browser.context.newPage();
    await page.goto(`http://${demo.tags}/embed.html`);
    const popup = await browser.openPopup(page);
    await expect.poll(() => popup.locator('main').innerText()).toMatch(/did not find a privacy notice/i);
    expect(await popup.locator('[data-activity]').count()).toBe(0);
    await popup.close();
    await page.close();
  });
});
