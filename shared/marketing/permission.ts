// Whether one contact may be written to or called by one channel of one sender, why, and since when: a pure fold over all that was
// said, all that is suppressed and all that is claimed. Arrival plays no part, nor does the number of times that something arrived.
import { isoDay } from '../notice/period.ts';
import { isAsked, type ConfirmedFrom } from './confirmed.ts';
import { groundProblems, type Ground, type GroundContext } from './ground.ts';
import { covers, type Sending, type Suppression } from './suppression.ts';
import { objectsToAll, suppressionWord, wordOf, type MarketingPurposes, type Said, type Word } from './word.ts';

export interface Contact {
  said: readonly Said[];
  /** Under every key of every address of the contact. */
  suppressions: readonly Suppression[];
  grounds: readonly Ground[];
}

export interface Rules extends MarketingPurposes, Omit<GroundContext, 'today'> {
  /** Channels on which the sender asks for a confirmation of each consent, by when: oldest first. */
  confirmed: readonly ConfirmedFrom[];
  /** Channels whose own address a confirmation comes from; not said: all. On the others it lifts only a no of the same page. */
  answering?: readonly Sending['channel'][];
  /** ms. */
  now: number;
}

/** Ids and hashes of signed events or attestations. */
interface ConsentProof {
  kind: 'event' | 'attestation';
  id: string;
  hash: string;
  /** Hash of the presentation, or of the notice that was given. */
  shown: string;
  /** Of the attestation that confirms it; null: none was asked. */
  confirmation: string | null;
}

/** `since`: an ISO instant or, of a ground, its ISO day. */
export type Permission =
  | { may: true; reason: 'consent'; since: string; proof: ConsentProof }
  | { may: true; reason: Exclude<Ground['reason'], 'not_stated'>; since: string; proof: unknown }
  | { may: false; why: 'ended' | 'suppressed' | 'declined' | 'unconfirmed'; since: string }
  | { may: false; why: 'evidence_missing'; since: string; missing: string[] }
  | { may: false; why: 'not_stated'; since: null }
  /** Art. 18: of the person only storing is allowed. */
  | { may: false; why: 'restricted'; since: string };

