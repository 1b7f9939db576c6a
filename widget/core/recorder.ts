// The ledger's chunk: makes a choice durable and sends it at once. Loading it opens no database; the first choice does, or a
// database that is already there. What comes after (acknowledgements, backlog, restoring, receipts) is in delivery.ts and loads when it is needed.
import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { setPending, writeMirror } from './cookies.ts';
import type { Delivery } from './delivery.ts';
import { readFormNote, writeFormNote } from './form-note.ts';
import { openLedger, type Ledger, type LedgerEvent } from './ledger.ts';
import { locked } from './lock.ts';
import { presentationOf } from './presentation.ts';
import { eventId, recordEvent } from './record.ts';
import { postEvents } from './transport.ts';
import type { Recording, RecorderHost, Screen } from './widget.ts';

/** activity -> sender -> channel -> state */
export type Channels = Record<string, Record<string, Record<string, MirrorState>>>;

/** A receipt and what it is about. */
export interface TellingReceipt {
  id: string;
  at: string;
  method: string;
  receipt: Receipt;
}

type StorageItem = WidgetBoot['purposes'][number]['storage'][number];

export interface Recorder {
  /** What was on screen as it is recorded; `offered` are the purposes that were asked about. */
  presentation(screen: Screen, offered: readonly string[]): Promise<Presentation>;
  /** Resolves when the choice is on disk; rejects if it could not be written. */
  record(recording: Recording): Promise<LedgerEvent>;
  /**
   * Records what a form said and sends it. Noted at once, so that the next page records it should this one be gone too soon.
   * Rejects if it could not be written.
   */
  recordForm(recording: Recording): Promise<void>;
  /** Sends what waits, the newest first and so that its request outlives the page. Never rejects. */
  deliver(newest?: LedgerEvent): Promise<void>;
  /**
   * What holds according to the ledger; null if nothing does. `survived` is the mirror cookie that outlived an undelivered
   * choice: if the ledger is gone, what it says is recorded again as restored. `write`: the cookie is needed again. Creates
   * nothing where nothing is left.
   */
  restore(survived: Mirror | null, write: boolean): Promise<Mirror | null>;
  /** Oldest first. */
  receipts(): Promise<TellingReceipt[]>;
  /** What was last said about each marketing channel. */
  channels(): Promise<Channels>;
  /** Deletes what purposes stored on the device; the names of items that could not be deleted from here. */
  deleteItems(items: readonly StorageItem[]): Promise<string[]>;
}

const sha256: Sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));

export function openRecorder(host: RecorderHost): Recorder {
  const { boot } = host;
  const { site } = boot;
  let opening: Promise<Ledger> | null = null;
  const open = (): Promise<Ledger> =>
    (opening ??= openLedger(site).catch((error: unknown) => {
      opening = null;
      throw error;
    }));
  const isThere = async (): Promise<boolean> =>
    opening !== null || (await indexedDB.databases()).some(({ name }) => name === `candour-${site}`);

  let delivery: Delivery | null = null;
  const delivering = async (): Promise<Delivery> => {
    const [{ createDelivery }, ledger] = await Promise.all([import('./delivery.ts'), open()]);
    return (delivery ??= createDelivery(host, ledger));
  };

  const record = async (recording: Recording): Promise<LedgerEvent> => {
    // What reads the answer loads while the choice is being written.
    import('./delivery.ts').catch(() => undefined);
    const ledger = await open();
    const event = await locked(`candour-${site}`, () => recordEvent(ledger, host, recording, sha256));
    setPending(site, true);
    return event;
  };
  const deliver = async (newest?: LedgerEvent): Promise<void> => {
    const answer = newest && postEvents(boot, [newest.jws], [], true);
    try {
      await (await delivering()).deliver(newest, answer);
    } catch {
      // The service is away, or the storage: what is left goes when the browser is online again, or with the next page.
      setPending(site, true);
      host.sync({ state: 'pending', reason: 'SERVICE_UNREACHABLE', events: newest ? [newest.event.id] : [] });
      addEventListener('online', () => void deliver(), { once: true });
    }
  };

  return {
    presentation: async (screen, offered) => presentationOf(host, await host.details().catch(() => null), screen, offered),
    record,
    deliver,
    async recordForm(recording) {
      const noted = { ...recording, id: eventId(Date.now()) };
      writeFormNote(site, noted);
      setPending(site, true);
      const event = await record(noted);
      writeFormNote(site, null);
      await deliver(event);
    },
    async restore(survived, write) {
      const note = readFormNote(site);
      if (!note && !survived && !(await isThere())) {
        setPending(site, false);
        return null;
      }
      const from = await delivering();
      if (note && !(await from.knows(note.id))) await record(note);
      writeFormNote(site, null);
      const restored = await from.restore();
      if (!restored.empty) {
        if (write && restored.mirror) writeMirror(site, restored.mirror, boot.cookieDomain);
        void deliver();
        return restored.mirror;
      }
      if (survived) {
        const { day, choices } = survived;
        await record({ method: 'save_choices', purposes: choices, presentation: null, restored: { day, choices } });
      }
      void deliver();
      return survived;
    },
    receipts: async () => ((await isThere()) ? (await delivering()).receipts() : []),
    channels: async () => ((await isThere()) ? (await delivering()).channels() : {}),
    deleteItems: async (items) => (await import('./delivery.ts')).deleteItems(items),
  };
}
