// The banner and the preference centre in Chromium in other languages: the page's `lang` decides, Arabic runs from right to left,
// long words fit a narrow screen. With CANDOUR_SCREENSHOTS=<folder> it leaves pictures there.
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { LOCALES } from '../../widget/messages/locales.ts';
import { brokenWords } from '../support/broken-words.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { nextSync, receiptsOf } from '../support/visitor.ts';

const FOLDER = process.env['CANDOUR_SCREENSHOTS'];
const WIDTHS = [1280, 320];

let demo: TestDemo;
let browser: Browser;

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** A demo site's page as if it were written in that language. */
async function pageIn(language: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 760 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  // Before the widget's script is run: an answer put in the way would be from no address, and may load nothing of this machine's.
  await page.addInitScript((lang) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      document.documentElement.lang = lang;
      document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
    }).observe(document, { childList: true });
  }, language);
  await page.goto(demo.site('cpoms'));
  await page.locator('candour-banner').getByRole('region').waitFor();
  return page;
}

const picture = async (page: Page, name: string): Promise<void> => {
  if (FOLDER) await page.screenshot({ path: join(FOLDER, `${name}.png`) });
};

/** What sticks out of the window or of its button, sideways. */
const overflowing = (page: Page, host: string): Promise<string[]> =>
  page.evaluate((name) => {
    const elements = [...(document.querySelector(name)?.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])];
    return elements
      .filter((element) => element.checkVisibility() && !element.closest('.unseen,.said,svg,[role=status]'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return (
          width > 0 &&
          (left < -1 || right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 1) &&
          element.tagName !== 'BDI' &&
          getComputedStyle(element).display !== 'inline'
        );
      })
      .map((element) => `${element.tagName} ${element.textContent}`);
  }, host);

/** Answers whose words come nearer to an edge of their button than 4 pixels, and words that are broken. */
async function cramped(page: Page, host: string): Promise<string[]> {
  const buttons = page.locator(`${host} .answers button`);
  const near = await buttons.evaluateAll((all) =>
    all.flatMap((button) => {
      const range = document.createRange();
      range.selectNodeContents(button);
      const { left, right } = button.getBoundingClientRect();
      const isNear = [...range.getClientRects()].some((line) => line.left - left < 4 || right - line.right < 4);
      return isNear ? [button.textContent] : [];
    }),
  );
  return [...near, ...(await brokenWords(buttons))];
}

const words = (language: string) => {
  const found = LOCALES[language];
  if (!found) throw new Error(`no ${language}`);
  return found;
};

test.each(['ar', 'de', 'el', 'fi', 'fr'])(
  'R13 L31 in %s the banner and the preference centre speak it, and fit the window',
  async (language) => {
    const { acceptAll, rejectAll, choose, control, save, title } = words(language);
    for (const width of WIDTHS) {
      const page = await pageIn(language, width);
      const banner = page.locator('candour-banner');
      expect([await banner.getAttribute('lang'), await banner.getAttribute('dir')]).toEqual([
        language,
        language === 'ar' ? 'rtl' : 'ltr',
      ]);
      expect(await banner.getByRole('button').allTextContents()).toEqual([acceptAll, rejectAll, choose]);
      expect(await banner.getByRole('heading').textContent()).toBe(title);
      expect(await banner.locator('bdi').first().getAttribute('lang')).toBe('en');
      const [accept, reject] = await Promise.all(
        [acceptAll, rejectAll].map((name) => banner.getByRole('button', { name, exact: true }).boundingBox()),
      );
      expect([width, Math.abs((accept?.width ?? 0) - (reject?.width ?? 1000)) <= (accept?.width ?? 0) * 0.05]).toEqual([
        width,
        true,
      ]);
      expect(accept?.height).toBe(reject?.height);
      expect(await overflowing(page, 'candour-banner')).toEqual([]);
      expect([width, await cramped(page, 'candour-banner')]).toEqual([width, []]);
      await picture(page, `${language}-${width}-banner`);
      await banner.getByRole('button', { name: choose, exact: true }).click();
      const centre = page.getByRole('dialog', { name: control });
      await centre.waitFor();
      // Faded in, so that the picture is of the preference centre alone.
      await centre.evaluate((dialog) => Promise.all(dialog.getAnimations().map(({ finished }) => finished)));
      await picture(page, `${language}-${width}-centre`);
      expect(await centre.getByRole('button', { name: save, exact: true }).count()).toBe(1);
      expect(await overflowing(page, 'candour-choices')).toEqual([]);
      expect([width, await cramped(page, 'candour-choices')]).toEqual([width, []]);
      const [agree, decline] = await Promise.all(
        [acceptAll, rejectAll].map((name) => centre.getByRole('button', { name, exact: true }).boundingBox()),
      );
      expect([decline?.y, decline?.width, decline?.height]).toEqual([agree?.y, agree?.width, agree?.height]);
      await page.context().close();
    }
  },
);

