// What other scripts on a page are told, and by whose rules a visitor is asked, in real Chromium over a real service behind a proxy
// that says where people are. With CANDOUR_SCREENSHOTS=<folder> it leaves pictures there.
import { join } from 'node:path';

import { TCString } from '@iabtechlabtcf/core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { jwsOf } from '../../server/receipts.ts';
import type { SiteConfigurationInput } from '../../shared/site/configuration.ts';
import { exampleVendorList } from '../../widget/tcf/vendor-list.fixture.ts';
import { launchChromium } from '../support/browser.ts';
import { recordNetwork } from '../support/network.ts';
import { shopPage, shopPurposes, startShop, type Shop } from '../support/shop.ts';
import { banner, button, choose, chooseAndDeliver, receiptsOf, statusOf } from '../support/visitor.ts';

const FOLDER = process.env['CANDOUR_SCREENSHOTS'];
const COUNTRY = 'X-Example-Country';
const ALL_TRUE = {
  solePurpose: true,
  aggregate: true,
  notShared: true,
  providerIsProcessor: true,
  clearInformation: true,
  freeObjection: true,
};
const purposes: SiteConfigurationInput['purposes'] = shopPurposes
  .filter(({ id }) => id !== 'media')
  .map((purpose) => ({
    ...purpose,
    services: [],
    ...(purpose.id === 'statistics' && { conditions: ALL_TRUE, storage: [] }),
  }));

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  shop = await startShop(
    {
      purposes,
      jurisdictionFrom: 'visitor',
      microsoft: ['uet', 'clarity'],
      tcf: {
        cmpId: 300,
        cmpVersion: 2,
        vendorList: '/vendor-list.json',
        vendors: [2, 5, 8, 9],
        purposes: { statistics: [7, 8], advertising: [1, 2, 3, 4] },
        legitimateInterests: [7, 8],
        publisherCountry: 'GB',
      },
    },
    [],
    { CANDOUR_TRUST_PROXY: 'true', CANDOUR_COUNTRY_HEADER: COUNTRY },
  );
  shop.pages.set('/vendor-list.json', { type: 'application/json', body: JSON.stringify(exampleVendorList) });
  // A page's own tag in front of everything but the widget, and tags that are held back: each writes down what it finds.
  const look = '(window.seen ??= []).push(JSON.stringify((window.dataLayer ?? []).map((e) => e.event ?? e[1])))';
  const held = `<script type="text/plain" data-purpose="statistics">${look}</script>`;
  const early = `<script>window.asked = typeof __tcfapi; ${look}; window.tcf = [];
    __tcfapi('addEventListener', 2, (data, ok) => ok && tcf.push({ status: data.eventStatus, string: data.tcString, applies: data.gdprApplies }));</script>`;
  shop.pages.set('/', shopPage(shop.tag, `<h1>Shop</h1>${held}`, early));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

interface Visitor {
  context: BrowserContext;
  page: Page;
}

/** Whom the proxy says to be there. */
async function visitorIn(country: string | null, { gpc = false, width = 1280 } = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width, height: 760 } });
  if (gpc)
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await moveTo(page, country);
  return { context, page };
}
async function moveTo(page: Page, country: string | null): Promise<void> {
  await page.unroute('**/w/shop.js');
  await page.route('**/w/shop.js', (route) =>
    route.continue({ headers: { ...route.request().headers(), ...(country && { [COUNTRY]: country }) } }),
  );
  await page.goto(`${shop.origin}/`);
  await page.evaluate(() => window.candour?.ready);
}

/** `default`, `update` and events, in the order of the data layer. */
const layerOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window.dataLayer ?? []).map((entry) => String((entry as { event?: string; 1?: string }).event ?? (entry as string[])[1])),
  );
const seenBy = async (page: Page): Promise<string[][]> => {
  const seen = await page.evaluate(() => (window as unknown as { seen?: string[] }).seen ?? []);
  return seen.map((one) => JSON.parse(one) as string[]);
};
const lastUpdate = (page: Page) =>
  page.evaluate(() => {
    const updates = (window.dataLayer ?? []).filter((entry) => (entry as string[])[1] === 'update');
    return (updates.at(-1) as unknown[] | undefined)?.[2] as Record<string, string> | undefined;
  });
const tcfOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { tcf: { status: string; string: string; applies: boolean }[] }).tcf);
const lastEventOf = async (page: Page) => (await receiptsOf(page)).at(-1);
const picture = async (page: Page, name: string): Promise<void> => {
  if (FOLDER) await page.screenshot({ path: join(FOLDER, `signals-${name}.png`) });
};

