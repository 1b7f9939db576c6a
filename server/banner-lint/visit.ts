// One visit of a person who has never been here: opens the page, looks at its banner, presses what it is told to, and tells what was
// stored and requested.
import type { Browser, BrowserContext, Frame, JSHandle, Page, Request } from 'playwright-core';

import type { Act, BannerControl, Outcome } from '../../shared/banner-lint/page-description.ts';
import { patternOf } from '../../shared/banner-lint/words.ts';
import type { PageWindow } from './dom.ts';
import { look, type Look, type PageWords } from './in-page.ts';

const NAMES = [
  'accept',
  'reject',
  'settings',
  'save',
  'close',
  'pay',
  'notice',
  'withdraw',
  'vague',
  'consent',
  'partners',
] as const;
const WORDS = Object.fromEntries(NAMES.map((name) => [name, patternOf(name).source])) as unknown as PageWords;

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };

/** A banner that loads later than this is not waited for. */
const BANNER_MS = 6_000;
const SETTLE_MS = 5_000;
/** Twice that long without a request in flight, and the page has settled. */
const QUIET_MS = 100;
const DAY_S = 86_400;

export interface Visit {
  page: Page;
  /** Requests since the page was first opened, without their queries. */
  requested: string[];
  /** Looks again. The frame is where the banner was seen. */
  look(): Promise<Look & { frame: Frame }>;
  /** Looks until there is a banner, or gives up. */
  awaitBanner(): Promise<Look & { frame: Frame }>;
  press(seen: Look & { frame: Frame }, index: number): Promise<void>;
  /** Presses the control for that, if the banner has one. */
  pressAct(act: Act): Promise<boolean>;
  settle(): Promise<void>;
  outcome(): Promise<Outcome>;
  close(): Promise<void>;
}

const withoutQuery = (url: string): string => url.split(/[?#]/)[0] ?? url;

/** Time and again: what is in storage, as lines that can be compared. Long values are told by their name alone: they are ids. */
async function storageEffects(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { localStorage, sessionStorage, indexedDB } = globalThis as unknown as PageWindow;
    const lines = (kind: string, storage: Record<string, string>): string[] =>
      Object.entries(storage).flatMap(([key, value]) => [
        `${kind}:${key}`,
        ...(value.length <= 400 ? [`${kind}:${key}=${value}`] : []),
      ]);
    const stored = (kind: string, read: () => Record<string, string>): string[] => {
      try {
        return lines(kind, { ...read() });
      } catch {
        return [];
      }
    };
    const databases = await Promise.resolve(indexedDB.databases?.()).catch(() => []);
    return [
      ...stored('local', () => localStorage),
      ...stored('session', () => sessionStorage),
      ...(databases ?? []).map(({ name = '' }) => `database:${name}`),
    ];
  });
}

async function outcomeOf(context: BrowserContext, page: Page, requested: readonly string[]): Promise<Outcome> {
  const cookies = await context.cookies();
  const now = Date.now() / 1000;
  return {
    cookies: cookies.map(({ name, domain, expires }) => ({
      name,
      domain,
      days: expires === -1 ? null : Math.round(((expires - now) / DAY_S) * 10) / 10,
    })),
    effects: [
      ...cookies.flatMap(({ name, value }) => [`cookie:${name}`, ...(value.length <= 400 ? [`cookie:${name}=${value}`] : [])]),
      ...(await storageEffects(page).catch(() => [])),
      ...new Set(requested.map((url) => `request:${url}`)),
    ],
  };
}

export async function openVisit(browser: Browser, url: string, viewport = WIDE): Promise<Visit> {
  const context = await browser.newContext({ viewport, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const requested: string[] = [];
  page.on('request', (request: Request) => void requested.push(withoutQuery(request.url())));
  const inFlight = new Set<Request>();
  page.on('request', (request) => void inFlight.add(request));
  page.on('requestfinished', (request) => void inFlight.delete(request));
  page.on('requestfailed', (request) => void inFlight.delete(request));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  await page.goto(url, { waitUntil: 'load', timeout: 30_000 });

  const lookNow = async (): Promise<Look & { frame: Frame }> => {
    const main = { ...(await page.evaluate(look, WORDS)), frame: page.mainFrame() };
    if (main.banner) return main;
    for (const frame of page.frames().slice(1, 12)) {
      const seen = await frame.evaluate(look, WORDS).catch(() => null);
      if (seen?.banner) return { ...main, banner: seen.banner, pressable: seen.pressable, frame };
    }
    return main;
  };
  const settle = async (): Promise<void> => {
    const until = Date.now() + SETTLE_MS;
    for (let quiet = 0; quiet < 2 && Date.now() < until; quiet = inFlight.size === 0 ? quiet + 1 : 0)
      await page.waitForTimeout(QUIET_MS);
    await page.waitForLoadState('load', { timeout: SETTLE_MS }).catch(() => undefined);
  };
  const visit: Visit = {
    page,
    requested,
    look: lookNow,
    async awaitBanner() {
      const until = Date.now() + BANNER_MS;
      for (;;) {
        const seen = await lookNow().catch(() => null);
        if (seen && (seen.banner || Date.now() > until)) {
          // One more look once it stands still.
          await page.waitForTimeout(350);
          return lookNow();
        }
        await page.waitForTimeout(150);
        if (Date.now() > until + BANNER_MS) return lookNow();
      }
    },
    async press({ frame }, index) {
      const handle: JSHandle = await frame.evaluateHandle((at) => (globalThis as unknown as PageWindow).candourLint?.[at], index);
      const element = handle.asElement();
      if (!element) throw new Error('what was seen of the banner is gone');
      await element
        .click({ timeout: 2_000 })
        .catch(() => element.evaluate((node) => (node as unknown as { click(): void }).click()));
      await settle();
    },
    async pressAct(act) {
      const seen = await lookNow();
      const at = seen.banner?.controls.findIndex((control) => control.act === act) ?? -1;
      if (at < 0) return false;
      await visit.press(seen, at);
      return true;
    },
    settle,
    outcome: () => outcomeOf(context, page, requested),
    close: () => context.close(),
  };
  return visit;
}

export const controlFor = (controls: readonly BannerControl[] | undefined, act: Act): number =>
  controls?.findIndex((control) => control.act === act) ?? -1;
