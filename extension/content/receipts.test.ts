// @vitest-environment happy-dom
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { CAPS } from '../caps.ts';
import { PATIENCE } from '../page-world/channel.ts';
import { receiptsOfPage } from './receipts.ts';

const NAME = 'candour-example';
const source = { service: 'https://consent.example', site: 'example', log: 'consent.example/example', logKey: 'key' };
const acknowledgement = { index: 4, leaf: { kind: 'event' }, proof: [], checkpoint: 'note' };

const event = (seq: number, more: object = {}) => ({
  subject: 'S',
  seq,
  jws: `jws ${seq}`,
  event: { at: `2026-11-22T10:00:${String(seq).padStart(4, '0')}`, presentation: null },
  acknowledgement,
  source,
  ...more,
});

/** As the widget's ledger. */
async function keep(events: readonly object[], presentations: Record<string, unknown> = {}, name = NAME): Promise<void> {
  const database = await openDB(name, 2, {
    upgrade(made) {
      made.createObjectStore('events', { keyPath: ['subject', 'seq'] });
      made.createObjectStore('presentations');
    },
  });
  for (const one of events) await database.put('events', one);
  for (const [hash, one] of Object.entries(presentations)) await database.put('presentations', one, hash);
  database.close();
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  document.body.innerHTML = '';
});

describe('receipts of the page', () => {
  it('R86 are whole: the event as it was signed, what was shown, and the acknowledgement of the service', async () => {
    const shown = event(1, { event: { at: '2026-11-22', presentation: 'H' } });
    await keep([shown, event(2, { acknowledgement: null, source: undefined })], { H: { v: 1 } });
    const given = await receiptsOfPage(document);
    expect(given).toMatchObject({ state: 'given', left: 0, unsourced: 0 });
    expect(given.state === 'given' && given.receipts.map((text) => JSON.parse(text) as unknown)).toEqual([
      { v: 1, ...source, event: 'jws 1', presentation: { v: 1 }, ...acknowledgement },
    ]);
  });

  it('are none where there is no widget, or one that has kept nothing yet, and nothing is made by looking', async () => {
    expect(await receiptsOfPage(document)).toEqual({ state: 'no_widget' });
    document.body.append(document.createElement('candour-choices'));
    expect(await receiptsOfPage(document)).toEqual({ state: 'given', receipts: [], left: 0, unsourced: 0 });
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('R86 of an earlier widget, which kept no source, are counted', async () => {
    await keep([event(1), event(2, { source: undefined }), event(3, { source: undefined, acknowledgement: null })]);
    expect(await receiptsOfPage(document)).toMatchObject({ receipts: [expect.stringContaining('jws 1')], left: 0, unsourced: 1 });
  });

  it('R88 hold up nothing that the page writes: one transaction a store, over as soon as it has begun', async () => {
    await keep(
      Array.from({ length: 20 }, (_, seq) => event(seq, { event: { at: `${seq + 10}`, presentation: `H${seq}` } })),
      Object.fromEntries(Array.from({ length: 20 }, (_, seq) => [`H${seq}`, { seq }])),
    );
    const begun: { stores: string[]; requests: number }[] = [];
    const begin = IDBDatabase.prototype.transaction;
    const ask = IDBObjectStore.prototype.get;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, stores, mode) {
      const made = begin.call(this, stores, mode);
      const one = { stores: [...made.objectStoreNames], requests: 0 };
      begun.push(one);
      // What is asked once an answer has come keeps it going.
      queueMicrotask(() => (one.requests = Number.NaN));
      return made;
    });
    let late = 0;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      const [one] = begun.filter(({ stores }) => stores.includes(this.name)).slice(-1);
      if (Number.isNaN(one?.requests)) late += 1;
      return ask.call(this, key);
    });
    const given = await receiptsOfPage(document);
    vi.restoreAllMocks();
    expect(given).toMatchObject({ state: 'given', left: 0 });
    expect(given.state === 'given' && given.receipts.at(-1)).toContain('"presentation":{"seq":19}');
    expect(begun.map(({ stores }) => stores)).toEqual([['events'], ['presentations']]);
    expect(late).toBe(0);
  });

  it('R88 are given up where the page keeps them waiting, so that what it writes next waits for nobody', async () => {
    await keep([event(1)]);
    const page = await openDB(NAME, 2);
    let holding = true;
    const held = page.transaction('events', 'readwrite');
    const hold = async (): Promise<void> => {
      while (holding) await held.store.get(['S', 1]);
    };
    const holds = hold();
    const begin = IDBDatabase.prototype.transaction;
    const gaveUp = vi.fn<() => void>();
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, stores, mode) {
      const made = begin.call(this, stores, mode);
      made.addEventListener('abort', gaveUp);
      return made;
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = receiptsOfPage(document);
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(PATIENCE / 2);
      expect(gaveUp).toHaveBeenCalledOnce();
    });
    vi.useRealTimers();
    vi.restoreAllMocks();
    expect(await asked).toEqual({ state: 'failed' });
    holding = false;
    await holds;
    page.close();
  });

  it('R88 are cut to the newest and to a size each, and what is none of the widget’s is left out', async () => {
    const turning: { self?: object } = {};
    turning.self = turning;
    await keep([
      ...Array.from({ length: CAPS.receipts + 5 }, (_, seq) => event(seq)),
      event(9000, { jws: 'x'.repeat(CAPS.receipt) }),
      event(9001, { acknowledgement: turning }),
      event(9002, { event: null }),
    ]);
    const given = await receiptsOfPage(document);
    expect(given).toMatchObject({ state: 'given', left: 7 });
    const last = given.state === 'given' ? given.receipts.at(-1) : '';
    expect(last).toContain(`"jws ${CAPS.receipts + 4}"`);
  });

  it('R88 fail where a database of that name is another’s', async () => {
    (await openDB(NAME, 9)).close();
    expect(await receiptsOfPage(document)).toEqual({ state: 'failed' });
    expect(await indexedDB.databases()).toEqual([{ name: NAME, version: 9 }]);
  });

  it('R88 fail after a while where the page keeps its database from opening, and let go of it then', async () => {
    await keep([event(1)]);
    const upgrade = indexedDB.open(NAME, 3);
    await new Promise((resolve) => (upgrade.onupgradeneeded = resolve));
    const held = upgrade.transaction?.objectStore('events');
    let holding = true;
    const hold = (): void => {
      const request = holding ? held?.get(['S', 1]) : undefined;
      if (request) request.onsuccess = hold;
    };
    hold();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = receiptsOfPage(document);
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(PATIENCE);
      expect(await Promise.race([asked, Promise.resolve(null)])).toEqual({ state: 'failed' });
    });
    vi.useRealTimers();
    holding = false;
    await new Promise((resolve) => (upgrade.onsuccess = resolve));
    upgrade.result.close();
    const blocked = vi.fn<() => void>();
    const deleting = indexedDB.deleteDatabase(NAME);
    deleting.onblocked = blocked;
    await new Promise((resolve) => (deleting.onsuccess = resolve));
    expect(blocked).not.toHaveBeenCalled();
  });

  it('R88 keep no one from deleting what they are read from', async () => {
    await keep([event(1)]);
    const asked = receiptsOfPage(document);
    const blocked = vi.fn<() => void>();
    await vi.waitFor(async () => {
      const deleting = indexedDB.deleteDatabase(NAME);
      deleting.onblocked = blocked;
      await new Promise((resolve) => (deleting.onsuccess = resolve));
    });
    await asked;
    expect(blocked).not.toHaveBeenCalled();
    expect(await indexedDB.databases()).toEqual([]);
  });
});
