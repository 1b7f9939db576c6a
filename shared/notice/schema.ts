// A privacy notice as a site owner publishes it (`*.notice.json`) and as every part reads it. Schema and type are one
// declaration. A notice is content-addressed (shared/canonical.ts): a version never changes.
import * as v from 'valibot';

import { LAWFUL_BASES } from './lawful-basis.ts';
import { isPeriod } from './period.ts';
import { RIGHTS } from './rights.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const label = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
export const Slug = v.pipe(
  v.string(),
  v.regex(/^(?!(?:constructor|prototype)$)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'must be kebab-case: a-z, 0-9 and -'),
);
const period = v.pipe(v.string(), v.check(isPeriod, 'must be an ISO 8601 period such as P6M'));
const list = <T extends v.GenericSchema>(item: T) => v.optional(v.array(item), []);
/** http or https, or null where the notice's own link leads nowhere. */
const href = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.regex(/^https?:\/\/[^\s"<>]+$|^\/[^\s"<>]*$/, 'must be an http(s) URL or an absolute path'),
);

/** A verbatim quote and where it stands, in UTF-16 units, in the notice's text (render.ts): text.slice(start, end) === quote. */
export const Evidence = v.strictObject({
  quote: text,
  start: v.pipe(v.number(), v.integer(), v.minValue(0)),
  end: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type Evidence = v.InferOutput<typeof Evidence>;

/** Every fact is a sentence of the notice, and may carry where that sentence stands. */
const fact = { statement: text, evidence: v.optional(Evidence) };

export const Contact = v.strictObject({
  role: v.picklist(['dpo', 'controller', 'team', 'authority', 'other']),
  kind: v.picklist(['email', 'phone', 'post', 'url', 'form']),
  /** Null where the page hides it (an obfuscated address): shown as hidden by the site, never reconstructed. */
  value: v.nullable(label),
  note: v.optional(label),
});
export type Contact = v.InferOutput<typeof Contact>;

export const LawfulBasisStatement = v.strictObject({
  basis: v.picklist(LAWFUL_BASES),
  ...fact,
  /** Contract: steps at the data subject's request before entering into it. */
  steps: v.optional(v.literal(true)),
  /** Legitimate interests: which, and whose. */
  interest: v.optional(text),
  holder: v.optional(v.picklist(['controller', 'third_party', 'not_stated'])),
  holderName: v.optional(label),
  /** Recognised legitimate interests: the condition of Annex 1 relied on. */
  condition: v.optional(text),
  /** What the statement covers where it is not the whole activity. */
  limitedTo: v.optional(v.strictObject({ purposes: list(label), data: list(label), stage: v.optional(label) })),
});
export type LawfulBasisStatement = v.InferOutput<typeof LawfulBasisStatement>;

const bound = v.picklist(['exact', 'min', 'max']);
export const RetentionPeriod = v.variant('type', [
  v.strictObject({
    type: v.literal('after_event'),
    period,
    bound,
    /** kebab-case; null: the text gives none */ anchor: v.nullable(Slug),
  }),
  v.strictObject({ type: v.literal('while'), condition: Slug }),
  v.strictObject({ type: v.literal('until_event'), event: Slug }),
  v.strictObject({ type: v.literal('fixed'), period, bound }),
  v.strictObject({ type: v.literal('criteria'), criteria: text }),
  v.strictObject({ type: v.literal('reference'), to: text }),
]);
export type RetentionPeriod = v.InferOutput<typeof RetentionPeriod>;

export const RetentionRule = v.strictObject({
  ...fact,
  /** Which records or data, where not all of the activity's. */
  covers: v.optional(label),
  rule: RetentionPeriod,
  /** A second rule that starts where the first ends. */
  followedBy: v.optional(RetentionPeriod),
  /** When this rule rather than another applies. */
  onlyIf: v.optional(text),
  /** Who keeps it, where not the controller. */
  holder: v.optional(label),
  reviewEvery: v.optional(period),
  afterwards: v.optional(v.picklist(['delete', 'anonymise', 'delete_or_anonymise', 'review', 'archive'])),
  reason: v.optional(text),
});
export type RetentionRule = v.InferOutput<typeof RetentionRule>;

export const PURPOSE_KINDS = [
  'service',
  'statistics',
  'appearance',
  'security',
  'marketing',
  'advertising',
  'hr',
  'legal',
  'other',
] as const;
export type PurposeKind = (typeof PURPOSE_KINDS)[number];

/** Kinds of page that shared/notice/page.ts recognises. */
export const PAGE_TYPES = [
  'home',
  'contact',
  'job_posting',
  'event',
  'product',
  'article',
  'sign_in',
  'account',
  'newsletter',
  'membership',
  'course',
  'search',
] as const;
export type PageType = (typeof PAGE_TYPES)[number];

/** What a form field asks for, from its autocomplete token, type, name and label: never from its value. */
export const FIELD_KINDS = [
  'name',
  'email',
  'phone',
  'address',
  'organisation',
  'message',
  'date',
  'date_of_birth',
  'username',
  'current_password',
  'new_password',
  'file',
  'payment_card',
  'ethnicity',
  'health',
  'search',
  'other',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** Where an activity happens on the site. Any one match is enough; all empty means that the notice declares no page. */
export const AppliesTo = v.strictObject({
  /** On every page of the site. */
  everywhere: v.optional(v.literal(true)),
  /** URLPattern pathnames: "/contact/*". */
  urls: list(v.pipe(v.string(), v.startsWith('/'), v.maxLength(300))),
  pageTypes: list(v.picklist(PAGE_TYPES)),
  /** Each item: field kinds that one form of the page must all have. */
  fields: list(v.pipe(v.array(v.picklist(FIELD_KINDS)), v.minLength(1))),
});
export type AppliesTo = v.InferOutput<typeof AppliesTo>;

export const CHANNELS = ['email', 'sms', 'push_dm', 'live_call', 'auto_call', 'post'] as const;
export type Channel = (typeof CHANNELS)[number];

export const ProcessingActivity = v.strictObject({
  id: Slug,
  title: label,
  /** Whose data. */
  audience: v.optional(text),
  dataCategories: list(
    v.strictObject({
      name: label,
      class: v.optional(v.picklist(['special', 'criminal'])),
      notCollected: v.optional(v.literal(true)),
    }),
  ),
  source: v.optional(
    v.strictObject({ from: v.picklist(['data_subject', 'employer', 'public', 'device', 'third_party', 'not_stated']), ...fact }),
  ),
  purposes: list(v.strictObject({ text: label, kind: v.picklist(PURPOSE_KINDS) })),
  /** Empty: the notice states none for this activity. */
  lawfulBases: v.array(LawfulBasisStatement),
  /** What the text has near a basis without stating one, in our words. */
  lawfulBasisNote: v.optional(text),
  recipients: list(v.strictObject({ name: label, negative: v.optional(v.literal(true)), note: v.optional(label) })),
  transfers: list(v.strictObject({ to: label, mechanism: v.nullable(label), ...fact })),
  retention: list(RetentionRule),
  marketing: v.optional(
    v.nullable(
      v.strictObject({
        never: v.optional(v.literal(true)),
        channels: list(v.picklist(CHANNELS)),
        howToStop: list(label),
        ...fact,
      }),
    ),
    null,
  ),
  automatedDecisions: v.optional(v.strictObject({ used: v.boolean(), ...fact })),
  /** Permissions of the device's system: no lawful basis (R91). */
  devicePermissions: list(v.strictObject({ name: label, ...fact })),
  appliesTo: v.optional(AppliesTo, {}),
});
export type ProcessingActivity = v.InferOutput<typeof ProcessingActivity>;

/** Facts about the text, never a verdict. Codes in issues.ts have the words. */
export const NoticeIssue = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{2,60}$/)),
  activity: v.optional(Slug),
  statement: text,
});
export type NoticeIssue = v.InferOutput<typeof NoticeIssue>;

