// The preference centre in a real browser against the real service: a choice per service, an objection, messages that a form gave, the
// visitor's own history with receipts to keep and to check, and erasure. With CANDOUR_SCREENSHOTS=<folder> it leaves pictures there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { verifyReceipt, type Receipt } from '../../shared/consent/receipt.ts';
import type { SiteConfigurationInput } from '../../shared/site/configuration.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { axeFindings } from '../support/axe.ts';
import { brokenWords } from '../support/broken-words.ts';
import { launchChromium } from '../support/browser.ts';
import { shopPage, startShop, type Shop } from '../support/shop.ts';
import { NOTHING_STORED, storageOf } from '../support/storage.ts';
import { button, chooseAndDeliver, nextSync, receiptsOf, statusOf } from '../support/visitor.ts';

const FOLDER = process.env['CANDOUR_SCREENSHOTS'];
const activity = { notice: 'cookie_policy', activity: 'visit-statistics' } as const;

const configuration: Partial<SiteConfigurationInput> = {
  jurisdiction: 'GB',
  // Reloading is withdrawal.test.ts's; here each part is walked on one page.
  reloadOnWithdrawal: false,
  purposes: [
    {
      id: 'security',
      kind: 'security',
      label: 'Security',
      description: 'Protects forms against misuse.',
      activity,
      storage: [{ name: 'form_token', kind: 'cookie', lifetime: 'until you close the browser' }],
      modes: { unknown: 'info_only' },
    },
    {
      id: 'statistics',
      kind: 'statistics',
      label: 'Statistics',
      description: 'Counts which pages are read, so that the site can be made easier to use.',
      activity,
      storage: [{ name: '_visits', kind: 'cookie', lifetime: '14 months', provider: 'Tallyhouse Ltd' }],
      conditions: {
        solePurpose: true,
        aggregate: true,
        notShared: true,
        providerIsProcessor: true,
        clearInformation: true,
        freeObjection: true,
      },
    },
    {
      id: 'media',
      kind: 'other',
      label: 'Videos and maps',
      description: 'Loads videos and maps from the servers of others, who then learn that you opened this page.',
      activity: { notice: 'cookie_policy', activity: 'adverts' },
      services: [
        {
          id: 'clipshelf',
          name: 'Clipshelf Video',
          provider: 'Clipshelf SA',
          description: 'Plays videos.',
          privacy: 'https://clipshelf.example/privacy',
          retention: 'two years',
          country: 'FR',
          storage: [{ name: 'clipshelf-player', kind: 'local_storage', lifetime: '1 year' }],
        },
        { id: 'mapyard', name: 'Mapyard', provider: 'Mapyard Inc.', country: 'US' },
      ],
    },
  ],
  marketing: [
    {
      activity: 'newsletter',
      label: 'Our newsletter',
      senders: [{ id: 'shop', name: 'The Shop Ltd' }],
      channels: ['email', 'sms'],
      howToStop: 'Follow the link in any message.',
    },
  ],
};

let shop: Shop;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const BODY = `<h1>The shop</h1><p><a href="#candour" id="own">Your privacy choices</a></p>
<script type="text/plain" data-purpose="clipshelf">window.ran = [...(window.ran ?? []), 'clipshelf'];localStorage.setItem('clipshelf-player', '1')</script>
<script type="text/plain" data-purpose="mapyard">window.ran = [...(window.ran ?? []), 'mapyard']</script>
<script type="text/plain" data-purpose="media">window.ran = [...(window.ran ?? []), 'media']</script>
<script type="text/plain" data-purpose="statistics">window.ran = [...(window.ran ?? []), 'statistics']</script>`;
const FORM = `<h1>Write to us</h1><form action="/thanks"><fieldset data-candour="marketing" data-activity="newsletter"></fieldset><button>Send</button></form>`;

beforeAll(async () => {
  shop = await startShop(configuration);
  shop.pages.set('/', shopPage(shop.tag, BODY));
  shop.pages.set('/form', shopPage(shop.tag, FORM));
  shop.pages.set('/thanks', shopPage(shop.tag, '<h1>Thank you</h1>'));
  for (const language of ['he', 'ar'])
    shop.pages.set(`/${language}`, shopPage(shop.tag, BODY).replace('lang="en"', `lang="${language}" dir="rtl"`));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
});
afterEach(() => context.close());

