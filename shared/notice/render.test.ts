import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { fullNotice, smallNotice } from './notice.fixture.ts';
import { evidenceAt, noticeLines, noticeText, staleEvidence, withEvidence } from './render.ts';
import { PrivacyNotice } from './schema.ts';

/** Text as hostile as a notice may hold: any UTF-16 but line breaks and lone surrogates, which JSON cannot carry. */
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
const fact = fc.record({ statement: text });
const basis = fc.record({ basis: fc.constantFrom('consent', 'contract', 'legitimate_interests'), statement: text });
const retention = fc.record({ statement: text, rule: fc.constant({ type: 'while', condition: 'engaged' }) });
const activity = fc.record({
  title: text,
  lawfulBases: fc.array(basis, { maxLength: 3 }),
  retention: fc.array(retention, { maxLength: 3 }),
  marketing: fc.option(fact),
  source: fc.option(fc.record({ statement: text, from: fc.constant('device') }), { nil: undefined }),
});
const anyNotice = fc
  .record({
    title: text,
    statement: text,
    documentBases: fc.array(basis, { maxLength: 3 }),
    retention: fc.array(retention, { maxLength: 2 }),
    rights: fc.array(fc.record({ right: fc.constantFrom('access', 'complaint'), statement: text }), { maxLength: 3 }),
    activities: fc.array(activity, { minLength: 1, maxLength: 4 }),
  })
  .map(({ statement, activities, ...rest }) =>
    v.parse(PrivacyNotice, {
      ...smallNotice(),
      ...rest,
      controller: { name: 'Example', legalName: null, statement },
      activities: activities.map((one, i) => ({ id: `a-${i}`, ...one })),
    }),
  );

describe('the text of a notice', () => {
  it('R78 gives back each quote between its offsets, whatever the notice says', () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        const whole = noticeText(notice);
        const lines = noticeLines(notice);
        for (const line of lines) expect(whole.slice(line.start, line.end)).toBe(line.text);
        expect(lines.map((line) => line.text).join('\n')).toBe(whole);
        expect(new Set(lines.map(({ place }) => place)).size).toBe(lines.length);
      }),
      { numRuns: 200 },
    );
  });

  it('R78 fills evidence in that holds, and that does not change the text it points into', () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        const filled = withEvidence(notice);
        expect(staleEvidence(filled)).toEqual([]);
        expect(noticeText(filled)).toBe(noticeText(notice));
        expect(withEvidence(filled)).toEqual(filled);
        const [first] = filled.activities;
        for (const one of first?.lawfulBases ?? []) expect(one.evidence?.quote).toBe(one.statement);
      }),
      { numRuns: 100 },
    );
  });

  it('R78 finds evidence that the text has moved away from', () => {
    const notice = withEvidence(fullNotice());
    const [first] = notice.activities;
    const edited: PrivacyNotice = {
      ...notice,
      controller: { ...notice.controller, statement: 'Somebody else decides now.' },
    };
    expect(staleEvidence(edited)).toContain('controller');
    expect(staleEvidence(edited)).toContain('activities/0/lawfulBases/0');
    expect(first?.lawfulBases[0]?.evidence).toBeDefined();
  });

  it('has every fact of a notice, each in a place of its own', () => {
    const places = noticeLines(fullNotice()).map(({ place }) => place);
    expect(places).toEqual(
      expect.arrayContaining([
        'title',
        'controller',
        'representative',
        'dpo',
        'documentBases/0',
        'activities/0',
        'activities/0/source',
        'activities/0/lawfulBases/10',
        'activities/0/retention/6',
        'activities/0/transfers/0',
        'activities/0/marketing',
        'activities/0/automatedDecisions',
        'activities/0/devicePermissions/0',
        'retention/0',
        'transfers/0',
        'automatedDecisions',
        'rights/0',
        'complaints/0',
        'authority',
      ]),
    );
  });

  it('leaves out the heading of a section that has nothing', () => {
    const places = noticeLines(v.parse(PrivacyNotice, smallNotice())).map(({ place }) => place);
    expect(places).toEqual(['title', 'section-who', 'controller', 'section-activities', 'activities/0']);
  });

  it('gives the evidence of one place, and throws for a place that is not there', () => {
    const notice = fullNotice();
    expect(evidenceAt(notice, 'activities/0/marketing').quote).toBe('We write to you.');
    expect(() => evidenceAt(notice, 'activities/7')).toThrow(RangeError);
  });
});
