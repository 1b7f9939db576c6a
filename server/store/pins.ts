// What never changes once an owner has named it in a page: the widget's script of a version with all that it loads.
import type { Kysely } from 'kysely';

import type { Site } from './store.ts';
import type { Tables } from './tables.ts';

export interface PinnedFile {
  /** Within the site: see widget-pins.ts. */
  path: string;
  contentType: string;
  /** The body, Brotli-compressed. */
  brotli: Uint8Array;
}

export interface PinStore {
  /** Keeps all of them or none. What is there under a path already stays as it is. */
  pin(site: Site, files: readonly PinnedFile[], now: number): Promise<void>;
  pinned(site: Site, path: string): Promise<PinnedFile | null>;
  /** The paths that begin so, with when they were pinned in ms since 1970: newest first. */
  pinnedUnder(site: Site, start: string): Promise<{ path: string; at: number }[]>;
}

/** A row is about a hundred bytes and a file: within what any engine takes in one statement. */
const ROWS = 20;

export function pinStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): PinStore {
  return {
    pin: (site, files, now) =>
      writer.transaction().execute(async (trx) => {
        for (let i = 0; i < files.length; i += ROWS)
          await trx
            .insertInto('pinned_file')
            .values(
              files.slice(i, i + ROWS).map(({ path, contentType, brotli }) => ({
                site_key: site.key,
                path,
                type: contentType,
                brotli,
                pinned_at: now,
              })),
            )
            .onConflict((oc) => oc.doNothing())
            .execute();
      }),
    async pinned(site, path) {
      const row = await reader
        .selectFrom('pinned_file')
        .select(['path', 'type', 'brotli'])
        .where('site_key', '=', site.key)
        .where('path', '=', path)
        .executeTakeFirst();
      return row ? { path: row.path, contentType: row.type, brotli: new Uint8Array(row.brotli) } : null;
    },
    async pinnedUnder(site, start) {
      const rows = await reader
        .selectFrom('pinned_file')
        .select(['path', 'pinned_at'])
        .where('site_key', '=', site.key)
        // Not by order, which differs from collation to collation; a site has few of them.
        .where((eb) => eb(eb.fn('substr', ['path', eb.lit(1), eb.lit(start.length)]), '=', start))
        .orderBy('pinned_at', 'desc')
        .orderBy('path')
        .execute();
      return rows.map(({ path, pinned_at: at }) => ({ path, at }));
    },
  };
}