/** Two cores and a cold service may take their time. */
const PATIENCE = { timeout: 15_000 };
const centre = (): Locator => page.locator('candour-choices').getByRole('dialog');
const ran = (): Promise<string[]> => page.evaluate(() => ((window as unknown as { ran?: string[] }).ran ?? []).sort());
const at = (path: string): Promise<unknown> => page.goto(`${shop.origin}${path}`);
async function openCentre(): Promise<void> {
  await page.locator('#own').click();
  await centre().getByRole('button', { name: 'Save choices' }).waitFor();
}
const section = (name: 'history' | 'erasure'): Locator => centre().locator(`[data-section=${name}]`);
async function openSection(name: 'history' | 'erasure'): Promise<Locator> {
  await section(name).locator('summary').click();
  return section(name);
}
async function eventsAtService(): Promise<number> {
  const site = await shop.store.site('shop');
  return site ? (await shop.store.totals(site)).events : -1;
}
const picture = async (name: string): Promise<void> => {
  if (FOLDER) await page.screenshot({ path: join(FOLDER, `centre-${name}.png`) });
};
async function downloaded(pressed: Locator): Promise<{ download: Download; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), pressed.click()]);
  return { download, text: readFileSync(await download.path(), 'utf8') };
}
const serviceKeys = async (): Promise<string[]> => {
  const answer = await fetch(`${shop.service.replace('localhost', '127.0.0.1')}/.well-known/candour.json`);
  const { logs } = (await answer.json()) as { logs: { keys: { key: string }[] }[] };
  return logs.flatMap(({ keys }) => keys.map(({ key }) => key));
};
const check = async (receipt: unknown) => verifyReceipt(receipt, await serviceKeys(), webCryptoVerifier(crypto.subtle));

