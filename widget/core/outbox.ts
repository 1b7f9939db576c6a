// What the service has not acknowledged, and how it gets there: nothing leaves the outbox before its receipt is checked and stored.
import type { ProblemCode } from '../../shared/api.ts';
import type { Verifier } from '../../shared/crypto.ts';
import { provesRecorded, readAcknowledgement, signingKey } from './acknowledgement.ts';
import { readAnswer, type EventAnswer } from './answer.ts';
import { setPending } from './cookies.ts';
import type { LedgerEvent, OutboxEntry } from './ledger.ts';
import type { Records } from './records.ts';
import type { Restoring } from './restoring.ts';
import { postEvents, type Answer, type Sent } from './transport.ts';
import type { RecorderHost } from './widget.ts';

/** Rejections that sending again can't mend (shared/api.ts says which; outbox.test.ts compares). */
export const PERMANENT: readonly ProblemCode[] = [
  'BAD_JWS',
  'BAD_SIGNATURE',
  'WRONG_LOG',
  'ID_REUSED',
  'TOO_LARGE',
  'SUBJECT_FULL',
  'UNKNOWN_PURPOSE',
];
const MOST_EVENTS = 40;
/** Characters of events and presentations in a request: well under the 128 KiB that the service takes. */
const MOST_TEXT = 100_000;
/** As much as a presentation may have, and its part of the JSON around it. */
const PRESENTATION_TEXT = 17_000;

type Waiting = { entry: OutboxEntry; stored: LedgerEvent };

const ends = ({ event }: LedgerEvent): boolean =>
  Object.values(event.purposes).some((state) => state === 'withdrawn' || state === 'objected');

/** Withdrawals and objections first, then in the order in which they were made. */
const urgentFirst = (a: Waiting, b: Waiting): number =>
  Number(ends(b.stored)) - Number(ends(a.stored)) || a.stored.seq - b.stored.seq;

/** Events of one subject that fit one request. */
function nextBatch(all: readonly Waiting[]): Waiting[] {
  const subject = all[0]?.stored.subject;
  let room = MOST_TEXT;
  return all
    .filter(({ stored }) => stored.subject === subject)
    .slice(0, MOST_EVENTS)
    .filter(({ entry, stored }) => (room -= stored.jws.length + (entry.owes ? PRESENTATION_TEXT : 0)) > 0);
}

type Unanswered = Extract<Answer, { reason: string }>;

/** Something was wrong with the request itself, or with one event in it: what else waits may yet pass. */
const isRefused = ({ response }: Unanswered): boolean => [400, 413, 422].includes(response?.status ?? 0);

export interface Outbox {
  /** Takes the answer to one event that was sent on its own; the answer if it is none. */
  take(stored: LedgerEvent, answer: Answer): Promise<Unanswered | null>;
  /** Sends what waits. Resolves to why something still does, or null. */
  drain(): Promise<Unanswered | null>;
  /** What waits: withdrawals and objections first, then in the order in which they were made. */
  waiting(): Promise<Sent[]>;
}

const DAY_MS = 86_400_000;

