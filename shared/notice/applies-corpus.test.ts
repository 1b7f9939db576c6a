// The page cases of the corpus, where it is present, as they are and with nothing that says an address: no pattern in the notice, and
// another path.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { activitiesOnPage } from './applies.ts';
import type { PageFacts } from './page.ts';
import { PrivacyNotice } from './schema.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const CORPUS = path('../../../shared/corpus/pages.json');

interface Case {
  site: string;
  path: string;
  title: string;
  headings: string[];
  forms: (Omit<PageFacts['forms'][number], 'fields'> & {
    fields: (Omit<PageFacts['forms'][number]['fields'][number], 'autocomplete'> & { autocomplete?: string })[];
  })[];
  hosts: string[];
  jsonld?: { '@type': string };
  applies: string[];
  not: string[];
}

const cases = existsSync(CORPUS) ? (JSON.parse(readFileSync(CORPUS, 'utf8')) as { pages: Case[] }).pages : [];
const match = (pathname: string, url: string): boolean => new URLPattern({ pathname }).test(url);

function found(page: Case, change: 'none' | 'addresses' | 'everything') {
  const input: unknown = JSON.parse(readFileSync(path(`../../demo/notices/${page.site}.notice.json`), 'utf8'));
  const notice = v.parse(PrivacyNotice, input);
  for (const { appliesTo } of notice.activities) {
    if (change !== 'none') appliesTo.urls = [];
    if (change === 'everything') Object.assign(appliesTo, { pageTypes: [], fields: [], everywhere: undefined });
  }
  const where = change === 'none' || page.path === '/' ? page.path : '/q7/x2k-9';
  const facts: PageFacts = {
    url: `https://${page.site}.example${where}`,
    title: page.title,
    headings: page.headings,
    forms: page.forms.map((form) => ({ ...form, fields: form.fields.map((field) => ({ autocomplete: '', ...field })) })),
    jsonLdTypes: page.jsonld ? [page.jsonld['@type']] : [],
    hosts: page.hosts,
  };
  return activitiesOnPage(notice, facts, match).flatMap(({ activity, applies }) => (applies === 'here' ? [activity] : []));
}

describe.runIf(cases.length > 0)('the pages of the corpus (run only where it is present)', () => {
  describe.each(['none', 'addresses', 'everything'] as const)('taken from the notice: %s', (change) => {
    // Without its declared pages the general part of a notice is about no page.
    const declaredOnly = new Set(['general-uses']);
    it.each(cases.map((page): [string, Case] => [`${page.site}${page.path}`, page]))('%s', (_name, page) => {
      const here = found(page, change);
      expect(here).toEqual(expect.arrayContaining(page.applies.filter((id) => change !== 'everything' || !declaredOnly.has(id))));
      expect(here.filter((id) => page.not.includes(id))).toEqual([]);
    });
  });
});