test('R21 L43 L44 in the EU nothing runs before a choice: the default is first of all, one update follows each choice, and on return it comes before what was held back', async () => {
  const { context, page } = await visitorIn('FR');
  await banner(page).waitFor();
  expect(await seenBy(page)).toEqual([['default']]);
  expect(await page.evaluate(() => [window.uetq, window.clarity?.q?.length])).toEqual([
    ['consent', 'default', { ad_storage: 'denied' }],
    1,
  ]);
  await chooseAndDeliver(page, 'Accept all');
  expect((await layerOf(page)).slice(0, 3)).toEqual(['default', 'update', 'candour_consent_update']);
  expect(await lastUpdate(page)).toMatchObject({ ad_storage: 'granted', ad_user_data: 'granted', analytics_storage: 'granted' });
  expect(await page.evaluate(() => (window.uetq as unknown as unknown[]).slice(3))).toEqual([
    'consent',
    'update',
    { ad_storage: 'granted' },
  ]);
  const receipt = await lastEventOf(page);
  expect(receipt?.presentation).toMatchObject({
    jurisdiction: 'EU',
    purposes: [
      { id: 'statistics', mode: 'opt_in', default: 'off' },
      { id: 'advertising', mode: 'opt_in', default: 'off' },
    ],
  });

  await page.reload();
  await page.waitForFunction(() => ((window as unknown as { seen?: string[] }).seen?.length ?? 0) === 2);
  expect(await seenBy(page)).toEqual([['default'], ['default', 'update', 'candour_consent_update']]);
  await context.close();
});

test('R21 R22 R24 in GB declared statistics run and are explained; not objecting there is no consent in the EU, where the same person is asked', async () => {
  const { context, page } = await visitorIn('GB');
  await banner(page).waitFor();
  await picture(page, 'gb');
  expect(await banner(page).textContent()).toContain('Unless you object, this site also uses: counting visits.');
  expect(await seenBy(page)).toHaveLength(2);
  expect(await lastUpdate(page)).toMatchObject({ analytics_storage: 'granted', ad_storage: 'denied' });
  await chooseAndDeliver(page, 'Accept all');
  expect(await statusOf(page)).toEqual({ statistics: 'not_objected', advertising: 'given' });
  const receipt = await lastEventOf(page);
  expect(receipt?.presentation).toMatchObject({
    jurisdiction: 'GB',
    purposes: [
      { id: 'statistics', mode: 'opt_out', default: 'on' },
      { id: 'advertising', mode: 'opt_in', default: 'off' },
    ],
  });

  await moveTo(page, 'DE');
  await banner(page).waitFor();
  expect(await statusOf(page)).toEqual({ statistics: 'superseded', advertising: 'given' });
  expect(await lastUpdate(page)).toMatchObject({ analytics_storage: 'denied', ad_storage: 'granted' });
  expect(await seenBy(page)).toHaveLength(1);
  await choose(page, 'Reject all');
  await moveTo(page, 'GB');
  expect(await banner(page).count()).toBe(0);
  expect(await statusOf(page)).toMatchObject({ statistics: 'refused' });
  expect(await seenBy(page)).toHaveLength(1);
  await context.close();
});

test('R21 a place that nobody knows, or that a header garbles, is asked the strictest way', async () => {
  for (const country of [null, 'XX', 'GB, FR']) {
    const { context, page } = await visitorIn(country);
    await banner(page).waitFor();
    expect(await seenBy(page)).toEqual([['default']]);
    expect((await tcfOf(page)).map(({ applies }) => applies)).toEqual([true]);
    await context.close();
  }
});

test('R46 in the United States it runs unless objected to; Global Privacy Control is the objection: nothing asked, nothing stored, said on the page, and binding over an earlier choice', async () => {
  const { context, page } = await visitorIn('US');
  await banner(page).waitFor();
  await picture(page, 'us');
  expect(await banner(page).textContent()).toContain('Unless you opt out');
  expect(await seenBy(page)).toHaveLength(2);
  await choose(page, 'Accept all');
  expect(await page.getByRole('button', { name: 'Your privacy choices' }).count()).toBe(1);
  expect(await statusOf(page)).toEqual({ statistics: 'not_objected', advertising: 'not_objected' });
  const mirror = await context.cookies();
  await context.close();

  const signalling = await visitorIn('US', { gpc: true });
  const control = signalling.page.getByRole('button', { name: 'Your privacy choices' });
  await control.waitFor();
  await picture(signalling.page, 'us-gpc');
  expect(await control.evaluate((button) => getComputedStyle(button, '::after').content)).toBe('" · Opt-out signal honoured"');
  expect(await banner(signalling.page).count()).toBe(0);
  expect(await seenBy(signalling.page)).toEqual([['default']]);
  expect(await signalling.page.evaluate(() => [document.cookie, localStorage.length])).toEqual(['', 0]);
  expect(await signalling.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);

  await signalling.context.addCookies(mirror);
  await moveTo(signalling.page, 'US');
  expect((await seenBy(signalling.page)).map(([first]) => first)).toEqual(['default']);
  expect(await lastUpdate(signalling.page)).toMatchObject({ ad_storage: 'denied', analytics_storage: 'denied' });

  await control.click();
  const dialog = signalling.page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain('Global Privacy Control');
  await dialog.getByRole('switch').first().check();
  await dialog.getByRole('button', { name: 'Save choices' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await statusOf(signalling.page)).toEqual({ statistics: 'given', advertising: 'objected' });
  await signalling.page.waitForFunction(async () => ((await window.candour?.receipts()) ?? []).length > 0);
  const payload = (await lastEventOf(signalling.page))?.event.split('.')[1] ?? '';
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ gpc: true });
  await signalling.context.close();
});