test('Arabic stands and reads from the right: the banner, its buttons, the control and the switches', async () => {
  const { acceptAll, rejectAll, choose, control } = words('ar');
  const page = await pageIn('ar', 1280);
  const banner = page.locator('candour-banner');
  const x = async (name: string): Promise<number> =>
    (await banner.getByRole('button', { name, exact: true }).boundingBox())?.x ?? -1;
  expect(await x(acceptAll)).toBeGreaterThan(await x(rejectAll));
  const box = await banner.getByRole('region').boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(1280 / 2);
  await banner.getByRole('button', { name: choose, exact: true }).click();
  const on = page.getByRole('switch').first();
  await on.waitFor();
  const label = await page.getByRole('dialog').getByRole('heading', { level: 3 }).first().boundingBox();
  expect((await on.boundingBox())?.x).toBeLessThan(label?.x ?? 0);
  const acknowledged = nextSync(page, 'acknowledged');
  await page.getByRole('dialog').getByRole('button', { name: rejectAll, exact: true }).click();
  await acknowledged;
  const shown = (await receiptsOf(page))[0]?.presentation;
  expect(shown?.language).toBe('ar');
  expect(shown?.controls.map(({ name }) => name)).toEqual(expect.arrayContaining([acceptAll, rejectAll]));
  const again = page.getByRole('button', { name: control, exact: true });
  await again.waitFor();
  expect((await again.boundingBox())?.x).toBeGreaterThan(1280 / 2);
  // Its page is in Arabic still, and what it says comes from the browser's own store.
  await page.reload();
  await again.waitFor();
  await page.context().close();
});

test('R13 a page that goes over to another language takes the open banner, placeholders, the control and the preference centre with it, and the record says which', async () => {
  const page = await pageIn('en', 1280);
  const speak = (lang: string) => page.evaluate((to) => void (document.documentElement.lang = to), lang);
  const title = page.locator('candour-banner h2');
  const { de, en } = LOCALES;
  expect(await title.textContent()).toBe(en?.title);
  await page.evaluate(() => {
    const film = document.createElement('iframe');
    Object.assign(film.dataset, { purpose: 'media', src: 'https://films.example/1' });
    document.body.append(film);
  });
  const once = page.locator('candour-placeholder', { hasText: 'films.example' }).getByRole('button').first();
  await expect.poll(() => once.textContent(), { timeout: 20_000 }).toBe(en?.embedOnce);
  await speak('de-AT');
  await expect.poll(() => once.textContent(), { timeout: 20_000 }).toBe(de?.embedOnce);
  await expect.poll(() => title.textContent(), { timeout: 20_000 }).toBe(de?.title);
  expect(await page.locator('candour-banner').count()).toBe(1);
  const acknowledged = nextSync(page, 'acknowledged');
  await page.getByRole('button', { name: de?.rejectAll ?? '' }).click();
  await acknowledged;
  expect((await receiptsOf(page))[0]?.presentation?.language).toBe('de');
  await speak('en');
  await page.getByRole('button', { name: en?.control ?? '' }).click();
  await expect.poll(() => page.getByRole('dialog').locator('h2').textContent(), { timeout: 20_000 }).toBe(en?.control);
  await page.context().close();
});

test('R13 words that come late for an earlier language take no place of those of the present one', async () => {
  const page = await pageIn('en', 1280);
  const speak = (lang: string) => page.evaluate((to) => void (document.documentElement.lang = to), lang);
  const title = page.locator('candour-banner h2');
  const control = page.locator('candour-choices button.control');
  const german = /\/details\/[^/]+\.de\.json$/;
  let letGo: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(german, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(german);
  await speak('de');
  const { url } = await asked.then((request) => ({ url: request.url() }));
  await speak('fi');
  await expect.poll(() => title.textContent(), { timeout: 20_000 }).toBe(words('fi').title);
  const arrived = page.waitForResponse(german);
  letGo?.();
  await (await arrived).finished();
  // Whoever asks behind it has been answered and the page drawn: so have been the widget's words.
  await page.evaluate(async (address) => {
    await (await fetch(address, { credentials: 'omit' })).json();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, url);
  expect([await title.textContent(), await control.textContent()]).toEqual([words('fi').title, words('fi').control]);
  await page.context().close();
});
