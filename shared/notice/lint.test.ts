import { readFileSync } from 'node:fs';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { ISSUE_WORDS } from './issues.ts';
import type { LintRuleId } from './lint-rules.ts';
import { lintNotice, lintRules } from './lint.ts';
import { smallNotice } from './notice.fixture.ts';
import { withEvidence } from './render.ts';
import { PrivacyNotice, type PrivacyNoticeInput } from './schema.ts';

type Activity = Partial<PrivacyNoticeInput['activities'][number]>;
const notice = (more: Partial<PrivacyNoticeInput> = {}, activity: Activity = {}): PrivacyNotice =>
  v.parse(PrivacyNotice, {
    ...smallNotice(),
    regimes: ['UK GDPR'],
    complaints: [{ to: 'controller', statement: 'Complain to us first.' }],
    activities: [{ id: 'newsletter', title: 'Newsletter', lawfulBases: [], ...activity }],
    ...more,
  });
const founding = (site: string): PrivacyNotice =>
  v.parse(
    PrivacyNotice,
    JSON.parse(readFileSync(new URL(`../../demo/notices/${site}.notice.json`, import.meta.url), 'utf8')) as unknown,
  );
const interests = { basis: 'legitimate_interests', statement: 'We sell.' } as const;
const email = (statement: string) => ({ channels: ['email' as const], statement });
const kept = (rule: NonNullable<Activity['retention']>[number]['rule'], more: object = {}) => ({
  retention: [{ statement: 'Kept.', rule, ...more }],
});

interface Fixture {
  rule: LintRuleId;
  passing: PrivacyNotice;
  failing: PrivacyNotice;
  /** Where the failing one is found. */
  places: (string | null)[];
}

const FIXTURES: Fixture[] = [
  { rule: 'L49', passing: notice(), failing: founding('cpo'), places: ['transfers/0', 'regimes/0', 'regimes/1'] },
  { rule: 'L50', passing: notice(), failing: founding('cmp-solutions'), places: [null] },
  {
    rule: 'L51',
    passing: notice(
      {},
      { lawfulBases: [{ basis: 'recognised_legitimate_interests', statement: 'An emergency.', condition: 'Emergency' }] },
    ),
    failing: notice({}, { lawfulBases: [{ basis: 'recognised_legitimate_interests', statement: 'An emergency.' }] }),
    places: ['activities/0/lawfulBases/0'],
  },
  {
    rule: 'L52',
    passing: notice({}, { audience: 'Our customers', lawfulBases: [{ basis: 'contract', statement: 'Our contract with you.' }] }),
    failing: founding('cmp-solutions'),
    places: ['activities/4/lawfulBases/0'],
  },
  {
    rule: 'L53',
    passing: notice(
      {},
      {
        dataCategories: [{ name: 'Diet', class: 'special' }],
        lawfulBases: [{ basis: 'consent', statement: 'With your explicit consent.' }],
      },
    ),
    failing: founding('cpoms'),
    places: ['activities/6', 'activities/6'],
  },
  {
    rule: 'L54',
    passing: notice({}, { lawfulBases: [interests], marketing: email('We write to customers under the soft opt-in of PECR.') }),
    failing: founding('cpoms'),
    places: ['activities/0/marketing', 'activities/2/marketing', 'activities/4/marketing'],
  },
  {
    rule: 'L55',
    passing: notice(
      { linkedDocuments: [{ title: 'Retention policy', href: 'https://example.org/retention' }] },
      kept({ type: 'reference', to: 'our retention policy' }),
    ),
    failing: founding('cmp-solutions'),
    places: ['activities/4/retention/0'],
  },
  {
    rule: 'R74',
    passing: notice({ documentBases: [interests] }, { lawfulBases: [interests] }),
    failing: founding('cmp-solutions'),
    places: ['activities/1', 'activities/2', 'activities/3', 'activities/5'],
  },
  {
    rule: 'R75',
    passing: notice(),
    failing: notice({ complaints: [{ to: 'authority', statement: 'Article 77 lets you complain to the ICO.' }] }),
    places: ['complaints/0'],
  },
  {
    rule: 'R78',
    passing: withEvidence(notice()),
    failing: notice({
      controller: {
        name: 'A',
        legalName: null,
        statement: 'Example Ltd decides.',
        evidence: { quote: 'Another.', start: 0, end: 8 },
      },
    }),
    places: ['controller'],
  },
];

