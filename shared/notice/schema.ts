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
/** What an editor says of a field, and an error message where it is missing. */
export const described = <T extends v.GenericSchema>(schema: T, words: string) => v.pipe(schema, v.description(words));
const list = <T extends v.GenericSchema>(item: T, words: string) => v.optional(described(v.array(item), words), []);
const yes = (words: string) => v.optional(described(v.literal(true), words));
/** http or https, or null where the notice's own link leads nowhere. */
const href = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.regex(/^https?:\/\/[^\s"<>]+$|^\/[^\s"<>]*$/, 'must be an http(s) URL or an absolute path'),
);

/** A verbatim quote and where it stands, in UTF-16 units, in the notice's text (render.ts): text.slice(start, end) === quote. */
export const Evidence = v.strictObject({
  quote: described(text, 'The words of the text, unchanged.'),
  start: described(v.pipe(v.number(), v.integer(), v.minValue(0)), 'Where the quote begins, in UTF-16 units.'),
  end: described(v.pipe(v.number(), v.integer(), v.minValue(1)), 'Where the quote ends, in UTF-16 units.'),
});
export type Evidence = v.InferOutput<typeof Evidence>;

/** Every fact is a sentence of the notice, and may carry where that sentence stands. */
const fact = {
  statement: described(text, 'The sentence that says so, as people read it in the notice.'),
  evidence: v.optional(described(Evidence, 'Where the sentence stands in a text that the notice was made from.')),
};

export const Contact = v.strictObject({
  role: described(v.picklist(['dpo', 'controller', 'team', 'authority', 'other']), 'Whose contact it is.'),
  kind: described(v.picklist(['email', 'phone', 'post', 'url', 'form']), 'How they are reached.'),
  value: described(
    v.nullable(label),
    'The address or number; null where the page hides it: it is then shown as hidden by the site, never reconstructed.',
  ),
  note: v.optional(described(label, 'What else to know, such as opening hours.')),
});
export type Contact = v.InferOutput<typeof Contact>;

export const LawfulBasisStatement = v.strictObject({
  basis: described(v.picklist(LAWFUL_BASES), 'The lawful basis of Art. 6(1).'),
  ...fact,
  steps: yes('Contract: steps at the data subject’s request before entering into it.'),
  interest: v.optional(described(text, 'Legitimate interests: which.')),
  holder: v.optional(described(v.picklist(['controller', 'third_party', 'not_stated']), 'Legitimate interests: whose they are.')),
  holderName: v.optional(described(label, 'The name of whose interests they are.')),
  condition: v.optional(described(text, 'Recognised legitimate interests: the condition of Annex 1 relied on.')),
  limitedTo: v.optional(
    described(
      v.strictObject({
        purposes: list(label, 'Only for these purposes.'),
        data: list(label, 'Only for these data.'),
        stage: v.optional(described(label, 'Only at this stage.')),
      }),
      'What the statement covers, where it is not the whole activity.',
    ),
  ),
});
export type LawfulBasisStatement = v.InferOutput<typeof LawfulBasisStatement>;

const bound = described(v.picklist(['exact', 'min', 'max']), 'Whether it is exactly, at least or at most that period.');
const length = described(period, 'ISO 8601: P30D, P6M, P7Y.');
export const RetentionPeriod = v.variant('type', [
  v.strictObject({
    type: described(v.literal('after_event'), 'A period that begins with an event.'),
    period: length,
    bound,
    anchor: described(v.nullable(Slug), 'The event it begins with, such as last-contact; null: the text gives none.'),
  }),
  v.strictObject({
    type: described(v.literal('while'), 'As long as something holds.'),
    condition: described(Slug, 'What holds, such as account-active.'),
  }),
  v.strictObject({
    type: described(v.literal('until_event'), 'Until something happens.'),
    event: described(Slug, 'What happens, such as consent-withdrawn.'),
  }),
  v.strictObject({
    type: described(v.literal('fixed'), 'A period without a word on what it begins with.'),
    period: length,
    bound,
  }),
  v.strictObject({
    type: described(v.literal('criteria'), 'No period, but how it is determined (Art. 13(2)(a)).'),
    criteria: described(text, 'How it is determined.'),
  }),
  v.strictObject({
    type: described(v.literal('reference'), 'Said in another document.'),
    to: described(text, 'Which document.'),
  }),
]);
export type RetentionPeriod = v.InferOutput<typeof RetentionPeriod>;