test('L45 R21 with a registered platform, __tcfapi is there at once, tells what happens in order, and its string says the choice and the vendors that were shown', async () => {
  const { context, page } = await visitorIn('FR');
  const network = recordNetwork(page);
  expect(await page.evaluate(() => (window as unknown as { asked: string }).asked)).toBe('function');
  await banner(page).waitFor();
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  await button(page, 'Choose').click();
  const vendors = page.getByRole('dialog').locator('details.vendors');
  await vendors.waitFor();
  await vendors.locator('summary').first().click();
  expect(await vendors.locator('li summary').allTextContents()).toEqual(['Vendor 2', 'Vendor 5', 'Vendor 8', 'Vendor 9']);
  // What stands behind a name is made as it is opened.
  for (const id of [2, 5, 8, 9]) {
    await vendors.locator('li summary', { hasText: `Vendor ${id}` }).click();
    await vendors.locator(`#vendor-${id}-asks`).waitFor();
  }
  expect(await vendors.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
    [2, 5, 8].map((id) => `https://vendor-${id}.example/privacy`),
  );
  await vendors.scrollIntoViewIfNeeded();
  await picture(page, 'vendors');
  await page.getByRole('dialog').getByRole('button', { name: 'Accept all' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const told = await tcfOf(page);
  expect([told[0]?.status, told.at(-1)?.status]).toEqual(['cmpuishown', 'useractioncomplete']);
  const model = TCString.decode(told.at(-1)?.string ?? '');
  expect([...model.purposeConsents.values()]).toEqual([1, 2, 3, 4, 7, 8]);
  expect([...model.vendorConsents.values()]).toEqual([2, 5, 9]);
  expect([...model.vendorsDisclosed.values()]).toEqual([2, 5, 8, 9]);
  expect([...model.vendorLegitimateInterests.values()]).toEqual([8]);

  await page.reload();
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  expect((await tcfOf(page)).map(({ status }) => status)).toEqual(['tcloaded']);
  expect(network.hosts()).toEqual([new URL(shop.origin).host, new URL(shop.service).host].sort());

  await moveTo(page, 'US');
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  expect((await tcfOf(page))[0]?.applies).toBe(false);
  await context.close();
});

test('R33 L28 L45 one company is refused and another objected to: the string says so, after a reload, in another tab and where the database is gone, and so does the event at the service', async () => {
  const { context, page } = await visitorIn('FR');
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  await button(page, 'Choose').click();
  const dialog = page.getByRole('dialog');
  const vendors = dialog.locator('details.vendors');
  await vendors.waitFor();
  expect(await vendors.getAttribute('open')).toBe(null);
  await vendors.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  const consent = (id: number) => vendors.getByRole('switch', { name: `Vendor ${id}: Consent, Art. 6(1)(a)`, exact: true });
  const states = async () => Promise.all([2, 5, 9].map((id) => consent(id).isChecked()));
  await consent(5).waitFor();
  // Nothing is on before anybody switched a purpose on; then each follows its purposes.
  expect([await states(), await consent(5).isDisabled()]).toEqual([[false, false, false], true]);
  await dialog.locator('#switch-advertising').check();
  expect(await states()).toEqual([true, true, true]);
  await dialog.locator('#switch-statistics').check();

  await vendors.getByLabel('Search by name').pressSequentially('ndor 5');
  expect(await vendors.locator('li:visible').count()).toBe(1);
  // Enter looks for something, and saves nothing.
  await page.keyboard.press('Enter');
  expect(await vendors.getByRole('status').textContent()).toBe('1 / 4');
  await consent(5).focus();
  await page.keyboard.press('Space');
  await vendors.getByLabel('Search by name').fill('');
  await vendors.locator('li summary', { hasText: 'Vendor 8' }).click();
  await picture(page, 'vendors-one-off');
  expect(await vendors.locator('[data-vendor="8"]').textContent()).toMatch(
    /Claims a legitimate interest in: Purpose 7; Purpose 8\..*Does without asking: Special purpose 1\..*How it works: Feature 2; Special feature 1\..*Stored on your device: cookie \(1 day\)/,
  );
  await vendors.getByRole('switch', { name: 'Vendor 8: Legitimate interests, Art. 6(1)(f)' }).uncheck();
  const other = await context.newPage();
  await moveTo(other, 'FR');
  await other.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  await chooseAndDeliver(page, 'Save choices');

  const said = async (of: Page) => {
    const model = TCString.decode((await tcfOf(of)).at(-1)?.string ?? '');
    return [model.purposeConsents, model.vendorConsents, model.vendorLegitimateInterests, model.vendorsDisclosed].map((one) => [
      ...one.values(),
    ]);
  };
  const expected = [[1, 2, 3, 4, 7, 8], [2, 9], [], [2, 5, 8, 9]];
  expect((await tcfOf(page)).at(-1)?.status).toBe('useractioncomplete');
  expect(await said(page)).toEqual(expected);
  await other.bringToFront();
  await other.waitForFunction(
    (string) => (window as unknown as { tcf: { string: string }[] }).tcf.at(-1)?.string === string,
    (await tcfOf(page)).at(-1)?.string,
  );
  await other.close();

  const receipt = await lastEventOf(page);
  const eventOf = (jws = '') => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { vendors?: unknown };
  expect(eventOf(receipt?.event).vendors).toEqual({ list: 17, refused: '5', objected: '8' });
  expect(receipt?.presentation?.words.map(({ id }) => id)).toContain('vendors-why');
  const site = await shop.store.site('shop');
  const logged = site ? await shop.store.history.eventsAfter(site, { epoch: 0, index: -1 }, 1000) : [];
  expect(logged.map((one) => eventOf(jwsOf(one)).vendors)).toContainEqual({ list: 17, refused: '5', objected: '8' });

  await page.reload();
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  expect(await said(page)).toEqual(expected);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        Object.assign(indexedDB.deleteDatabase('candour-shop'), { onsuccess: resolve, onerror: reject });
      }),
  );
  await moveTo(page, 'FR');
  await page.waitForFunction(() => (window as unknown as { tcf: unknown[] }).tcf.length > 0);
  expect(await said(page)).toEqual(expected);

  // What was said stands in the switches; all go off at once; accepting all takes back what was refused.
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await button(page, 'Privacy choices').click();
  await vendors.locator('summary').first().click();
  expect(await states()).toEqual([true, false, true]);
  await vendors.locator('li summary', { hasText: 'Vendor 8' }).click();
  await vendors.locator('.find').scrollIntoViewIfNeeded();
  await picture(page, 'vendors-320-dark');
  await page.evaluate(() => {
    const host = document.querySelector('candour-choices');
    if (host instanceof HTMLElement) host.dir = 'rtl';
  });
  await picture(page, 'vendors-320-dark-rtl');
  expect(await dialog.locator('.body').evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0);
  await vendors.getByRole('button', { name: 'Switch all companies off' }).click();
  expect(await states()).toEqual([false, false, false]);
  await chooseAndDeliver(page, 'Save choices');
  expect(await said(page)).toEqual([[1, 2, 3, 4, 7, 8], [], [], [2, 5, 8, 9]]);
  await button(page, 'Privacy choices').click();
  await dialog.getByRole('button', { name: 'Accept all' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await said(page)).slice(1, 3)).toEqual([[2, 5, 9], [8]]);
  await context.close();
});

test('L45 a site that configured nothing of it has no __tcfapi, no queue of Microsoft’s, and loads none of their code', async () => {
  const plain = await startShop({ consentMode: false });
  plain.pages.set('/', shopPage(plain.tag, '<h1>Shop</h1>'));
  const page = await (await browser.newContext()).newPage();
  const network = recordNetwork(page);
  await page.goto(`${plain.origin}/`);
  await banner(page).waitFor();
  expect(
    await page.evaluate(() => [typeof window.dataLayer, typeof window.uetq, typeof window.clarity, '__tcfapi' in window]),
  ).toEqual(['undefined', 'undefined', 'undefined', false]);
  expect(network.requests.filter(({ path }) => /tcf|signals/.test(path))).toEqual([]);
  await page.context().close();
  await plain.close();
});
