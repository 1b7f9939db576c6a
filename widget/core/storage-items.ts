// Deletes what a purpose declared to store, when its consent is withdrawn (R9). Names may end in `*`.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { cookieNames, cookieScopes, writeCookie } from './cookies.ts';

type Item = WidgetBoot['purposes'][number]['storage'][number];

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

function deleteFrom(storage: () => Storage, pattern: string): boolean {
  try {
    for (const key of Object.keys(storage())) if (matches(pattern, key)) storage().removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function deleteItem({ kind, name }: Item): boolean {
  switch (kind) {
    case 'cookie':
      for (const cookie of cookieNames())
        if (matches(name, cookie)) for (const domain of cookieScopes()) writeCookie(cookie, '', 0, domain);
      return !cookieNames().some((cookie) => matches(name, cookie));
    case 'local_storage':
      return deleteFrom(() => localStorage, name);
    case 'session_storage':
      return deleteFrom(() => sessionStorage, name);
    case 'indexed_db':
      indexedDB.deleteDatabase(name);
      return true;
    default:
      return false;
  }
}

/** The names of items that could not be deleted from here. */
export const deleteItems = (items: readonly Item[]): string[] =>
  items.filter((item) => !deleteItem(item)).map(({ name }) => name);
