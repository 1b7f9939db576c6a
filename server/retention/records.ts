// How long the service keeps its own records of a site: choices (the proof of them) and requests. The site's configuration says
// it, by a period or by pointing at a rule of a published notice. Where it says nothing, nothing is purged and that is said:
// there is no default "for ever" and no default period either (R55).
import { retentionAnchor, retentionEnd, retentionWords, type RetentionEnd } from '../../shared/notice/retention.ts';
import type { RetentionRule } from '../../shared/notice/schema.ts';
import type { Keeping } from '../../shared/site/configuration.ts';
import type { SiteContext } from '../site-context.ts';

export const RECORDS = ['choices', 'requests'] as const;
export type RecordType = (typeof RECORDS)[number];

/** Days that the service knows of a record, by the names that rules use. Null: that has not happened, or cannot be known. */
export interface Anchors {
  /** When the newest choice was made, or the request came in. */
  choice?: string;
  /** When it stopped to hold, or the request was closed. */
  end: string | null;
}

const START = ['choice', 'last-choice', 'consent', 'request'];
const END = ['choice-end', 'consent-end', 'consent-withdrawal', 'request-closed', 'request-end'];

export interface RecordRule {
  record: RecordType;
  /** For people and for the log of runs. */
  words: string;
  end(anchors: Anchors): RetentionEnd;
}

const RULE_BASE = { statement: 'the site’s configuration' };

function ruleFor(record: RecordType, rule: RetentionRule, words: string): RecordRule {
  const anchor = retentionAnchor(rule);
  return {
    record,
    words,
    end: ({ choice, end }) => {
      const day = anchor === null ? null : START.includes(anchor) ? (choice ?? null) : END.includes(anchor) ? end : null;
      return retentionEnd(rule, day);
    },
  };
}

/** What the configuration points at, for people. Null: at nothing, as it says a period, or says nothing. */
export function namedRule(record: RecordType, keeping: Keeping | undefined): string | null {
  if (!keeping || 'period' in keeping) return null;
  const rule = keeping.covers === undefined ? 'a retention rule' : `a retention rule that covers “${keeping.covers}”`;
  return `keeping.${record} points at ${rule} of the activity “${keeping.activity}” in the ${keeping.notice}`;
}

/** Null: the configuration says nothing, or points at a rule that no current notice has. */
export function recordRule(
  { configuration, notices }: Pick<SiteContext, 'configuration' | 'notices'>,
  record: RecordType,
): RecordRule | null {
  const keeping: Keeping | undefined = configuration.keeping?.[record];
  if (!keeping) return null;
  if ('period' in keeping) {
    const anchor =
      keeping.from === 'start'
        ? record === 'choices'
          ? 'choice'
          : 'request'
        : record === 'choices'
          ? 'choice-end'
          : 'request-closed';
    const rule: RetentionRule = { ...RULE_BASE, rule: { type: 'after_event', period: keeping.period, bound: 'exact', anchor } };
    return ruleFor(record, rule, retentionWords(rule));
  }
  const activity = notices[keeping.notice]?.activities.find(({ id }) => id === keeping.activity);
  const rule = activity?.retention.find(({ covers }) => keeping.covers === undefined || covers === keeping.covers);
  return rule ? ruleFor(record, rule, retentionWords(rule)) : null;
}