/** What sticks out of the window or of its own box, sideways. */
const overflowing = (): Promise<string[]> =>
  page.evaluate(() => {
    const dialog = document.querySelector('candour-choices')?.shadowRoot?.querySelector('dialog');
    return [...(dialog?.querySelectorAll<HTMLElement>('*') ?? [])]
      .filter((element) => element.checkVisibility() && !element.closest('.unseen,svg'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const inline = getComputedStyle(element).display === 'inline';
        return width > 0 && !inline && (left < -1 || right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 1);
      })
      .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`);
  });

/** Words of headings and tables that are on two lines, and names of items that touch the cell beside them. */
const cramped = (): Promise<string[]> =>
  page.evaluate(() => {
    const dialog = document.querySelector('candour-choices')?.shadowRoot?.querySelector('dialog');
    const rectsOf = (text: Node, from: number, to: number): DOMRect[] => {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      return [...range.getClientRects()];
    };
    const broken = (element: Element): string[] => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (texts.nextNode())
        for (const { 0: word, index } of (texts.currentNode.textContent ?? '').matchAll(/[\p{L}\p{M}]+/gu))
          if (new Set(rectsOf(texts.currentNode, index, index + word.length).map(({ top }) => Math.round(top))).size > 1)
            found.push(word);
      return found;
    };
    const touching = (row: Element): string[] => {
      const [name, kind] = [...row.children].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect();
      });
      if (!name || !kind || kind.top >= name.bottom) return [];
      const apart = Math.max(kind.left - name.right, name.left - kind.right);
      return apart < 6 ? [`${row.textContent} ${apart}`] : [];
    };
    const all = (what: string): Element[] =>
      [...(dialog?.querySelectorAll(what) ?? [])].filter((element) => element.checkVisibility());
    return [...all('h3,h5,td,thead th').flatMap(broken), ...all('tbody tr').flatMap(touching)];
  });

describe('a choice per service', () => {
  it('R3 R5 R6 R47 each service has its own switch, runs by its own name, and is recorded with what was shown', async () => {
    await at('/');
    await button(page, 'Choose').click();
    const names = centre().getByRole('switch');
    await expect.poll(() => names.count(), PATIENCE).toBe(4);
    for (const fact of ['Clipshelf SA', 'two years', 'France', 'clipshelf-player', 'local storage', 'Consent, Art. 6(1)(a)'])
      await centre().getByText(fact, { exact: false }).first().waitFor();
    // Each company beside what it is for; what is not asked about has no switch, and says why.
    const purpose = (name: string): Locator =>
      centre()
        .locator('.purpose')
        .filter({ has: page.getByRole('heading', { name }) });
    expect(await purpose('Videos and maps').innerText()).toMatch(/Clipshelf SA[^]*Mapyard Inc\./);
    expect(await purpose('Statistics').innerText()).toContain('Tallyhouse Ltd');
    expect(await purpose('Security').innerText()).toMatch(/Always on[^]*You are not asked about this one\./);
    expect(await purpose('Security').getByRole('switch').count()).toBe(0);
    expect(await axeFindings(page, { only: 'candour-choices' })).toEqual([]);
    await picture('desktop');
    const media = centre().getByRole('switch', { name: 'Videos and maps' });
    await centre().getByRole('switch', { name: 'Clipshelf Video' }).check();
    expect(await media.isChecked()).toBe(false);
    const { decision } = await chooseAndDeliver(page, 'Save choices');
    expect(decision.purposes).toEqual({
      statistics: 'not_objected',
      media: 'refused',
      clipshelf: 'given',
      mapyard: 'refused',
    });
    await expect.poll(ran, PATIENCE).toEqual(['clipshelf', 'statistics']);
    const [receipt] = await receiptsOf(page);
    const verified = await check(receipt);
    expect(verified.verified).toBe('true');
    expect(verified.event?.purposes).toEqual(decision.purposes);
    expect(receipt?.presentation?.purposes.map(({ id }) => id)).toEqual(['security', ...Object.keys(decision.purposes)]);
    expect(JSON.stringify(receipt?.presentation?.words)).toContain('Clipshelf SA');
  });
});

describe('an objection', () => {
  it('R21 R8 L27 what runs unless objected to says so, and stops on every page once it is switched off', async () => {
    await at('/');
    await expect.poll(ran, PATIENCE).toEqual(['statistics']);
    await openCentre();
    const statistics = centre().getByRole('switch', { name: 'Statistics' });
    expect(await statistics.isChecked()).toBe(true);
    await centre().getByText('On unless you object', { exact: true }).waitFor();
    await statistics.uncheck();
    await chooseAndDeliver(page, 'Save choices');
    await at('/');
    expect(await statusOf(page)).toMatchObject({ statistics: 'objected' });
    expect(await ran()).toEqual([]);
    await expect.poll(async () => (await receiptsOf(page)).length, PATIENCE).toBe(1);
    expect((await check((await receiptsOf(page))[0])).event?.purposes['statistics']).toBe('objected');
    await openCentre();
    await centre().getByText('You objected', { exact: true }).waitFor();
  });
});

describe('messages that a form was told to send', () => {
  it('R8 R39 end with one press, which arrives at the service', async () => {
    await at('/form');
    await chooseAndDeliver(page, 'Reject all');
    await page.getByRole('checkbox', { name: 'Email from The Shop Ltd' }).check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/thanks/);
    await expect.poll(async () => (await receiptsOf(page)).length, PATIENCE).toBe(2);
    await at('/');
    await openCentre();
    const stop = centre().getByRole('button', { name: /^Withdraw\s?: Email from The Shop Ltd/ });
    await stop.scrollIntoViewIfNeeded();
    await picture('messages');
    const recorded = nextSync(page, 'acknowledged');
    await stop.click();
    await centre().getByText('Your withdrawal is kept here and sent').waitFor();
    await recorded;
    expect(await stop.count()).toBe(0);
    const receipt = (await receiptsOf(page)).at(-1);
    const verified = await check(receipt);
    expect(verified).toMatchObject({ verified: 'true', event: { method: 'withdraw', purposes: {} } });
    expect(verified.event?.channels).toEqual({ newsletter: { shop: { email: 'withdrawn' } } });
    expect(JSON.stringify(receipt?.presentation?.words)).toContain('Email from The Shop Ltd');
    expect(await eventsAtService()).toBeGreaterThanOrEqual(3);
  });
});

describe('the own history', () => {
  it('R53 R32 tells each choice with its day, change and state; its receipts verify in three forms, and are checked here', async () => {
    await at('/');
    await chooseAndDeliver(page, 'Reject all');
    await openCentre();
    await centre().getByRole('switch', { name: 'Videos and maps' }).check();
    await chooseAndDeliver(page, 'Save choices');
    await context.route('**/v1/sites/shop/events', (route) => route.abort());
    await openCentre();
    await centre().getByRole('switch', { name: 'Mapyard' }).uncheck();
    const pending = nextSync(page, 'pending').catch(() => undefined);
    await centre().getByRole('button', { name: 'Save choices' }).click();
    await pending;
    await at('/');
    await statusOf(page);
    await openCentre();
    const history = await openSection('history');
    const entries = history.locator('[data-event]');
    await expect.poll(() => entries.count(), PATIENCE).toBe(3);
    expect(await entries.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['sent']))).toEqual([
      'pending',
      'acknowledged',
      'acknowledged',
    ]);
    expect(await entries.nth(0).innerText()).toMatch(/Mapyard: Withdrawn \(before: Given\)/);
    expect(await entries.nth(0).innerText()).toContain('Waiting to be sent');
    expect(await entries.nth(1).innerText()).toMatch(/Videos and maps: Given \(before: Refused\)/);
    expect(await entries.nth(0).getByRole('button').count()).toBe(0);
    const year = new Date().getUTCFullYear();
    expect(await entries.nth(0).locator('time').innerText()).toMatch(new RegExp(`${year}.*\\d\\d:\\d\\d`));

    const newest = entries.nth(1);
    const json = await downloaded(newest.getByRole('button', { name: /^Download JSON\s?:/ }));
    expect(json.download.suggestedFilename()).toMatch(/^receipt-[0-9a-f-]{36}\.json$/);
    expect((await check(JSON.parse(json.text))).verified).toBe('true');
    const linked = await downloaded(newest.getByRole('button', { name: /^Download JSON-LD\s?:/ }));
    const jsonLd = JSON.parse(linked.text) as { '@type': string; 'candour:proof': Receipt };
    expect(jsonLd['@type']).toBe('dpv:ConsentReceipt');
    expect((await check(jsonLd['candour:proof'])).verified).toBe('true');
    expect(linked.text).toContain(`${shop.origin}/#candour`);

    const { text: html } = await downloaded(newest.getByRole('button', { name: /^Download HTML\s?:/ }));
    expect(html).not.toMatch(/<script|<link|<img|src=/i);
    const file = await context.newPage();
    const asked: string[] = [];
    file.on('request', ({ url }) => void asked.push(url()));
    await file.setContent(html);
    expect(await file.locator('h1').innerText()).toBe('Receipt of your choice');
    const inside = JSON.parse(await file.locator('#receipt').innerText()) as Receipt;
    expect(inside).toEqual(JSON.parse(json.text));
    expect((await check(inside)).verified).toBe('true');
    expect(asked).toEqual([]);
    await file.setViewportSize({ width: 320, height: 640 });
    expect(await file.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await brokenWords(file.locator('th'))).toEqual([]);
    await file.close();

    await newest.getByRole('button', { name: /^Check the proof\s?:/ }).click();
    await newest.locator('[data-verified=true]').waitFor();
    expect(await newest.locator('[data-result=holds]').count()).toBe(8);
    expect(await newest.innerText()).toContain('No independent witness has seen this log');
    expect(await axeFindings(page, { only: 'candour-choices' })).toEqual([]);
    await newest.scrollIntoViewIfNeeded();
    await picture('history');

    await context.route('**/.well-known/candour.json', (route) => route.abort());
    await newest.getByRole('button', { name: /^Check the proof\s?:/ }).click();
    await newest.locator('[data-verified=unchecked]').waitFor();
    await context.unroute('**/.well-known/candour.json');
    await context.route('**/.well-known/candour.json', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/\+[0-9a-f]{8}\+[^"]+/g, '+00000000+AAAA');
      await route.fulfill({ response: answer, body });
    });
    await newest.getByRole('button', { name: /^Check the proof\s?:/ }).click();
    await newest.locator('[data-verified=false]').waitFor();
    expect(await newest.locator('[data-result=fails]').allInnerTexts()).toEqual(['Key of the service: fails']);
  });

  it('R32 a part that does not load says so, and loads when it is tried again', async () => {
    await at('/');
    await chooseAndDeliver(page, 'Reject all');
    await context.route('**/history.js*', (route) => route.abort());
    await openCentre();
    const history = await openSection('history');
    await history.getByText('could not be loaded').waitFor();
    await context.unroute('**/history.js*');
    await history.getByRole('button', { name: 'Try again' }).click();
    await history.locator('[data-event]').waitFor();
    expect(await history.getByText('could not be loaded').count()).toBe(0);
  });
});

