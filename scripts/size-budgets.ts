// The size budgets of what is built (size-budgets.json): Brotli bytes of the files that a browser loads at one moment.
// `node scripts/size-budgets.ts` prints them and fails where one is exceeded.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import * as v from 'valibot';

import { root } from './tool.ts';

const Budget = v.strictObject({
  name: v.string(),
  /** Under dist/. */
  folder: v.string(),
  /** A file, or `content_scripts` of an extension's manifest. */
  entries: v.array(v.string()),
  /** Which imports load with an entry: the static ones, or those on demand too. */
  follow: v.picklist(['static', 'all']),
  /** Brotli bytes, quality 11, summed file by file. */
  limit: v.number(),
  /** A demonstration site: measured as the service answers for it, with its configuration (site-script.ts). `first`: to who was never there. */
  answer: v.optional(v.strictObject({ site: v.string(), first: v.boolean() })),
});

export type Budget = v.InferOutput<typeof Budget>;

export interface Measure {
  name: string;
  limit: number;
  bytes: number;
  /** Relative to the budget's folder. */
  files: string[];
}

const ExtensionManifest = v.object({
  content_scripts: v.array(v.object({ js: v.optional(v.array(v.string()), []), css: v.optional(v.array(v.string()), []) })),
});

export const budgets = (): Budget[] =>
  v.parse(v.array(Budget), JSON.parse(readFileSync(join(import.meta.dirname, 'size-budgets.json'), 'utf8')));

const STATIC_IMPORT = /\b(?:import|from)\s*["']([^"']+\.js)["']/g;
const ANY_FILE = /["'`]([^"'`\s]+\.(?:js|css))["'`]/g;

function entryFiles(folder: string, entry: string): string[] {
  if (existsSync(join(folder, entry))) return [entry];
  if (entry !== 'content_scripts') throw new Error(`${folder} has no file named ${entry}`);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return v.parse(ExtensionManifest, manifest).content_scripts.flatMap(({ js, css }) => [...js, ...css]);
}

/** Measures one budget against the build in `dist`. Throws where an entry is not there: an empty build is no small build. */
export function measure(budget: Budget, dist: string): Measure {
  const folder = join(dist, budget.folder);
  if (!existsSync(folder)) throw new Error(`${folder} is not there: run npm run build`);
  // Built file names carry a hash, so that a file's base name is enough to find it, however the import spells the path.
  const byName = new Map(globSync('**/*.{js,css}', { cwd: folder }).map((file) => [basename(file), file]));
  const waiting = budget.entries.flatMap((entry) => entryFiles(folder, entry));
  const seen = new Set<string>();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, path] of text.matchAll(budget.follow === 'static' ? STATIC_IMPORT : ANY_FILE)) {
      const found = byName.get(basename(path ?? ''));
      if (found) waiting.push(found);
    }
  }
  const files = [...seen].sort();
  const compressed = files.map((file) =>
    brotliCompressSync(readFileSync(join(folder, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
  return { name: budget.name, limit: budget.limit, files, bytes: compressed.reduce((total, { length }) => total + length, 0) };
}

/** All of them against the build in `dist`, those of an answer too. */
export const measureAll = (dist: string): Promise<Measure[]> =>
  Promise.all(
    budgets().map(async (budget) => {
      const measured = measure(budget, dist);
      if (!budget.answer) return measured;
      const { siteScriptSize } = await import('./site-script.ts');
      return { ...measured, bytes: await siteScriptSize(budget.answer.site, budget.answer.first, dist) };
    }),
  );

/** A line per budget: what it is, how many bytes of how many. */
export const describeMeasure = ({ name, bytes, limit }: Measure): string =>
  `${bytes <= limit ? 'ok    ' : 'FAILED'} ${name}: ${bytes} of ${limit} bytes`;

if (import.meta.main) {
  const measures = await measureAll(join(root, 'dist'));
  for (const each of measures) console.log(describeMeasure(each));
  process.exitCode = measures.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1;
}