export const RetentionRule = v.strictObject({
  ...fact,
  covers: v.optional(described(label, 'Which records or data, where not all of the activity’s.')),
  rule: described(RetentionPeriod, 'The retention period, so that it can be computed.'),
  followedBy: v.optional(described(RetentionPeriod, 'A second period that begins where the first ends.')),
  onlyIf: v.optional(described(text, 'When this rule rather than another applies.')),
  holder: v.optional(described(label, 'Who keeps it, where not the controller.')),
  reviewEvery: v.optional(described(period, 'How often the need to keep it is looked at.')),
  afterwards: v.optional(
    described(v.picklist(['delete', 'anonymise', 'delete_or_anonymise', 'review', 'archive']), 'What happens when it is over.'),
  ),
  reason: v.optional(described(text, 'Why that long.')),
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
  everywhere: yes('On every page of the site.'),
  urls: list(v.pipe(v.string(), v.startsWith('/'), v.maxLength(300)), 'Paths as URLPattern has them: "/contact/*".'),
  pageTypes: list(v.picklist(PAGE_TYPES), 'Kinds of page.'),
  fields: list(
    v.pipe(v.array(v.picklist(FIELD_KINDS)), v.minLength(1)),
    'Each item: what one form of the page must ask for, all of it.',
  ),
});
export type AppliesTo = v.InferOutput<typeof AppliesTo>;

export const CHANNELS = ['email', 'sms', 'push_dm', 'live_call', 'auto_call', 'post'] as const;
export type Channel = (typeof CHANNELS)[number];

const Transfer = v.strictObject({
  to: described(label, 'The country or organisation that the data goes to.'),
  mechanism: described(v.nullable(label), 'What protects the data there (adequacy, clauses); null: the notice names nothing.'),
  ...fact,
});
const Recipient = v.strictObject({
  name: described(label, 'Who receives the data, or a category of them.'),
  negative: yes('The notice says that they do not receive it.'),
  note: v.optional(described(label, 'What for, or what else the notice says.')),
});
const AutomatedDecisions = v.strictObject({
  used: described(v.boolean(), 'Whether decisions are made by machines alone (Art. 22).'),
  ...fact,
});

export const ProcessingActivity = v.strictObject({
  id: described(
    Slug,
    'Its name for programs: kebab-case, the only one in the notice. A purpose of the configuration points at it.',
  ),
  title: described(label, 'Its name for people.'),
  audience: v.optional(described(text, 'Whose data.')),
  dataCategories: list(
    v.strictObject({
      name: described(label, 'Such as "email address".'),
      class: v.optional(
        described(v.picklist(['special', 'criminal']), 'Special categories (Art. 9) or criminal convictions (Art. 10).'),
      ),
      notCollected: yes('The notice says that it is not collected.'),
    }),
    'What data.',
  ),
  source: v.optional(
    described(
      v.strictObject({
        from: described(
          v.picklist(['data_subject', 'employer', 'public', 'device', 'third_party', 'not_stated']),
          'Where it comes from; device: stored on or read from the visitor’s device.',
        ),
        ...fact,
      }),
      'Where the data comes from.',
    ),
  ),
  purposes: list(
    v.strictObject({
      text: described(label, 'What it is done for, in a few words.'),
      kind: described(
        v.picklist(PURPOSE_KINDS),
        'The kind of purpose; marketing is direct marketing, advertising what is on the page.',
      ),
    }),
    'What it is done for.',
  ),
  lawfulBases: described(
    v.array(LawfulBasisStatement),
    'The lawful bases that the notice states for this activity; an empty list: it states none.',
  ),
  lawfulBasisNote: v.optional(described(text, 'What the text has near a basis without stating one, in other words.')),
  recipients: list(Recipient, 'Who receives the data.'),
  transfers: list(Transfer, 'Transfers to other countries.'),
  retention: list(RetentionRule, 'How long it is kept.'),
  marketing: v.optional(
    described(
      v.nullable(
        v.strictObject({
          never: yes('The notice says that there is no direct marketing.'),
          channels: list(v.picklist(CHANNELS), 'By which channels messages come; a form’s opt-in has one box for each.'),
          howToStop: list(label, 'How somebody stops them.'),
          ...fact,
        }),
      ),
      'Direct marketing: asked for in a form, never in the banner.',
    ),
    null,
  ),
  automatedDecisions: v.optional(described(AutomatedDecisions, 'Decisions by machines alone (Art. 22).')),
  /** No lawful basis (R91). */
  devicePermissions: list(
    v.strictObject({ name: described(label, 'Such as "location".'), ...fact }),
    'Permissions of the device’s system.',
  ),
  appliesTo: v.optional(described(AppliesTo, 'Where on the site it happens.'), {}),
});
export type ProcessingActivity = v.InferOutput<typeof ProcessingActivity>;