describe('erasing', () => {
  it('R26 takes two steps, tells a failure, erases at the service and here, and the page asks again', async () => {
    const before = await eventsAtService();
    await at('/');
    await chooseAndDeliver(page, 'Accept all');
    await at('/');
    await expect.poll(ran, PATIENCE).toContain('clipshelf');
    await openCentre();
    await centre().getByRole('switch', { name: 'Mapyard' }).uncheck();
    await centre().getByRole('switch', { name: 'Clipshelf Video' }).uncheck();
    await chooseAndDeliver(page, 'Save choices');
    await at('/');
    await expect.poll(eventsAtService, PATIENCE).toBe(before + 2);
    await openCentre();
    const erasure = await openSection('erasure');
    await erasure.getByText('What stays at the service').waitFor();
    await erasure.getByText('Your objections go too').waitFor();
    const all = JSON.parse((await downloaded(erasure.getByRole('button', { name: 'Download all receipts first' }))).text);
    expect((all as unknown[]).length).toBe(2);
    for (const receipt of all as unknown[]) expect((await check(receipt)).verified).toBe('true');
    await erasure.scrollIntoViewIfNeeded();
    await picture('erasure');
    await erasure.getByRole('button', { name: 'Erase all of it' }).click();
    await erasure.getByText('This cannot be undone').waitFor();
    await erasure.getByRole('button', { name: 'Keep it' }).click();
    expect(await eventsAtService()).toBe(before + 2);

    await context.route('**/v1/sites/shop/me', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await erasure.getByRole('button', { name: 'Erase all of it' }).click();
    await erasure.getByRole('button', { name: 'Erase now' }).click();
    await erasure.getByText('did not confirm the erasure (SERVICE_UNREACHABLE)').waitFor();
    expect(await eventsAtService()).toBe(before + 2);
    expect((await storageOf(page)).databases).toEqual(['candour-shop']);
    await erasure.getByRole('button', { name: 'Erase on this device only' }).waitFor();
    await picture('erasure-failed');
    await context.unroute('**/v1/sites/shop/me');

    await erasure.getByRole('button', { name: 'Try again' }).click();
    await erasure.getByRole('button', { name: 'Erase now' }).click();
    await erasure.getByText('Erased at the service: 2.').waitFor();
    expect(
      await page.evaluate(() => document.querySelector('candour-choices')?.shadowRoot?.activeElement?.textContent),
    ).toContain('Erased at the service');
    await picture('erased');
    expect(await eventsAtService()).toBe(before);
    expect(await storageOf(page)).toEqual(NOTHING_STORED);
    expect(await statusOf(page)).toMatchObject({ media: 'unknown', clipshelf: 'unknown' });
    expect(await page.locator('candour-banner').count()).toBe(0);
    await page.keyboard.press('Escape');
    await button(page, 'Reject all').waitFor();
    expect(await page.locator('candour-banner').count()).toBe(1);
    await at('/');
    await button(page, 'Reject all').waitFor();
    await chooseAndDeliver(page, 'Reject all');
    expect(await eventsAtService()).toBe(before + 1);

    // Asked and answered on this page: it is not asked a second time.
    await openCentre();
    await (await openSection('erasure')).getByRole('button', { name: 'Erase all of it' }).click();
    await section('erasure').getByRole('button', { name: 'Erase now' }).click();
    await section('erasure').getByText('Erased at the service: 1.').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Privacy choices').waitFor();
    expect(await page.locator('candour-banner').count()).toBe(0);
    await at('/');
    await button(page, 'Reject all').waitFor();
    // This page ends once more what the one before ended, and then forgets that too: behind the banner, when nothing else is to do.
    await expect.poll(() => storageOf(page), PATIENCE).toEqual(NOTHING_STORED);
  });
});

describe('for everybody', () => {
  it('R27 works by keyboard alone, keeps the focus inside and gives it back', async () => {
    await at('/');
    await button(page, 'Reject all').waitFor();
    await page.locator('#own').focus();
    await page.keyboard.press('Enter');
    await centre().getByRole('button', { name: 'Save choices' }).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return `${at?.id || at?.textContent}`;
      });
    expect(await focused()).toBe('centre-title');
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(() => {
          const { activeElement } = document.querySelector('candour-choices')?.shadowRoot ?? {};
          return activeElement?.closest('dialog') !== null && activeElement !== undefined;
        }),
      ).toBe(true);
      seen.add(await focused());
    }
    for (const id of ['switch-statistics', 'switch-media', 'switch-clipshelf', 'switch-mapyard']) expect([...seen]).toContain(id);
    await centre().getByRole('switch', { name: 'Clipshelf Video' }).focus();
    await page.keyboard.press('Space');
    expect(await centre().getByRole('switch', { name: 'Clipshelf Video' }).isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(focused, PATIENCE).toBe('own');
    expect(await statusOf(page)).toMatchObject({ clipshelf: 'unknown' });
    // From the banner, which is gone after the choice: the control that stays has the focus.
    await button(page, 'Choose').click();
    await centre().getByRole('button', { name: 'Save choices' }).press('Enter');
    await expect.poll(focused, PATIENCE).toBe('Privacy choices');
  });

  it.each([
    ['/', 320, 640],
    ['/he', 1280, 800],
    ['/he', 320, 640],
    ['/ar', 320, 640],
    // 1280 × 800 at 400 %.
    ['/', 320, 200],
  ] as const)('R28 L32 %s fits %i × %i in every part', async (path, width, height) => {
    await page.setViewportSize({ width, height });
    await at(path);
    await page.locator('candour-banner').getByRole('button').nth(1).click();
    await page.locator('candour-banner').waitFor({ state: 'detached' });
    await page.locator('#own').click();
    await centre().getByRole('switch').first().waitFor();
    const name = `${path.slice(1) || 'en'}-${width}x${height}`;
    await picture(name);
    for (const part of ['history', 'erasure'] as const) await openSection(part);
    await centre().locator('[data-event]').waitFor();
    await centre().locator('.erasure').waitFor();
    await centre().locator('[data-event] button').last().click();
    await centre().locator('[data-verified]').waitFor();
    expect(await overflowing()).toEqual([]);
    expect(await cramped()).toEqual([]);
    await centre().locator('.erasure').scrollIntoViewIfNeeded();
    await picture(`${name}-parts`);
  });

  it('R27 R28 axe finds nothing in dark and in forced colours, and each switch shows its state', async () => {
    for (const [name, media] of [
      ['dark', { colorScheme: 'dark' }],
      ['forced', { forcedColors: 'active' }],
    ] as const) {
      await page.emulateMedia(media);
      await at('/');
      await page.locator('#own').click();
      await centre().getByRole('switch').first().waitFor();
      await picture(name);
      // Forced colours are the person's own, and axe reads those that they replace.
      const findings = await axeFindings(page, { only: 'candour-choices' });
      expect(findings.filter((finding) => name !== 'forced' || !finding.includes('color-contrast'))).toEqual([]);
      // To who hears it and to who sees it, by more than a colour: the knob is on the other side.
      const mediaSwitch = (checked: boolean): Locator => centre().getByRole('switch', { name: 'Videos and maps', checked });
      const looks: string[] = [];
      for (const on of [false, true]) {
        await mediaSwitch(on).waitFor();
        looks.push(await mediaSwitch(on).evaluate((one) => getComputedStyle(one, '::before').left));
        if (!on) await mediaSwitch(on).click();
      }
      expect(Math.abs(parseFloat(looks[0] ?? '') - parseFloat(looks[1] ?? '')), name).toBeGreaterThan(10);
    }
  });
});
