// The only file that opens IndexedDB. The ledger keeps every event of this browser profile, the outbox what the service has
// not acknowledged; both and the head change in one transaction with strict durability.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { ConsentEvent } from '../../shared/consent/event.ts';
import { mirrorValue, readMirror, type Mirror } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Acknowledgement } from '../../shared/consent/receipt.ts';
import type { SubjectJwk } from '../../shared/crypto.ts';

export interface SubjectKey {
  /** Not extractable. */
  privateKey: CryptoKey;
  jwk: SubjectJwk;
  /** RFC 7638 thumbprint. */
  subject: string;
  /** ms since 1970. */
  created: number;
}

/** Where the chain of the current subject stands. */
export interface Head {
  /** Number of the key in the key store. */
  key: number;
  subject: string;
  seq: number;
  hash: string | null;
  start: 'new' | 'forked';
  /** Why the next event starts a new subject: the service saw two events on one predecessor, or every choice has expired. */
  retired: 'forked' | 'expired' | null;
}

export interface LedgerEvent {
  subject: string;
  seq: number;
  /** The exact signed bytes; never signed twice. */
  jws: string;
  hash: string;
  event: ConsentEvent;
  acknowledgement: Acknowledgement | null;
  /** Code of a permanent rejection. */
  parked: string | null;
  /** The service erased it at the data subject's wish: it is not sent again. */
  erased?: true;
}

export interface OutboxEntry {
  subject: string;
  seq: number;
  /** The service asked for the presentation. */
  owes: boolean;
}

interface Schema extends DBSchema {
  keys: { key: number; value: SubjectKey };
  head: { key: 'head'; value: Head };
  events: { key: [string, number]; value: LedgerEvent };
  outbox: { key: [string, number]; value: OutboxEntry };
  presentations: { key: string; value: Presentation };
  /** The value of the mirror cookie as of the newest choice, under key 0. The first chunk reads it (stored-mirror.ts). */
  mirror: { key: number; value: string };
}

const STRICT = { durability: 'strict' } as const;

export interface Ledger {
  head(): Promise<{ head: Head; key: SubjectKey } | null>;
  /** Adds key number `number` and makes it the head. False if another tab was first: its key stands. */
  addKey(number: number, key: SubjectKey, start: Head['start']): Promise<boolean>;
  /** Ledger, presentation, outbox, head and mirror at once. False, and nothing written, if the head is not `before` any more. */
  append(before: Head, event: LedgerEvent, presentation: Presentation | null, mirror: Mirror | null): Promise<boolean>;
  /** The mirror cookie as of the newest choice. */
  mirror(): Promise<Mirror | null>;
  /** A choice that makes no event. */
  keepMirror(mirror: Mirror): Promise<void>;
  event(subject: string, seq: number): Promise<LedgerEvent | undefined>;
  /** Oldest first within a subject. */
  events(subject?: string): Promise<LedgerEvent[]>;
  outbox(): Promise<OutboxEntry[]>;
  presentation(hash: string): Promise<Presentation | undefined>;
  /** Changes an event's outcome and its outbox entry in one transaction; `entry` null takes it out. */
  settle(event: LedgerEvent, entry: OutboxEntry | null): Promise<void>;
  /** The next event of that subject's profile starts a new subject. */
  retire(subject: string, why: NonNullable<Head['retired']>): Promise<void>;
}

export const databaseName = (site: string): string => `candour-${site}`;
/** Creates nothing. */
export const hasLedger = async (site: string): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === databaseName(site));

/**
 * Creates the database if it is not there: call it only when there is something to write or the database was seen. When it was
 * closed under us it is opened again, and created again only to write a choice.
 */