/** Facts about the text, never a verdict. Codes in issues.ts have the words. */
export const NoticeIssue = v.strictObject({
  code: described(
    v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]{2,60}$/, 'must be a code such as BASIS_MISSING')),
    'What it is about.',
  ),
  activity: v.optional(described(Slug, 'The activity that it is about.')),
  statement: described(text, 'The fact, in a sentence.'),
});
export type NoticeIssue = v.InferOutput<typeof NoticeIssue>;

export const NOTICE_KINDS = ['privacy_notice', 'internal_policy', 'processing_policy', 'cookie_policy'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const PrivacyNotice = v.pipe(
  v.strictObject({
    schema: described(v.literal(1), 'The version of this form: 1.'),
    kind: described(
      v.picklist(NOTICE_KINDS),
      'privacy_notice and cookie_policy are what visitors are shown; the other two are never presented as the notice.',
    ),
    title: described(label, 'As it stands over the notice.'),
    language: described(
      v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or en-GB')),
      'The language of the notice: en, de, en-GB.',
    ),
    version: described(v.nullable(label), 'The version that the document gives itself; null: none.'),
    date: described(
      v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/, 'must be a day or a month: 2026-11-22 or 2026-11'))),
      'When it was made or last changed, a day or a month; null: the document gives none.',
    ),
    about: v.optional(described(text, 'Where the facts come from, for readers of this file.')),
    scope: v.optional(described(text, 'What the notice covers.')),
    regimes: list(label, 'Laws that it names.'),
    controller: described(
      v.strictObject({
        name: described(label, 'As people know it.'),
        legalName: described(v.nullable(label), 'As it is registered; null: the notice does not say.'),
        aliases: list(label, 'Other names that it uses.'),
        contacts: list(Contact, 'How it is reached.'),
        ...fact,
      }),
      'Who decides why and how the data is used (Art. 4(7)).',
    ),
    representative: v.optional(
      described(
        v.strictObject({ name: described(label, 'Its name.'), contacts: list(Contact, 'How it is reached.'), ...fact }),
        'Its representative (Art. 27).',
      ),
    ),
    dpo: v.optional(
      described(
        v.nullable(
          v.strictObject({
            role: described(label, 'The role, never a person’s name.'),
            contacts: list(Contact, 'How they are reached.'),
            ...fact,
          }),
        ),
        'The data protection officer.',
      ),
      null,
    ),
    documentBases: list(LawfulBasisStatement, 'Lawful bases that the document claims for itself as a whole.'),
    rights: list(
      v.strictObject({
        right: described(v.picklist(RIGHTS), 'Which right.'),
        ...fact,
        route: v.optional(described(text, 'How it is exercised.')),
        deadline: v.optional(described(v.nullable(period), 'By when the notice promises an answer: P1M; null: it does not say.')),
        fee: v.optional(described(label, 'What it costs, as the notice says.')),
        formats: list(label, 'In which formats data is given.'),
      }),
      'Rights that the notice tells of.',
    ),
    authority: described(
      v.nullable(
        v.strictObject({
          name: described(label, 'Its name.'),
          contacts: list(Contact, 'How it is reached.'),
          ...fact,
        }),
      ),
      'The supervisory authority that it names; null: none.',
    ),
    complaints: list(
      v.strictObject({
        to: described(v.picklist(['controller', 'authority']), 'To whom.'),
        ...fact,
        contacts: list(Contact, 'Where to.'),
      }),
      'How to complain.',
    ),
    transfers: list(Transfer, 'Transfers to other countries, of all activities.'),
    recipients: list(Recipient, 'Who receives data, of all activities.'),
    retention: list(RetentionRule, 'How long data is kept, of all activities.'),
    automatedDecisions: v.optional(described(AutomatedDecisions, 'Decisions by machines alone (Art. 22).')),
    linkedDocuments: list(
      v.strictObject({
        title: described(label, 'Its title.'),
        href: described(v.nullable(href), 'Where it is; null: the notice’s link leads nowhere.'),
      }),
      'Other documents that it refers to.',
    ),
    activities: described(
      v.pipe(v.array(ProcessingActivity), v.minLength(1), v.maxLength(200)),
      'What is done with personal data, one entry for each thing done.',
    ),
    issues: list(NoticeIssue, 'What the text contradicts or leaves open: facts about it, never a verdict.'),
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
