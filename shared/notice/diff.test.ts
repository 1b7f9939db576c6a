import { expect, it } from 'vitest';
import * as v from 'valibot';

import { noticeChanges } from './diff.ts';
import { fullNotice } from './notice.fixture.ts';
import { PrivacyNotice } from './schema.ts';

const changed = (change: (notice: PrivacyNotice) => void) => {
  const after = structuredClone(fullNotice());
  change(after);
  return noticeChanges(fullNotice(), v.parse(PrivacyNotice, after));
};
const activity = (notice: PrivacyNotice) => notice.activities[0] as PrivacyNotice['activities'][number];

it('R74 the same notice has not changed', () => {
  expect(changed(() => {})).toEqual([]);
});

it('R74 a typo changes wording only', () => {
  expect(changed((notice) => void (notice.controller.statement += ' '))).toMatchObject([{ part: 'wording', activity: null }]);
  expect(changed((notice) => void (activity(notice).title = 'News letter'))).toEqual([
    { part: 'wording', change: 'changed', activity: 'newsletter', before: 'Newsletter', after: 'News letter' },
  ]);
});

it('R74 activities come and go by their id', () => {
  const changes = changed((notice) => {
    const [first, silent] = notice.activities;
    if (first && silent) notice.activities = [first, { ...silent, id: 'loud', title: 'A loud one' }];
    notice.issues = [];
  });
  expect(changes).toEqual([
    { part: 'activity', change: 'removed', activity: 'silent', before: 'A silent one', after: null },
    { part: 'activity', change: 'added', activity: 'loud', before: null, after: 'A loud one' },
  ]);
});

it('R74 bases, retention and recipients of an activity are told in words', () => {
  expect(changed((notice) => void activity(notice).lawfulBases.shift())).toEqual([
    {
      part: 'lawful_basis',
      change: 'removed',
      activity: 'newsletter',
      before: 'Consent (for: For marketing; data: Email; stage: First)',
      after: null,
    },
  ]);
  expect(changed((notice) => void activity(notice).recipients.push({ name: 'A printer' }))).toEqual([
    { part: 'recipient', change: 'added', activity: 'newsletter', before: null, after: 'A printer' },
  ]);
  const longer = changed((notice) => {
    const rule = activity(notice).retention[0]?.rule;
    if (rule?.type === 'after_event') rule.period = 'P8Y';
  });
  expect(longer.map(({ part, change }) => `${part} ${change}`)).toEqual(['retention removed', 'retention added']);
  expect(longer[1]?.after).toContain('8 years after last contact');
});

it('R74 a lone fact that became another is one change', () => {
  expect(changed((notice) => void (activity(notice).marketing = null))).toMatchObject([
    { part: 'marketing', change: 'removed', after: null },
  ]);
  expect(
    changed((notice) => void (activity(notice).marketing = { never: true, channels: [], howToStop: [], statement: 'Never.' })),
  ).toEqual([
    { part: 'marketing', change: 'changed', activity: 'newsletter', before: 'by email; to stop: The link', after: 'never' },
  ]);
});

it('R74 what concerns the whole document is told as such', () => {
  const changes = changed((notice) => {
    notice.version = '4';
    notice.documentBases = [];
  });
  expect(changes).toEqual([
    { part: 'document', change: 'changed', activity: null, before: 'version: 3', after: 'version: 4' },
    { part: 'lawful_basis', change: 'removed', activity: null, before: 'Legal obligation', after: null },
  ]);
});
