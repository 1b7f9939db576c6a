import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { addPeriod } from './period.ts';
import { CANNOT_COMPUTE, periodWords, retentionAnchor, retentionEnd, retentionWords } from './retention.ts';
import { RetentionRule } from './schema.ts';

const rule = (input: v.InferInput<typeof RetentionRule>['rule'], more: object = {}): RetentionRule =>
  v.parse(RetentionRule, { statement: 'A rule.', rule: input, ...more });
const after = (period: string, bound: 'exact' | 'min' | 'max', anchor: string | null) =>
  ({ type: 'after_event', period, bound, anchor }) as const;

/** Phrases of the kind that the founding documents have, in short, with the rule that they mean and where it ends. */
const ORACLE: [string, RetentionRule, string | null, string, object][] = [
  [
    'seven years after the last contact',
    rule(after('P7Y', 'exact', 'last-contact')),
    '2024-02-29',
    '7 years after last contact',
    { day: '2031-02-28' },
  ],
  [
    'seven years after the last communication',
    rule(after('P7Y', 'exact', 'last-communication')),
    '2026-01-01',
    '7 years after last communication',
    { day: '2033-01-01' },
  ],
  [
    'reviewed every ten years, gone after seven',
    rule(after('P7Y', 'exact', 'last-communication'), { reviewEvery: 'P10Y' }),
    '2026-01-01',
    '7 years after last communication; reviewed every 10 years',
    { day: '2033-01-01' },
  ],
  [
    'project staff keep nothing afterwards',
    rule({ type: 'until_event', event: 'project-end' }, { holder: 'Delivery staff' }),
    '2026-01-01',
    'until project end; kept by Delivery staff',
    { cannotCompute: 'kept_by_others' },
  ],
  [
    'at most seven years, from no named day',
    rule(after('P7Y', 'max', null)),
    '2026-01-01',
    'at most 7 years (from when is not said)',
    { cannotCompute: 'no_anchor' },
  ],
  [
    'while marketing is wanted',
    rule({ type: 'while', condition: 'wants-marketing' }),
    null,
    'for as long as this holds: wants marketing',
    { cannotCompute: 'while' },
  ],
  [
    'while suppression is needed',
    rule({ type: 'while', condition: 'suppressed' }),
    null,
    'for as long as this holds: suppressed',
    { cannotCompute: 'while' },
  ],
  [
    'while registered',
    rule({ type: 'while', condition: 'registered' }),
    null,
    'for as long as this holds: registered',
    { cannotCompute: 'while' },
  ],
  [
    'while the contact person',
    rule({ type: 'while', condition: 'contact' }),
    null,
    'for as long as this holds: contact',
    { cannotCompute: 'while' },
  ],
  [
    'within seven years of the contract end',
    rule(after('P7Y', 'max', 'contract-end')),
    '2026-05-31',
    'at most 7 years after contract end',
    { day: '2033-05-31' },
  ],
  [
    'within a month of the decision',
    rule(after('P1M', 'max', 'decision-notified'), { afterwards: 'delete_or_anonymise' }),
    '2026-01-31',
    'at most 1 month after decision notified',
    { day: '2026-02-28' },
  ],
  [
    'leaving date and seven years',
    rule(after('P7Y', 'exact', 'employment-end'), { covers: 'CVs' }),
    '2026-06-30',
    'CVs: 7 years after employment end',
    { day: '2033-06-30' },
  ],
  [
    'leaving date and one year',
    rule(after('P1Y', 'exact', 'employment-end'), { covers: 'Bank details' }),
    '2026-06-30',
    'Bank details: 1 year after employment end',
    { day: '2027-06-30' },
  ],
  [
    'leaving date and three months',
    rule(after('P3M', 'exact', 'employment-end'), { covers: 'Next of kin' }),
    '2026-11-30',
    'Next of kin: 3 months after employment end',
    { day: '2027-02-28' },
  ],
  [
    'at least six months from the interview',
    rule(after('P6M', 'min', 'interview')),
    '2026-06-30',
    'at least 6 months after interview',
    { cannotCompute: 'minimum' },
  ],
  [
    'at least three years after the financial year',
    rule(after('P3Y', 'min', 'financial-year-end')),
    '2026-03-31',
    'at least 3 years after financial year end',
    { cannotCompute: 'minimum' },
  ],
  [
    'few redundancies, three years',
    rule(after('P3Y', 'exact', 'redundancy'), { onlyIf: 'fewer than 20 redundancies' }),
    '2026-03-31',
    '3 years after redundancy; only if: fewer than 20 redundancies',
    { day: '2029-03-31' },
  ],
  [
    'many redundancies, twelve years',
    rule(after('P12Y', 'exact', 'redundancy'), { onlyIf: '20 or more redundancies' }),
    '2026-03-31',
    '12 years after redundancy; only if: 20 or more redundancies',
    { day: '2038-03-31' },
  ],
  [
    'while employed',
    rule({ type: 'while', condition: 'employed' }),
    null,
    'for as long as this holds: employed',
    { cannotCompute: 'while' },
  ],
  [
    'forty years',
    rule({ type: 'fixed', period: 'P40Y', bound: 'exact' }),
    '2026-01-01',
    '40 years (from when is not said)',
    { cannotCompute: 'no_anchor' },
  ],
  [
    'while engaged, then a year at most',
    rule({ type: 'while', condition: 'engaged' }, { followedBy: after('P1Y', 'max', 'last-contact') }),
    '2026-02-28',
    'for as long as this holds: engaged, then at most 1 year after last contact',
    { day: '2027-02-28' },
  ],
  [
    'as the funder demands',
    rule({ type: 'reference', to: 'the funder' }),
    '2026-01-01',
    'as set elsewhere: the funder',
    { cannotCompute: 'reference' },
  ],
  [
    'as the law allows',
    rule({ type: 'criteria', criteria: 'what the law allows' }),
    '2026-01-01',
    'by criteria: what the law allows',
    { cannotCompute: 'criteria' },
  ],
];

