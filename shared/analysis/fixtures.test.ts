import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import type { NoticeDocument } from './document.ts';
import type { ExpectedFacts } from './fixtures.fixture.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { readPlainText } from './plain-text.ts';
import type { FoundBasis, NoticeAnalysis, Quote } from './result.ts';

const FOLDER = fileURLToPath(new URL('fixtures/', import.meta.url));
const READERS: Record<string, (source: string) => NoticeDocument> = { html: readHtml, md: readMarkdown, txt: readPlainText };
const files = readdirSync(FOLDER).filter((file) => !file.endsWith('.json'));

const plain = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('’', "'").replace(/\W+$/, '').toLowerCase();

/** Takes the found basis that the expected one names out of `left`; the exact quote before one that contains it. */
function take(left: FoundBasis[], basis: string, quote: string): boolean {
  const same = left.findIndex((each) => each.basis === basis && plain(each.evidence.quote) === plain(quote));
  const near = left.findIndex((each) => each.basis === basis && plain(each.evidence.quote).includes(plain(quote)));
  const at = same >= 0 ? same : near;
  if (at >= 0) left.splice(at, 1);
  return at >= 0;
}

/** Every quote of an analysis, wherever it stands. */
function quotesIn(value: unknown): Quote[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'quote' in value && 'start' in value ? [value as Quote] : [];
  return [...own, ...Object.values(value).flatMap(quotesIn)];
}

describe.each(files)('%s', (file) => {
  const source = readFileSync(FOLDER + file, 'utf8');
  const [name = '', ending = ''] = file.split('.');
  const expected = JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')) as ExpectedFacts;
  const document = (READERS[ending] as (source: string) => NoticeDocument)(source);
  const analysis: NoticeAnalysis = analyseDocument(document);

  it('states these lawful bases and no others', () => {
    const left = [...analysis.lawfulBases];
    const missing = expected.bases.filter(([basis, quote]) => !take(left, basis, quote));
    for (const [basis, quote] of expected.optional ?? []) take(left, basis, quote);
    expect({ missing, unexpected: left.map(({ basis, rule, evidence }) => [basis, rule, evidence.quote]) }).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  it('binds them to activities, or to the whole document', () => {
    const ids = analysis.activities.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(expected.activities ?? {})));
    if (expected.onlyActivities !== undefined) expect(ids).toEqual(expected.onlyActivities);
    for (const [id, bases] of Object.entries(expected.activities ?? {}))
      expect([
        id,
        [...new Set(analysis.lawfulBases.filter(({ activity }) => activity === id).map(({ basis }) => basis))].sort(),
      ]).toEqual([id, [...bases].sort()]);
    if (expected.document !== undefined)
      expect(analysis.lawfulBases.filter(({ scope }) => scope === 'document')).toHaveLength(expected.document);
    for (const { id, lawfulBasisStatus } of analysis.activities)
      expect(lawfulBasisStatus === 'stated').toBe(analysis.lawfulBases.some(({ activity }) => activity === id));
  });

  it('names who and what else', () => {
    if (expected.controller !== undefined)
      expect(analysis.controller?.name.slice(0, expected.controller?.length) ?? null).toEqual(expected.controller);
    if (expected.authority !== undefined)
      expect(analysis.authority?.name ?? null).toEqual(
        expected.authority === null ? null : expect.stringContaining(expected.authority),
      );
    if (expected.lastUpdated !== undefined) expect(analysis.lastUpdated?.date).toBe(expected.lastUpdated);
    if (expected.retention !== undefined)
      expect(analysis.retention.map(({ evidence }) => evidence.quote)).toHaveLength(expected.retention);
    expect(analysis.language).toBe(expected.language ?? 'en');
    expect(analysis.kind).toBe(expected.kind ?? 'privacy_notice');
    if (expected.rights === undefined) return;
    const found = analysis.rights.map(({ right }) => right).filter((right) => !expected.optionalRights?.includes(right));
    expect(found.sort()).toEqual(expected.rights.filter((right) => !expected.optionalRights?.includes(right)).sort());
  });

  it('R78 quotes what stands in the text', () => {
    const quotes = quotesIn(analysis);
    expect(quotes.length).toBeGreaterThan(0);
    for (const { quote, start, end } of quotes) expect(document.text.slice(start, end)).toBe(quote);
  });
});

it('there are at least 25 of them, in every format and language', () => {
  expect(files.length).toBeGreaterThanOrEqual(25);
  expect(new Set(files.map((file) => file.split('.')[1]))).toEqual(new Set(['html', 'md', 'txt']));
});
