// What changed between two versions of a notice, in meaning: which activities, on what basis, how long, to whom. Wording alone
// is told apart from it, so that a reader is not made to compare sentences that say the same.
import { canonicalJson } from '../canonical.ts';
import { LAWFUL_BASIS_FACTS } from './lawful-basis.ts';
import { retentionWords } from './retention.ts';
import type { LawfulBasisStatement, PrivacyNotice, ProcessingActivity, RetentionRule } from './schema.ts';

/** What a change is about. */
export const CHANGED_PARTS = [
  'activity',
  'lawful_basis',
  'retention',
  'recipient',
  'purpose',
  'data',
  'transfer',
  'marketing',
  'source',
  'automated_decisions',
  'applies_to',
  'right',
  'contact',
  'document',
  'wording',
] as const;
export type ChangedPart = (typeof CHANGED_PARTS)[number];

export interface NoticeChange {
  part: ChangedPart;
  /** `changed` only where one thing stays the same and another of it differs. */
  change: 'added' | 'removed' | 'changed';
  /** The activity's id; null: of the document as a whole. */
  activity: string | null;
  /** For people; null where there was or is nothing. */
  before: string | null;
  after: string | null;
}

/** What a notice says once of itself. */
const PARTICULARS = ['kind', 'language', 'version', 'date', 'controller'] as const;
type Particular = (typeof PARTICULARS)[number];

/** How a fact is said; what makes it the same fact never depends on it. The rest is said in English, with the notice's own words. */
export interface ChangeWords {
  basis(statement: LawfulBasisStatement): string;
  retention(rule: RetentionRule): string;
  right(entry: PrivacyNotice['rights'][number]): string;
  particular(name: Particular, value: string | null): string;
}

interface Fact {
  /** One that says the same in both versions did not change. */
  text: string;
  shown: string;
}
/** By what makes the fact the same fact. */
type Words = Map<string, Fact>;
interface Facts {
  part: ChangedPart;
  of(activity: ProcessingActivity, say: ChangeWords): Words;
}

const words = <T>(items: readonly T[], key: (item: T) => string, shown: (item: T) => string = key, text = key): Words =>
  new Map(items.map((item) => [key(item), { text: text(item), shown: shown(item) }]));
const named = (entry: { name: string; negative?: true | undefined }): string =>
  entry.negative ? `not shared with ${entry.name}` : entry.name;
const transfer = ({ to, mechanism }: { to: string; mechanism: string | null }): string =>
  `${to} (${mechanism ?? 'no mechanism stated'})`;

