// Writes what other programs check a notice and a site configuration against, and the list of our own JSON-LD terms, from the
// code that defines them: `node scripts/json-schema.ts`. A test says when the written files are out of date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema';
import { format } from 'oxfmt';
import type { GenericSchema } from 'valibot';

import { CANDOUR_TERMS, DPV_TERMS, expandIri, PREFIXES } from '../shared/notice/dpv.ts';
import { isPeriod } from '../shared/notice/period.ts';
import { PrivacyNotice } from '../shared/notice/schema.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import formatting from '../oxfmt.config.ts';
import { root } from './tool.ts';

/** Periods keep their form; checks across fields (ids that are unique, references that lead somewhere) stay ours. */
const overrideAction: ConversionConfig['overrideAction'] = ({ valibotAction, jsonSchema }) =>
  'requirement' in valibotAction && valibotAction.requirement === isPeriod
    ? { ...jsonSchema, pattern: '^P(?=\\d)(?:\\d{1,4}Y)?(?:\\d{1,4}M)?(?:\\d{1,4}W)?(?:\\d{1,5}D)?$' }
    : null;

const schemaText = (title: string, description: string, schema: GenericSchema): string =>
  JSON.stringify({
    title,
    description,
    ...toJsonSchema(schema, { typeMode: 'input', target: 'draft-2020-12', errorMode: 'ignore', overrideAction }),
  });

const vocabularyText = (): string =>
  [
    '# Terms in JSON-LD',
    '',
    '<!-- Written by scripts/json-schema.ts from shared/notice/dpv.ts. Do not edit. -->',
    '',
    'Notices and receipts are given out as JSON-LD in terms of the W3C Data Privacy Vocabulary 2.3. It has no terms for the articles of the',
    'UK GDPR, for recognised legitimate interests or for a lawful basis that is not stated; those and a few more are our own.',
    '',
    `Our terms begin with \`${PREFIXES.candour}\`, a name that nothing is fetched from.`,
    '',
    '| term | what it says |',
    '| --- | --- |',
    ...Object.entries(CANDOUR_TERMS).map(([term, words]) => `| \`${term}\` | ${words} |`),
    '',
    '## Terms of the Data Privacy Vocabulary that are used',
    '',
    ...DPV_TERMS.map((term) => `- [${term}](${expandIri(term)})`),
    '',
  ].join('\n');

const DOCUMENTS: Record<string, () => string> = {
  'docs/notice.schema.json': () =>
    schemaText(
      'Privacy notice',
      'A notice as a site owner publishes it. Two activities never share an id, and an issue names an activity that is there.',
      PrivacyNotice,
    ),
  'docs/configuration.schema.json': () =>
    schemaText(
      'Site configuration',
      'What a site owner sets for a site. Two purposes never share an id, and each points at an activity of a published notice.',
      SiteConfiguration,
    ),
  'docs/vocabulary.md': vocabularyText,
};

/** The files as they should stand, by path from the root. */
export async function generatedDocuments(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [path, text] of Object.entries(DOCUMENTS)) {
    texts.set(path, (await format(path, text(), formatting)).code);
  }
  return texts;
}

if (import.meta.main) for (const [path, text] of await generatedDocuments()) writeFileSync(join(root, path), text);
