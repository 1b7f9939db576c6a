// A choice on a demonstration site, followed through the extension: it stands in "Mine", verifies, is checked, taken along and withdrawn;
// and the site's notice changes, which is told in meaning.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { issueCredential } from '../../server/credentials.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { chooseAndDeliver, statusOf } from '../support/visitor.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

let demo: TestDemo;
let browser: ExtensionBrowser;
let page: Page;
let origin: string;

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromiumWithExtension(BUILT);
  browser.context.setDefaultTimeout(10_000);
  page = await browser.context.newPage();
  origin = demo.site('cpoms', '');
  await page.goto(demo.site('cpoms', '/contact/'));
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** "Mine" in a popup over the page, or over no page at all. */
async function openMine(over: Page | null = page): Promise<Page> {
  const popup = over ? await browser.openPopup(over) : await browser.context.newPage();
  if (!over) await popup.goto(`${browser.extension}/popup.html?tab=0`);
  await popup.getByRole('button', { name: 'Mine', exact: true }).click();
  await popup.locator('main[aria-busy="false"]').waitFor();
  return popup;
}
const opened = async (popup: Page) => {
  const site = popup.locator(`[data-site="${origin}"]`);
  await site.locator('summary').first().click();
  return site;
};
const saved = async (popup: Page, name: string): Promise<string> => {
  const [file] = await Promise.all([popup.waitForEvent('download'), popup.getByRole('button', { name, exact: true }).click()]);
  return readFile(await file.path(), 'utf8');
};

