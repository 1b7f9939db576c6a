// The ledger's chunk: records choices, delivers them, restores what holds, gives out receipts. Loading it opens no database;
// the first choice, or a database that is already there, does.
import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { expiryOf } from './choices.ts';
import { openLedger, type Ledger, type LedgerEvent } from './ledger.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { readFormNote, writeFormNote } from './form-note.ts';
import { eventId, recordEvent } from './record.ts';
import { statusOfEvents } from './subject-key.ts';
import type { Recording, RecorderHost } from './widget.ts';

export interface RecordedEvent {
  id: string;
  stored: LedgerEvent;
}

/** activity -> sender -> channel -> state */
export type Channels = Record<string, Record<string, Record<string, MirrorState>>>;

export interface Recorder {
  /** Resolves when the choice is on disk; rejects if it could not be written. */
  record(recording: Recording): Promise<RecordedEvent>;
  /** Records what a form said and sends it. Noted at once, so that the next page records it should this one be gone too soon. Rejects if it could not be written. */
  recordForm(recording: Recording): Promise<void>;
  /** Sends what waits, the newest first and so that it outlives the page. Never rejects. */
  deliver(newest?: RecordedEvent): Promise<void>;
  /**
   * What holds according to the ledger; null if nothing does. `survived` is the mirror cookie that outlived an undelivered
   * choice: if the ledger is gone, what it says is recorded again as restored. Creates nothing where nothing is left.
   */
  restore(survived: Mirror | null): Promise<Mirror | null>;
  receipts(): Promise<Receipt[]>;
  /** What was last said about each marketing channel. */
  channels(): Promise<Channels>;
}

const RETRY_MS = [2_000, 8_000, 30_000, 120_000];

/** One writer at a time over all tabs of the site, where the browser has Web Locks. */
const locked = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(name, work) : work();

/** The log key that signed a head: after a rotation not the first. */
function signingKey(logKeys: readonly string[], checkpoint: string): string {
  const ids = parseCheckpoint(checkpoint).signatures.map(({ keyId }) =>
    [...keyId].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  return logKeys.find((key) => ids.includes(key.split('+')[1] ?? '')) ?? logKeys[0] ?? '';
}

export function openRecorder(host: RecorderHost): Recorder {
  const { boot } = host;
  const verifier = webCryptoVerifier<CryptoKey>(crypto.subtle);
  const lock = `candour-${boot.site}`;
  let opened: Promise<{ ledger: Ledger; outbox: Outbox }> | null = null;
  const open = () =>
    (opened ??= openLedger(boot.site).then(
      (ledger) => ({ ledger, outbox: createOutbox(ledger, host, verifier) }),
      (error: unknown) => {
        opened = null;
        throw error;
      },
    ));
  const isThere = async (): Promise<boolean> =>
    opened !== null || (await indexedDB.databases()).some(({ name }) => name === `candour-${boot.site}`);

  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drain = async (newest?: LedgerEvent): Promise<void> => {
    const { outbox, ledger } = await open();
    // The newest never waits for another tab's lock: this page may be about to go. Sending twice does no harm.
    const reason = newest ? await outbox.drain(newest) : await locked(`${lock}-outbox`, () => outbox.drain());
    clearTimeout(timer);
    if (reason === null) {
      failures = 0;
      return;
    }
    const events = await ledger.outbox();
    const stored = await Promise.all(events.map(({ subject, seq }) => ledger.event(subject, seq)));
    host.sync({ state: 'pending', reason, events: stored.flatMap((one) => (one ? [one.event.id] : [])) });
    timer = setTimeout(retry, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
  };
  const deliver = async (newest?: RecordedEvent): Promise<void> => {
    try {
      await drain(newest?.stored);
    } catch {
      // Storage went away under us; the outbox, if it is still there, is sent by the next page.
      host.pending(true);
    }
  };
  function retry(): void {
    if (failures > 0) void deliver();
  }
  addEventListener('online', retry);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retry();
  });

  const record = async (recording: Recording): Promise<RecordedEvent> => {
    const { ledger } = await open();
    const stored = await locked(lock, () => recordEvent(ledger, host, recording, verifier.sha256));
    host.pending(true);
    return { id: stored.event.id, stored };
  };

  const currentEvents = async (ledger: Ledger): Promise<LedgerEvent[]> => {
    const current = await ledger.head();
    return current ? ledger.events(current.head.subject) : [];
  };

  return {
    record,
    deliver,
    async recordForm(recording) {
      const noted = { ...recording, id: eventId(Date.now()) };
      writeFormNote(boot.site, noted);
      host.pending(true);
      const recorded = await record(noted);
      writeFormNote(boot.site, null);
      await deliver(recorded);
    },
    async restore(survived) {
      const note = readFormNote(boot.site);
      if (!note && !survived && !(await isThere())) {
        host.pending(false);
        return null;
      }
      const { ledger } = await open();
      if (note) {
        const known = (await ledger.events()).some(({ event }) => event.id === note.id);
        if (!known) await record(note);
        writeFormNote(boot.site, null);
      }
      const events = await currentEvents(ledger);
      if (events.length === 0 && survived) {
        const { day, choices } = survived;
        await record({ method: 'save_choices', purposes: choices, presentation: null, restored: { day, choices } });
      }
      void deliver();
      if (events.length === 0) return survived;
      const holding = Object.entries(statusOfEvents(events, boot, Date.now())).flatMap(([id, { state, since }]) =>
        since && !/^(unknown|expired|superseded)$/.test(state) ? [{ id, state: state as MirrorState, since }] : [],
      );
      const day = holding.map(({ since }) => since).sort()[0];
      if (!day) return null;
      const choices = Object.fromEntries(holding.map(({ id, state }) => [id, state]));
      return { terms: boot.terms.slice(0, 16), day, until: expiryOf(boot, day, Object.values(choices)), choices };
    },
    async receipts() {
      if (!(await isThere())) return [];
      const { ledger } = await open();
      const events = (await ledger.events()).sort((a, b) => (a.event.at < b.event.at ? -1 : 1));
      const receipts = events.map(async ({ jws, event, acknowledgement }): Promise<Receipt[]> => {
        if (!acknowledgement) return [];
        const presentation = (event.presentation && (await ledger.presentation(event.presentation))) || null;
        const { service, site, log } = boot;
        const logKey = signingKey(boot.logKeys, acknowledgement.checkpoint);
        return [{ v: 1, service, site, log, event: jws, presentation, logKey, ...acknowledgement }];
      });
      return (await Promise.all(receipts)).flat();
    },
    async channels() {
      const said: Channels = {};
      if (!(await isThere())) return said;
      for (const { event } of await currentEvents((await open()).ledger))
        for (const [activity, senders] of Object.entries(event.channels ?? {}))
          for (const [sender, channels] of Object.entries(senders))
            Object.assign(((said[activity] ??= {})[sender] ??= {}), channels);
      return said;
    },
  };
}
