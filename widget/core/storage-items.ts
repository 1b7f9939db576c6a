// Deletes what purposes declared to store, when they end (R9): over every domain and path that a cookie of this page may have.
import type { ItemDetails } from '../../shared/site/details.ts';
import { cookieNames, cookieScopes, deleteCookie } from './cookies.ts';

/** A name may end in `*`. */
const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Ours: the choice itself, which a pattern such as `*` must not take along. */
const isOwn = (name: string): boolean => /^candour[-_]/.test(name);

/** ms. A database that is open somewhere goes only when that is closed. */
const DATABASE_PATIENCE = 1500;

/** Every path that a cookie which this page sees may have, and the one that was declared. */
function paths({ path }: ItemDetails): string[] {
  const parts = location.pathname.split('/');
  const prefixes = parts.flatMap((_, i) => {
    const prefix = parts.slice(0, i + 1).join('/');
    return [prefix, `${prefix}/`];
  });
  return [...new Set(['/', ...prefixes, ...(path ? [path] : [])])].filter(Boolean);
}

function deleteCookies(item: ItemDetails, isDoomed: (name: string) => boolean): void {
  // On another path it is not seen from here, but goes by its name.
  const names = new Set([...cookieNames(), ...(item.name.endsWith('*') ? [] : [item.name])]);
  for (const name of names)
    if (isDoomed(name)) for (const scope of cookieScopes()) for (const path of paths(item)) deleteCookie(name, scope, path);
}

function deleteFrom(storage: Storage, isDoomed: (name: string) => boolean): void {
  for (const key of Object.keys(storage)) if (isDoomed(key)) storage.removeItem(key);
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = reject;
    setTimeout(reject, DATABASE_PATIENCE);
  });

/** Rejects where one is left, or may be. */
async function deleteItem(item: ItemDetails, isDoomed: (name: string) => boolean): Promise<void> {
  switch (item.kind) {
    case 'cookie':
      deleteCookies(item, isDoomed);
      if (cookieNames().some(isDoomed)) throw new Error('a cookie is left');
      break;
    case 'local_storage':
      return deleteFrom(localStorage, isDoomed);
    case 'session_storage':
      return deleteFrom(sessionStorage, isDoomed);
    case 'indexed_db':
      for (const { name = '' } of await indexedDB.databases()) if (isDoomed(name)) await deleteDatabase(name);
      break;
    case 'cache_storage':
      // Only secure contexts have it.
      if (globalThis.caches) for (const name of await caches.keys()) if (isDoomed(name)) await caches.delete(name);
      break;
    default:
      throw new Error('nobody knows how');
  }
  if (item.setBy && item.setBy !== 'page') throw new Error('out of reach from here');
}

/** Deletes the ended purposes' items, except what `running` purposes declare too. Resolves to the names of those that are left. */
export async function deleteItems(ended: readonly ItemDetails[], running: readonly ItemDetails[]): Promise<string[]> {
  const left = await Promise.all(
    ended.map(async (item) => {
      const shared = running.filter(({ kind }) => kind === item.kind);
      const isDoomed = (name: string): boolean =>
        matches(item.name, name) && !isOwn(name) && !shared.some((other) => matches(other.name, name));
      try {
        await deleteItem(item, isDoomed);
        return [];
      } catch {
        return [item.name];
      }
    }),
  );
  return [...new Set(left.flat())];
}
