import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { fullNotice, smallNotice } from './notice.fixture.ts';
import { isNotice, lawfulBasisStatus, NOTICE_KINDS, PrivacyNotice, Slug, type PrivacyNoticeInput } from './schema.ts';

/** The paths at which the schema refuses an input. */
const faults = (input: unknown): (string | null)[] => {
  const read = v.safeParse(PrivacyNotice, input);
  return read.success ? [] : read.issues.map((issue) => v.getDotPath(issue));
};
const with_ = (change: object): unknown => ({ ...smallNotice(), ...change });
const activity = (change: object): unknown =>
  with_({ activities: [{ id: 'newsletter', title: 'Newsletter', lawfulBases: [], ...change }] });

describe('the notice schema', () => {
  it('takes the smallest notice and fills the defaults in', () => {
    const notice = v.parse(PrivacyNotice, smallNotice());
    expect(notice).toMatchObject({ regimes: [], documentBases: [], rights: [], issues: [], dpo: null });
    expect(notice.activities[0]).toMatchObject({
      retention: [],
      marketing: null,
      appliesTo: { urls: [], pageTypes: [], fields: [] },
    });
  });

  it('reads its own output as the same, so that a hash stays', () => {
    expect(v.parse(PrivacyNotice, fullNotice())).toEqual(fullNotice());
  });

  it.each<[string, unknown, string]>([
    ['an unknown key', with_({ surprise: 1 }), 'surprise'],
    ['an unknown kind', with_({ kind: 'policy' }), 'kind'],
    ['a date in words', with_({ date: '4 February 2022' }), 'date'],
    ['an empty title', with_({ title: '' }), 'title'],
    ['a title longer than a line', with_({ title: 'x'.repeat(301) }), 'title'],
    ['no activities', with_({ activities: [] }), 'activities'],
    ['a script as a link', with_({ linkedDocuments: [{ title: 'T', href: 'javascript:alert(1)' }] }), 'linkedDocuments.0.href'],
    [
      'a link with markup',
      with_({ linkedDocuments: [{ title: 'T', href: 'https://x.example/"><b>' }] }),
      'linkedDocuments.0.href',
    ],
    ['a language that is none', with_({ language: 'English!' }), 'language'],
    ['an activity id with capitals', activity({ id: 'Newsletter' }), 'activities.0.id'],
    [
      'an unknown basis',
      activity({ lawfulBases: [{ basis: 'necessity', statement: 'S.' }] }),
      'activities.0.lawfulBases.0.basis',
    ],
    ['a basis without a statement', activity({ lawfulBases: [{ basis: 'consent' }] }), 'activities.0.lawfulBases.0.statement'],
    [
      'steps that are false',
      activity({ lawfulBases: [{ basis: 'contract', statement: 'S.', steps: false }] }),
      'activities.0.lawfulBases.0.steps',
    ],
    [
      'an unknown retention rule',
      activity({ retention: [{ statement: 'S.', rule: { type: 'forever' } }] }),
      'activities.0.retention.0.rule.type',
    ],
    [
      'a period in words',
      activity({ retention: [{ statement: 'S.', rule: { type: 'fixed', period: '7y', bound: 'max' } }] }),
      'activities.0.retention.0.rule.period',
    ],
    [
      'an anchor with spaces',
      activity({
        retention: [{ statement: 'S.', rule: { type: 'after_event', period: 'P7Y', bound: 'max', anchor: 'last contact' } }],
      }),
      'activities.0.retention.0.rule.anchor',
    ],
    ['an unknown page type', activity({ appliesTo: { pageTypes: ['blog'] } }), 'activities.0.appliesTo.pageTypes.0'],
    ['a pattern that is no path', activity({ appliesTo: { urls: ['https://x.example/'] } }), 'activities.0.appliesTo.urls.0'],
    ['a form rule without a field', activity({ appliesTo: { fields: [[]] } }), 'activities.0.appliesTo.fields.0'],
    ['an issue code in lower case', with_({ issues: [{ code: 'basis_missing', statement: 'S.' }] }), 'issues.0.code'],
  ])('refuses %s and names the place', (_what, input, place) => {
    expect(faults(input)).toContain(place);
  });

  it('refuses two activities of one id, and an issue with an activity that is not there', () => {
    const twice = smallNotice().activities.concat(smallNotice().activities);
    expect(faults(with_({ activities: twice }))).toHaveLength(1);
    expect(faults(with_({ issues: [{ code: 'BASIS_MISSING', activity: 'other', statement: 'S.' }] }))).toHaveLength(1);
  });

  it.each(['a', '7-years', 'data-subject', 'x'.repeat(64)])('takes %j for an id', (id) => expect(v.is(Slug, id)).toBe(true));
  it.each(['', '-a', 'a-', 'a_b', 'ä', 'a b', 'x'.repeat(65), '__proto__'])('takes no %j for an id', (id) =>
    expect(v.is(Slug, id)).toBe(false),
  );
});

describe('what a notice says of a lawful basis', () => {
  const consent: PrivacyNoticeInput['documentBases'] = [{ basis: 'consent', statement: 'Consent.' }];
  const statusWith = (documentBases: typeof consent, lawfulBases: NonNullable<typeof consent>): string => {
    const notice = v.parse(PrivacyNotice, {
      ...smallNotice(),
      documentBases,
      activities: [{ id: 'a', title: 'A', lawfulBases }],
    });
    return lawfulBasisStatus(notice, notice.activities[0] as PrivacyNotice['activities'][number]);
  };

  it('R77 is stated here, stated for the document only, or not stated', () => {
    expect(statusWith(consent, consent)).toBe('stated');
    expect(statusWith([], consent)).toBe('stated');
    expect(statusWith(consent, [])).toBe('document_only');
    expect(statusWith([], [])).toBe('not_stated');
  });

  it('R77 counts privacy notices and cookie policies as notices, and no other kind', () => {
    expect(NOTICE_KINDS.filter(isNotice)).toEqual(['privacy_notice', 'cookie_policy']);
  });
});