/** Whether `yes` comes after `no` in one key's own order. False where the key was cloned and `no` is on the other branch. */
function succeeds(yes: Word, no: Word, events: ReadonlyMap<string, { seq: number; prev: string | null }>): boolean {
  if (!yes.signed || yes.signed.subject !== no.signed?.subject) return false;
  for (let at: { seq: number; prev: string | null } = yes.signed; at.seq > no.signed.seq;) {
    if (at.prev === no.hash) return true;
    const before = at.prev === null ? undefined : events.get(at.prev);
    // Behind a gap the number decides, as nothing else is known; the missing event has a number of its own.
    if (!before) return no.signed.seq < at.seq - 1;
    at = before;
  }
  return false;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const byTime = (a: Word, b: Word): number => a.earliest - b.earliest || (a.hash < b.hash ? -1 : 1);

/**
 * Only the person lifts a no: with the key that said it, or by confirming from the address a yes that was surely said later. Anybody
 * can type an address into a form, and somebody else's number beside a mailbox of their own. `answers`: the address itself confirms.
 * Where the operator enters both the yes and its confirmation, nothing of it came from the person.
 */
const lifts = (
  yes: Word,
  no: Word,
  { confirmation, answers }: { confirmation: Word | undefined; answers: boolean },
  events: ReadonlyMap<string, { seq: number; prev: string | null }>,
): boolean => {
  if (!yes.self) return false;
  if (succeeds(yes, no, events)) return true;
  const heard = yes.signed !== null || confirmation?.byService === true;
  const confirms = heard && confirmation !== undefined && yes.earliest > no.latest;
  return confirms && (answers || (no.about !== null && no.about === yes.about));
};

/** The latest no, which stands; what it is called depends on whether its own words are still there. */
function refusal(noes: readonly Word[], words: readonly Word[]): Permission {
  const [latest] = noes.toSorted((a, b) => b.latest - a.latest);
  const spoken = words.some(({ says }) => says === 'ends');
  return { may: false, why: spoken ? 'ended' : 'suppressed', since: iso(latest?.latest ?? 0) };
}

const inWriting = ({ since, reason, evidence }: Ground): string => JSON.stringify([since, reason, evidence]);

function groundPermission({ grounds }: Contact, sending: Sending, rules: Rules): Permission {
  const own = grounds
    .filter((ground) => covers(ground, sending))
    .map((ground) => ({ ground, missing: groundProblems(ground, { ...rules, today: isoDay(rules.now) }) }))
    .toSorted((a, b) => a.missing.length - b.missing.length || (inWriting(a.ground) < inWriting(b.ground) ? -1 : 1));
  const [best] = own.filter(({ ground }) => ground.reason !== 'not_stated');
  if (!best) return { may: false, why: 'not_stated', since: null };
  const { ground, missing } = best;
  if (missing.length > 0 || ground.reason === 'not_stated')
    return { may: false, why: 'evidence_missing', since: ground.since, missing };
  return { may: true, reason: ground.reason, since: ground.since, proof: ground.evidence };
}

/** All that bears on one sending: yeses by time, each with its confirmation, and noes. */
function wordsOn(contact: Contact, sending: Sending, rules: Rules) {
  const words = contact.said.flatMap((said) => wordOf(said, sending, rules) ?? []);
  const events = new Map(
    contact.said.flatMap((said) => (said.kind === 'event' ? [[said.stored.hash, said.stored.event] as const] : [])),
  );
  const noes = [
    ...words.filter(({ says }) => says === 'ends'),
    ...contact.suppressions.flatMap((entry) => suppressionWord(entry, sending, words) ?? []),
  ];
  const grants = words.filter(({ says }) => says === 'grants').toSorted(byTime);
  const confirmations = new Map(
    grants
      .filter(({ medium, self }) => medium === 'double_opt_in' && self)
      // The last of one yes counts here: what the service heard itself is not undone by what an operator enters beside it.
      .toSorted((a, b) => Number(a.byService) - Number(b.byService))
      .map((word) => [word.follows, word]),
  );
  const answers = rules.answering?.includes(sending.channel) ?? true;
  const yeses = grants
    .filter(({ medium }) => medium !== 'double_opt_in')
    .map((word) => ({ word, confirmation: confirmations.get(word.hash) }));
  const stands = (word: Word, confirmation: Word | undefined): boolean =>
    noes.every((no) => lifts(word, no, { confirmation, answers }, events));
  const isAwaited = (word: Word): boolean => word.byLink || isAsked(rules.confirmed, sending.channel, word);
  return { words, noes, yeses, stands, isAwaited };
}

/** A yes that only its confirmation is missing to, also over a no. */
export interface Waiting {
  /** Of the event or attestation that said it. */
  hash: string;
  /** ms: when it was said. */
  since: number;
}

/** Oldest first. */
export function waitingYeses(contact: Contact, sending: Sending, rules: Rules): Waiting[] {
  const { yeses, stands, isAwaited } = wordsOn(contact, sending, rules);
  const waiting = yeses.filter(
    ({ word, confirmation }) =>
      !confirmation && word.shown !== null && isAwaited(word) && stands(word, { ...word, byService: true }),
  );
  return waiting.map(({ word: { hash, earliest } }) => ({ hash, since: earliest }));
}

/** May we send, why, since when, with what proof. Unknown, unproven and unconfirmed are all no. */
export function permission(contact: Contact, sending: Sending, rules: Rules): Permission {
  const { words, noes, yeses, stands, isAwaited } = wordsOn(contact, sending, rules);
  const standing = yeses.filter(({ word, confirmation }) => stands(word, confirmation));
  for (const { word, confirmation } of standing)
    if (word.shown !== null && (confirmation || !isAwaited(word))) {
      const since = iso(Math.max(word.earliest, confirmation?.earliest ?? word.earliest));
      const kind = word.signed ? 'event' : 'attestation';
      const { id, hash, shown } = word;
      return { may: true, reason: 'consent', since, proof: { kind, id, hash, shown, confirmation: confirmation?.id ?? null } };
    }
  const [unproven] = standing;
  // Whoever was asked and did not tick, or has not confirmed, is not written to on another ground behind their back.
  if (unproven && unproven.word.shown === null)
    return {
      may: false,
      why: 'evidence_missing',
      since: iso(unproven.word.earliest),
      missing: ['shown: what was shown is not known'],
    };
  if (unproven) return { may: false, why: 'unconfirmed', since: iso(unproven.word.earliest) };
  if (noes.length > 0) return refusal(noes, words);
  const [declined] = words.filter(({ says }) => says === 'declines').toSorted(byTime);
  if (declined) return { may: false, why: 'declined', since: iso(declined.earliest) };
  return groundPermission(contact, sending, rules);
}

/** Whether the person may be profiled for direct marketing. An objection ends it; no later opt-in to a channel brings it back. */
export const mayProfile = (
  { said, suppressions }: Pick<Contact, 'said' | 'suppressions'>,
  marketing: MarketingPurposes,
): boolean =>
  !said.some((one) => objectsToAll(one, marketing)) &&
  !suppressions.some(({ reason, sender }) => reason === 'objection' && sender === null);