export async function openLedger(site: string): Promise<Ledger> {
  let connection: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = (): void => {
    connection = null;
  };
  const connect = (): Promise<IDBPDatabase<Schema>> =>
    (connection ??= openDB<Schema>(databaseName(site), 2, {
      upgrade(database, version) {
        if (version < 1) {
          database.createObjectStore('keys');
          database.createObjectStore('head');
          database.createObjectStore('events', { keyPath: ['subject', 'seq'] });
          database.createObjectStore('outbox', { keyPath: ['subject', 'seq'] });
          database.createObjectStore('presentations');
        }
        database.createObjectStore('mirror');
      },
      // A newer version of the widget in another tab, or a visitor clearing storage, must not wait for this one.
      blocking(_current, _blocked, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    }));
  const reconnect = async (): Promise<IDBPDatabase<Schema>> => {
    if (!connection && !(await hasLedger(site))) throw new Error('the ledger is gone');
    return connect();
  };
  await connect();
  return {
    async head() {
      const tx = (await connect()).transaction(['head', 'keys']);
      const head = await tx.objectStore('head').get('head');
      const key = head && (await tx.objectStore('keys').get(head.key));
      return head && key ? { head, key } : null;
    },
    async addKey(number, key, start) {
      const tx = (await connect()).transaction(['keys', 'head'], 'readwrite', STRICT);
      const taken = await tx.objectStore('keys').getKey(number);
      if (taken !== undefined) return false;
      const head: Head = { key: number, subject: key.subject, seq: 0, hash: null, start, retired: null };
      await Promise.all([tx.objectStore('keys').add(key, number), tx.objectStore('head').put(head, 'head'), tx.done]);
      return true;
    },
    async append(before, event, presentation, mirror) {
      const stores = ['head', 'events', 'outbox', 'presentations', 'mirror'] as const;
      const tx = (await connect()).transaction(stores, 'readwrite', STRICT);
      const now = await tx.objectStore('head').get('head');
      if (now?.key !== before.key || now.seq !== before.seq || now.hash !== before.hash) return false;
      const { subject, seq, hash } = event;
      const shown = event.event.presentation;
      const writes = [
        tx.objectStore('events').add(event),
        tx.objectStore('outbox').add({ subject, seq, owes: false }),
        // Retired meanwhile stays retired.
        tx.objectStore('head').put({ ...now, seq, hash }, 'head'),
        ...(presentation && shown ? [tx.objectStore('presentations').put(presentation, shown)] : []),
        ...(mirror ? [tx.objectStore('mirror').put(mirrorValue(mirror), 0)] : []),
      ];
      // Said at once, so that a page that is being left does not take the transaction with it.
      tx.commit();
      await Promise.all([...writes, tx.done]);
      return true;
    },
    mirror: async () => readMirror(await (await reconnect()).get('mirror', 0)),
    async keepMirror(mirror) {
      const tx = (await reconnect()).transaction('mirror', 'readwrite', STRICT);
      await Promise.all([tx.store.put(mirrorValue(mirror), 0), tx.done]);
    },
    event: async (subject, seq) => (await reconnect()).get('events', [subject, seq]),
    events: async (subject) =>
      (await reconnect()).getAll(
        'events',
        subject === undefined ? undefined : IDBKeyRange.bound([subject, 0], [subject, Infinity]),
      ),
    outbox: async () => (await reconnect()).getAll('outbox'),
    presentation: async (hash) => (await reconnect()).get('presentations', hash),
    async settle(event, entry) {
      const tx = (await reconnect()).transaction(['events', 'outbox'], 'readwrite', STRICT);
      const outbox = tx.objectStore('outbox');
      await Promise.all([
        tx.objectStore('events').put(event),
        entry ? outbox.put(entry) : outbox.delete([event.subject, event.seq]),
        tx.done,
      ]);
    },
    async retire(subject, why) {
      const tx = (await reconnect()).transaction('head', 'readwrite', STRICT);
      const head = await tx.store.get('head');
      if (head?.subject === subject && !head.retired) await tx.store.put({ ...head, retired: why }, 'head');
      await tx.done;
    },
  };
}
