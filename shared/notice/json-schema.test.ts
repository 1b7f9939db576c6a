import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { generatedDocuments } from '../../scripts/json-schema.ts';
import { smallNotice, fullNotice } from './notice.fixture.ts';
import { PrivacyNotice } from './schema.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(ROOT + path, 'utf8');
const demo = (folder: string): [string, unknown][] =>
  readdirSync(`${ROOT}demo/${folder}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(read(`demo/${folder}/${name}`))]);

const formats = { date: /^\d{4}-\d\d-\d\d$/ };
const compile = (path: string) =>
  new Ajv2020({ strict: true, allowUnionTypes: true, formats }).compile(JSON.parse(read(path)) as object);
const acceptsNotice = compile('docs/notice.schema.json');
const acceptsConfiguration = compile('docs/configuration.schema.json');

describe('the published JSON Schemas', () => {
  it('are what the code says today: else run node scripts/json-schema.ts', async () => {
    const documents = await generatedDocuments();
    expect([...documents.keys()]).toContain('docs/notice.schema.json');
    for (const [path, text] of documents) expect(read(path), path).toBe(text);
  });

  it.each(['docs/notice.schema.json', 'docs/configuration.schema.json'])(
    'explain each field of %s, so that an editor can',
    (path) => {
      const unexplained: string[] = [];
      const visit = (part: unknown, place: string): void => {
        if (typeof part !== 'object' || part === null) return;
        for (const [key, field] of Object.entries((part as { properties?: object }).properties ?? {}))
          if (!/^\S.{4,}/.test((field as { description?: string }).description ?? '')) unexplained.push(`${place}/${key}`);
        for (const [key, inner] of Object.entries(part)) visit(inner, `${place}/${key}`);
      };
      const schema = JSON.parse(read(path)) as object;
      visit(schema, '');
      expect(Object.keys((schema as { properties: object }).properties).length).toBeGreaterThan(10);
      expect(unexplained).toEqual([]);
    },
  );

  it.each(demo('notices'))('accept the notice %s', (_name, notice) => {
    expect(acceptsNotice(notice), JSON.stringify(acceptsNotice.errors)).toBe(true);
  });

  it.each(demo('configurations'))('accept the configuration %s of a site with origins', (_name, configuration) => {
    const whole = { ...(configuration as object), site: 'shop', origins: ['https://shop.example'] };
    expect(acceptsConfiguration(whole), JSON.stringify(acceptsConfiguration.errors)).toBe(true);
  });

  it('accept the example that people begin with, which the parts take too', () => {
    const example = JSON.parse(read('docs/example.notice.json')) as unknown;
    expect(acceptsNotice(example), JSON.stringify(acceptsNotice.errors)).toBe(true);
    expect(v.is(PrivacyNotice, example)).toBe(true);
  });

  it('take a notice with the defaults left out, and one with every kind of fact', () => {
    expect(acceptsNotice(smallNotice())).toBe(true);
    expect(acceptsNotice(fullNotice())).toBe(true);
  });

  it.each([
    ['an unknown key', { ...smallNotice(), surprise: 1 }],
    ['no controller', { ...smallNotice(), controller: undefined }],
    ['an unknown basis', { ...smallNotice(), documentBases: [{ basis: 'because', statement: 'Because.' }] }],
    [
      'a period that is none',
      { ...smallNotice(), retention: [{ statement: 'S.', rule: { type: 'fixed', period: '7 years', bound: 'exact' } }] },
    ],
    ['a link that is no URL', { ...smallNotice(), linkedDocuments: [{ title: 'Terms', href: 'javascript:alert(1)' }] }],
    ['no activity', { ...smallNotice(), activities: [] }],
  ])('refuse, as the parts do, a notice with %s', (_what, notice) => {
    const written = JSON.parse(JSON.stringify(notice)) as unknown;
    expect(acceptsNotice(written)).toBe(false);
    expect(v.is(PrivacyNotice, written)).toBe(false);
  });
});
