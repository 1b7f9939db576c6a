// What a site has left on the device: everything that a script or a server can write for an origin.
import type { Page } from 'playwright-core';

export interface StorageSnapshot {
  /** Cookies of the origin, HttpOnly ones included, by name. */
  cookies: Record<string, string>;
  localStorage: Record<string, string>;
  sessionStorage: Record<string, string>;
  /** Names of the IndexedDB databases. */
  databases: string[];
  /** Names of the caches of the Cache API. */
  caches: string[];
}

/** Reads, and writes nothing: `indexedDB.databases()` creates no database. */
export async function storageOf(page: Page): Promise<StorageSnapshot> {
  const cookies = await page.context().cookies(page.url());
  const inPage = await page.evaluate(async () => ({
    localStorage: Object.fromEntries(Object.entries(localStorage)) as Record<string, string>,
    sessionStorage: Object.fromEntries(Object.entries(sessionStorage)) as Record<string, string>,
    databases: (await indexedDB.databases()).flatMap(({ name }) => name ?? []).sort(),
    caches: 'caches' in globalThis ? (await caches.keys()).sort() : [],
  }));
  return { cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])), ...inPage };
}

/** What a device looks like that has never been written to. */
export const NOTHING_STORED: StorageSnapshot = { cookies: {}, localStorage: {}, sessionStorage: {}, databases: [], caches: [] };
