// What holds now for each purpose: a pure fold over a subject's events. Order is `seq` and `prev`, never arrival.
import { addPeriod, isoDay } from '../notice/period.ts';
import type { ConsentEvent, PurposeState } from './event.ts';
import { oneSpelling, readRanges, type VendorRefusals } from './vendor-ranges.ts';

export interface StoredEvent {
  event: ConsentEvent;
  /** jwsHash of its JWS. */
  hash: string;
  /** When the service got it and how far the browser's clock was off, in ms; null before the acknowledgement. */
  received: { at: number; skew: number } | null;
}

export interface CurrentTerms {
  terms: string;
  purposes: readonly string[];
  validity: { given: string; refused: string };
}

export type HoldingState = PurposeState | 'unknown' | 'expired' | 'superseded';
export interface PurposeStatus {
  state: HoldingState;
  /** What was chosen, where the state is `expired` or `superseded`. */
  chosen?: PurposeState;
  /** ISO days; null while unknown. */
  since: string | null;
  until: string | null;
  /** Id of the event that says so. */
  event: string | null;
}

const UNKNOWN: PurposeStatus = { state: 'unknown', since: null, until: null, event: null };
/** From the least to the most granting. Unknown grants more than a refusal only in the sense that asking again is still open. */
const GRANTS: HoldingState[] = ['objected', 'withdrawn', 'refused', 'superseded', 'expired', 'unknown', 'not_objected', 'given'];

/** Heads are events that no other follows; more than one is a fork (a cloned profile). Each branch is its head's past. */
function branches(events: readonly StoredEvent[]): StoredEvent[][] {
  const byHash = new Map(events.map((stored) => [stored.hash, stored]));
  const followed = new Set(events.map(({ event }) => event.prev));
  const newestFirst = [...byHash.values()].sort((a, b) => b.event.seq - a.event.seq);
  const shared = new Set(
    newestFirst
      .filter((one) => newestFirst.some((other) => other !== one && other.event.seq === one.event.seq))
      .map(({ hash }) => hash),
  );
  return newestFirst
    .filter(
      ({ hash, event }) =>
        !followed.has(hash) && (shared.has(hash) || newestFirst[0]?.hash === hash || isForkHead(event, newestFirst, byHash)),
    )
    .map((head) => past(head, newestFirst, byHash));
}

/** A head below the newest event is a fork only if the newest's past, as far as it is known, passes it by. */
function isForkHead(head: ConsentEvent, newestFirst: readonly StoredEvent[], byHash: ReadonlyMap<string, StoredEvent>): boolean {
  const newest = newestFirst[0];
  if (!newest) return false;
  let at: StoredEvent | undefined = newest;
  while (at && at.event.seq > head.seq) at = at.event.prev === null ? undefined : byHash.get(at.event.prev);
  return at !== undefined;
}

/** The head and what came before it: along `prev`, and across a gap every older event. */
function past(head: StoredEvent, newestFirst: readonly StoredEvent[], byHash: ReadonlyMap<string, StoredEvent>): StoredEvent[] {
  const line = [head];
  for (let at = head; at.event.prev !== null;) {
    const before = byHash.get(at.event.prev);
    if (!before) return [...line, ...newestFirst.filter(({ event }) => event.seq < at.event.seq - 1)];
    line.push(before);
    at = before;
  }
  return line;
}

function holds(stored: StoredEvent, chosen: PurposeState, now: number, current: CurrentTerms): PurposeStatus {
  const at = Date.parse(stored.event.at);
  const start = stored.received ? Math.min(at + stored.received.skew, stored.received.at) : at;
  // What was restored or imported was chosen on an earlier day: writing it down again makes nothing last longer.
  const from = (stored.event.start?.kind === 'restored' ? stored.event.start.day : stored.event.imported?.day) ?? null;
  const since = from !== null && from < isoDay(start) ? from : isoDay(start);
  const until =
    chosen === 'objected'
      ? null
      : addPeriod(since, chosen === 'given' || chosen === 'not_objected' ? current.validity.given : current.validity.refused);
  const base = { since, until, event: stored.event.id };
  if (stored.event.terms !== current.terms) return { ...base, state: 'superseded', chosen };
  if (until !== null && isoDay(now) >= until) return { ...base, state: 'expired', chosen };
  return { ...base, state: chosen };
}

/**
 * What holds for each current purpose. `now` in ms. Where the subject's history forked, the branch that grants least holds,
 * purpose by purpose. Unknown means not given.
 */
export function status(events: readonly StoredEvent[], now: number, current: CurrentTerms): Record<string, PurposeStatus> {
  const lines = branches(events);
  const answer = current.purposes.map((purpose): [string, PurposeStatus] => {
    const perBranch = lines.map((line) => {
      const latest = line.find(({ event }) => Object.hasOwn(event.purposes, purpose));
      const chosen = latest?.event.purposes[purpose];
      return latest && chosen ? holds(latest, chosen, now, current) : UNKNOWN;
    });
    perBranch.sort((a, b) => GRANTS.indexOf(a.state) - GRANTS.indexOf(b.state));
    return [purpose, perBranch[0] ?? UNKNOWN];
  });
  return Object.fromEntries(answer);
}

/**
 * What single companies of the IAB framework are refused: the newest word of a branch holds as a whole; of several branches whatever
 * one of them says.
 */
export function vendorsHeld(events: readonly StoredEvent[]): VendorRefusals {
  const said = branches(events).flatMap((line) => line.find(({ event }) => event.vendors)?.event.vendors ?? []);
  if (said.length < 2) return { refused: said[0]?.refused ?? '', objected: said[0]?.objected ?? '' };
  const together = (texts: string[]): string => oneSpelling(texts.flatMap(readRanges));
  return { refused: together(said.map(({ refused }) => refused)), objected: together(said.map(({ objected }) => objected)) };
}

export const hasForked = (events: readonly StoredEvent[]): boolean => branches(events).length > 1;
