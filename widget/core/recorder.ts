// The ledger's chunk: makes a choice durable and sends it at once. Loading it opens no database; the first choice does, or a
// database that is already there. What comes after (acknowledgements, backlog, restoring, receipts) is in delivery.ts and loads
// when it is needed: never before a choice is written.
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import type { Channels } from './channels.ts';
import { setPending, writeMirror } from './cookies.ts';
import type * as DeliveryChunk from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { hasLedger, isAhead, openLedger, type Ledger, type LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import { presentationOf } from './presentation.ts';
import { recordEvent, recordMoved } from './record.ts';
import type { Records } from './records.ts';
import { postEvents, type Sent } from './transport.ts';
import type { Recording, RecorderHost, Screen } from './widget.ts';

/** A receipt and what it is about. */
export interface TellingReceipt {
  id: string;
  at: string;
  method: string;
  receipt: Receipt;
}

/** What the delivery needs of the chunk that it comes after. */
export interface Writing {
  open(): Promise<Ledger>;
  /** Writes an event, under the lock that its caller holds. */
  append(recording: Recording, after?: () => Mirror): Promise<LedgerEvent>;
  deliver(newest?: LedgerEvent, contacts?: Sent['contacts']): Promise<void>;
}

export interface Recorder {
  /** What was on screen as it is recorded; `offered` are the purposes that were asked about. */
  presentation(screen: Screen, offered: readonly string[]): Promise<Presentation>;
  /**
   * Resolves when the choice is on disk, and in the mirror cookie; rejects if it could not be written. `after` makes the mirror that
   * holds from then on, while no other tab can choose.
   */
  record(recording: Recording, after?: () => Mirror): Promise<LedgerEvent>;
  /** A choice that makes no event: in the mirror cookie, and in the database if there is one. */
  keep(after: () => Mirror): Promise<void>;
  /**
   * Records what a form said and sends it: what was not ticked only where nothing is given. Its caller has noted it (form-note.ts),
   * so that the next page records it should this one be gone too soon. Rejects if it could not be written.
   */
  recordForm(recording: Recording): Promise<void>;
  /** Sends what waits, the newest first and so that its request outlives the page. Never rejects. */
  deliver(newest?: LedgerEvent): Promise<void>;
  /**
   * What holds according to the ledger; null if it knows nothing. `survived` is the mirror cookie where a choice is not delivered: if
   * the ledger is gone, or the choice never reached it, what the cookie says and what still holds of it is recorded again, as
   * restored. `write`: the cookie is needed again. Creates nothing where nothing is left.
   */
  restore(survived: Mirror | null, write: boolean): Promise<Mirror | null>;
  /** Oldest first. */
  receipts(): Promise<TellingReceipt[]>;
  /** The ledger, for what shows or erases it; null where there is none: creates nothing. */
  ledger(): Promise<Records | null>;
  /** What was last said about each marketing channel. */
  channels(): Promise<Channels>;
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
  const isThere = (): Promise<boolean> => hasLedger(site);
  /** Until when the service asked not to be asked, as of the newest choice. */
  let quiet = 0;

  /** Under the lock. */
  const append: Writing['append'] = async (recording, after) => {
    await recordMoved(await open(), host, sha256);
    const written = await recordEvent(await open(), host, recording, sha256, after ?? (() => null));
    const { entry, mirror } = written;
    quiet = written.quiet;
    setPending(site, true);
    if (mirror) writeMirror(site, mirror, boot.cookieDomain);
    return entry;
  };

  let delivery: Delivery | undefined;
  const later = async (): Promise<Delivery> => {
    const { createDelivery } = await host.load<typeof DeliveryChunk>('delivery');
    return (delivery ??= createDelivery(host, { open, append, deliver }));
  };

  async function deliver(newest?: LedgerEvent, contacts?: Sent['contacts']): Promise<void> {
    const sends = newest && !isAhead(quiet, Date.now());
    const answer = sends ? postEvents(boot, [{ stored: newest, contacts }], [], true) : undefined;
    try {
      await (await later()).deliver(newest, answer);
    } catch {
      // The service is away, or the storage: what is left goes when the browser is online again, or with the next page.
      setPending(site, true);
      host.sync({ state: 'pending', reason: 'SERVICE_UNREACHABLE', events: newest ? [newest.event.id] : [] });
      addEventListener('online', () => void deliver(), { once: true });
    }
  }

  return {
    presentation: async (screen, offered) => presentationOf(host, await host.banner(), screen, offered),
    record: (recording, after) => locked(ledgerLock(site), () => append(recording, after)),
    keep: (after) =>
      locked(ledgerLock(site), async () => {
        const mirror = after();
        if (await isThere()) await (await open()).keepMirror(mirror);
        writeMirror(site, mirror, boot.cookieDomain);
      }),
    deliver,
    recordForm: async (recording) => (await later()).recordForm(recording),
    restore: async (survived, write) => (await later()).restore(survived, write),
    receipts: async () => ((await isThere()) ? (await later()).receipts() : []),
    ledger: async () => ((await isThere()) ? (await later()).records() : null),
    channels: async () => ((await isThere()) ? (await later()).channels() : {}),
  };
}
