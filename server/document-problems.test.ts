import { describe, expect, it } from 'vitest';

import { PrivacyNotice } from '../shared/notice/schema.ts';
import { cookiePolicy } from '../test/support/service.ts';
import { documentProblems, problemWords } from './document-problems.ts';
import { nearest } from './nearest.ts';

const problems = (changes: object): string[] =>
  documentProblems(PrivacyNotice, { ...cookiePolicy, ...changes }).map(problemWords);
const retention = (rule: object) => [{ ...cookiePolicy.activities[0], retention: [{ statement: 'S.', rule }] }];

describe('what is wrong with a document', () => {
  it('is nothing where nothing is', () => {
    expect(problems({})).toEqual([]);
  });

  it('is said all at once, unknown keys too', () => {
    expect(problems({ kind: 'privacy', titel: 'T', colour: 'red', controller: undefined, activities: [{ id: 'A b' }] })).toEqual([
      expect.stringMatching(/^kind: is "privacy"; it takes "privacy_notice", /),
      expect.stringMatching(/^controller: is missing; it takes an object \{…\}: Who decides/),
      'activities/0/id: is "A b"; it takes kebab-case: a-z, 0-9 and -',
      expect.stringMatching(/^activities\/0\/title: is missing; /),
      expect.stringMatching(/^activities\/0\/lawfulBases: is missing; it takes a list \[…\]: /),
      'titel: is a key that is not known here; did you mean title?',
      expect.stringMatching(/^colour: is a key that is not known here; known are schema, /),
    ]);
  });

  it.each<[object, string[]]>([
    [{ type: 'fixed', period: '7 years', bound: 'exact' }, ['period: is "7 years"; it takes an ISO 8601 period such as P6M']],
    [
      { type: 'for', period: 'P7Y', bound: 'exact' },
      [expect.stringMatching(/^type: is "for"; it takes "after_event", "while"/) as string],
    ],
    [
      { type: 'fixed', perod: 'P7Y', bound: 'exact' },
      [expect.stringMatching(/^period: is missing; /) as string, 'perod: is a key that is not known here; did you mean period?'],
    ],
    [
      { type: 'after_event', period: 'P7Y', bound: 'exact' },
      [expect.stringMatching(/^anchor: is missing; .* or null/) as string],
    ],
  ])('is known inside the forms of a variant: %j', (rule, expected) => {
    const place = 'activities/0/retention/0/rule/';
    expect(problems({ activities: retention(rule) }).map((line) => line.replace(place, ''))).toEqual(expected);
  });

  it('repeats only the beginning of what is there, and nothing that steers a terminal', () => {
    const [line = ''] = problems({ date: `\u001b[31m${'x'.repeat(5000)}` });
    expect(line.length).toBeLessThan(200);
    expect(line).not.toContain('\u001b');
  });

  it.each([7, null, 'text', []])('is told of %j in place of a document', (input) => {
    expect(documentProblems(PrivacyNotice, input).length).toBeGreaterThan(0);
  });

  it('is found in bounded time however many keys are unknown', () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key-${i}`, 1]));
    expect(problems(keys).length).toBeLessThanOrEqual(100);
  });
});

it.each<[string, string[], string | null]>([
  ['statistic', ['media', 'statistics'], 'statistics'],
  ['Statistics', ['statistics'], 'statistics'],
  ['stats', ['media', 'statistics'], null],
  ['stat', ['media', 'statistics'], 'statistics'],
  ['foo', ['dpo'], null],
  ['', ['newsletter'], null],
])('the name that %j was probably meant to be', (name, known, expected) => {
  expect(nearest(name, known)).toBe(expected);
});
