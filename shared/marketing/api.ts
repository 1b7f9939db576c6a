// What is asked and answered about marketing over HTTP. An address is only ever in a body: never in a path, a query or an answer.
import * as v from 'valibot';

import { MEDIA, Reference } from '../consent/attestation.ts';
import { ConsentEvent, Hash, Instant } from '../consent/event.ts';
import { CHANNELS, Slug } from '../notice/schema.ts';
import { REASONS, SUBSCRIBERS } from './channel.ts';
import { Suppression } from './suppression.ts';

const channel = v.picklist(CHANNELS);
const day = v.pipe(v.string(), v.isoDate('must be a day such as 2026-11-22'));
/** 32 hexadecimal digits: of a UUIDv7, which tells when the contact was made and nothing about whose it is, or random ones. */
export const ContactId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be the id of a contact: 32 hexadecimal digits'));
const address = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
/** Digits of the country that telephone numbers without one are of. */
const callingCode = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, 'must be digits such as 44'));

/** One address, or the id that it has here. */
const who = { contact: v.optional(ContactId), address: v.optional(address), callingCode: v.optional(callingCode) };
const isOne = ({ contact, address: typed }: { contact?: string | undefined; address?: string | undefined }): boolean =>
  (contact === undefined) !== (typed === undefined);
const ONE = 'name a contact or an address';

export const PermissionQuestion = v.pipe(
  v.strictObject({
    channel,
    sender: Slug,
    ...who,
    /** True: a message is about to go out. What is not permitted is answered with 409 then. */
    sending: v.optional(v.boolean(), false),
  }),
  v.check((input) => isOne(input), ONE),
);
export type PermissionQuestion = v.InferOutput<typeof PermissionQuestion>;

/** What stands behind a consent. */
const ConsentShown = v.object({
  kind: v.picklist(['event', 'attestation']),
  id: v.string(),
  /** jwsHash: that of its leaf in the log. */
  hash: Hash,
  /** Presentation or notice. */
  shown: Hash,
  /** Id of the attestation that confirms it. */
  confirmation: v.nullable(v.string()),
});

export const PermissionAnswer = v.object({
  channel,
  sender: Slug,
  /** Null: the address is not known here. */
  contact: v.nullable(ContactId),
  may: v.boolean(),
  /** Why it may be sent. */
  reason: v.optional(v.picklist(REASONS)),
  /** Why not. */
  why: v.optional(
    v.picklist(['ended', 'suppressed', 'declined', 'unconfirmed', 'evidence_missing', 'not_stated', 'restricted', 'no_address']),
  ),
  /** Since when that is so: an instant or a day; null: nothing was ever said. */
  since: v.nullable(v.string()),
  proof: v.optional(v.union([ConsentShown, v.unknown()])),
  /** Of the evidence: "place: what". */
  missing: v.optional(v.array(v.string())),
  /** Mail to this address came back for good, last at that moment. It changes no permission. `status`: RFC 3463, such as 5.1.1. */
  bounced: v.optional(v.object({ at: v.string(), status: v.string() })),
  /** Whether the person may be profiled for direct marketing: never after an objection to it. */
  profiling: v.boolean(),
});
export type PermissionAnswer = v.InferOutput<typeof PermissionAnswer>;

/** A line of the bulk check. What the line leaves out, the query says for all. */
export const PermissionLine = v.strictObject({
  address,
  channel: v.optional(channel),
  sender: v.optional(Slug),
  callingCode: v.optional(callingCode),
  /** Your own name for the line; comes back with the answer. */
  ref: v.optional(v.pipe(v.string(), v.maxLength(100))),
});
export type PermissionLine = v.InferOutput<typeof PermissionLine>;
export const MAX_LINES = 100_000;

