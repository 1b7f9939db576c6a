import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { CANDOUR_TERMS, CONTEXT, DPV_TERMS, expandIri, PREFIXES } from './dpv.ts';
import { noticeFromJsonLd } from './json-ld-reading.ts';
import { LOST_IN_JSON_LD, noticeJsonLd } from './json-ld.ts';
import { PrivacyNotice } from './schema.ts';
import { fullNotice } from './notice.fixture.ts';

const VOCABULARY = fileURLToPath(new URL('../../../shared/data/dpv-2.3-terms.tsv', import.meta.url));
const NOTICES = fileURLToPath(new URL('../../demo/notices/', import.meta.url));
const URL_OF = 'https://consent.example/v1/notices/x';
const notices: [string, PrivacyNotice][] = [
  ['a notice with every kind of fact', fullNotice()],
  ...readdirSync(NOTICES)
    .filter((name) => name.endsWith('.notice.json'))
    .map((name): [string, PrivacyNotice] => [name, v.parse(PrivacyNotice, JSON.parse(readFileSync(NOTICES + name, 'utf8')))]),
];

/** Every compact name that a document uses: keys, types and ids; JSON literals are no names. */
function names(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) names(item, found);
  else if (value && typeof value === 'object')
    for (const [key, child] of Object.entries(value)) {
      if (key === '@context' || key === '@value') continue;
      if (!key.startsWith('@')) found.add(key);
      if (key === '@type' || key === '@id') for (const name of [child].flat()) found.add(String(name));
      else if (JSON.stringify((CONTEXT as Record<string, unknown>)[key] ?? '').includes('@json')) continue;
      else names(child, found);
    }
  return found;
}

/** The notice without what JSON-LD does not carry, recipients and data in the order in which it does. */
function mapped(notice: PrivacyNotice): PrivacyNotice {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!value || typeof value !== 'object') return value;
    const kept = Object.entries(value).filter(([key]) => !(LOST_IN_JSON_LD as readonly string[]).includes(key));
    return Object.fromEntries(kept.map(([key, child]) => [key, strip(child)]));
  };
  const negativesLast = <T extends { negative?: true; notCollected?: true }>(items: T[]): T[] => [
    ...items.filter((item) => !item.negative && !item.notCollected),
    ...items.filter((item) => item.negative || item.notCollected),
  ];
  const kept = v.parse(PrivacyNotice, strip(notice));
  return {
    ...kept,
    recipients: negativesLast(kept.recipients),
    activities: kept.activities.map((activity) => ({
      ...activity,
      recipients: negativesLast(activity.recipients),
      dataCategories: negativesLast(activity.dataCategories),
    })),
  };
}

describe.each(notices)('%s as JSON-LD', (_name, notice) => {
  const document = noticeJsonLd(notice, URL_OF);

  it('emits listed terms of the vocabulary only, and documented ones of our own', () => {
    const used = [...names(document)].filter((name) => !name.startsWith('http') && !/^(dct|xsd):/.test(name));
    const listed: string[] = [...DPV_TERMS, ...Object.keys(CANDOUR_TERMS)];
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('R94 comes back without loss, but for what the loss list names', () => {
    expect(noticeFromJsonLd(JSON.parse(JSON.stringify(document)))).toEqual(mapped(notice));
  });

  it('points at each activity where the notice page has it', () => {
    const processes = document['dpv:hasProcess'] as { '@id': string; 'dct:identifier': string }[];
    expect(processes.map((one) => one['@id'])).toEqual(notice.activities.map((_, i) => `${URL_OF}#activities/${i}`));
    expect(processes.map((one) => one['dct:identifier'])).toEqual(notice.activities.map(({ id }) => id));
  });
});

describe('JSON-LD of notices', () => {
  it('R77 tells a basis that is not stated from one that is stated for the document only', () => {
    const status = (name: string, id: string): unknown => {
      const notice = notices.find(([file]) => file === name)?.[1] as PrivacyNotice;
      const processes = noticeJsonLd(notice, URL_OF)['dpv:hasProcess'] as Record<string, unknown>[];
      return processes.find((one) => one['dct:identifier'] === id)?.['candour:lawfulBasisStatus'];
    };
    expect(status('cpoms.notice.json', 'authenticator-app')).toEqual({ '@id': 'candour:NotStated' });
    expect(status('cmp-solutions.notice.json', 'website-form-submissions')).toEqual({ '@id': 'candour:StatedForDocument' });
    expect(status('cpoms.notice.json', 'cookies')).toEqual({ '@id': 'candour:Stated' });
  });

  it('types an internal policy as a policy, never as a notice', () => {
    const cpo = notices.find(([file]) => file === 'cpo.notice.json')?.[1] as PrivacyNotice;
    expect(noticeJsonLd(cpo, URL_OF)['@type']).toEqual(['dpv:Policy', 'candour:InternalPolicy']);
  });

  it('reads nothing else', () => {
    for (const other of [null, 'text', 4, {}, { '@type': 'dpv:Notice' }])
      expect(() => noticeFromJsonLd(other)).toThrow(v.ValiError);
  });

  it('expands names by their prefix', () => {
    expect(expandIri('dpv:Consent')).toBe('https://w3id.org/dpv#Consent');
    expect(() => expandIri('foaf:name')).toThrow(RangeError);
  });
});

describe.runIf(existsSync(VOCABULARY))('the list of terms beside the vocabulary (runs only where it is present)', () => {
  it('has IRIs of the Data Privacy Vocabulary 2.3 only', () => {
    const known = new Set(
      readFileSync(VOCABULARY, 'utf8')
        .split('\n')
        .map((line) => line.split('\t')[0]),
    );
    expect(known.size).toBeGreaterThan(6000);
    expect(DPV_TERMS.map(expandIri).filter((iri) => !known.has(iri))).toEqual([]);
    expect(Object.values(PREFIXES).filter((iri) => iri.startsWith('https://w3id.org/dpv'))).toHaveLength(3);
  });
});