describe('mine', () => {
  it('R86 R87 a choice stands there as soon as the service has it, without the popup having been open, and verifies', async () => {
    const empty = await openMine(null);
    expect(await empty.locator('[data-state="nothing"] h2').innerText()).toBe('No choice of yours is here yet');
    await empty.close();
    await page.bringToFront();
    const { decision } = await chooseAndDeliver(page, 'Accept all');
    const popup = await openMine(null);
    await popup.locator(`[data-site="${origin}"]`).waitFor();
    const site = await opened(popup);
    const receipt = site.locator(`[data-receipt="${decision.event}"]`);
    await receipt.waitFor();
    expect(await receipt.getAttribute('data-verified')).toBe('unchecked');
    await receipt.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => receipt.getAttribute('data-verified')).toBe('true');
    await receipt.locator('summary').click();
    expect(await receipt.innerText()).toMatch(/first seen on this device[^.]* and last compared[\s\S]*entries now and continues/);
    await popup.setViewportSize({ width: 400, height: 600 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await popup.emulateMedia({ colorScheme });
      expect(await axeFindings(popup)).toEqual([]);
    }
    await popup.close();
  });

  it('R53 R60 is found by a word, and taken along as JSON, CSV and JSON-LD', async () => {
    const popup = await openMine();
    await popup.getByRole('searchbox').fill('no such site');
    await expect.poll(() => popup.locator('[data-site]').count()).toBe(0);
    await popup.getByRole('searchbox').fill('cpoms GIVEN');
    await expect.poll(() => popup.locator('[data-site]').count()).toBe(1);

    const json = JSON.parse(await saved(popup, 'JSON')) as { sites: { origin: string; receipts: { event: string }[] }[] };
    expect(json.sites.map((site) => [site.origin, site.receipts.length])).toEqual([[origin, 1]]);
    const rows = (await saved(popup, 'CSV')).split('\r\n');
    expect(rows[0]?.slice(1)).toBe('site,at,from,platform,how,purpose,purpose_id,state,event');
    expect(rows[1]).toMatch(new RegExp(`^${origin},.*,candour,,accept_all,[A-Z][\\w ]+,[a-z-]+,given,`));
    const linked = JSON.parse(await saved(popup, 'JSON-LD')) as Record<string, unknown>[];
    expect(linked[0]).toMatchObject({ '@type': 'dpv:ConsentReceipt', 'candour:shape': 'ISO/IEC TS 27560:2023' });
    await popup.close();
  });

  it('R41 is withdrawn from the popup, on the site itself, and the withdrawal stands beside it', async () => {
    const popup = await openMine();
    const site = await opened(popup);
    await site.getByRole('button', { name: /^Withdraw all/ }).click();
    await expect.poll(() => site.getByRole('status').first().innerText()).toMatch(/^Withdrawn\./);
    await expect.poll(() => site.locator('.mine-states').innerText()).toBe('Nothing agreed to');
    await expect.poll(async () => new Set(Object.values(await statusOf(page)))).not.toContain('given');
    await popup.close();
  });

  it('opens the site’s own choices in a tab of its own where another page is in view', async () => {
    const popup = await openMine(null);
    const site = await opened(popup);
    const [tab] = await Promise.all([
      browser.context.waitForEvent('page'),
      site.getByRole('button', { name: /^Open its choices/ }).click(),
    ]);
    const dialog = tab.locator('candour-choices').getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.isVisible()).toBe(true);
    await tab.close();
    await popup.close();
  });

  it('moves to another browser as one file: what is cleared comes back, and what is none of ours is left out', async () => {
    const options = await browser.context.newPage();
    await options.goto(`${browser.extension}/options.html`);
    const file = await saved(options, 'Save everything');
    const read = (text: string) =>
      options
        .locator('input[type="file"]')
        .setInputFiles({ name: 'c.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await options.getByRole('button', { name: 'Clear all of it' }).click();
    await options.getByRole('dialog').getByRole('button', { name: 'Clear all of it' }).click();
    await options.getByText(/^Cleared\./).waitFor();
    await read('{"candour":"something else"}');
    await options.getByText(/^This is no file that Candour wrote/).waitFor();
    await read(file);
    await options.getByText(/^Read in: \d+ entries\. Left out: 0\.$/).waitFor();
    const again = await saved(options, 'Save everything');
    expect(again).toContain('"imported": true');
    // What a service was seen to say does not travel: this device looks for itself.
    const { items } = JSON.parse(file) as { items: Record<string, object> };
    const unchecked = Object.entries(items).map(([name, item]) => [
      name,
      name.startsWith('pin:') ? { ...item, checkedAt: null, head: null, alarm: null } : item,
    ]);
    expect(Object.keys(items).some((name) => name.startsWith('pin:'))).toBe(true);
    expect(JSON.parse(again.replaceAll(/,\s*"imported": true/g, ''))).toMatchObject({
      items: Object.fromEntries(unchecked) as object,
    });
    await options.close();
    const popup = await openMine(null);
    const site = await opened(popup);
    // Both stand there as what they are, until this browser sees them for itself.
    await expect.poll(() => site.locator('[data-receipt] [data-imported]').count()).toBe(2);
    await popup.close();
  });
});

describe('a notice that changed', () => {
  const notice = async (): Promise<{ activities: { id: string; lawfulBases: unknown[] }[] }> =>
    (await fetch(`${demo.service}/v1/sites/cpoms/notice`, { headers: { accept: 'application/json' } })).json() as never;

  it('R74 is told in meaning on the next visit, until the person has seen it', async () => {
    const before = await browser.openPopup(page);
    await before.locator('[data-activity="website-enquiries"]').waitFor({ state: 'attached' });
    expect(await before.locator('[data-changes]').count()).toBe(0);
    await before.close();

    const changed = await notice();
    for (const activity of changed.activities)
      if (activity.id === 'website-enquiries')
        activity.lawfulBases = [{ basis: 'consent', statement: 'We rely on your consent for enquiries.' }];
    const { token } = await issueCredential(
      demo.store,
      'api_key',
      { name: 'test', role: 'owner', site: null, expiresAt: null },
      new Date(),
    );
    const published = await fetch(`${demo.service}/v1/admin/sites/cpoms/notices`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(changed),
    });
    expect([published.status, published.ok ? '' : await published.text()]).toEqual([201, '']);

    await page.reload();
    await statusOf(page);
    const popup = await browser.openPopup(page);
    const told = popup.locator('[data-changes="new"]');
    await told.locator('[data-changed="lawful_basis"]').waitFor();
    expect(await told.locator('[data-changed="lawful_basis"]').innerText()).toBe(
      'The lawful basis of “Website visitors and enquirers” went from Legitimate interests to Consent.',
    );
    expect(await axeFindings(popup)).toEqual([]);
    await told.getByRole('button', { name: 'I have seen it' }).click();
    await popup.locator('[data-changes="told"]').waitFor();
    await popup.reload();
    await popup.locator('[data-changes="told"]').waitFor();
    expect(await popup.locator('[data-changes="new"]').count()).toBe(0);
    await popup.close();
  });

  it('R85 is written about in its language, in whatever language the extension speaks; mail, clipboard and paper work', async () => {
    const options = await browser.context.newPage();
    await options.goto(`${browser.extension}/options.html`);
    await options.locator('select.language').selectOption('de');
    await expect.poll(() => options.locator('h1').innerText()).toBe('Was Candour aufbewahrt, und Einstellungen');
    await options.close();
    const popup = await browser.openPopup(page);
    await popup.getByRole('button', { name: 'Schreiben: Auskunft über meine Daten verlangen' }).first().click();
    const editor = popup.getByRole('group', { name: 'Brief: Auskunft über meine Daten verlangen' });
    expect(await editor.getByLabel('Text', { exact: true }).inputValue()).toMatch(/^Dear/);
    await popup.getByLabel('Sprache').first().selectOption('fr');
    expect(await editor.getByLabel('Text', { exact: true }).inputValue()).toMatch(/^Madame, Monsieur,/);
    expect(await editor.getByRole('link', { name: 'Mail schreiben' }).getAttribute('href')).toMatch(
      /^mailto:[^?]*\?subject=Demande%20d/,
    );
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await editor.getByRole('button', { name: 'Kopieren' }).click();
    await editor.getByText('Kopiert.').waitFor();
    expect(await popup.evaluate(() => navigator.clipboard.readText())).toMatch(/^Demande d’accès[\s\S]*Madame, Monsieur,/);
    const [paper] = await Promise.all([
      browser.context.waitForEvent('page'),
      editor.getByRole('button', { name: 'Drucken' }).click(),
    ]);
    expect(await paper.locator('html').getAttribute('lang')).toBe('fr');
    expect(await paper.locator('h1').innerText()).toMatch(/^Demande d’accès/);
    await paper.close();
    await popup.close();
  });
});
