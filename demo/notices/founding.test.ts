// The five founding documents of the demonstration, held against their annotations where the corpus is present.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

import { activitiesOnPage } from '../../shared/notice/applies.ts';
import type { PageFacts } from '../../shared/notice/page.ts';
import { lawfulBasisStatus, PrivacyNotice } from '../../shared/notice/schema.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CORPUS = here('../../../shared/corpus/');
const present = existsSync(CORPUS);
const SITES = ['cmp-solutions', 'cpoms', 'cpo', 'cl-consortium', 'cmsuk'] as const;
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const noticeOf = (site: string): PrivacyNotice => v.parse(PrivacyNotice, readJson(here(`${site}.notice.json`)));
const sorted = (items: readonly string[]): string[] => [...items].sort();
const distinct = (items: readonly string[]): string[] => sorted([...new Set(items)]);

interface Gold {
  controller: { name: string } | null;
  contacts: { kind: string; value: string; role: string }[];
  activities: { id: string; bases: { basis: string }[]; notStated: boolean; retention: unknown[]; dataCategories: string[] }[];
  documentBases: { basis: string }[];
  documentRetention: unknown[];
  rights: { right: string }[];
  authority: { name: string } | null;
  lastUpdated: string | null;
}

interface PageCase {
  site: string;
  path: string;
  title: string;
  headings: string[];
  forms: { id: string; fields: { label: string; name: string; type: string; autocomplete?: string }[]; submit: string }[];
  hosts: string[];
  jsonld?: { '@type': string };
  applies: string[];
  not: string[];
}

const pageFacts = (page: PageCase): PageFacts => ({
  url: `http://${page.site}.localhost:8788${page.path}`,
  title: page.title,
  headings: page.headings,
  forms: page.forms.map((form) => ({ ...form, fields: form.fields.map((field) => ({ autocomplete: '', ...field })) })),
  jsonLdTypes: page.jsonld ? [page.jsonld['@type']] : [],
  hosts: page.hosts,
});
const matchPathname = (pathname: string, url: string): boolean => new URLPattern({ pathname }).test(url);

/** Every string of a document but the quotes of evidence, which repeat statements. */
function stringsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return [value];
  if (!value || typeof value !== 'object' || key === 'evidence') return [];
  return Object.entries(value).flatMap(([name, child]) => stringsOf(child, name));
}

