// Every build of the widget that this service ever gave out, so that what ran in a page can be looked at for as long as a choice names it (R48).
import { createHash } from 'node:crypto';

import * as v from 'valibot';

import { Hash } from '../shared/consent/event.ts';
import { decompress, packed, type CompressedBody } from './compression.ts';
import { ProblemError } from './problem.ts';
import type { Store } from './store/store.ts';
import { Recent } from './verifier.ts';

/** A build's hash is the SHA-256 of the sorted ones of its files, one a line. */
export const KeptBuild = v.object({ build: Hash, files: v.array(v.object({ file: v.string(), sha256: Hash })) });
export type KeptBuild = v.InferOutput<typeof KeptBuild>;

export interface BuiltFile {
  file: string;
  /** As the manifest says. */
  sha256: string;
  text: string;
}

export interface WidgetBuilds {
  /** Throws ProblemError UNAVAILABLE where a file is not the one of the manifest. */
  keep(build: string, files: readonly BuiltFile[]): Promise<void>;
  /** Null for a build that was never kept. */
  files(build: string): Promise<KeptBuild | null>;
  /** Of the build whose hash begins so. Null where there is none. */
  file(buildStart: string, file: string): Promise<CompressedBody | null>;
}

const contentTypeOf = (file: string): string => (file.endsWith('.json') ? 'application/json' : 'text/javascript; charset=utf-8');
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('base64url');
/** Bodies of former builds in memory, at the most. */
const MOST = 50;

export function widgetBuilds({ builds }: Pick<Store, 'builds'>, now: () => Date): WidgetBuilds {
  const inMemory = new Recent<CompressedBody>(MOST);

  return {
    async keep(build, files) {
      const changed = files.find(({ text, sha256 }) => sha256Of(text) !== sha256);
      if (changed) throw new ProblemError('UNAVAILABLE', `The widget’s ${changed.file} is not as it was built: npm run build`);
      if ((await builds.files(build)).length === files.length) return;
      const kept = files.map(async ({ file, sha256, text }) => ({ file, sha256, brotli: await packed(text) }));
      await builds.keep(build, await Promise.all(kept), now().getTime());
    },
    async files(build) {
      const files = await builds.files(build);
      return files.length > 0 ? { build, files } : null;
    },
    async file(buildStart, file) {
      const key = `${buildStart}/${file}`;
      const known = inMemory.get(key);
      if (known) return known;
      const kept = await builds.file(buildStart, file);
      if (!kept) return null;
      const body = await decompress(kept.brotli, contentTypeOf(file));
      inMemory.set(key, body);
      return body;
    },
  };
}
