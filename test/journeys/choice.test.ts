// The main job: a choice in a banner becomes a receipt that verifies, holds on the next page, and is taken back as easily.
import { readFile } from 'node:fs/promises';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { hashOf } from '../../shared/canonical.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { recordNetwork } from '../support/network.ts';
import { NOTHING_STORED, storageOf } from '../support/storage.ts';
import {
  banner,
  button,
  choose,
  chooseAndDeliver,
  filesLoaded,
  outboxSize,
  receiptsOf,
  statusOf,
  withdrawAll,
} from '../support/visitor.ts';

const verifier = webCryptoVerifier(crypto.subtle);

let demo: TestDemo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
});
afterEach(() => context.close());

const serviceKeys = async (): Promise<string[]> => {
  const answer = await fetch(`${demo.direct.replace('localhost', '127.0.0.1')}/.well-known/candour.json`);
  const { logs } = (await answer.json()) as { logs: { site: string; keys: { key: string }[] }[] };
  return logs.flatMap(({ keys }) => keys.map(({ key }) => key));
};

describe('before any choice', () => {
  it('R15 R16 R31 writes nothing to the device and asks nothing of a held host', async () => {
    const network = recordNetwork(page);
    await page.goto(demo.site('cpoms', '/book-a-demo/'));
    await button(page, 'Reject all').waitFor();
    await page.mouse.wheel(0, 2000);
    await page.keyboard.press('Escape');
    // The last that a page loads of itself.
    await filesLoaded(page, 'ledger');
    expect(await storageOf(page)).toEqual(NOTHING_STORED);
    expect(network.hosts()).toEqual([new URL(demo.site('cpoms')).host, new URL(demo.service).host].sort());
    expect(network.to(demo.tags)).toEqual([]);
    expect(await statusOf(page)).toEqual({ statistics: 'unknown', advertising: 'unknown', media: 'unknown' });
  });

  it('R4 silence, Escape, scrolling and leaving give nothing', async () => {
    await page.goto(demo.site('cpoms'));
    await button(page, 'Reject all').waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.wheel(0, 3000);
    await page.mouse.click(1200, 500);
    await page.goto(demo.site('cpoms', '/contact/'));
    await button(page, 'Reject all').waitFor();
    expect(await storageOf(page)).toEqual(NOTHING_STORED);
  });

  it('Google Consent Mode is denied by default before any tag', async () => {
    await page.goto(demo.site('cpoms'));
    await statusOf(page);
    const layer = await page.evaluate(() =>
      ((window as unknown as { dataLayer?: ArrayLike<unknown>[] }).dataLayer ?? []).map((entry) => Array.from(entry)),
    );
    expect(layer).toHaveLength(1);
    expect(layer[0]?.slice(0, 2)).toEqual(['consent', 'default']);
    const signals = layer[0]?.[2] as Record<string, string>;
    for (const type of ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage'])
      expect(signals[type]).toBe('denied');
  });
});

describe('the banner', () => {
  it('R1 R2 offers accepting and refusing as equal buttons of one parent, one click each', async () => {
    await page.goto(demo.site('cpoms'));
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 768, height: 900 },
      { width: 320, height: 640 },
    ]) {
      await page.setViewportSize(viewport);
      const looks = [];
      for (const name of ['Accept all', 'Reject all'] as const) {
        looks.push(
          await button(page, name).evaluate((element) => {
            const { fontSize, fontWeight, color, backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(element);
            const { width, height } = element.getBoundingClientRect();
            return {
              style: { fontSize, fontWeight, color, backgroundColor, borderTopWidth, borderTopColor },
              tag: element.tagName,
              className: element.className,
              width,
              height,
              siblings: element.parentElement?.querySelectorAll('button').length,
            };
          }),
        );
      }
      const parents = await banner(page)
        .getByRole('button')
        .evaluateAll((buttons) => new Set(buttons.map(({ parentElement }) => parentElement)).size);
      expect(parents).toBe(1);
      const [accept, reject] = looks;
      expect(accept?.tag).toBe('BUTTON');
      expect({ ...accept, width: 0, height: 0 }).toEqual({ ...reject, width: 0, height: 0 });
      expect(Math.abs((accept?.width ?? 0) / (reject?.width ?? 1) - 1)).toBeLessThan(0.05);
      expect(accept?.height).toBe(reject?.height);
      expect(accept?.height).toBeGreaterThanOrEqual(24);
    }
  });

  it('R6 R7 names the controller and says before the buttons that consent can be withdrawn, and where', async () => {
    await page.goto(demo.site('cpoms'));
    const text = await banner(page).innerText();
    expect(text).toContain('CPOMS Systems Limited');
    expect(text.search(/withdraw/i)).toBeGreaterThan(-1);
    expect(text.search(/withdraw/i)).toBeLessThan(text.indexOf('Accept all'));
    expect(text).toContain('Privacy choices');
  });

  it('R27 axe finds nothing on the banner and the preference centre, light and dark', async () => {
    await page.goto(demo.site('cpoms'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await button(page, 'Choose').waitFor();
      expect(await axeFindings(page, { only: 'candour-banner' })).toEqual([]);
      await button(page, 'Choose').click();
      await button(page, 'Save choices').waitFor();
      expect(await axeFindings(page, { only: 'candour-choices' })).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

describe("the widget's own elements", () => {
  it('take no part in the layout of a page whose body is a grid or a flex container', async () => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await page.addStyleTag({
      content: 'body{gap:40px;align-content:start;flex-direction:column} body>*{display:block;padding:10px}',
    });
    /** Where the page's own elements stand, with ours and without. */
    const places = (layout: string) =>
      page.evaluate((display) => {
        document.body.style.display = display;
        const own = [...document.body.children].filter(({ tagName }) => !tagName.startsWith('CANDOUR-'));
        const measure = () => own.map((element) => element.getBoundingClientRect().toJSON() as object);
        const ours = [...document.body.querySelectorAll('candour-banner,candour-choices')];
        const withOurs = measure();
        for (const host of ours) (host as HTMLElement).style.setProperty('display', 'none', 'important');
        const without = measure();
        for (const host of ours) (host as HTMLElement).style.removeProperty('display');
        return { ours: ours.length, withOurs, without };
      }, layout);
    const expectUndisturbed = async (ours: number): Promise<void> => {
      for (const layout of ['grid', 'flex', 'block']) {
        const measured = await places(layout);
        expect([layout, measured.ours]).toEqual([layout, ours]);
        expect(measured.withOurs, layout).toEqual(measured.without);
      }
    };
    await button(page, 'Reject all').waitFor();
    await expectUndisturbed(2);
    await choose(page, 'Reject all');
    await button(page, 'Privacy choices').waitFor();
    await expectUndisturbed(1);
  });
});

describe('a refusal', () => {
  it('becomes a receipt that verifies and that the dashboard shows', async () => {
    await page.goto(demo.site('cpoms'));
    const { decision, sync } = await chooseAndDeliver(page, 'Reject all');
    expect(decision).toMatchObject({
      method: 'reject_all',
      purposes: { statistics: 'refused', advertising: 'refused', media: 'refused' },
    });
    expect(sync.events).toEqual([decision.event]);
    expect(await outboxSize(page, 'cpoms')).toBe(0);
    await banner(page).waitFor({ state: 'detached' });

    const [receipt] = await receiptsOf(page);
    const check = await verifyReceipt(receipt, await serviceKeys(), verifier);
    expect(check.steps.filter(({ result }) => result !== 'holds')).toEqual([]);
    expect(check.verified).toBe('true');

    const dashboard = await context.newPage();
    await dashboard.goto(demo.signInUrl);
    await dashboard.getByRole('link', { name: 'CPOMS', exact: true }).click();
    await dashboard.getByText('Rejected all').first().waitFor();
    expect(new URL(dashboard.url()).hash).not.toContain('token');
  });

  it('R47 R48 is bound to the words and controls that were on screen', async () => {
    await page.goto(demo.site('cpoms'));
    const shown = await banner(page).innerText();
    await chooseAndDeliver(page, 'Reject all');
    const [receipt] = await receiptsOf(page);
    expect(receipt?.presentation?.controls.filter(({ kind }) => kind === 'button').map(({ name }) => name)).toEqual([
      'Accept all',
      'Reject all',
      'Choose',
    ]);
    for (const { text } of receipt?.presentation?.words ?? []) expect(shown).toContain(text);
    const said = receipt?.presentation?.words.map(({ text }) => text).join(' ').length ?? 0;
    expect(said).toBeGreaterThan(100);
  });

  it('R47 R48 says all that the screen can be made again from, and made again it is the same to the last character', async () => {
    const visitors = [context, await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' })];
    const shown = [];
    for (const visitor of visitors) {
      const there = await visitor.newPage();
      await there.goto(demo.site('cpoms', '/contact/'));
      await chooseAndDeliver(there, 'Reject all');
      const [receipt] = await receiptsOf(there);
      if (!receipt?.presentation) throw new Error('no receipt, or none with what was shown');
      const { event } = await verifyReceipt(receipt, await serviceKeys(), verifier);
      expect(event).toMatchObject({
        method: 'reject_all',
        actor: 'self',
        gpc: false,
        origin: new URL(demo.site('cpoms')).origin,
        purposes: { statistics: 'refused', advertising: 'refused', media: 'refused' },
        presentation: await hashOf(receipt.presentation, verifier.sha256),
      });
      expect(receipt.presentation).toMatchObject({ language: 'en', layout: 'banner-box', jurisdiction: 'GB' });
      shown.push(receipt.presentation);
    }
    await visitors[1]?.close();
    expect(shown[1]).toEqual(shown[0]);
    const site = await demo.store.site('cpoms');
    const kept = site ? (await demo.store.documents(site)).map(({ hash }) => hash) : [];
    expect(kept).toEqual(expect.arrayContaining([shown[0]?.configuration, ...(shown[0]?.notices ?? [])]));
    expect(shown[0]?.notices.length).toBeGreaterThan(0);
    const manifest = JSON.parse(await readFile(new URL('../../dist/widget/manifest.json', import.meta.url), 'utf8')) as object;
    expect(manifest).toHaveProperty('build', shown[0]?.build);
    const build = await (await fetch(`${demo.service}/w/builds/${shown[0]?.build}`)).json();
    expect(build).toMatchObject({
      build: shown[0]?.build,
      files: expect.arrayContaining([{ file: 'ui.js', sha256: expect.any(String) as string }]) as [],
    });
  });

  it('R18 holds on the next visit without a banner and without a single request but the widget itself', async () => {
    await page.goto(demo.site('cpoms'));
    await chooseAndDeliver(page, 'Reject all');
    // What this page still loads, to withdraw with later, is not of the next visit.
    await filesLoaded(page, 'ui', 'centre', 'withdrawal', 'details');
    const network = recordNetwork(page);
    await page.reload();
    expect(await statusOf(page)).toEqual({ statistics: 'refused', advertising: 'refused', media: 'refused' });
    // It comes when a page has nothing else to do.
    await button(page, 'Privacy choices').waitFor();
    expect(await page.locator('candour-banner').count()).toBe(0);
    expect(network.to(demo.service).map(({ path }) => path)).toEqual(['/w/cpoms.js']);
    expect(network.to(demo.tags)).toEqual([]);
  });

  it('R18 R26 holds when IndexedDB is gone, and is asked once when everything is', async () => {
    await page.goto(demo.site('cpoms'));
    await chooseAndDeliver(page, 'Reject all');
    const devtools = await context.newCDPSession(page);
    const origin = new URL(demo.site('cpoms')).origin;
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await page.goto(demo.site('cpoms', '/contact/'));
    expect(await statusOf(page)).toMatchObject({ statistics: 'refused' });
    expect(await page.locator('candour-banner').count()).toBe(0);
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await page.goto(demo.site('cpoms'));
    await button(page, 'Reject all').waitFor();
    expect(await page.locator('candour-banner').count()).toBe(1);
  });
});

describe('consent', () => {
  it('lets what was held back run, and one click takes it back', async () => {
    const network = recordNetwork(page);
    await page.goto(demo.site('cpoms', '/book-a-demo/'));
    await chooseAndDeliver(page, 'Accept all');
    await expect.poll(() => network.to(demo.tags).length).toBeGreaterThan(0);
    expect(await statusOf(page)).toEqual({ statistics: 'given', advertising: 'given', media: 'given' });

    await page.goto(demo.site('cpoms'));
    await button(page, 'Privacy choices').click();
    await button(page, 'Withdraw all').waitFor();
    const decision = await withdrawAll(page);
    expect(decision.purposes).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn', media: 'withdrawn' });
    network.clear();
    await page.goto(demo.site('cpoms', '/book-a-demo/'));
    expect(await statusOf(page)).toMatchObject({ statistics: 'withdrawn' });
    await button(page, 'Privacy choices').waitFor();
    expect(network.to(demo.tags)).toEqual([]);
    // Of the withdrawal too, whose page went while it was being answered.
    await expect.poll(() => receiptsOf(page)).toHaveLength(2);
  });

  it('R8 R9 is taken back with one press of a button in the page’s own footer, as it was given with one', async () => {
    await page.goto(demo.site('cpoms'));
    await chooseAndDeliver(page, 'Accept all');
    await page.goto(demo.site('cpoms', '/contact/'));
    await button(page, 'Privacy choices').waitFor();
    const decision = await page.evaluate(async () => {
      const own = document.body.appendChild(document.createElement('button'));
      own.textContent = 'Withdraw my consent';
      own.addEventListener('click', () => void window.candour?.withdraw());
      return new Promise((resolve) => {
        window.candour?.on('decision', resolve);
        own.click();
      });
    });
    expect(decision).toMatchObject({
      method: 'withdraw',
      purposes: { statistics: 'withdrawn', advertising: 'withdrawn', media: 'withdrawn' },
    });
    // What ran ends with one reload, which may come at any of these questions.
    const holds = { statistics: 'withdrawn', advertising: 'withdrawn', media: 'withdrawn' };
    await expect.poll(() => statusOf(page).catch(() => null)).toEqual(holds);
    await expect
      .poll(async () => Object.keys((await storageOf(page)).cookies).filter((name) => !name.startsWith('candour_')))
      .toEqual([]);
    await expect.poll(() => receiptsOf(page)).toHaveLength(2);
    const [, receipt] = await receiptsOf(page);
    expect((await verifyReceipt(receipt, await serviceKeys(), verifier)).verified).toBe('true');
  });

  it('R9 withdrawal deletes the cookies and storage of the purpose, and platforms are told, in the same page view', async () => {
    await page.goto(demo.site('cpoms'));
    await chooseAndDeliver(page, 'Accept all');
    const stored = async () => {
      const { cookies, localStorage } = await storageOf(page);
      return [...Object.keys(cookies), ...Object.keys(localStorage)].filter((name) => !name.startsWith('candour_')).sort();
    };
    // All of it: a tag that is still loading would store behind the withdrawal.
    await expect.poll(stored).toEqual(['_brightboard', '_tallyhouse', 'brightboard-profile']);
    await button(page, 'Privacy choices').click();
    await button(page, 'Withdraw all').waitFor();
    const seen = page.evaluate(
      () =>
        new Promise<{ left: string[]; told: unknown }>((resolve) => {
          document.addEventListener('candour:decision', () =>
            resolve({
              left: [...document.cookie.split('; ').map((pair) => pair.split('=')[0] ?? ''), ...Object.keys(localStorage)],
              told: (window.dataLayer ?? [])
                .map((entry) => Object.values(entry as object))
                .findLast(([, what]) => what === 'update'),
            }),
          );
        }),
    );
    await withdrawAll(page);
    const { left, told } = await seen;
    expect(left.filter((name) => !name.startsWith('candour_'))).toEqual([]);
    const signals = { ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied', analytics_storage: 'denied' };
    expect(told).toEqual(['consent', 'update', expect.objectContaining(signals)]);
    await expect.poll(stored).toEqual([]);
  });

  it('R3 R5 R8 has one switch per purpose, all off at first, and shows what holds when it is opened again', async () => {
    await page.goto(demo.site('cpoms'));
    await button(page, 'Choose').click();
    const switches = page.locator('candour-choices').getByRole('switch');
    const asked = switches.and(page.locator(':not([disabled])'));
    await expect.poll(() => asked.count()).toBe(3);
    for (const one of await asked.all()) expect(await one.isChecked()).toBe(false);
    await page
      .locator('candour-choices')
      .getByRole('switch', { name: /statistics/i })
      .click();
    await chooseAndDeliver(page, 'Save choices');
    expect(await statusOf(page)).toEqual({ statistics: 'given', advertising: 'refused', media: 'refused' });
    await button(page, 'Privacy choices').click();
    expect(
      await page
        .locator('candour-choices')
        .getByRole('switch', { name: /statistics/i })
        .isChecked(),
    ).toBe(true);
    expect(
      await page
        .locator('candour-choices')
        .getByRole('switch', { name: /advertising/i })
        .isChecked(),
    ).toBe(false);
    const centre = await page.locator('candour-choices').getByRole('dialog').innerText();
    expect(centre).toContain('Consent');
    expect(centre).toContain('Art. 6(1)(a)');
  });

  it('puts an embed back behind a button, and one click there is a choice about its purpose alone', async () => {
    await page.goto(demo.site('cpoms'));
    await chooseAndDeliver(page, 'Reject all');
    expect(await receiptsOf(page)).toHaveLength(1);
    const tour = (await page.getByRole('link', { name: 'Tour' }).first().getAttribute('href')) ?? '/';
    const network = recordNetwork(page);
    await page.goto(demo.site('cpoms', tour));
    const placeholder = page.getByRole('button', { name: 'Always allow' });
    await placeholder.waitFor();
    expect(network.to(demo.tags)).toEqual([]);
    await placeholder.click();
    await expect.poll(() => network.to(demo.tags).length).toBeGreaterThan(0);
    expect(await statusOf(page)).toEqual({ statistics: 'refused', advertising: 'refused', media: 'given' });
  });
});

describe('a marketing opt-in', () => {
  it('R33 R39 is one unticked box per channel, recorded when the form is submitted', async () => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await chooseAndDeliver(page, 'Reject all');
    const boxes = page.locator('fieldset[data-candour=marketing]').getByRole('checkbox');
    await boxes.first().waitFor();
    for (const box of await boxes.all()) expect(await box.isChecked()).toBe(false);
    await boxes.first().check();
    await page.locator('form:has(fieldset[data-candour=marketing]) input[type=email]').fill('a.person@example.org');
    await page.locator('form:has(fieldset[data-candour=marketing]) button[type=submit]').click();
    await page.waitForURL(/thank/);
    // Where the page was left before the event was written, the next one writes it.
    await expect.poll(async () => (await receiptsOf(page)).length).toBe(2);
    await expect.poll(() => outboxSize(page, 'cmsuk')).toBe(0);
    const receipts = await receiptsOf(page);
    const check = await verifyReceipt(receipts[1], await serviceKeys(), verifier);
    expect(check.verified).toBe('true');
    expect(check.event?.method).toBe('form');
    expect(JSON.stringify(check.event?.channels)).toContain('"given"');
    expect(JSON.stringify(receipts)).not.toContain('a.person');
  });
});

describe('a marketing opt-in that a script adds', () => {
  it('R33 is filled too, also where the fieldset itself is what is added', async () => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await statusOf(page);
    await page.evaluate(() => {
      const fieldset = document.createElement('fieldset');
      fieldset.id = 'added';
      fieldset.dataset['candour'] = 'marketing';
      fieldset.dataset['activity'] = 'contacts-list';
      document.body.append(fieldset);
    });
    await page.locator('#added').getByRole('checkbox').first().waitFor();
    expect(await page.locator('#added').getByRole('checkbox').first().isChecked()).toBe(false);
  });
});

describe('the policies of two organisations', () => {
  it('R77 are never presented by the widget as the notice', async () => {
    for (const site of ['cpo', 'cl-consortium'] as const) {
      await page.goto(demo.site(site));
      await button(page, 'Reject all').waitFor();
      const text = await banner(page).innerText();
      expect(text).not.toMatch(/Data Protection Policy|Data Processing Policy|Privacy notice/i);
      const human = await page.locator('link[rel="privacy-policy"]:not([type])').getAttribute('href');
      const shown = await context.newPage();
      await shown.goto(human ?? '');
      expect(await shown.locator('h1').innerText()).toMatch(/cookie/i);
      await shown.close();
    }
  });

  it('R8 choosing on one page leaves no banner on the next, on every site', async () => {
    for (const site of ['cmp-solutions', 'cpo', 'cl-consortium', 'cmsuk'] as const) {
      await page.goto(demo.site(site));
      await choose(page, 'Reject all');
      await page.reload();
      await statusOf(page);
      expect(await page.locator('candour-banner').count()).toBe(0);
      await button(page, 'Privacy choices').waitFor();
    }
  });
});