describe('the founding documents as they are shipped', () => {
  test.each([
    ['cmp-solutions', 'website-form-submissions', 'document_only'],
    ['cmp-solutions', 'project-commissioners', 'stated'],
    ['cpoms', 'authenticator-app', 'not_stated'],
    ['cpoms', 'cookies', 'stated'],
    ['cmsuk', 'membership', 'not_stated'],
    ['cl-consortium', 'direct-marketing', 'not_stated'],
  ])('R77 %s: the basis of %s is %s', (site, id, status) => {
    const notice = noticeOf(site);
    const activity = notice.activities.find((one) => one.id === id);
    expect(activity && lawfulBasisStatus(notice, activity)).toBe(status);
  });

  test('R77 the web form of CMP stands under three bases of the whole document', () => {
    expect(sorted(noticeOf('cmp-solutions').documentBases.map(({ basis }) => basis))).toEqual([
      'contract',
      'legal_obligation',
      'legitimate_interests',
    ]);
  });

  test('R77 CPO and CL Consortium are no notices', () => {
    expect(SITES.map((site) => noticeOf(site).kind)).toEqual([
      'privacy_notice',
      'privacy_notice',
      'internal_policy',
      'processing_policy',
      'privacy_notice',
    ]);
  });

  test('recruitment at CPOMS shows four bases and what each covers', () => {
    const recruitment = noticeOf('cpoms').activities.find(({ id }) => id === 'recruitment');
    expect(recruitment?.lawfulBases.map(({ basis }) => basis)).toEqual([
      'contract',
      'legitimate_interests',
      'legal_obligation',
      'legitimate_interests',
    ]);
    expect(recruitment?.lawfulBases.every(({ limitedTo }) => limitedTo?.stage)).toBe(true);
    expect(recruitment?.lawfulBases[0]?.steps).toBe(true);
  });

  test('permissions of the authenticator app are no lawful basis', () => {
    const app = noticeOf('cpoms').activities.find(({ id }) => id === 'authenticator-app');
    expect(app?.devicePermissions).toHaveLength(2);
    expect(app?.lawfulBases).toEqual([]);
  });

  test('a hidden e-mail address has no value and says so', () => {
    const hidden = noticeOf('cpoms').dpo?.contacts.find(({ kind }) => kind === 'email');
    expect(hidden).toMatchObject({ value: null, note: expect.stringContaining('hidden by the site') });
  });

  test.each([
    ['cpo', 'DEADLINE_CONFLICT'],
    ['cmp-solutions', 'BASIS_PREAMBLE_ONLY'],
    ['cpo', 'LAW_REPEALED'],
    ['cmp-solutions', 'DATE_MISSING'],
    ['cpoms', 'DATE_MISSING'],
    ['cmsuk', 'DATE_MISSING'],
    ['cmp-solutions', 'CONTRACT_NOT_WITH_SUBJECT'],
    ['cmp-solutions', 'CONSENT_BUNDLED'],
    ['cpoms', 'CRIMINAL_CONDITION_MISSING'],
    ['cpoms', 'PECR_MARKETING_BASIS_MISSING'],
    ['cmp-solutions', 'RETENTION_CONFLICT'],
    ['cmsuk', 'REF_BROKEN'],
  ])('%s carries the issue %s', (site, code) => {
    expect(noticeOf(site).issues.map((issue) => issue.code)).toContain(code);
  });

  test('an undated notice has no date', () => {
    expect(SITES.map((site) => noticeOf(site).date)).toEqual([null, null, '2022-02-04', '2018-05-24', null]);
  });

  test('R93 CPO has the fifteen rows of its retention table', () => {
    const rules = noticeOf('cpo').activities.flatMap(({ retention }) => retention);
    const beside = rules.filter(({ covers }) => covers === 'Information on employment selection');
    expect(rules.length - beside.length).toBe(15);
  });

  test('people named in the documents appear by role only', () => {
    const text = readdirSync(here('.'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(here(name), 'utf8'))
      .join('\n');
    expect(text.length).toBeGreaterThan(50_000);
    expect(text).not.toMatch(/\bMartin\b|\bBaker\b/);
  });
});

describe.runIf(present)('the founding documents beside the corpus (runs only where it is present)', () => {
  describe.each(SITES)('%s', (site) => {
    const gold = present ? (readJson(`${CORPUS}gold/${site}.json`) as Gold) : null;
    const notice = noticeOf(site);
    const byId = new Map(notice.activities.map((activity) => [activity.id, activity]));

    test('R93 names the activities of the gold', () => {
      expect(sorted([...byId.keys()])).toEqual(sorted(gold?.activities.map(({ id }) => id) ?? []));
    });

    test('R93 states each basis where the gold has it, and no other', () => {
      const ours = Object.fromEntries(
        [...byId].map(([id, { lawfulBases }]) => [id, sorted(lawfulBases.map(({ basis }) => basis))]),
      );
      const theirs = Object.fromEntries(
        gold?.activities.map(({ id, bases }) => [id, sorted(bases.map(({ basis }) => basis))]) ?? [],
      );
      expect(ours).toEqual(theirs);
    });

    test('R93 says "not stated" exactly where the gold does, with what the text has instead', () => {
      const silent = notice.activities.filter(({ lawfulBases }) => lawfulBases.length === 0);
      expect(sorted(silent.map(({ id }) => id))).toEqual(
        sorted(gold?.activities.filter(({ notStated }) => notStated).map(({ id }) => id) ?? []),
      );
      expect(silent.filter(({ lawfulBasisNote }) => !lawfulBasisNote).map(({ id }) => id)).toEqual([]);
    });

    test('R93 keeps the bases of the whole document apart', () => {
      expect(sorted(notice.documentBases.map(({ basis }) => basis))).toEqual(
        sorted(gold?.documentBases.map(({ basis }) => basis) ?? []),
      );
    });

    test('R93 has the rights of the gold', () => {
      expect(distinct(notice.rights.map(({ right }) => right))).toEqual(distinct(gold?.rights.map(({ right }) => right) ?? []));
    });

    test('R93 has as many retention rules per activity and document as the gold', () => {
      const ours = Object.fromEntries([...byId].map(([id, { retention }]) => [id, retention.length]));
      expect(ours).toEqual(Object.fromEntries(gold?.activities.map(({ id, retention }) => [id, retention.length]) ?? []));
      expect(notice.retention).toHaveLength(gold?.documentRetention.length ?? -1);
    });

    test('R93 names controller and authority and gives the date of the gold', () => {
      expect(notice.controller.name).toBe(gold?.controller?.name);
      expect(notice.authority?.name ?? null).toBe(gold?.authority?.name ?? null);
      expect(notice.date).toBe(gold?.lastUpdated);
    });

    test('R93 gives the e-mail addresses and phone numbers of the gold, hidden ones excepted', () => {
      const contacts = [notice.controller, notice.dpo, notice.authority].flatMap((holder) => holder?.contacts ?? []);
      const direct = (kind: string) => kind === 'email' || kind === 'phone';
      const theirs = gold?.contacts.filter(({ kind, value }) => direct(kind) && !value.includes('protected')) ?? [];
      expect(distinct(contacts.flatMap(({ kind, value }) => (direct(kind) && value ? [value] : [])))).toEqual(
        distinct(theirs.map(({ value }) => value)),
      );
    });

    test('no sentence of the document stands in our files', () => {
      const text = readFileSync(`${CORPUS}notices/${site}.txt`, 'utf8').replace(/\s+/g, ' ').toLowerCase();
      const ours = [`${site}.notice.json`, `${site}.cookie-policy.notice.json`].flatMap((name) =>
        stringsOf(readJson(here(name))),
      );
      const copied = ours
        .map((line) => line.replace(/\s+/g, ' ').toLowerCase())
        .filter((line) =>
          Array.from({ length: Math.max(0, line.length - 60) }, (_, i) => line.slice(i, i + 61)).some((part) =>
            text.includes(part),
          ),
        );
      // Postal addresses and links are facts, not wording.
      expect(copied.filter((line) => !/\b[a-z]{1,2}\d{1,2} \d[a-z]{2}\b|^https?:/.test(line))).toEqual([]);
    });
  });

  const cases = present ? (readJson(`${CORPUS}pages.json`) as { pages: PageCase[] }).pages : [];
  test.each(cases.map((page) => ({ ...page, name: `${page.site}${page.path}` })))(
    'R93 $name: what applies and what does not',
    (page) => {
      const answers = activitiesOnPage(noticeOf(page.site), pageFacts(page), matchPathname);
      const found = (applies: string) => answers.filter((one) => one.applies === applies).map(({ activity }) => activity);
      expect(found('here')).toEqual(expect.arrayContaining(page.applies));
      expect([...found('here'), ...found('may')].filter((activity) => page.not.includes(activity))).toEqual([]);
    },
  );
});