export function createOutbox(
  ledger: Records,
  host: RecorderHost,
  verifier: Verifier,
  { heal, agree }: Pick<Restoring, 'heal' | 'agree'>,
): Outbox {
  const { boot } = host;

  /** Resolves to why the event still waits, or null. */
  async function settle({ stored }: Waiting, answer: EventAnswer, need: readonly string[]): Promise<string | null> {
    const { id, presentation } = stored.event;
    if (answer.status === 'rejected') {
      const code = answer.code ?? 'BAD_ANSWER';
      if (!PERMANENT.some((permanent) => permanent === code)) return code;
      await ledger.settle({ ...stored, parked: code }, null);
      // The next choice is not to meet the same end.
      if (code === 'SUBJECT_FULL') await ledger.retire(stored.subject, 'expired');
      host.sync({ state: 'parked', reason: code, events: [id] });
      return null;
    }
    if (answer.status === 'erased') {
      await ledger.settle({ ...stored, erased: true }, null);
      return null;
    }
    const acknowledgement = readAcknowledgement(answer.value);
    // An answer without proof is no acknowledgement.
    if (!acknowledgement || !(await provesRecorded(acknowledgement, stored.hash, boot.log, boot.logKeys, verifier)))
      return 'RECEIPT_NOT_VERIFIED';
    const owes = presentation !== null && need.includes(presentation);
    const { service, site, log, logKeys } = boot;
    const source = { service, site, log, logKey: signingKey(logKeys, acknowledgement.checkpoint) };
    await ledger.settle({ ...stored, acknowledgement, source }, owes ? { subject: stored.subject, seq: stored.seq, owes } : null);
    const { skew, receivedAt } = acknowledgement.leaf;
    // A clock that was put right before the event was sent shows by when it came: before it was made.
    if (Math.abs(skew) > DAY_MS || Date.parse(stored.event.at) - Date.parse(receivedAt) > DAY_MS) await agree(ledger);
    if (!owes) host.sync({ state: 'acknowledged', events: [id] });
    return owes ? 'PRESENTATION_OWED' : null;
  }

  async function takeAnswer(batch: readonly Waiting[], answer: Answer): Promise<Unanswered | null> {
    if ('reason' in answer) return answer;
    const delivered = readAnswer(answer.value, batch.length);
    if (!delivered) return { reason: 'BAD_ANSWER' };
    const subject = batch[0]?.stored.subject ?? '';
    if (delivered.fork) {
      await ledger.retire(subject, 'forked');
      // It stays in the outbox until the browser says what the service says.
      if (!(await heal(ledger, subject))) return { reason: 'FORKED' };
    }
    let waits: string | null = null;
    for (const [i, waiting] of batch.entries()) {
      const result = delivered.results[i];
      waits = (result && (await settle(waiting, result, delivered.need))) ?? waits;
    }
    const there = delivered.missing.length > 0 ? await ledger.outbox() : [];
    for (const seq of delivered.missing) {
      // It waits as it is, with the address that goes with it.
      if (there.some((entry) => entry.subject === subject && entry.seq === seq)) continue;
      // The service lost it, a restored backup for one: it goes again, with its first signature.
      const lost = await ledger.event(subject, seq);
      if (lost && !lost.parked && !lost.erased) await ledger.settle(lost, { subject, seq, owes: false });
    }
    return waits === null ? null : { reason: waits };
  }

  async function send(batch: readonly Waiting[]): Promise<Unanswered | null> {
    const hashes = new Set(batch.flatMap(({ entry, stored }) => (entry.owes && stored.event.presentation) || []));
    const presentations = (await Promise.all([...hashes].map((hash) => ledger.presentation(hash)))).filter((one) => !!one);
    const sent = batch.map(({ stored, entry }) => ({ stored, contacts: entry.contacts }));
    const answer = await takeAnswer(batch, await postEvents(boot, sent, presentations, false));
    if (!answer || !isRefused(answer) || batch.length === 1) return answer;
    // One of them may be what is refused: it must not keep the others back.
    const half = Math.ceil(batch.length / 2);
    const first = await send(batch.slice(0, half));
    return first && !isRefused(first) ? first : ((await send(batch.slice(half))) ?? first);
  }

  async function waiting(): Promise<Waiting[]> {
    const entries = await ledger.outbox();
    const events = await Promise.all(entries.map(({ subject, seq }) => ledger.event(subject, seq)));
    return entries.flatMap((entry, i) => (events[i] ? [{ entry, stored: events[i] }] : [])).sort(urgentFirst);
  }

  return {
    take: (stored, answer) => {
      const { subject, seq } = stored;
      return takeAnswer([{ stored, entry: { subject, seq, owes: false } }], answer);
    },
    async drain() {
      // Twice is enough for one event: without and with what it owes. The rest waits for the next page or moment.
      const tried = new Map<string, number>();
      let failed: Unanswered | null = null;
      for (;;) {
        const batch = nextBatch((await waiting()).filter(({ stored }) => (tried.get(stored.hash) ?? 0) < 2));
        if (batch.length === 0) break;
        for (const { stored } of batch) tried.set(stored.hash, (tried.get(stored.hash) ?? 0) + 1);
        const answer = await send(batch);
        failed = answer ?? failed;
        // It spoke to none of them: asking on would be asking a service that is away, busy or broken.
        if (answer?.response ? !isRefused(answer) : answer?.reason === 'SERVICE_UNREACHABLE') break;
        if (answer && isRefused(answer)) for (const { stored } of batch) tried.set(stored.hash, 2);
      }
      const left = (await ledger.outbox()).length > 0;
      setPending(boot.site, left);
      return left ? (failed ?? { reason: 'INCOMPLETE' }) : null;
    },
    waiting: async () => (await waiting()).map(({ stored, entry }) => ({ stored, contacts: entry.contacts })),
  };
}
