// The files of each build of the widget that was given out: what a presentation's `build` stands for.
import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

export interface BuildFile {
  /** As the build's manifest names it. */
  file: string;
  /** SHA-256 of the file, base64url. The build's own is that of the sorted ones of its files, a line each. */
  sha256: string;
  /** The file, Brotli-compressed. */
  brotli: Uint8Array;
}

export interface BuildStore {
  /** Keeps all of them or none; what is there already stays as it is. `now` in ms since 1970. */
  keep(build: string, files: readonly BuildFile[], now: number): Promise<void>;
  /** Its files by name, without their bodies; none for a build that was never kept. */
  files(build: string): Promise<Pick<BuildFile, 'file' | 'sha256'>[]>;
  /** Of a build whose hash begins so; of two, the one that was kept last. */
  file(buildStart: string, file: string): Promise<BuildFile | null>;
}

export function buildStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): BuildStore {
  return {
    async keep(build, files, now) {
      await writer
        .insertInto('widget_build')
        .values(files.map((file) => ({ build, ...file, kept_at: now })))
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    files: (build) =>
      reader.selectFrom('widget_build').select(['file', 'sha256']).where('build', '=', build).orderBy('file').execute(),
    async file(buildStart, file) {
      const row = await reader
        .selectFrom('widget_build')
        .select(['file', 'sha256', 'brotli'])
        // A range of the key, as anybody may ask for what never was: "~" is behind all of base64url.
        .where('build', '>=', buildStart)
        .where('build', '<', `${buildStart}~`)
        .where('file', '=', file)
        .orderBy('kept_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? { ...row, brotli: new Uint8Array(row.brotli) } : null;
    },
  };
}
