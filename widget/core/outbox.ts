// What the service has not acknowledged, and how it gets there: nothing leaves the outbox before its receipt is checked and stored.
import type { ProblemCode } from '../../shared/api.ts';
import type { Verifier } from '../../shared/crypto.ts';
import { provesRecorded, readAcknowledgement } from './acknowledgement.ts';
import type { Ledger, LedgerEvent, OutboxEntry } from './ledger.ts';
import { postEvents, type UncheckedResult } from './transport.ts';
import type { RecorderHost } from './widget.ts';

/** Rejections that sending again can't mend (shared/api.ts says which; outbox.test.ts compares). */
export const PERMANENT: readonly ProblemCode[] = [
  'BAD_JWS',
  'BAD_SIGNATURE',
  'WRONG_LOG',
  'ID_REUSED',
  'TOO_LARGE',
  'UNKNOWN_PURPOSE',
];
const MOST_EVENTS = 40;
/** Characters of events and presentations in a request: well under the 128 KiB that the service takes. */
const MOST_TEXT = 100_000;

type Waiting = { entry: OutboxEntry; stored: LedgerEvent };
type Outcome = 'settled' | 'waits';

const ends = ({ event }: LedgerEvent): boolean =>
  Object.values(event.purposes).some((state) => state === 'withdrawn' || state === 'objected');

/** Withdrawals and objections first, then in the order in which they were made. */
const urgentFirst = (a: Waiting, b: Waiting): number =>
  Number(ends(b.stored)) - Number(ends(a.stored)) || a.stored.seq - b.stored.seq;

export interface Outbox {
  /** Sends what waits: `newest` first and so that its request outlives the page. Resolves to the reason why something still waits, or null. */
  drain(newest?: LedgerEvent): Promise<string | null>;
}

export function createOutbox(ledger: Ledger, host: RecorderHost, verifier: Verifier): Outbox {
  const { boot } = host;

  const settle = async ({ stored, entry }: Waiting, result: UncheckedResult, need: readonly string[]): Promise<Outcome> => {
    const { id, presentation } = stored.event;
    if (result.status === 'rejected') {
      if (!PERMANENT.some((code) => code === result.code)) return 'waits';
      await ledger.settle({ ...stored, parked: result.code }, null);
      host.sync({ state: 'parked', reason: result.code ?? '', events: [id] });
      return 'settled';
    }
    if (result.status === 'erased') {
      await ledger.settle(stored, null);
      return 'settled';
    }
    const acknowledgement = readAcknowledgement(result.receipt);
    if (!acknowledgement || !(await provesRecorded(acknowledgement, stored.hash, boot.log, boot.logKeys, verifier))) {
      // An answer without proof is no acknowledgement: the event stays, and the page is told.
      host.sync({ state: 'pending', reason: 'RECEIPT_NOT_VERIFIED', events: [id] });
      return 'waits';
    }
    const owes = presentation !== null && need.includes(presentation);
    await ledger.settle({ ...stored, acknowledgement }, owes ? { ...entry, owes } : null);
    if (!owes) host.sync({ state: 'acknowledged', events: [id] });
    return owes ? 'waits' : 'settled';
  };

  /** Null: everything sent was settled; the answer's wishes are noted in the outbox. */
  const send = async (batch: Waiting[], leaving: boolean): Promise<string | null> => {
    const hashes = new Set(batch.flatMap(({ entry, stored }) => (entry.owes && stored.event.presentation) || []));
    const presentations = (await Promise.all([...hashes].map((hash) => ledger.presentation(hash)))).filter((one) => !!one);
    const answer = await postEvents(
      boot,
      batch.map(({ stored }) => stored.jws),
      presentations,
      leaving,
    );
    if (typeof answer === 'string') return answer;
    const subject = batch[0]?.stored.subject ?? '';
    if (answer.fork) await ledger.markForked(subject);
    let waits: string | null = null;
    for (const [i, waiting] of batch.entries()) {
      const result = answer.results[i];
      if (result && (await settle(waiting, result, answer.need)) === 'waits') waits = result.code ?? 'INCOMPLETE';
    }
    for (const seq of answer.missing) {
      // The service lost it, a restored backup for one: it goes again, with its first signature.
      const lost = await ledger.event(subject, seq);
      if (lost && !lost.parked) await ledger.settle(lost, { subject, seq, owes: false });
    }
    return waits;
  };

  const waiting = async (): Promise<Waiting[]> => {
    const entries = await ledger.outbox();
    const stored = await Promise.all(entries.map(({ subject, seq }) => ledger.event(subject, seq)));
    return entries.flatMap((entry, i) => (stored[i] ? [{ entry, stored: stored[i] }] : [])).sort(urgentFirst);
  };

  const nextBatch = (all: readonly Waiting[]): Waiting[] => {
    const subject = all[0]?.stored.subject;
    let room = MOST_TEXT;
    return all
      .filter(({ stored }) => stored.subject === subject)
      .slice(0, MOST_EVENTS)
      .filter(({ entry, stored }) => (room -= stored.jws.length + (entry.owes ? 17_000 : 0)) > 0);
  };

  return {
    async drain(newest) {
      const tried = new Map<string, number>();
      let reason: string | null = null;
      if (newest) {
        reason = await send([{ stored: newest, entry: { subject: newest.subject, seq: newest.seq, owes: false } }], true);
        tried.set(newest.hash, 1);
      }
      while (reason !== 'SERVICE_UNREACHABLE') {
        // Twice is enough for one event: once without and once with what it owes. The rest waits for the next page or moment.
        const all = (await waiting()).filter(({ stored }) => (tried.get(stored.hash) ?? 0) < 2);
        const batch = nextBatch(all);
        if (batch.length === 0) break;
        for (const { stored } of batch) tried.set(stored.hash, (tried.get(stored.hash) ?? 0) + 1);
        reason = await send(batch, false);
      }
      const left = (await ledger.outbox()).length > 0;
      host.pending(left);
      return left ? (reason ?? 'INCOMPLETE') : null;
    },
  };
}