describe('retention rules', () => {
  it.each(ORACLE)(
    'R57 %s: representable, in words, with its end or why none can be computed',
    (_phrase, one, day, words, end) => {
      expect(retentionWords(one)).toBe(words);
      expect(retentionEnd(one, day)).toEqual(end);
    },
  );

  it('R57 computes no end before the event has happened', () => {
    expect(retentionEnd(rule(after('P7Y', 'exact', 'employment-end')), null)).toEqual({ cannotCompute: 'event_not_yet' });
    expect(retentionEnd(rule({ type: 'until_event', event: 'project-end' }), null)).toEqual({ cannotCompute: 'event_not_yet' });
    expect(retentionEnd(rule({ type: 'until_event', event: 'project-end' }), '2026-05-01')).toEqual({ day: '2026-05-01' });
  });

  it('R57 whatever the rule, an end comes only from an event that the rule names and a period that is no minimum', () => {
    const anchor = fc.option(fc.constantFrom('last-contact', 'employment-end'), { nil: null });
    const bound = fc.constantFrom('exact', 'min', 'max');
    const period = fc.nat({ max: 40 }).map((years) => `P${years}Y`);
    const any = fc.oneof(
      fc.record({ type: fc.constant('after_event'), period, bound, anchor }),
      fc.record({ type: fc.constant('while'), condition: fc.constant('employed') }),
      fc.record({ type: fc.constant('until_event'), event: fc.constant('project-end') }),
      fc.record({ type: fc.constant('fixed'), period, bound }),
      fc.record({ type: fc.constant('criteria'), criteria: fc.constant('as needed') }),
      fc.record({ type: fc.constant('reference'), to: fc.constant('a policy') }),
    ) as fc.Arbitrary<RetentionRule['rule']>;
    fc.assert(
      fc.property(any, fc.option(any, { nil: undefined }), (first, then) => {
        const one = rule(first, then ? { followedBy: then } : {});
        const end = retentionEnd(one, '2024-02-29');
        const decides = then ?? first;
        expect('day' in end).toBe(retentionAnchor(one) !== null);
        if ('cannotCompute' in end) expect(CANNOT_COMPUTE[end.cannotCompute]).toMatch(/\.$/);
        else expect(end.day).toBe(decides.type === 'after_event' ? addPeriod('2024-02-29', decides.period) : '2024-02-29');
      }),
    );
  });

  it('throws for an anchor day that is none', () => {
    expect(() => retentionEnd(rule(after('P7Y', 'exact', 'employment-end')), '2026-02-30')).toThrow(RangeError);
  });

  it('says periods in words', () => {
    expect(['P1Y', 'P1Y6M', 'P2W', 'P1D', 'P0D'].map(periodWords)).toEqual([
      '1 year',
      '1 year and 6 months',
      '2 weeks',
      '1 day',
      '0 days',
    ]);
  });
});