function basis(one: LawfulBasisStatement): string {
  const facts = [
    ...(one.steps ? ['steps before a contract'] : []),
    ...(one.interest ? [`interest: ${one.interest}`] : []),
    ...(one.holder ? [`of: ${one.holderName ?? one.holder.replaceAll('_', ' ')}`] : []),
    ...(one.condition ? [`condition: ${one.condition}`] : []),
    ...(one.limitedTo?.purposes.length ? [`for: ${one.limitedTo.purposes.join(', ')}`] : []),
    ...(one.limitedTo?.data.length ? [`data: ${one.limitedTo.data.join(', ')}`] : []),
    ...(one.limitedTo?.stage ? [`stage: ${one.limitedTo.stage}`] : []),
  ];
  return `${LAWFUL_BASIS_FACTS[one.basis].label}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}

const retention = (rule: RetentionRule): string =>
  `${retentionWords(rule)}${rule.afterwards ? `; then ${rule.afterwards.replaceAll('_', ' ')}` : ''}`;

const right = ({ right: name, deadline, fee }: PrivacyNotice['rights'][number]): string =>
  `${name}${deadline ? `, within ${deadline}` : ''}${fee ? `, fee: ${fee}` : ''}`;

const particular = (name: Particular, value: string | null): string => `${name}: ${value ?? 'none'}`;

const ENGLISH: ChangeWords = { basis, retention, right, particular };

const single = (text: string | null): Words => new Map(text === null ? [] : [[text, { text, shown: text }]]);
const decisions = (used: { used: boolean } | undefined): Words =>
  single(used ? (used.used ? 'automated decisions are used' : 'no automated decisions') : null);

const ACTIVITY_FACTS: readonly Facts[] = [
  {
    part: 'purpose',
    // "other" says only that none of the kinds is known of it.
    of: ({ purposes }) =>
      words(
        purposes,
        ({ text, kind }) => `${text} (${kind})`,
        ({ text, kind }) => (kind === 'other' ? text : `${text} (${kind})`),
      ),
  },
  { part: 'lawful_basis', of: ({ lawfulBases }, say) => words(lawfulBases, basis, say.basis) },
  {
    part: 'data',
    of: ({ dataCategories }) =>
      words(
        dataCategories,
        (one) => `${one.notCollected ? 'not collected: ' : ''}${one.name}${one.class ? ` (${one.class})` : ''}`,
      ),
  },
  { part: 'recipient', of: ({ recipients }) => words(recipients, named) },
  { part: 'transfer', of: ({ transfers }) => words(transfers, transfer) },
  { part: 'retention', of: (activity, say) => words(activity.retention, retention, say.retention) },
  {
    part: 'marketing',
    of: ({ marketing }) =>
      single(
        marketing === null
          ? null
          : marketing.never
            ? 'never'
            : `by ${marketing.channels.join(', ') || 'channels not named'}; to stop: ${marketing.howToStop.join(', ') || 'not said'}`,
      ),
  },
  { part: 'source', of: ({ source }) => single(source ? source.from.replaceAll('_', ' ') : null) },
  { part: 'automated_decisions', of: ({ automatedDecisions }) => decisions(automatedDecisions) },
  { part: 'applies_to', of: ({ appliesTo }) => single(canonicalJson(appliesTo)) },
];

interface DocumentFacts {
  part: ChangedPart;
  of(notice: PrivacyNotice, say: ChangeWords): Words;
}
const DOCUMENT_FACTS: readonly DocumentFacts[] = [
  {
    part: 'document',
    of: ({ kind, language, version, date, controller }, say) => {
      const values: Record<Particular, string | null> = {
        kind,
        language,
        version,
        date,
        controller: controller.legalName ?? controller.name,
      };
      return new Map(
        PARTICULARS.map((name) => [name, { text: values[name] ?? '', shown: say.particular(name, values[name]) }] as const),
      );
    },
  },
  { part: 'lawful_basis', of: ({ documentBases }, say) => words(documentBases, basis, say.basis) },
  { part: 'recipient', of: ({ recipients }) => words(recipients, named) },
  { part: 'transfer', of: ({ transfers }) => words(transfers, transfer) },
  { part: 'retention', of: (notice, say) => words(notice.retention, retention, say.retention) },
  {
    part: 'right',
    of: ({ rights }, say) => words(rights, (entry) => entry.right, say.right, right),
  },
  { part: 'automated_decisions', of: ({ automatedDecisions }) => decisions(automatedDecisions) },
  {
    part: 'contact',
    of: ({ controller, dpo, representative, authority }) =>
      words(
        [controller, dpo, representative, authority].flatMap((holder) => holder?.contacts ?? []),
        ({ role, kind, value }) => `${role}: ${value ?? `${kind} hidden by the site`}`,
      ),
  },
];

/** Lone facts on either side of one kind are one thing that changed; the rest came or went. */
function compare(part: ChangedPart, activity: string | null, before: Words, after: Words): NoticeChange[] {
  const changes: NoticeChange[] = [];
  const gone: string[] = [];
  const come: string[] = [];
  for (const [key, { text, shown }] of before) {
    const now = after.get(key);
    if (now === undefined) gone.push(shown);
    else if (now.text !== text) changes.push({ part, change: 'changed', activity, before: shown, after: now.shown });
  }
  for (const [key, { shown }] of after) if (!before.has(key)) come.push(shown);
  const [only, fresh] = [gone[0], come[0]];
  if (
    gone.length === 1 &&
    come.length === 1 &&
    only !== undefined &&
    fresh !== undefined &&
    before.size === 1 &&
    after.size === 1
  )
    return [...changes, { part, change: 'changed', activity, before: only, after: fresh }];
  return [
    ...changes,
    ...gone.map((text): NoticeChange => ({ part, change: 'removed', activity, before: text, after: null })),
    ...come.map((text): NoticeChange => ({ part, change: 'added', activity, before: null, after: text })),
  ];
}

function activityChanges(before: ProcessingActivity, after: ProcessingActivity, say: ChangeWords): NoticeChange[] {
  const changes = ACTIVITY_FACTS.flatMap(({ part, of }) => compare(part, after.id, of(before, say), of(after, say)));
  if (changes.length > 0 || canonicalJson(before) === canonicalJson(after)) return changes;
  return [{ part: 'wording', change: 'changed', activity: after.id, before: before.title, after: after.title }];
}

/**
 * In the order of the newer notice, what concerns the whole document first. Two versions of one meaning give at most `wording`
 * changes; the same notice gives none. An activity is the same one by its id.
 */
export function noticeChanges(before: PrivacyNotice, after: PrivacyNotice, say: ChangeWords = ENGLISH): NoticeChange[] {
  const earlier = new Map(before.activities.map((activity) => [activity.id, activity]));
  const later = new Set(after.activities.map(({ id }) => id));
  const changes = [
    ...DOCUMENT_FACTS.flatMap(({ part, of }) => compare(part, null, of(before, say), of(after, say))),
    ...before.activities
      .filter(({ id }) => !later.has(id))
      .map(({ id, title }): NoticeChange => ({ part: 'activity', change: 'removed', activity: id, before: title, after: null })),
    ...after.activities.flatMap((activity): NoticeChange[] => {
      const old = earlier.get(activity.id);
      if (old) return activityChanges(old, activity, say);
      return [{ part: 'activity', change: 'added', activity: activity.id, before: null, after: activity.title }];
    }),
  ];
  if (changes.length > 0 || canonicalJson(before) === canonicalJson(after)) return changes;
  return [{ part: 'wording', change: 'changed', activity: null, before: before.title, after: after.title }];
}
