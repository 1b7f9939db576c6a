// The consent event: one expression of the data subject's will (DPV, ISO/IEC TS 27560), signed by their browser.
import * as v from 'valibot';

import { CHANNELS, Slug } from '../notice/schema.ts';
import { MOST_RANGES, rangesText, readRanges } from './vendor-ranges.ts';

export const PURPOSE_STATES = ['given', 'refused', 'withdrawn', 'objected', 'not_objected'] as const;
export type PurposeState = (typeof PURPOSE_STATES)[number];

export const METHODS = [
  'accept_all',
  'reject_all',
  'save_choices',
  'withdraw',
  'object',
  'form',
  'unsubscribe',
  'extension',
  'import',
  'api',
] as const;
export type Method = (typeof METHODS)[number];

/** Consent platforms whose stored choices can be taken over. */
export const IMPORTED_FROM = ['vanilla-cookieconsent', 'osano', 'klaro', 'tarteaucitron'] as const;
export type ImportedFrom = (typeof IMPORTED_FROM)[number];

// The last of 43 characters carries four bits: another one there would be no SHA-256, and no store could take it for one.
export const Hash = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'must be 43 base64url characters (SHA-256)'),
);
const uuidV7 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'must be a UUIDv7 in lower case'),
);
export const Instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'must be a UTC instant with milliseconds'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'is no date'),
);
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
/** `<host>[:port]/<site>` */
export const LogId = v.pipe(v.string(), v.regex(/^[a-z0-9.:[\]-]{1,255}\/[a-z0-9-]{1,64}$/, 'must be <host>/<site>'));
const origin = v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/?#"<>]{1,255}$/, 'must be an origin'));
/** valibot's record leaves these own keys out without a word: what was not read must not be stored. */
const LEFT_OUT = ['__proto__', 'constructor', 'prototype'];
const isPlain = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && !Array.isArray(input) && !LEFT_OUT.some((key) => Object.hasOwn(input, key));
/** A record whose every key is read. */
const plainRecord = <K extends v.GenericSchema<string, string>, V extends v.GenericSchema>(key: K, value: V) =>
  v.pipe(v.custom<Record<string, unknown>>(isPlain, 'must be an object without reserved keys'), v.record(key, value));
const few = <T extends Record<string, unknown>>(value: T): boolean => Object.keys(value).length <= 64;

const states = v.pipe(plainRecord(Slug, v.picklist(PURPOSE_STATES)), v.check(few, 'has more than 64 entries'));

/** Longest that MOST_RANGES can be; beyond it nothing is read. */
const LONGEST_RANGES = 1200;
const isOneSpelling = (said: string): boolean => {
  const ranges = readRanges(said);
  if (ranges.length > MOST_RANGES || ranges.some(([from, to]) => !(from <= to && to <= 65_535))) return false;
  // As rangesOf writes it: in order, apart, and no number twice.
  return rangesText(ranges) === said && ranges.every(([from], i) => i === 0 || from > (ranges[i - 1]?.[1] ?? 0) + 1);
};
const vendorRanges = v.pipe(
  v.string(),
  v.maxLength(LONGEST_RANGES),
  v.regex(/^(?:[1-9]\d{0,4}(?:-[1-9]\d{0,4})?(?: (?=\d)|$))*$/, 'must be ranges of numbers such as "2-5 8"'),
  v.check(isOneSpelling, 'must be ranges in order, apart from each other, at most 100'),
);
/** Companies of the IAB framework that get nothing although the purposes they ask for were agreed to. */
export const VendorChoice = v.strictObject({
  /** Version of the vendor list that was shown; null where a choice was restored from the cookie. */
  list: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  /** Consent, by number: "2-5 8". */
  refused: vendorRanges,
  /** Legitimate interest, by number. */
  objected: vendorRanges,
});
export type VendorChoice = v.InferOutput<typeof VendorChoice>;

export const ConsentEvent = v.pipe(
  v.strictObject({
    v: v.literal(1),
    id: uuidV7,
    log: LogId,
    /** 1, 2, 3 … per subject. */
    seq: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000)),
    /** jwsHash of the subject's previous event; null on the first. */
    prev: v.nullable(Hash),
    /** The browser's clock. Never a reason to refuse. */
    at: Instant,
    /** 128 random bits. */
    nonce: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
    start: v.optional(
      v.variant('kind', [
        v.strictObject({ kind: v.literal('new') }),
        v.strictObject({ kind: v.literal('restored'), day, choices: states }),
        v.strictObject({ kind: v.literal('forked') }),
      ]),
    ),
    method: v.picklist(METHODS),
    actor: v.picklist(['self', 'parent', 'representative']),
    /** Every purpose offered. */
    purposes: states,
    /** activity -> sender -> channel -> state */
    channels: v.optional(
      v.pipe(
        plainRecord(Slug, plainRecord(Slug, plainRecord(v.picklist(CHANNELS), v.picklist(PURPOSE_STATES)))),
        v.check(few, 'has more than 64 entries'),
      ),
    ),
    /** Where the site uses the IAB framework: said anew as a whole; an event without it leaves what was said as it was. */
    vendors: v.optional(VendorChoice),
    /**
     * Where an import comes from, and the day (UTC) that it counts from: that of the choice where that platform wrote one down, else that
     * of the change if the site named it.
     */
    imported: v.optional(v.strictObject({ from: v.picklist(IMPORTED_FROM), day: v.nullable(day) })),
    terms: Hash,
    /** Hash of what was shown; null for `restored` and `import` only. */
    presentation: v.nullable(Hash),
    /** Global Privacy Control was on. */
    gpc: v.boolean(),
    origin,
  }),
  v.check((event) => (event.seq === 1) === (event.prev === null), 'seq 1 and no other has prev null'),
  v.check((event) => (event.seq === 1) === (event.start !== undefined), 'seq 1 and no other says how the subject starts'),
  v.check(
    (event) => event.presentation !== null || event.method === 'import' || event.start?.kind === 'restored',
    'presentation is null for restored and imported choices only',
  ),
  v.check((event) => event.imported === undefined || event.method === 'import', 'only an import says where it comes from'),
  v.check(
    (event) => Object.keys(event.purposes).length > 0 || Object.keys(event.channels ?? {}).length > 0,
    'names no purpose and no channel',
  ),
);
export type ConsentEvent = v.InferOutput<typeof ConsentEvent>;