export const NOTICE_KINDS = ['privacy_notice', 'internal_policy', 'processing_policy', 'cookie_policy'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const PrivacyNotice = v.pipe(
  v.strictObject({
    schema: v.literal(1),
    kind: v.picklist(NOTICE_KINDS),
    title: label,
    language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
    version: v.nullable(label),
    /** ISO date or month; null: the document gives none. */
    date: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/))),
    /** Where the facts come from, and for the demonstration that this is not the organisation's own page. */
    about: v.optional(text),
    scope: v.optional(text),
    regimes: list(label),
    controller: v.strictObject({
      name: label,
      legalName: v.nullable(label),
      aliases: list(label),
      contacts: list(Contact),
      ...fact,
    }),
    representative: v.optional(v.strictObject({ name: label, contacts: list(Contact), ...fact })),
    /** A role, never a person's name. */
    dpo: v.optional(v.nullable(v.strictObject({ role: label, contacts: list(Contact), ...fact })), null),
    /** Bases that the document claims for itself as a whole. */
    documentBases: list(LawfulBasisStatement),
    rights: list(
      v.strictObject({
        right: v.picklist(RIGHTS),
        ...fact,
        route: v.optional(text),
        deadline: v.optional(v.nullable(period)),
        fee: v.optional(label),
        formats: list(label),
      }),
    ),
    authority: v.nullable(v.strictObject({ name: label, contacts: list(Contact), ...fact })),
    complaints: list(v.strictObject({ to: v.picklist(['controller', 'authority']), ...fact, contacts: list(Contact) })),
    transfers: list(v.strictObject({ to: label, mechanism: v.nullable(label), ...fact })),
    recipients: list(v.strictObject({ name: label, negative: v.optional(v.literal(true)), note: v.optional(label) })),
    retention: list(RetentionRule),
    automatedDecisions: v.optional(v.strictObject({ used: v.boolean(), ...fact })),
    linkedDocuments: list(v.strictObject({ title: label, href: v.nullable(href) })),
    activities: v.pipe(v.array(ProcessingActivity), v.minLength(1), v.maxLength(200)),
    issues: list(NoticeIssue),
  }),
  v.check(
    (notice) => new Set(notice.activities.map((activity) => activity.id)).size === notice.activities.length,
    'two activities share an id',
  ),
  v.check(
    (notice) => notice.issues.every((issue) => !issue.activity || notice.activities.some(({ id }) => id === issue.activity)),
    'an issue names an activity that the notice does not have',
  ),
);
export type PrivacyNotice = v.InferOutput<typeof PrivacyNotice>;
/** What a person writes: defaults left out. */
export type PrivacyNoticeInput = v.InferInput<typeof PrivacyNotice>;

/** Article 13/14 notices may be presented as the notice; internal and processing policies never (R77). */
export const isNotice = (kind: NoticeKind): boolean => kind === 'privacy_notice' || kind === 'cookie_policy';

/** Stated here, stated for the whole document only, or not stated (R77). */
export const lawfulBasisStatus = (
  notice: PrivacyNotice,
  activity: ProcessingActivity,
): 'stated' | 'document_only' | 'not_stated' =>
  activity.lawfulBases.length > 0 ? 'stated' : notice.documentBases.length > 0 ? 'document_only' : 'not_stated';
