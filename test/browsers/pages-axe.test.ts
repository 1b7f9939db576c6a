// The pages that people read and the dashboard, in real Chromium against the real service: what axe finds, what a phone and a
// printer make of them, and that they work under their own Content-Security-Policy.
import { existsSync } from 'node:fs';

import type { APIResponse, Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EventsAnswer } from '../../shared/api.ts';
import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { PRESENTATION } from '../../server/dashboard/issued-receipt.ts';
import { axeFindings } from '../support/axe.ts';
import { brokenWords } from '../support/broken-words.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { createSubject, type Subject } from '../support/subject.ts';

const { sha256 } = webCryptoVerifier(crypto.subtle);
const PHONE = { width: 390, height: 844 };
/** What 1280 pixels are at 400 % zoom. */
const NARROW = { width: 320, height: 640 };

let demo: TestDemo;
let browser: Browser;
let subject: Subject;

async function choose(changes: Partial<ConsentEvent> = {}): Promise<ConsentEvent> {
  const { event, jws } = await subject.next(changes);
  const response = await fetch(`${demo.service}/v1/sites/cpoms/events`, {
    method: 'POST',
    headers: { origin: demo.site('cpoms', ''), 'content-type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], presentations: [PRESENTATION] }),
  });
  const { results } = (await response.json()) as EventsAnswer;
  expect(results.map(({ status }) => status)).toEqual(['accepted']);
  return event;
}

beforeAll(async () => {
  if (!existsSync('dist/dashboard/index.html')) throw new Error('the dashboard is not built: run "npm run build" first');
  demo = await startTestDemo();
  browser = await launchChromium();
  subject = await createSubject({
    log: `${new URL(demo.service).host}/cpoms`,
    origin: demo.site('cpoms', ''),
    presentation: await hashOf(PRESENTATION, sha256),
  });
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the browser refused under the page's policy. */
  refused: string[];
}

/** A page in a browser that was never here before, unless it brings a state. */
async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(error.message));
  return { page, context, refused };
}

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const openAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
const notice = (site: string, kind: string): string => `${demo.service}/v1/sites/${site}/notices/${kind}`;

describe('the page of a notice', () => {
  it.each([
    ['cpoms', 'privacy_notice'],
    ['cpoms', 'cookie_policy'],
    ['cpo', 'internal_policy'],
    ['cl-consortium', 'processing_policy'],
  ])('axe finds nothing on the %s %s, and its policy refuses nothing', async (site, kind) => {
    const { page, context, refused } = await visit();
    expect((await page.goto(notice(site, kind)))?.status()).toBe(200);
    // Closed and open look at the same elements, and axe takes its time over a long notice.
    if (kind !== 'cookie_policy') await openAll(page);
    expect(await axeFindings(page)).toEqual([]);
    expect(refused).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
    await context.close();
  });

  it('axe finds nothing in the dark theme on a phone either', async () => {
    const { page, context } = await visit({ colorScheme: 'dark', viewport: PHONE });
    await page.goto(notice('cmsuk', 'privacy_notice'));
    await openAll(page);
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });

  it('fits a window of 320 pixels without scrolling sideways', async () => {
    const { page, context } = await visit({ viewport: NARROW });
    for (const site of ['cpoms', 'cpo']) {
      await page.goto(`${demo.service}/v1/sites/${site}/notices/${site === 'cpo' ? 'internal_policy' : 'privacy_notice'}`);
      await openAll(page);
      expect(await sideways(page)).toBe(0);
    }
    await context.close();
  });

  it('opens a closed activity at the fact that a link points at, and marks it', async () => {
    const { page, context } = await visit();
    await page.goto(notice('cpoms', 'privacy_notice'));
    const fact = page.locator('[id="activities/0/lawfulBases/0"]');
    expect(await fact.isVisible()).toBe(false);
    await page.goto(`${notice('cpoms', 'privacy_notice')}#activities/0/lawfulBases/0`);
    expect(await fact.isVisible()).toBe(true);
    const [marked, plain] = await page.evaluate(() =>
      [':target', '.fact:not(:target)'].map(
        (which) => getComputedStyle(document.querySelector(which) ?? document.body).backgroundColor,
      ),
    );
    expect(marked).not.toBe(plain);
    expect(await fact.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
    await context.close();
  });

  it('opens an activity from the overview, by keyboard', async () => {
    const { page, context } = await visit();
    await page.goto(notice('cpoms', 'privacy_notice'));
    await page.locator('.overview tbody a').nth(1).focus();
    await page.keyboard.press('Enter');
    expect(
      await page
        .locator('details.activity')
        .nth(1)
        .evaluate((details: HTMLDetailsElement) => details.open),
    ).toBe(true);
    await context.close();
  });

  it('prints every activity in full', async () => {
    const { page, context } = await visit({ colorScheme: 'dark' });
    await page.goto(notice('cpoms', 'privacy_notice'));
    const hidden = (): Promise<number> =>
      page.evaluate(() => [...document.querySelectorAll('.fact')].filter((fact) => !fact.checkVisibility()).length);
    expect(await hidden()).toBeGreaterThan(10);
    await page.emulateMedia({ media: 'print' });
    expect(await hidden()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim())).toBe(
      '#1a232e',
    );
    await context.close();
  });

  it('is readable from right to left without scrolling sideways', async () => {
    const { page, context } = await visit({ viewport: PHONE });
    await page.goto(notice('cpoms', 'privacy_notice'));
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await openAll(page);
    expect(await sideways(page)).toBe(0);
    await context.close();
  });

  it('links to itself as JSON, which has its hash, and as JSON-LD', async () => {
    const { page, context } = await visit();
    await page.goto(notice('cpoms', 'privacy_notice'));
    const as = async (type: string): Promise<APIResponse> => {
      const href = await page.locator(`.check a[type="${type}"]`).getAttribute('href');
      return page.request.get(new URL(href ?? '', page.url()).href);
    };
    const [json, jsonLd] = [await as('application/json'), await as('application/ld+json')];
    expect(json.headers()['content-type']).toMatch(/^application\/json/);
    expect(await hashOf(await json.json(), sha256)).toBe(await page.locator('.hash').textContent());
    expect(jsonLd.headers()['content-type']).toMatch(/^application\/ld\+json/);
    expect(await jsonLd.json()).toHaveProperty('@context');
    await context.close();
  });
});

