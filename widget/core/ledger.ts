// The only file that opens IndexedDB. The ledger keeps every event of this browser profile, the outbox what the service has
// not acknowledged; both and the head change in one transaction with strict durability. What is read and settled after a
// choice was made is in records.ts.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { ConsentEvent } from '../../shared/consent/event.ts';
import { mirrorValue, type Mirror } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Acknowledgement, ReceiptSource } from '../../shared/consent/receipt.ts';
import type { SubjectJwk } from '../../shared/crypto.ts';
import type { ContactValue, Recording } from './widget.ts';

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
  /** Whose acknowledgement it is: with it a receipt is whole, also for who reads the ledger without the widget. */
  source?: ReceiptSource;
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
  /** What a form's marketing channels reach: nowhere else in the browser, and gone with the acknowledgement. */
  contacts?: ContactValue[];
}

export interface Schema extends DBSchema {
  keys: { key: number; value: SubjectKey };
  head: { key: 'head'; value: Head };
  events: { key: [string, number]; value: LedgerEvent };
  outbox: { key: [string, number]; value: OutboxEntry };
  presentations: { key: string; value: Presentation };
  /**
   * Under key 0 the value of the mirror cookie as of the newest choice: the first chunk reads it (stored-mirror.ts). Under QUIET
   * until when the service asked not to be asked, in ms since 1970; under PAUSE how the tries to deliver went; under EPOCH which epoch
   * of the log is known to have what was acknowledged (records.ts); under LATEST the latest day of which a mirror ever was: a clock may
   * be set back.
   */
  mirror: { key: number; value: string };
}

export const STRICT = { durability: 'strict' } as const;
export const QUIET = 1;
export const PAUSE = 2;
export const EPOCH = 3;
export const LATEST = 4;

const DAY_MS = 86_400_000;
/** Is that moment still to come? No service is obeyed for longer than a day, nor a clock that has been set back since. */
export const isAhead = (until: number, now: number): boolean => until > now && until < now + DAY_MS;

export interface Ledger {
  /** Null before the first key, and where the database was deleted. */
  head(): Promise<{ head: Head; key: SubjectKey } | null>;
  /** Adds key number `number` and makes it the head. False if another tab was first: its key stands. */
  addKey(number: number, key: SubjectKey, start: Head['start']): Promise<boolean>;
  /**
   * Ledger, presentation, outbox, head and mirror at once. Null, and nothing written, if the head is not `before` any more; else
   * until when the service asked not to be asked, in ms since 1970.
   */
  append(
    before: Head,
    event: LedgerEvent,
    recording: Pick<Recording, 'presentation' | 'contacts'>,
    mirror: Mirror | null,
  ): Promise<number | null>;
  /** A choice that makes no event. */
  keepMirror(mirror: Mirror): Promise<void>;
  /** The database where it is. Rejects when it was deleted: only a choice makes it anew. */
  database(): Promise<IDBPDatabase<Schema>>;
  /** False as soon as it is deleted, from wherever: what was read of it before is not to be sent any more. */
  isOpen(): boolean;
}

/** Of two ISO days. */
const later = (a: string, b: string): string => (a > b ? a : b);

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
  const connect = (creates: boolean): Promise<IDBPDatabase<Schema>> =>
    (connection ??= openDB<Schema>(databaseName(site), 2, {
      upgrade(database, version, _wanted, tx) {
        // While a database is being deleted it may still be listed: an empty one in its place would look as if nothing waited.
        if (version < 1 && !creates) {
          tx.done.catch(() => undefined);
          return tx.abort();
        }
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
  const database = async (): Promise<IDBPDatabase<Schema>> => {
    if (!connection && !(await hasLedger(site))) throw new Error('the ledger is gone');
    return connect(false);
  };
  /** A reader's try under way, which creates nothing, may find it deleted: what is to be written is tried once more, of itself. */
  const toWrite = (): Promise<IDBPDatabase<Schema>> => connect(true).catch(() => connect(true));
  await connect(true);
  return {
    database,
    isOpen: () => connection !== null,
    async head() {
      const there = await database().catch(() => null);
      if (!there) return null;
      const tx = there.transaction(['head', 'keys']);
      const head = await tx.objectStore('head').get('head');
      const key = head && (await tx.objectStore('keys').get(head.key));
      return head && key ? { head, key } : null;
    },
    async addKey(number, key, start) {
      const tx = (await toWrite()).transaction(['keys', 'head'], 'readwrite', STRICT);
      const taken = await tx.objectStore('keys').getKey(number);
      if (taken !== undefined) return false;
      const head: Head = { key: number, subject: key.subject, seq: 0, hash: null, start, retired: null };
      await Promise.all([tx.objectStore('keys').add(key, number), tx.objectStore('head').put(head, 'head'), tx.done]);
      return true;
    },
    async append(before, event, { presentation, contacts }, mirror) {
      const stores = ['head', 'events', 'outbox', 'presentations', 'mirror'] as const;
      const tx = (await toWrite()).transaction(stores, 'readwrite', STRICT);
      const mirrors = tx.objectStore('mirror');
      const [now, quiet, latest = ''] = await Promise.all([
        tx.objectStore('head').get('head'),
        mirrors.get(QUIET),
        mirrors.get(LATEST),
      ]);
      if (now?.key !== before.key || now.seq !== before.seq || now.hash !== before.hash) return null;
      const { subject, seq, hash } = event;
      const shown = event.event.presentation;
      const writes = [
        tx.objectStore('events').add(event),
        tx.objectStore('outbox').add({ subject, seq, owes: false, ...(contacts?.length && { contacts }) }),
        // Retired meanwhile stays retired.
        tx.objectStore('head').put({ ...now, seq, hash }, 'head'),
        ...(presentation && shown ? [tx.objectStore('presentations').put(presentation, shown)] : []),
        ...(mirror ? [mirrors.put(mirrorValue(mirror), 0), mirrors.put(later(mirror.day, latest), LATEST)] : []),
      ];
      // Said at once, so that a page that is being left does not take the transaction with it.
      tx.commit();
      await Promise.all([...writes, tx.done]);
      return Number(quiet ?? 0);
    },
    async keepMirror(mirror) {
      const { store, done } = (await database()).transaction('mirror', 'readwrite', STRICT);
      const latest = (await store.get(LATEST)) ?? '';
      await Promise.all([store.put(mirrorValue(mirror), 0), store.put(later(mirror.day, latest), LATEST), done]);
    },
  };
}