const Screening = v.strictObject({ register: v.picklist(['tps', 'ctps']), on: day, listed: v.boolean() });
/** What an operator knows of a contact. Each statement is kept with its version; the latest of a kind holds. */
export const Statement = v.variant('says', [
  v.strictObject({
    says: v.literal('ground'),
    reason: v.picklist(REASONS.filter((reason) => reason !== 'consent')),
    channel,
    sender: Slug,
    since: day,
    /** As docs/marketing.md says for each reason. With less it is kept and permits nothing. */
    evidence: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
  v.strictObject({ says: v.literal('ground_ended'), reason: v.picklist(REASONS), channel, sender: Slug }),
  v.strictObject({ says: v.literal('subscriber'), subscriber: v.picklist(SUBSCRIBERS) }),
  v.strictObject({ says: v.literal('screening'), ...Screening.entries }),
]);
export type Statement = v.InferOutput<typeof Statement>;

export const NewStatement = v.pipe(
  v.strictObject({ ...who, channel: v.optional(channel), statement: Statement }),
  v.check((input) => isOne(input), ONE),
  v.check(({ address: typed, channel: by }) => typed === undefined || by !== undefined, 'an address needs its channel'),
);
export type NewStatement = v.InferOutput<typeof NewStatement>;
export const StatementMade = v.object({
  contact: ContactId,
  version: v.number(),
  /** What is missing for it to permit anything: "place: what". */
  problems: v.array(v.string()),
});
export const StoredStatement = v.object({ version: v.number(), at: v.string(), actor: v.string(), statement: Statement });
export const ContactDetails = v.object({
  contact: ContactId,
  kind: v.string(),
  /** Null: only its keyed hash is kept, as nothing was said yes to. */
  address: v.nullable(v.string()),
  language: v.nullable(v.string()),
  createdAt: v.string(),
  /** Ids of the events and attestations that came with the address. */
  mentions: v.array(v.object({ event: v.string(), at: v.string() })),
  statements: v.array(StoredStatement),
  suppressions: v.array(v.omit(Suppression, ['key'])),
  permissions: v.array(PermissionAnswer),
});
export type ContactDetails = v.InferOutput<typeof ContactDetails>;

const Addressed = v.strictObject({
  channel,
  address,
  language: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as en'))),
  callingCode: v.optional(callingCode),
});
/** Addresses that what is said came with. */
export const NewContacts = v.pipe(v.array(Addressed), v.minLength(1, 'names nobody'), v.maxLength(10));
export type NewContacts = v.InferOutput<typeof NewContacts>;

/**
 * What somebody ticked in a form that posts to the site's own server, in the operator's word. A box that was left unticked is sent too:
 * who was asked and did not tick is not written to as a customer instead.
 */
export const NewOptIn = v.strictObject({
  /** UUIDv7: the same once more changes nothing. One is made where none is given. */
  id: v.optional(ConsentEvent.entries.id),
  /** When the form was sent; otherwise now. */
  at: v.optional(Instant),
  /** Hash of the published notice that the form showed or linked: without it nothing is permitted. */
  notice: v.optional(Hash),
  contacts: NewContacts,
  boxes: v.pipe(
    v.array(
      v.strictObject({
        activity: Slug,
        sender: Slug,
        channel,
        /** `opt_out`: a tick is a no, and a box left empty is none and no yes either. `stop`: they ended what they had said yes to. */
        kind: v.optional(v.picklist(['opt_in', 'opt_out', 'stop']), 'opt_in'),
        ticked: v.boolean(),
      }),
    ),
    v.minLength(1, 'names no box'),
    v.maxLength(64),
  ),
});
export type NewOptIn = v.InferInput<typeof NewOptIn>;
export const OptInMade = v.object({
  /** Of the attestation. */
  id: v.string(),
  /** It was there already. */
  duplicate: v.boolean(),
  /** In the order of the contacts. */
  contacts: v.array(ContactId),
  /** As it is now, for each box that a contact's channel reaches. */
  permissions: v.array(PermissionAnswer),
});
export type OptInMade = v.InferOutput<typeof OptInMade>;

/** An objection to direct marketing that reached the operator. Nothing in it can turn it down. */
export const NewObjection = v.pipe(
  v.strictObject({
    addresses: v.optional(
      v.pipe(v.array(v.strictObject({ channel, address, callingCode: v.optional(callingCode) })), v.maxLength(20)),
      [],
    ),
    contacts: v.optional(v.pipe(v.array(ContactId), v.maxLength(20)), []),
    /** Thumbprint of a browser’s key, where it is known. */
    subject: v.optional(Hash),
    reference: v.optional(Reference),
    medium: v.picklist(MEDIA),
    at: v.optional(Instant),
  }),
  v.check(({ addresses, contacts, subject }) => addresses.length + contacts.length > 0 || subject !== undefined, 'names nobody'),
  v.check(({ subject, reference }) => subject === undefined || reference === undefined, 'name a subject or a reference'),
);
export type NewObjection = v.InferOutput<typeof NewObjection>;
export const ObjectionMade = v.object({
  /** Id of the attestation; null: the site names no purpose and no sender, so that only the list says it. */
  event: v.nullable(v.string()),
  /** How many addresses stand on the list for every channel and sender. */
  addresses: v.number(),
  /** Those that were none of their channel. */
  notAddresses: v.number(),
});
export type ObjectionMade = v.InferOutput<typeof ObjectionMade>;

export const Suppressions = v.object({
  suppressions: v.array(v.object({ number: v.number(), ...Suppression.entries })),
  /** Pass as `after=` for the next page; null: no more. */
  next: v.nullable(v.number()),
});