const found = (rule: LintRuleId, of: PrivacyNotice) => lintNotice(of).filter((finding) => finding.rule === rule);

it('every rule has a passing and a failing fixture', () => {
  expect(FIXTURES.map(({ rule }) => rule)).toEqual(lintRules.map(({ id }) => id));
});

describe.each(FIXTURES)('$rule in a notice', ({ rule, passing, failing, places }) => {
  it('finds nothing in the passing fixture', () => {
    expect(found(rule, passing)).toEqual([]);
  });

  it('finds the places of the failing fixture, with words for their codes', () => {
    const findings = found(rule, failing);
    const at = findings.map(({ place }) => place);
    for (const place of places) expect(at).toContain(place);
    for (const { code } of findings) expect(Object.keys(ISSUE_WORDS)).toContain(code);
  });
});

describe('one rule by one', () => {
  it('L49 names what is outdated, in UK notices only', () => {
    const text = (statement: string, regimes = ['UK GDPR']) =>
      found('L49', notice({ regimes, transfers: [{ to: 'US', mechanism: null, statement }] })).map(({ code }) => code);
    expect(text('Under the Privacy Shield.')).toEqual(['TRANSFER_RULE_OUTDATED']);
    expect(text('The EEA is 28 EU member states.')).toEqual(['TRANSFER_RULE_OUTDATED']);
    expect(text('Article 22 forbids it.')).toEqual(['LAW_REPEALED']);
    expect(text('Article 77 applies.')).toEqual(['COMPLAINT_ROUTE_OUTDATED']);
    expect(text('Article 77 applies.', ['EU GDPR'])).toEqual([]);
    expect(text('Article 771 applies.')).toEqual([]);
  });

  it('L51 finds the basis outside the United Kingdom too, and among those of the whole document', () => {
    const basis = { basis: 'recognised_legitimate_interests', statement: 'Crime.', condition: 'Crime' } as const;
    expect(found('L51', notice({ regimes: ['EU GDPR'], documentBases: [basis] }))).toMatchObject([
      { severity: 'error', code: 'BASIS_NOT_IN_REGIME', place: 'documentBases/0', activity: null },
    ]);
  });

  it('L52 takes steps before a contract for what they are', () => {
    const basis = { basis: 'contract', statement: 'You asked.' } as const;
    const employed = { audience: 'Contacts at companies that buy' };
    expect(found('L52', notice({}, { ...employed, lawfulBases: [{ ...basis, steps: true }] }))).toEqual([]);
    expect(found('L52', notice({}, { ...employed, lawfulBases: [basis] }))).toHaveLength(1);
  });

  it('L55 tells a missing beginning, a review too late and a broken reference apart', () => {
    const codes = (activity: Activity) => found('L55', notice({}, activity)).map(({ code }) => code);
    const years = { type: 'after_event', period: 'P7Y', bound: 'max', anchor: null } as const;
    expect(codes(kept(years))).toEqual(['RETENTION_NO_ANCHOR']);
    expect(codes(kept({ ...years, anchor: 'last-contact' }))).toEqual([]);
    expect(codes(kept({ ...years, anchor: 'last-contact' }, { reviewEvery: 'P85M' }))).toEqual(['RETENTION_CONFLICT']);
    expect(codes(kept({ type: 'reference', to: 'a policy' }))).toEqual(['RETENTION_REF_BROKEN']);
    expect(codes(kept({ type: 'fixed', period: 'P0D', bound: 'exact' }))).toEqual([]);
    expect(found('L55', founding('cmsuk')).map(({ code }) => code)).toContain('RETENTION_REF_BROKEN');
    expect(found('L55', founding('cpoms')).map(({ code }) => code)).toContain('RETENTION_NO_ANCHOR');
  });

  it('R74 says nothing where the document gives no basis of its own', () => {
    expect(found('R74', notice())).toEqual([]);
  });
});
