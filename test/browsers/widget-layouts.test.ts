// Every layout of the banner in Chromium: what axe finds, equal answers at each width and in each scheme, the keyboard, what is seen
// of the page, what the page's own style can change and what it cannot.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { measurePage } from '../../server/banner-lint/measure-page.ts';
import { lintPage } from '../../shared/banner-lint/lint-page.ts';
import { LAYOUTS } from '../../shared/site/configuration.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { NOTHING_STORED, storageOf } from '../support/storage.ts';
import { nextSync, receiptsOf } from '../support/visitor.ts';

type Layout = (typeof LAYOUTS)[number];

/** 1280 pixels wide at 400 %. */
const ZOOMED = { width: 320, height: 256 };
/** A small notebook at 400 %: what its browser leaves of 1366 by 768 pixels. */
const LOW = { width: 320, height: 190 };
const VIEWPORTS = [{ width: 1280, height: 800 }, { width: 768, height: 900 }, { width: 320, height: 640 }, ZOOMED, LOW];

let demo: TestDemo;
let browser: Browser;
let context: BrowserContext | undefined;
let session: string;

vi.setConfig({ testTimeout: 180_000 });

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromium();
  const opened = await fetch(`${demo.direct}/v1/admin/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: demo.service },
    body: JSON.stringify({ token: new URL(demo.signInUrl).hash.slice('#token='.length) }),
  });
  session = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

async function configure(configuration: {
  layout: Layout;
  theme?: string;
  children?: object;
  consentOrPay?: object;
}): Promise<void> {
  const answer = await fetch(`${demo.direct}/v1/admin/sites/cpoms`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', Origin: demo.service, Cookie: session },
    body: JSON.stringify({ configuration: { theme: 'system', ...configuration } }),
  });
  expect(answer.status).toBe(200);
}

interface Visit {
  viewport?: { width: number; height: number };
  language?: string;
  /** Style of the page's own. */
  css?: string;
  /** With a place for an inline banner, of this height. */
  place?: string;
  /** What has the focus before the banner comes. */
  focus?: string;
  path?: string;
}

/** Somebody who has never been here; the banner is on screen. */
async function visit({ viewport = { width: 1280, height: 800 }, path = '/', ...more }: Visit = {}): Promise<Page> {
  await context?.close();
  context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  // Before the widget's script is run: an answer put in the way would be from no address, and may load nothing of this machine's.
  await page.addInitScript(({ language, css, place, focus }: Visit) => {
    new MutationObserver((_, observer) => {
      if (language) document.documentElement.lang = language;
      if (language === 'ar') document.documentElement.dir = 'rtl';
      if (!document.body) return;
      observer.disconnect();
      if (place) {
        const div = document.createElement('div');
        div.dataset['candour'] = 'banner';
        div.style.minBlockSize = place;
        document.body.prepend(div);
      }
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css ?? '');
      document.adoptedStyleSheets.push(sheet);
    }).observe(document, { childList: true, subtree: true });
    if (focus) document.addEventListener('DOMContentLoaded', () => document.querySelector<HTMLElement>(focus)?.focus());
  }, more);
  await page.goto(demo.site('cpoms', path));
  await bannerOf(page).waitFor();
  return page;
}

const hostOf = (page: Page): Locator => page.locator('candour-banner');
const bannerOf = (page: Page): Locator => hostOf(page).locator('.banner');
const settled = (page: Page): Promise<unknown> =>
  bannerOf(page).evaluate((banner) => Promise.all(banner.getAnimations().map(({ finished }) => finished)));
const visitFor = (layout: Layout, more: Visit = {}): Promise<Page> =>
  visit({ ...(layout === 'inline' ? { place: '420px' } : {}), ...more });

/** All that could set one answer off from the other: accept first, reject second. */
const answersOf = (page: Page) =>
  hostOf(page)
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.slice(0, 2).map((button) => {
        const style = getComputedStyle(button);
        const look = Object.fromEntries(
          [
            'fontSize fontWeight fontFamily fontStyle color backgroundColor backgroundImage opacity filter textTransform',
            'textDecorationLine letterSpacing borderTopWidth borderTopStyle borderTopColor borderTopLeftRadius boxShadow',
            'outlineStyle paddingTop paddingLeft cursor transform visibility',
          ]
            .join(' ')
            .split(' ')
            .map((name) => [name, style[name as keyof CSSStyleDeclaration]]),
        );
        const { x, y, width, height } = button.getBoundingClientRect();
        const seen = (button.getRootNode() as ShadowRoot).elementFromPoint(x + width / 2, y + height / 2) === button;
        return { look, x, width, height, seen, clipped: button.scrollWidth > button.clientWidth + 1 };
      }),
    );

async function expectEqualAnswers(page: Page, what: string, { onScreen = true } = {}): Promise<void> {
  await settled(page);
  const [accept, reject] = await answersOf(page);
  if (!accept || !reject) throw new Error('the banner has no two answers');
  expect(accept.look, what).toEqual(reject.look);
  expect(Math.abs(accept.width / reject.width - 1), `${what}: ${accept.width} and ${reject.width}`).toBeLessThan(0.05);
  expect(accept.height, what).toBe(reject.height);
  expect(Math.min(accept.height, accept.width), what).toBeGreaterThanOrEqual(24);
  expect([accept.clipped, reject.clipped], what).toEqual([false, false]);
  if (onScreen) expect([accept.seen, reject.seen], `${what}: both answers are on screen`).toEqual([true, true]);
}

const sideways = (page: Page): Promise<number> =>
  bannerOf(page).evaluate((banner) => Math.max(banner.scrollWidth - banner.clientWidth, 0));

/** How much of what has the focus can be seen, of nine points: 0 is entirely hidden. Null where nothing has it, or ours has. */
const seenOfFocus = (page: Page): Promise<{ what: string; seen: number } | null> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body || at.shadowRoot) return null;
    const { left, top, width, height } = at.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + width * x, top + height * y] as const));
    const isSeen = ([x, y]: readonly [number, number]): boolean => {
      const over = document.elementFromPoint(x, y);
      return over !== null && !over.tagName.startsWith('CANDOUR-');
    };
    return { what: `${at.tagName} ${at.textContent?.trim()}`, seen: points.filter(isSeen).length };
  });

describe.each(LAYOUTS)('the layout %s', (layout) => {
  beforeAll(() => configure({ layout }));

  it('R1 R2 R27 R28 L1 L6 L7 its answers are equal at each width and in each scheme, and axe finds nothing', async () => {
    const page = await visitFor(layout);
    expect(await bannerOf(page).getAttribute('class')).toBe(`banner ${layout}`);
    for (const colorScheme of ['light', 'dark'] as const)
      for (const viewport of VIEWPORTS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        const what = `${colorScheme} ${viewport.width}×${viewport.height}`;
        await expectEqualAnswers(page, what, { onScreen: layout !== 'inline' });
        expect(await sideways(page), what).toBe(0);
        expect(await bannerOf(page).evaluate((one) => one.scrollHeight - one.clientHeight), `${what}: the answers fit`).toBe(0);
        if (viewport.width === 1280 || viewport === ZOOMED)
          expect([what, await axeFindings(page, { only: 'candour-banner' })]).toEqual([what, []]);
      }
    await page.emulateMedia({ forcedColors: 'active' });
    await expectEqualAnswers(page, 'forced colours', { onScreen: layout !== 'inline' });
    const border = (await answersOf(page))[0]?.look['borderTopColor'] as string;
    expect(border, 'a button has an edge where fills are taken away').not.toMatch(/, 0\)$|transparent/);
  });

  it('R2 R13 L7 L31 its answers are equal in languages with long words, and it runs from right to left', async () => {
    for (const language of ['de', 'hu', 'ar']) {
      const page = await visitFor(layout, { language, viewport: { width: 320, height: 640 } });
      expect(await hostOf(page).getAttribute('lang')).toBe(language);
      await expectEqualAnswers(page, language, { onScreen: layout !== 'inline' });
      expect(await sideways(page), language).toBe(0);
      const [accept, reject] = await answersOf(page);
      expect((accept?.x ?? 0) > (reject?.x ?? 0), language).toBe(language === 'ar');
      if (layout === 'inline') continue;
      // Where there is no room for a second row, some of it shows that there is one.
      await page.setViewportSize(LOW);
      await expectEqualAnswers(page, `${language}, low`);
      const room = await bannerOf(page).evaluate((one) => {
        const last = one.querySelector('.answers button:last-child');
        return one.getBoundingClientRect().bottom - (last?.getBoundingClientRect().top ?? Infinity);
      });
      expect(room, language).toBeGreaterThanOrEqual(8);
    }
  });

  it('R28 moves nothing for those who asked for less motion, and nothing of the page for anybody', async () => {
    const page = await visitFor(layout, { path: '/contact/' });
    const shifts = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          // The mark comes behind what is buffered, and with nothing buffered too.
          performance.mark('asked');
          const observer = new PerformanceObserver((list) => {
            observer.disconnect();
            const all = list.getEntries().filter(({ entryType }) => entryType === 'layout-shift');
            resolve(all.map((entry) => JSON.stringify(entry)));
          });
          observer.observe({ type: 'layout-shift', buffered: true });
          observer.observe({ type: 'mark', buffered: true });
        }),
    );
    expect(shifts).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await bannerOf(page).evaluate((banner) => banner.getAnimations({ subtree: true }).length)).toBe(0);
  });
});

describe.each(['bar', 'box', 'corner'] as const)('over the page, the %s', (layout) => {
  beforeAll(() => configure({ layout }));

  it.each([['320 pixels wide', { width: 320, height: 640 }] as const, ['at 400 %', ZOOMED] as const])(
    'R27 is met within three tab stops, holds no focus and hides none entirely, nor the end of the page: %s',
    async (_, viewport) => {
      // Where nothing is scrolled to smoothly, the focus is where it stays.
      const page = await visit({ viewport, path: '/contact/', css: 'html{scroll-behavior:auto!important}' });
      const banner = hostOf(page).getByRole('region', { name: 'Privacy choices' });
      expect(await banner.count()).toBe(1);
      const isInside = (): Promise<boolean> => page.evaluate(() => document.activeElement?.tagName === 'CANDOUR-BANNER');
      await page.keyboard.press('Tab');
      expect(await isInside()).toBe(true);
      for (let stops = 1; (await isInside()) && stops < 9; stops++) await page.keyboard.press('Tab');
      expect(await isInside()).toBe(false);
      const walked: { what: string; seen: number }[] = [];
      for (let stops = 0; stops < 60; stops++) {
        const now = await seenOfFocus(page);
        if (!now) break;
        walked.push(now);
        await page.keyboard.press('Tab');
      }
      expect(walked.length).toBeGreaterThan(10);
      expect(walked.filter(({ seen }) => seen === 0)).toEqual([]);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const [end, top] = await Promise.all([
        page.evaluate(() => document.querySelector('footer')?.getBoundingClientRect().bottom ?? Infinity),
        bannerOf(page).evaluate((element) => element.getBoundingClientRect().top),
      ]);
      expect(end).toBeLessThanOrEqual(top);
    },
  );
});

describe('once it is answered', () => {
  beforeAll(() => configure({ layout: 'box' }));

  it('R27 goes on at the control where it was answered by keyboard, and where it was where somebody pointed', async () => {
    const page = await visit({});
    const at = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.localName);
    for (let stops = 0; stops < 6 && (await at()) !== 'candour-banner'; stops++) await page.keyboard.press('Tab');
    const answer = bannerOf(page).getByRole('button', { name: 'Reject all' });
    for (let stops = 0; stops < 9 && !(await answer.evaluate((one) => one.matches(':focus'))); stops++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(at).toBe('candour-choices');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await context?.close();
    const other = await visit({});
    await bannerOf(other).getByRole('button', { name: 'Reject all' }).click();
    await expect.poll(() => hostOf(other).count()).toBe(0);
    expect(await other.evaluate(() => document.activeElement?.localName)).toBe('body');
  });

  const PAGES = {
    'a plain page': '',
    'a body lower than what is in it': 'html,body{display:block;height:100%}',
    'a body that is a column': 'body{display:flex;flex-direction:column;min-height:100vh}main{flex:1}',
  };
  it.each(
    Object.entries(PAGES).flatMap(([what, css]) =>
      [ZOOMED, { width: 1280, height: 500 }].map(
        (viewport) => [`${what}, ${viewport.width} by ${viewport.height}`, css, viewport] as const,
      ),
    ),
  )('R8 R27 the control that stays hides neither what is focused nor the end of the page: %s', async (_, css, viewport) => {
    const page = await visit({ viewport, path: '/contact/', css: `html{scroll-behavior:auto!important}${css}` });
    await hostOf(page).getByRole('button', { name: 'Reject all' }).click();
    const control = page.getByRole('button', { name: 'Privacy choices' });
    await control.waitFor();
    // The site's own layout does not notice the room that is made.
    const heights = await page.evaluate(() => {
      const room = document.adoptedStyleSheets.find(({ cssRules: [rule] }) => rule?.cssText.includes('scroll-padding'));
      if (!room) return null;
      const [made] = [document.body.offsetHeight, (room.disabled = true)];
      const without = document.body.offsetHeight;
      room.disabled = false;
      return [made, without];
    });
    expect(heights?.[0]).toBeGreaterThan(0);
    expect(heights?.[0]).toBe(heights?.[1]);
    await page.evaluate(() => {
      scrollTo(0, 0);
      (document.activeElement as HTMLElement | null)?.blur();
    });
    const walked: { what: string; seen: number }[] = [];
    for (let stops = 0; stops < 60; stops++) {
      await page.keyboard.press('Tab');
      const now = await seenOfFocus(page);
      if (!now) break;
      walked.push(now);
    }
    expect(walked.length).toBeGreaterThan(10);
    expect(walked.filter(({ seen }) => seen < 5)).toEqual([]);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const [end, top] = await Promise.all([
      page.evaluate(() => document.querySelector('footer')?.getBoundingClientRect().bottom ?? Infinity),
      control.evaluate((element) => element.getBoundingClientRect().top),
    ]);
    expect(end).toBeLessThanOrEqual(top);
  });
});

describe('the dialog', () => {
  beforeAll(() => configure({ layout: 'modal' }));

  /** What has the focus, inside the banner or in the page. */
  const focus = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const at = document.activeElement;
      const inner = at?.shadowRoot?.activeElement ?? at;
      return `${inner?.tagName} ${inner === document.body ? '' : (inner?.textContent?.trim() ?? '')}`.trim();
    });

  it('R27 L8 takes the focus to its heading, keeps it inside and gives it back once it is answered', async () => {
    const page = await visit({ focus: '.brand' });
    const dialog = hostOf(page).getByRole('dialog', { name: 'Privacy choices' });
    expect(await dialog.getAttribute('aria-modal')).toBe('true');
    expect(await focus(page)).toMatch(/^H2 /);
    // What shows it came with the script.
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(names.filter((name) => name.endsWith('/modal.js'))).toEqual([]);
    const forth: string[] = [];
    for (let i = 0; i < 11; i++) {
      await page.keyboard.press('Tab');
      forth.push(await focus(page));
    }
    expect(forth.slice(2, 5)).toEqual(['BUTTON Accept all', 'BUTTON Reject all', 'BUTTON Choose']);
    expect(forth.slice(5, 10)).toEqual(forth.slice(0, 5));
    await page.keyboard.press('Shift+Tab');
    expect(await focus(page)).toBe('BUTTON Choose');
    expect(await page.locator('.brand').isVisible()).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await focus(page)).toBe('BUTTON Reject all');
    const acknowledged = nextSync(page, 'acknowledged');
    await page.keyboard.press('Enter');
    await acknowledged;
    expect(await hostOf(page).count()).toBe(0);
    expect(await focus(page)).toBe('A cpoms');
    expect((await receiptsOf(page))[0]?.presentation?.layout).toBe('banner-modal');
  });

  it('R4 R10 L9 Escape and a press beside it are no choice: it steps aside as a box, the page can be used, and it asks on', async () => {
    for (const aside of ['Escape', 'press']) {
      const page = await visit({ focus: '.brand' });
      await settled(page);
      if (aside === 'Escape') await page.keyboard.press('Escape');
      else await page.mouse.click(20, 400);
      const box = hostOf(page).getByRole('region', { name: 'Privacy choices' });
      await box.waitFor();
      expect(await bannerOf(page).getAttribute('class')).toBe('banner box');
      expect(await focus(page)).toBe('A cpoms');
      expect(await storageOf(page)).toEqual(NOTHING_STORED);
      expect(await page.locator('#running-tags [data-running]').count()).toBe(0);
      await page.locator('.masthead nav a').first().click();
      await hostOf(page).getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await box.waitFor();
      const acknowledged = nextSync(page, 'acknowledged');
      await box.getByRole('button', { name: 'Reject all' }).click();
      await acknowledged;
      expect((await receiptsOf(page))[0]?.presentation?.layout).toBe('banner-box');
    }
  });
});

it('inline stands in the place that the page has for it, and is a box where there is none', async () => {
  await configure({ layout: 'inline' });
  const page = await visit({ place: '300px' });
  expect(await page.evaluate(() => document.querySelector('candour-banner')?.parentElement?.dataset['candour'])).toBe('banner');
  expect(await bannerOf(page).evaluate((banner) => getComputedStyle(banner).position)).toBe('static');
  expect(await page.locator('candour-space').count()).toBe(0);
  const without = await visit();
  expect(await bannerOf(without).getAttribute('class')).toBe('banner box');
  expect(await bannerOf(without).evaluate((banner) => getComputedStyle(banner).position)).toBe('fixed');
});

/** What assistive technology gets, in its order: "role name" of what has one of these roles. */
async function readOut(page: Page, roles: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines = (id: string): string[] => {
    const node = byId.get(id);
    if (!node) return [];
    const [role, name] = [String(node.role?.value), String(node.name?.value ?? '')];
    return [...(!node.ignored && roles.includes(role) ? [`${role} ${name}`] : []), ...(node.childIds ?? []).flatMap(lines)];
  };
  return lines(nodes[0]?.nodeId ?? '');
}

it('R27 R28 is read out first, each control by its name and kind, and a status says what became of the choice', async () => {
  await configure({ layout: 'box' });
  const page = await visit();
  expect((await readOut(page, ['region', 'heading', 'link', 'button'])).slice(0, 7)).toEqual([
    'region Privacy choices',
    'heading Your choice about this site',
    'link Privacy notice',
    'link Cookie policy',
    'button Accept all',
    'button Reject all',
    'button Choose',
  ]);
  await hostOf(page).getByRole('button', { name: 'Reject all' }).click();
  await expect.poll(() => page.getByRole('status').allTextContents()).not.toEqual(['']);
  expect(await readOut(page, ['status', 'button'])).toEqual(expect.arrayContaining(['status ', 'button Privacy choices']));
});

describe('a theme', () => {
  beforeAll(() => configure({ layout: 'box' }));

  it('R2 L7 changes both answers or neither, whatever the page tries', async () => {
    const page = await visit({
      css: `
        :root { --candour-fill: rgb(10 90 60); --candour-on: rgb(255 255 255); --candour-radius: 0px; --candour-font: Georgia, serif }
        candour-banner::part(button) { text-transform: uppercase }
        candour-banner::part(button):first-child, candour-banner::part(button):nth-child(1), candour-banner::part(accept) { opacity: .1 }
        candour-banner button:first-of-type, candour-banner .answers :first-child { font-size: 30px }
        button { color: red; transform: rotate(3deg) }`,
    });
    await expectEqualAnswers(page, 'themed');
    const [accept] = await answersOf(page);
    expect(accept?.look).toMatchObject({
      backgroundColor: 'rgb(10, 90, 60)',
      color: 'rgb(255, 255, 255)',
      textTransform: 'uppercase',
      opacity: '1',
      transform: 'none',
      fontFamily: 'Georgia, serif',
    });
    expect(await bannerOf(page).evaluate((banner) => getComputedStyle(banner).borderTopLeftRadius)).toBe('0px');
    await hostOf(page).getByRole('button', { name: 'Choose' }).click();
    const save = page.getByRole('dialog').getByRole('button', { name: 'Save choices' });
    expect(await save.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(10, 90, 60)');
  });

  it('follows a switch of the page itself, and the configuration where that says light or dark', async () => {
    const page = await visit({ css: '.night candour-banner { color-scheme: dark }' });
    const surface = (at: Page): Promise<string> => bannerOf(at).evaluate((banner) => getComputedStyle(banner).backgroundColor);
    expect(await surface(page)).toBe('rgb(255, 255, 255)');
    await page.evaluate(() => document.documentElement.classList.add('night'));
    expect(await surface(page)).toBe('rgb(23, 26, 33)');
    await configure({ layout: 'box', theme: 'dark' });
    expect(await surface(await visit())).toBe('rgb(23, 26, 33)');
    await configure({ layout: 'box' });
  });

  it('L6 of too little contrast is found by the banner lint', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="en"><title>Themed</title><script src="${demo.service}/w/cpoms.js"></script>` +
          '<style>:root{--candour-fill:#9ab;--candour-on:#cde}</style><h1>A page</h1><p>Its words.</p></html>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const found = lintPage(await measurePage(browser, `http://localhost:${(server.address() as AddressInfo).port}/`));
      expect(found.filter(({ rule }) => rule === 'L6').length).toBeGreaterThanOrEqual(2);
      expect(found.filter(({ rule }) => rule === 'L7')).toEqual([]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

const ASSESSED = {
  assessment: {
    id: 'DPIA-2026-014',
    day: '2026-05-01',
    powerImbalance: 'There are other places to read the same.',
    fee: 'What a reader brings in, rounded down.',
    equivalence: 'Who pays reads the same pages.',
    privacyByDesign: 'Nothing is stored before the answer.',
  },
  price: '£3 a month',
  offer: '/?offer',
};
const eventOf = (jws: string): { actor: string; method: string } =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { actor: string; method: string };

// What is set stays set: these come last.
describe('a site with more to say', () => {
  it('R14 R27 where children use it, a parent’s box is reached by keyboard in the dialog, and the service has who decided', async () => {
    await configure({ layout: 'modal', children: {} });
    const page = await visit({ viewport: { width: 320, height: 640 } });
    expect(await axeFindings(page)).toEqual([]);
    await expectEqualAnswers(page, 'with a parent’s box');
    expect(await sideways(page)).toBe(0);
    const box = hostOf(page).getByRole('checkbox', { name: 'I am the parent or guardian and decide for a child under 13' });
    for (let i = 0; i < 8 && !(await box.evaluate((one) => one.matches(':focus'))); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await box.isChecked()).toBe(true);
    const acknowledged = nextSync(page, 'acknowledged');
    await hostOf(page).getByRole('button', { name: 'Reject all' }).click();
    await acknowledged;
    const [receipt] = await receiptsOf(page);
    expect(eventOf(receipt?.event ?? '')).toMatchObject({ actor: 'parent', method: 'reject_all' });
    expect(receipt?.presentation?.controls).toContainEqual(expect.objectContaining({ id: 'parent', kind: 'checkbox' }));
  });

  it('R1 R2 R4 R10 L36 where it is paid for, the dialog stays until it is answered, and refusing leads to the offer', async () => {
    await configure({ layout: 'modal', consentOrPay: ASSESSED });
    const page = await visit();
    await expectEqualAnswers(page, 'consent or pay');
    expect(await axeFindings(page)).toEqual([]);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await page.mouse.click(20, 400);
    // Closed by the browser, it comes back with the event that says so.
    await expect
      .poll(() => bannerOf(page).evaluate((one) => [one.className, one.matches(':modal')]))
      .toEqual(['banner modal', true]);
    expect(await storageOf(page)).toEqual(NOTHING_STORED);
    expect(await bannerOf(page).innerText()).toContain('Who rejects it pays for this site: £3 a month.');
    await hostOf(page).getByRole('button', { name: 'Reject all and pay' }).click();
    await page.waitForURL('**/?offer');
    // The page was left before the service's answer: this one fetches the receipt.
    await expect.poll(async () => (await receiptsOf(page)).length, { timeout: 20_000 }).toBe(1);
    const [receipt] = await receiptsOf(page);
    expect(eventOf(receipt?.event ?? '')).toMatchObject({ actor: 'self', method: 'reject_all' });
    expect(await hostOf(page).count()).toBe(0);
  });
});
