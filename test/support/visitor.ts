// What a visitor does on a page with the widget, and what the page tells of it.
import type { Locator, Page } from 'playwright-core';

import { pendingName } from '../../shared/consent/mirror.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type { DecisionDetail, SyncDetail } from '../../widget/core/api.ts';

type Button = 'Accept all' | 'Reject all' | 'Choose' | 'Save choices' | 'Withdraw all' | 'Privacy choices';

export const button = (page: Page, name: Button): Locator => page.getByRole('button', { name, exact: true }).first();

export const banner = (page: Page): Locator => page.locator('candour-banner').getByRole('region');

/** Resolves with the detail of the next `candour:` event of that kind that says so; call it before what causes it. */
function heard<T>(page: Page, type: 'decision' | 'sync', state?: string): Promise<T> {
  return page.evaluate(
    ([name, wanted]) =>
      new Promise<unknown>((resolve) => {
        const listen = (event: Event): void => {
          const { detail } = event as CustomEvent<{ state?: string }>;
          if (wanted && detail.state !== wanted) return;
          document.removeEventListener(`candour:${name}`, listen);
          resolve(detail);
        };
        document.addEventListener(`candour:${name}`, listen);
      }),
    [type, state] as const,
  ) as Promise<T>;
}

export const nextDecision = (page: Page): Promise<DecisionDetail> => heard(page, 'decision');
export const nextSync = (page: Page, state: SyncDetail['state']): Promise<SyncDetail> => heard(page, 'sync', state);

/** Clicks, and waits until the choice is written. */
export async function choose(page: Page, name: Button): Promise<DecisionDetail> {
  const decision = nextDecision(page);
  await button(page, name).click();
  return decision;
}

/** Clicks, and waits until the service has acknowledged the choice, and the page has noted that nothing waits any more. */
export async function chooseAndDeliver(page: Page, name: Button): Promise<{ decision: DecisionDetail; sync: SyncDetail }> {
  const sync = nextSync(page, 'acknowledged');
  const done = { decision: await choose(page, name), sync: await sync };
  await nothingWaits(page);
  return done;
}

/**
 * Once the flag that something waits is gone: it goes behind the acknowledgement, and a page that finds it loads what would deliver.
 * Not by frames: a tab behind another draws none.
 */
export const nothingWaits = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    ([start = '', end = '']) =>
      !document.cookie.split('; ').some((pair) => pair.startsWith(start) && pair.split('=')[0]?.endsWith(end)),
    pendingName('*').split('*'),
    { polling: 50, timeout: 30_000 },
  );

/** Clicks, and waits until the withdrawal is written and the page has begun again, if something of it ran. */
export async function withdrawAll(page: Page): Promise<DecisionDetail> {
  const again = page.waitForEvent('domcontentloaded');
  const decision = await choose(page, 'Withdraw all');
  if (decision.ends === 'reload') await again;
  else again.catch(() => undefined);
  return decision;
}

export const receiptsOf = (page: Page): Promise<Receipt[]> => page.evaluate(() => window.candour?.receipts() ?? []);

/** Waits until the page's widget is ready, and gives what holds. */
export const statusOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    await window.candour?.ready;
    return window.candour?.status() ?? {};
  });

/** Events that the widget still has to deliver. Opens the database only where it is. */
export const outboxSize = (page: Page, site: string): Promise<number> =>
  page.evaluate(async (name) => {
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(new Error(String(opening.error)));
      opening.onsuccess = () => {
        const counting = opening.result.transaction('outbox').objectStore('outbox').count();
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result);
        };
      };
    });
  }, `candour-${site}`);

/** Once these of the widget's files are there, named as in `/w/assets/…/<name>.js`; `details`: what the preference centre says. */
export async function filesLoaded(page: Page, ...names: string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const there = performance.getEntriesByType('resource').map(({ name }) => name);
      return wanted.every((one) => there.some((name) => name.includes(one === 'details' ? '/details/' : `/${one}.js`)));
    },
    names,
    { timeout: 30_000 },
  );
}
