// Events, attestations and evidence as tests need them: the fields that marketing reads, with the rest left out.
import type { Attestation } from '../consent/attestation.ts';
import type { ConsentEvent, PurposeState } from '../consent/event.ts';
import type { Rules } from './permission.ts';
import type { Sending } from './suppression.ts';
import { BY_SERVICE, type Said } from './word.ts';

export const HASH = 'A'.repeat(43);
export const NEWSLETTER: Sending = { channel: 'email', sender: 'acme' };
export const NOW = Date.parse('2026-11-22T12:00:00.000Z');
export const RULES: Rules = { purposes: ['marketing'], confirmed: [], now: NOW, subscriber: 'unknown', regime: 'uk' };

/** A UUIDv7 by number. */
export const idOf = (number: number): string => `01990000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const hashOf = (id: string): string => `hash-of-${id}`;
export const channelsOf = ({ channel, sender }: Sending, state: PurposeState): ConsentEvent['channels'] => ({
  newsletter: { [sender]: { [channel]: state } },
});

export interface EventParts {
  number: number;
  subject?: string;
  seq?: number;
  prev?: string | null;
  at: number;
  received?: { at: number; skew: number } | null;
}

export function eventSaid(
  { number, subject = 'S', seq = 1, prev = null, at, received = { at, skew: 0 } }: EventParts,
  event: Partial<ConsentEvent>,
): Said & { kind: 'event' } {
  const whole = { method: 'form', actor: 'self', purposes: {}, presentation: HASH, gpc: false, ...event };
  const id = idOf(number);
  return {
    kind: 'event',
    subject,
    stored: { hash: hashOf(id), received, event: { id, seq, prev, at: new Date(at).toISOString(), ...whole } as ConsentEvent },
  };
}

export function attestedSaid(
  { number, at, receivedAt = at }: { number: number; at: number; receivedAt?: number },
  attestation: Partial<Omit<Attestation, 'attested'>> & { attested: Partial<Attestation['attested']> },
): Said & { kind: 'attestation' } {
  const { attested, ...rest } = attestation;
  const about = { kind: 'reference', reference: `case/${number}` };
  const whole = {
    about,
    medium: 'paper',
    actor: 'self',
    follows: null,
    notice: HASH,
    ...rest,
    attested: { purposes: {}, ...attested },
  };
  const id = idOf(number);
  return {
    kind: 'attestation',
    hash: hashOf(id),
    receivedAt,
    attestation: { id, at: new Date(at).toISOString(), ...whole } as Attestation,
  };
}

/** The answer to a confirmation mail about that event. */
export const confirmationOf = (said: Said & { kind: 'event' }, sending: Sending, number: number, at: number): Said =>
  attestedSaid(
    { number, at },
    { by: BY_SERVICE, medium: 'double_opt_in', follows: said.stored.hash, attested: { channels: channelsOf(sending, 'given') } },
  );

export const SOFT_OPT_IN = {
  sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: HASH },
  refusalInEveryMessage: true,
};
export const CHARITY_SOFT_OPT_IN = {
  charity: 'charity-1100000',
  obtainedOn: '2026-02-05',
  collectedDirectly: true,
  soleCharitablePurpose: true,
  expressed: { kind: 'support', reference: 'gift-3', on: '2026-02-05' },
  refusalAtCollection: { on: '2026-02-05', shown: HASH },
  refusalInEveryMessage: true,
  notForOtherOrganisations: true,
};
export const ACTIVITY = { notice: HASH, activity: 'newsletter', lawfulBasis: 'legitimate_interests' };