describe('the dashboard', () => {
  let event: ConsentEvent;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let entry: { address: string; refused: string[] };

  beforeAll(async () => {
    event = await choose();
    const { page, context, refused } = await visit();
    await page.goto(demo.signInUrl);
    await page.getByRole('heading', { name: 'Sites' }).waitFor();
    entry = { address: page.url(), refused };
    state = await context.storageState();
    await context.close();
  });

  const views = [
    ['the sites', '#/', '.card'],
    ['a site', '#/sites/cpoms', '.bars'],
    ['a site without events', '#/sites/cmsuk', '.state-box'],
    ['a receipt', '', '.verdict'],
  ] as const;
  const open = async (page: Page, fragment: string, ready: string): Promise<void> => {
    await page.goto(`${demo.service}/admin${fragment || `#/sites/cpoms/receipts/${event.id}/${subject.id}`}`);
    await page.locator(ready).first().waitFor();
  };

  it('signs in with the link, whose token leaves the address', () => {
    expect(entry).toEqual({ address: `${demo.service}/admin`, refused: [] });
  });

  it.each([
    ['light', { width: 1280, height: 900 }],
    ['dark', PHONE],
  ] as const)('axe finds nothing on any page in the %s theme, and its policy refuses nothing', async (colorScheme, viewport) => {
    const { page, context, refused } = await visit({ colorScheme, viewport, storageState: state });
    for (const [name, fragment, ready] of views) {
      await open(page, fragment, ready);
      expect([name, await axeFindings(page)]).toEqual([name, []]);
    }
    expect(refused).toEqual([]);
    await context.close();
  });

  it('axe finds nothing on the sign-in, and a wrong key is named beside its field', async () => {
    const { page, context } = await visit();
    await page.goto(`${demo.service}/admin`);
    await page.getByLabel('API key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('does not know this key').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });

  it('fits a window of 320 pixels without scrolling sideways, from right to left too', async () => {
    const { page, context } = await visit({ viewport: NARROW, storageState: state });
    for (const direction of ['ltr', 'rtl'])
      for (const [name, fragment, ready] of views) {
        await open(page, fragment, ready);
        await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
        expect([name, direction, await sideways(page)]).toEqual([name, direction, 0]);
      }
    await context.close();
  });

  it('shows a choice as it arrives, and verifies its receipt in the browser', async () => {
    const { page, context } = await visit({ storageState: state });
    await open(page, '#/sites/cpoms', '.events');
    const next = await choose({ method: 'withdraw', purposes: { statistics: 'withdrawn' } });
    const row = page.locator(`[aria-labelledby="today"] [data-event="${next.id}"]`);
    await row.waitFor();
    expect(await row.textContent()).toContain('statistics withdrawn');
    await row.getByRole('link', { name: /^Check/ }).click();
    await page.locator(`[data-receipt="${next.id}"][data-verified="true"]`).waitFor();
    expect(await page.locator('[data-step][data-result="holds"]').count()).toBe(8);
    await context.close();
  });

  it('names the failing step where the service gives out a changed receipt', async () => {
    const { page, context } = await visit({ storageState: state });
    await page.route('**/receipts/**', async (route) => {
      const answer = await route.fetch();
      const receipt = (await answer.json()) as { leaf: { skew: number } };
      await route.fulfill({ response: answer, json: { ...receipt, leaf: { ...receipt.leaf, skew: receipt.leaf.skew + 1 } } });
    });
    await open(page, '', '.verdict');
    expect(await page.locator('.verdict').getAttribute('data-verified')).toBe('false');
    expect(
      await page
        .locator('[data-result="fails"]')
        .evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['step'])),
    ).toEqual(['inclusion']);
    await context.close();
  });

  it('gives out the receipt as a page to print, in which axe finds nothing', async () => {
    const { page, context, refused } = await visit({ storageState: state });
    await page.goto(`${demo.service}/v1/sites/cpoms/receipts/${event.id}?subject=${subject.id}&as=html`);
    expect(await page.locator('.verdict').getAttribute('data-verified')).toBe('true');
    expect(await axeFindings(page)).toEqual([]);
    expect(refused).toEqual([]);
    await context.close();
  });

  it('gives out a receipt that a phone shows with its words whole, where it has much to say too', async () => {
    const imported = { from: 'vanilla-cookieconsent', day: '2026-11-20' } as const;
    const { id } = await choose({ method: 'import', presentation: null, imported });
    const { page, context } = await visit({ viewport: NARROW, storageState: state });
    await page.goto(`${demo.service}/v1/sites/cpoms/receipts/${id}?subject=${subject.id}&as=html`);
    await page.getByRole('rowheader', { name: 'Taken over from' }).waitFor();
    expect(await sideways(page)).toBe(0);
    expect(await brokenWords(page.locator('.data :is(th,.state)'))).toEqual([]);
    await context.close();
  });
});
