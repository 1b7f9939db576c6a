// What is read of the ledger, and settled in it, after a choice was made: travels with the delivery.
import { readMirror, type Mirror } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { EPOCH, LATEST, PAUSE, QUIET, STRICT, type Head, type Ledger, type LedgerEvent, type OutboxEntry } from './ledger.ts';

/** How the tries to deliver went, kept where every window of this profile sees it. Moments in ms since 1970. */
export interface Pause {
  /** No window tries of itself before. */
  until: number;
  /** When the last try began. */
  tried: number;
  /** Tries in a row that failed. */
  failures: number;
  /** A stable code: why the last one failed. */
  reason: string;
}

export interface Records extends Ledger {
  /** The mirror cookie as of the newest choice. */
  mirror(): Promise<Mirror | null>;
  /** The latest day of which a mirror ever was; empty where there was none. */
  latest(): Promise<string>;
  event(subject: string, seq: number): Promise<LedgerEvent | undefined>;
  /** Oldest first within a subject. */
  events(subject?: string): Promise<LedgerEvent[]>;
  outbox(): Promise<OutboxEntry[]>;
  presentation(hash: string): Promise<Presentation | undefined>;
  /** Changes an event's outcome and its outbox entry in one transaction; `entry` null takes it out. */
  settle(event: LedgerEvent, entry: OutboxEntry | null): Promise<void>;
  /** The next event of that subject's profile starts a new subject. */
  retire(subject: string, why: NonNullable<Head['retired']>): Promise<void>;
  /** Into the outbox again, once for each epoch, goes what an earlier epoch acknowledged: a restored backup may lack it. */
  reopen(epoch: number): Promise<void>;
  pause(): Promise<Pause | null>;
  /** Until when the service asked not to be asked; 0: it did not. */
  quiet(): Promise<number>;
  /** `quiet`: until when the service asked not to be asked; null: it did not. A null `pause` ends both. */
  keepPause(pause: Pause | null, quiet: number | null): Promise<void>;
}

/** The first line of a signed head ends in it. */
const epochOf = (checkpoint: string): number => Number(/^\S+\/(\d+)\n/.exec(checkpoint)?.[1] ?? 0);

export function recordsOf(ledger: Ledger): Records {
  const { database } = ledger;
  return {
    ...ledger,
    mirror: async () => readMirror(await (await database()).get('mirror', 0)),
    latest: async () => (await (await database()).get('mirror', LATEST)) ?? '',
    event: async (subject, seq) => (await database()).get('events', [subject, seq]),
    events: async (subject) =>
      (await database()).getAll(
        'events',
        subject === undefined ? undefined : IDBKeyRange.bound([subject, 0], [subject, Infinity]),
      ),
    outbox: async () => (await database()).getAll('outbox'),
    presentation: async (hash) => (await database()).get('presentations', hash),
    async settle(event, entry) {
      const tx = (await database()).transaction(['events', 'outbox'], 'readwrite', STRICT);
      const outbox = tx.objectStore('outbox');
      await Promise.all([
        tx.objectStore('events').put(event),
        entry ? outbox.put(entry) : outbox.delete([event.subject, event.seq]),
        tx.done,
      ]);
    },
    async retire(subject, why) {
      const tx = (await database()).transaction('head', 'readwrite', STRICT);
      const head = await tx.store.get('head');
      if (head?.subject === subject && !head.retired) await tx.store.put({ ...head, retired: why }, 'head');
      await tx.done;
    },
    async reopen(epoch) {
      const tx = (await database()).transaction(['events', 'outbox', 'mirror'], 'readwrite', STRICT);
      const mirrors = tx.objectStore('mirror');
      if (Number((await mirrors.get(EPOCH)) ?? 0) < epoch) {
        for (const { subject, seq, acknowledgement } of await tx.objectStore('events').getAll())
          if (acknowledgement && epochOf(acknowledgement.checkpoint) < epoch)
            await tx.objectStore('outbox').put({ subject, seq, owes: false });
        await mirrors.put(`${epoch}`, EPOCH);
      }
      await tx.done;
    },
    pause: async () => JSON.parse((await (await database()).get('mirror', PAUSE)) ?? 'null') as Pause | null,
    quiet: async () => Number((await (await database()).get('mirror', QUIET)) ?? 0),
    async keepPause(pause, quiet) {
      const tx = (await database()).transaction('mirror', 'readwrite');
      await Promise.all([
        pause ? tx.store.put(JSON.stringify(pause), PAUSE) : tx.store.delete(PAUSE),
        quiet === null ? tx.store.delete(QUIET) : tx.store.put(`${quiet}`, QUIET),
        tx.done,
      ]);
    },
  };
}
