// A retention rule in words, and the day on which a record's retention ends, where the rule lets that be computed (R57).
// What cannot be computed is said with its reason, so that nothing is ever purged by guesswork.
import { addPeriod } from './period.ts';
import type { RetentionPeriod, RetentionRule } from './schema.ts';

export const CANNOT_COMPUTE = {
  minimum: 'The rule gives a minimum only; nothing says when the record has to go.',
  no_anchor: 'The rule gives a length of time without the event from which it runs.',
  event_not_yet: 'The event from which the rule runs has not happened yet, or its day is not known.',
  while: 'The record stays while a condition holds; when that ends is not known beforehand.',
  criteria: 'The rule gives criteria and no period.',
  reference: 'The rule refers to another document for the period.',
  kept_by_others: 'The rule is about copies that somebody else keeps.',
} as const;
export type CannotCompute = keyof typeof CANNOT_COMPUTE;
export type RetentionEnd = { day: string } | { cannotCompute: CannotCompute };

/** The part of a rule that decides its end: what follows, where something does. */
const last = (rule: RetentionRule): RetentionPeriod => rule.followedBy ?? rule.rule;

/** The event whose day retentionEnd needs (`employment-end`), or null where no day would help. */
export function retentionAnchor(rule: RetentionRule): string | null {
  const period = last(rule);
  if (period.type === 'until_event') return period.event;
  return period.type === 'after_event' && period.bound !== 'min' ? period.anchor : null;
}

/**
 * The first day on which the record is to be gone, or why no day can be computed. `anchorDay` is the ISO day of the event that
 * retentionAnchor names; null while it has not happened. Periods follow the calendar. Throws RangeError for a day that is none.
 */
export function retentionEnd(rule: RetentionRule, anchorDay: string | null): RetentionEnd {
  if (rule.holder !== undefined) return { cannotCompute: 'kept_by_others' };
  const period = last(rule);
  switch (period.type) {
    case 'after_event':
      if (period.bound === 'min') return { cannotCompute: 'minimum' };
      if (period.anchor === null) return { cannotCompute: 'no_anchor' };
      return anchorDay === null ? { cannotCompute: 'event_not_yet' } : { day: addPeriod(anchorDay, period.period) };
    case 'until_event':
      return anchorDay === null ? { cannotCompute: 'event_not_yet' } : { day: addPeriod(anchorDay, 'P0D') };
    case 'fixed':
      return { cannotCompute: period.bound === 'min' ? 'minimum' : 'no_anchor' };
    case 'while':
    case 'criteria':
    case 'reference':
      return { cannotCompute: period.type };
  }
}

const UNITS: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };
const BOUNDS = { exact: '', min: 'at least ', max: 'at most ' };
const plain = (slug: string): string => slug.replaceAll('-', ' ');

/** "7 years", "1 year and 6 months", "0 days". */
export const periodWords = (period: string): string =>
  [...period.matchAll(/(\d+)([YMWD])/g)]
    .map(([, count = '', unit = '']) => `${Number(count)} ${UNITS[unit]}${Number(count) === 1 ? '' : 's'}`)
    .join(' and ');

function oneRule(rule: RetentionPeriod): string {
  switch (rule.type) {
    case 'after_event':
      return `${BOUNDS[rule.bound]}${periodWords(rule.period)} ${rule.anchor ? `after ${plain(rule.anchor)}` : '(from when is not said)'}`;
    case 'while':
      return `for as long as this holds: ${plain(rule.condition)}`;
    case 'until_event':
      return `until ${plain(rule.event)}`;
    case 'fixed':
      return `${BOUNDS[rule.bound]}${periodWords(rule.period)} (from when is not said)`;
    case 'criteria':
      return `by criteria: ${rule.criteria}`;
    case 'reference':
      return `as set elsewhere: ${rule.to}`;
  }
}

/** One line for people: "CVs: at most 7 years after employment end; reviewed every 10 years". What happens then is not in it. */
export function retentionWords(rule: RetentionRule): string {
  const period = `${oneRule(rule.rule)}${rule.followedBy ? `, then ${oneRule(rule.followedBy)}` : ''}`;
  return [
    `${rule.covers ? `${rule.covers}: ` : ''}${period}`,
    ...(rule.onlyIf ? [`only if: ${rule.onlyIf}`] : []),
    ...(rule.reviewEvery ? [`reviewed every ${periodWords(rule.reviewEvery)}`] : []),
    ...(rule.holder ? [`kept by ${rule.holder}`] : []),
  ].join('; ');
}
