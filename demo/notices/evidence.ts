// Fills the evidence of every notice of the demonstration from its own text and writes the files: `node demo/notices/evidence.ts`.
// Run it after editing a notice; `--check` only says which files are out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { format } from 'oxfmt';
import * as v from 'valibot';

import formatting from '../../oxfmt.config.ts';
import { withEvidence } from '../../shared/notice/render.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

export const noticeFiles = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.notice.json'))
    .sort()
    .map((name) => FOLDER + name);

/** `value` with the keys of each object in the order of `model`, and keys that the model lacks after them. */
function inOrderOf(model: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, i) => inOrderOf(Array.isArray(model) ? model[i] : undefined, item));
  if (!value || typeof value !== 'object') return value;
  const known = Object.keys(model ?? {}).filter((key) => Object.hasOwn(value, key) && key !== 'evidence');
  const added = Object.keys(value).filter((key) => !known.includes(key));
  return Object.fromEntries(
    [...known, ...added].map((key) => [
      key,
      inOrderOf((model as Record<string, unknown> | undefined)?.[key], (value as Record<string, unknown>)[key]),
    ]),
  );
}

/** The file as it should stand: every default written out, so that its hash is that of what the parts read. Throws ValiError. */
export async function noticeFileText(file: string): Promise<string> {
  const notice = v.parse(PrivacyNotice, JSON.parse(readFileSync(file, 'utf8')));
  const filled = inOrderOf(notice, withEvidence(notice));
  return (await format(file, JSON.stringify(filled, null, 2), formatting)).code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stale: string[] = [];
  for (const file of noticeFiles()) {
    const text = await noticeFileText(file);
    if (text === readFileSync(file, 'utf8')) continue;
    stale.push(file);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
  }
  for (const file of stale) console.log(file.slice(FOLDER.length));
  if (process.argv.includes('--check') && stale.length > 0) process.exitCode = 1;
}
