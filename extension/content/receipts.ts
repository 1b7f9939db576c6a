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

interface Found {
  at: string;
  receipt: string;
}

// Null for an event without an acknowledgement, or what is no event.
async function receiptOf(stored: unknown, presentations: IDBObjectStore): Promise<Found | null> {
  if (!isObject(stored)) return null;
  const { jws, event, source, acknowledgement } = stored;
  if (!isObject(source) || !isObject(acknowledgement) || !isObject(event)) return null;
  const { at, presentation: hash } = event;
  const presentation: unknown = typeof hash === 'string' ? await settled(presentations.get(hash)) : null;
  try {
    const receipt = JSON.stringify({ v: 1, ...source, event: jws, presentation: presentation ?? null, ...acknowledgement });
    return { at: String(at), receipt };
  } catch {
    // Turns in a circle: none of the widget's.
    return null;
  }
}

async function readDatabase(name: string): Promise<Found[]> {
  const database = await open(name);
  try {
    const stores = database.transaction(['events', 'presentations']);
    const events: unknown[] = await settled(stores.objectStore('events').getAll(null, MOST_EVENTS));
    const found = await Promise.all(events.map((stored) => receiptOf(stored, stores.objectStore('presentations'))));
    return found.filter((given) => given !== null);
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
  const newest = found.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-CAPS.receipts);
  const receipts = newest.map(({ receipt }) => receipt).filter(({ length }) => length <= CAPS.receipt);
  return { state: 'given', receipts, left: found.length - receipts.length };
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
