// What somebody said about marketing, read from the events and attestations that carry it: each a yes or a no for one channel of one
// sender, or a no to everything.
import type { Attestation } from '../consent/attestation.ts';
import type { PurposeState } from '../consent/event.ts';
import type { StoredEvent } from '../consent/status.ts';
import { covers, type Sending, type Suppression } from './suppression.ts';

/** About one contact: all that is known, in any order, and as often as it arrived. */
export type Said = {
  /**
   * False: the same browser said it, or it is about the same person, without this address. A no counts for every address of theirs,
   * a yes only for the one that it came with. Not said: it came with the address.
   */
  named?: boolean;
} & (
  | { kind: 'event'; subject: string; stored: StoredEvent }
  | {
      kind: 'attestation';
      /** jwsHash of its JWS. */
      hash: string;
      attestation: Attestation;
      /** ms; by the service's clock. */
      receivedAt: number;
    }
);

export interface Word {
  /**
   * `ends`: no, until the person says yes again. `declines`: a box left unticked in a form, which takes nothing back.
   * `grants`: yes.
   */
  says: 'grants' | 'declines' | 'ends';
  id: string;
  hash: string;
  /** ms: between these two it was said. A clock that was put right in between can't make a no older than its arrival. */
  earliest: number;
  latest: number;
  /** Signed by the data subject: their key and its order. */
  signed: { subject: string; seq: number; prev: string | null } | null;
  /** Hash of the event that an attestation follows. */
  follows: string | null;
  medium: Attestation['medium'] | null;
  /** Whether the data subject themself spoke. */
  self: boolean;
  /** Of what was shown or given to read; null: nothing is known of it. */
  shown: string | null;
  /** Reference that an attestation is about; null: none. */
  about: string | null;
  /** Said on a page of the service, through a link: whoever has the link need not be whom it was sent to. */
  byLink: boolean;
  /** The service itself heard it, from whoever had the link in a mail; false: it is signed, or an operator entered it. */
  byService: boolean;
}

/** Who enters what the data subject said on a page of the service: nobody of the operator's people. */
export const BY_SERVICE = 'service';

export interface MarketingPurposes {
  /** Ids of the site's purposes for direct marketing: an objection to one of them is an objection to all of it. */
  purposes: readonly string[];
}

const saysOf = (state: PurposeState, unticked: boolean): Word['says'] | null =>
  (
    {
      given: 'grants',
      refused: unticked ? 'declines' : 'ends',
      withdrawn: 'ends',
      objected: 'ends',
      not_objected: null,
    } as const
  )[state];

/** Acts that tick one box for one thing. Of the others, one takes all at once, one is a signal, one was seen by another platform. */
export const GRANTING_METHODS: readonly string[] = ['form', 'save_choices', 'api'];

type Channels = Partial<Record<string, Partial<Record<string, Partial<Record<string, PurposeState>>>>>>;
const statesFor = (channels: Channels = {}, { channel, sender }: Sending): PurposeState[] =>
  Object.values(channels).flatMap((senders) => senders?.[sender]?.[channel] ?? []);
const anyChannel = (channels: Channels = {}): PurposeState[] =>
  Object.values(channels).flatMap((senders) =>
    Object.values(senders ?? {}).flatMap((states) => Object.values(states ?? {})),
  ) as PurposeState[];

/** Whether it says no to all direct marketing, by whatever channel and for profiling too (Art. 21(2) and (3)). */
export function objectsToAll(said: Said, { purposes }: MarketingPurposes): boolean {
  const own = said.kind === 'event' ? said.stored.event : said.attestation.attested;
  const byPurpose = purposes.some((purpose) => own.purposes[purpose] === 'objected');
  const byAct = said.kind === 'event' && said.stored.event.method === 'object' && anyChannel(own.channels).includes('objected');
  return byPurpose || byAct;
}

function timesOf(at: number, received: { at: number; skew: number } | null): { earliest: number; latest: number } {
  const told = at + (received?.skew ?? 0);
  return { earliest: Math.min(told, received?.at ?? told), latest: received?.at ?? told };
}

function eventWord({ subject, stored }: Extract<Said, { kind: 'event' }>, says: Word['says']): Word {
  const { event, hash, received } = stored;
  return {
    says,
    id: event.id,
    hash,
    ...timesOf(Date.parse(event.at), received),
    signed: { subject, seq: event.seq, prev: event.prev },
    follows: null,
    medium: null,
    self: event.actor === 'self',
    shown: event.presentation,
    about: null,
    byLink: false,
    byService: false,
  };
}

function attestedWord({ hash, attestation, receivedAt }: Extract<Said, { kind: 'attestation' }>, says: Word['says']): Word {
  const { about, presentation } = attestation;
  return {
    says,
    id: attestation.id,
    hash,
    ...timesOf(Date.parse(attestation.at), { at: receivedAt, skew: 0 }),
    signed: null,
    follows: attestation.follows,
    medium: attestation.medium,
    self: attestation.actor === 'self',
    shown: presentation ?? attestation.notice,
    about: about.kind === 'reference' ? about.reference : null,
    byLink: presentation !== undefined,
    byService: attestation.by === BY_SERVICE,
  };
}

/** What it says about that sending. Where one event says several things of it, for several activities, a no comes first. */
export function wordOf(said: Said, sending: Sending, marketing: MarketingPurposes): Word | null {
  const channels = said.kind === 'event' ? said.stored.event.channels : said.attestation.attested.channels;
  // A box left empty in a form, which may also have posted to the site's own server; a no comes as `withdrawn` or `objected`.
  const unticked = said.kind === 'event' ? said.stored.event.method === 'form' : said.attestation.medium === 'server';
  const all = statesFor(channels, sending).map((state) => saysOf(state, unticked));
  const says = objectsToAll(said, marketing)
    ? 'ends'
    : (['ends', 'grants', 'declines'] as const).find((one) => all.includes(one));
  if (says === 'grants' && said.named === false) return null;
  if (!says || (says === 'grants' && said.kind === 'event' && !GRANTING_METHODS.includes(said.stored.event.method))) return null;
  return said.kind === 'event' ? eventWord(said, says) : attestedWord(said, says);
}

/** A suppression is a no whose words may be gone. */
export function suppressionWord(entry: Suppression, sending: Sending, words: readonly Word[]): Word | null {
  if (!covers(entry, sending)) return null;
  const at = Date.parse(entry.since);
  const own = words.find(({ id, says }) => id === entry.event && says === 'ends');
  return {
    says: 'ends',
    id: entry.event ?? '',
    hash: own?.hash ?? '',
    earliest: at,
    latest: Math.max(at, own?.latest ?? at),
    signed: own?.signed ?? null,
    follows: null,
    medium: null,
    self: true,
    shown: null,
    about: own?.about ?? null,
    byLink: false,
    byService: false,
  };
}
