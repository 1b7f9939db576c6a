// Tombstones of erased events: each keeps one event from coming back. In the order in which they were made, so that they can be
// followed into a file that outlives a restored backup.
import type { Kysely } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import type { Engine } from './kysely-store.ts';
import { blobOf } from './rows.ts';
import type { Site } from './store.ts';
import type { Tables } from './tables.ts';

/** SQLite takes 32,766 variables a statement. */
const ROWS = 3000;

export interface Tombstone {
  number: number;
  /** SHA-256, base64url. */
  hash: string;
}

export interface TombstoneStore {
  /** Those behind that number, oldest first. */
  after(site: Site, number: number, limit: number): Promise<Tombstone[]>;
}

/** In a transaction that holds the site's head row: numbers rise one after the other. What is there already stays. */
export async function addTombstones(trx: Kysely<Tables>, siteKey: number, hashes: readonly string[]): Promise<void> {
  const { last } = await trx
    .selectFrom('tombstone')
    .where('site_key', '=', siteKey)
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  const rows = hashes.map((hash, i) => ({ site_key: siteKey, hash: blobOf(hash), number: Number(last) + 1 + i }));
  for (let at = 0; at < rows.length; at += ROWS)
    await trx
      .insertInto('tombstone')
      .values(rows.slice(at, at + ROWS))
      .onConflict((oc) => oc.columns(['site_key', 'hash']).doNothing())
      .execute();
}

export const tombstoneStore = ({ reader }: Pick<Engine, 'reader'>): TombstoneStore => ({
  async after(site, number, limit) {
    const rows = await reader
      .selectFrom('tombstone')
      .select(['number', 'hash'])
      .where('site_key', '=', site.key)
      .where('number', '>', number)
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ number: row.number, hash: toBase64Url(row.hash) }));
  },
});
