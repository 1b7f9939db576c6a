// The receipts of the site's widget, read where the widget keeps them: the database of the page's own origin, which a content script may
// open without the page's world taking part. So a page that poses as our widget learns nothing, not even that somebody looked. Whatever
// stands there may be the page's own making: the background parses every receipt and checks it.
import { CAPS } from '../caps.ts';
import type { PageReceipts } from '../messages.ts';
import { PATIENCE } from '../page-world/channel.ts';
import { one } from './dom.ts';
import { isObject } from './page-world.ts';

// Databases and events that are looked at: a widget has one and some dozens.
const MOST_DATABASES = 4;
const MOST_EVENTS = 1000;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('not to be read'));
  });

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  // It was deleted meanwhile: nothing is made in its place.
  request.onupgradeneeded = () => request.transaction?.abort();
  return settled(request).then((database) => {
    // Whoever deletes or upgrades it need not wait for this, and so cannot tell by it.
    database.onversionchange = () => database.close();
    return database;
  });
}

// One store, in one transaction of its own that ends with what was asked at once: it holds up nothing that the page does there, so that the
// page cannot tell by the order of its own. One that the page keeps waiting is given up.
function inStore<T>(database: IDBDatabase, name: string, asks: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const transaction = database.transaction(name);
  const timer = setTimeout(() => transaction.abort(), PATIENCE / 2);
  return asks(transaction.objectStore(name)).finally(() => clearTimeout(timer));
}

// What the widget keeps of a choice that its service acknowledged.
interface Kept {
  at: string;
  shown: unknown;
  // Null: an earlier widget kept it without saying where it went.
  receipt: object | null;
}

interface Found {
  at: string;
  receipt: string | null;
}

// Null for an event without an acknowledgement, or what is no event.
function keptOf(stored: unknown): Kept | null {
  if (!isObject(stored)) return null;
  const { jws, event, source, acknowledgement } = stored;
  if (!isObject(acknowledgement) || !isObject(event)) return null;
  const receipt = isObject(source) ? { v: 1, ...source, event: jws, ...acknowledgement } : null;
  return { at: String(event['at']), shown: event['presentation'], receipt };
}

const byAge = (a: { at: string }, b: { at: string }): number => (a.at < b.at ? -1 : 1);

async function readDatabase(name: string): Promise<Found[]> {
  const database = await open(name);
  try {
    const events = await inStore(database, 'events', (store) => settled<unknown[]>(store.getAll(null, MOST_EVENTS)));
    const kept = events.flatMap((stored) => keptOf(stored) ?? []).sort(byAge);
    const hashes = [...new Set(kept.slice(-CAPS.receipts).map(({ shown }) => shown))].filter((one) => typeof one === 'string');
    const gets = (store: IDBObjectStore): Promise<(readonly [unknown, unknown])[]> =>
      Promise.all(hashes.map(async (hash) => [hash, await settled<unknown>(store.get(hash))] as const));
    const presentations = new Map(hashes.length > 0 ? await inStore(database, 'presentations', gets) : []);
    return kept.flatMap(({ at, shown: hash, receipt }) => {
      try {
        return { at, receipt: receipt && JSON.stringify({ ...receipt, presentation: presentations.get(hash) ?? null }) };
      } catch {
        // Turns in a circle: none of the widget's.
        return [];
      }
    });
  } finally {
    database.close();
  }
}

async function read(document: Document): Promise<PageReceipts> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('candour-') ? name : []));
  if (names.length === 0 && !one(document, 'candour-choices,candour-banner')) return { state: 'no_widget' };
  const all = await Promise.allSettled(names.slice(0, MOST_DATABASES).map(readDatabase));
  // One of that name that is another's hides none beside it.
  if (all.length > 0 && all.every(({ status }) => status === 'rejected')) return { state: 'failed' };
  const found = all.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const whole = found.sort(byAge).flatMap(({ receipt }) => receipt ?? []);
  const receipts = whole.slice(-CAPS.receipts).filter(({ length }) => length <= CAPS.receipt);
  return { state: 'given', receipts, left: whole.length - receipts.length, unsourced: found.length - whole.length };
}

// A database that the page keeps from opening fails after a while. Creates nothing.
export function receiptsOfPage(document: Document): Promise<PageReceipts> {
  return new Promise((resolve) => {
    const fail = (): void => resolve({ state: 'failed' });
    const timer = setTimeout(fail, PATIENCE);
    read(document)
      .then(resolve, fail)
      .finally(() => clearTimeout(timer));
  });
}
