// What stands in the storage that the page's scripts can see: names, never values. Taken at the first touch of the page, before any
// script of the page hears of it, because nobody can have chosen anything on this visit before.
import { CAPS } from '../caps.ts';
import type { StoredNames } from '../messages.ts';
import { cookieOf } from './dom.ts';

const cut = (names: readonly string[]): string[] =>
  [...new Set(names)].map((name) => name.slice(0, CAPS.storedName)).slice(0, CAPS.storedNames);

const TOUCHES = ['mousedown', 'keydown', 'click'];
/** Comes before those, but the browser prepares a page for it at length: it is heard once a pointer is over the page, as one that presses is. */
const EARLIEST = 'pointerdown';
const NEAR = 'mouseover';

/** Null where the page has no such storage, as in a sandbox. */
function read(names: () => string[]): string[] | null {
  try {
    return cut(names());
  } catch {
    return null;
  }
}

const cookieNames = (cookies: string): string[] =>
  cookies.split(';').flatMap((cookie) => {
    const end = cookie.indexOf('=');
    return end > 0 ? [cookie.slice(0, end).trim()] : [];
  });

async function databaseNames(): Promise<string[] | null> {
  try {
    return cut((await indexedDB.databases()).flatMap(({ name }) => name ?? []));
  } catch {
    return null;
  }
}

async function take(document: Document, touched: boolean): Promise<StoredNames> {
  const now = {
    touched,
    cookies: read(() => cookieNames(cookieOf(document))),
    local: read(() => Object.keys(localStorage)),
    session: read(() => Object.keys(sessionStorage)),
  };
  return { ...now, databases: await databaseNames() };
}

/** Pressed in a way that was not heard of, as a finger whose touch the page kept to itself: nobody knows what stood there before. */
const unheard = (): StoredNames => ({ touched: true, cookies: null, local: null, session: null, databases: null });
/** The browser's own word, also of a dialog in a frame. */
const wasPressed = (): boolean => (navigator as { userActivation?: UserActivation }).userActivation?.hasBeenActive === true;

/** Gives what stood there at the first touch, or stands there now where nothing was touched yet. */
export function storedNames(document: Document): () => Promise<StoredNames> {
  let first: Promise<StoredNames> | null = null;
  const touched = (event: Event): void => {
    if (!event.isTrusted) return;
    first ??= take(document, true);
    for (const type of [...TOUCHES, EARLIEST]) removeEventListener(type, touched, true);
    removeEventListener(NEAR, near, true);
  };
  const near = (): void => {
    removeEventListener(NEAR, near, true);
    addEventListener(EARLIEST, touched, { capture: true, passive: true });
  };
  for (const type of TOUCHES) addEventListener(type, touched, true);
  addEventListener(NEAR, near, true);
  return async () => first ?? (wasPressed() ? unheard() : take(document, false));
}
