// The keys that the persons in requests are sealed under. Without its key nobody reads what a request holds of a person: deleting it
// is what erases them.
import type { Engine } from './kysely-store.ts';
import { requestOf, type StoredRequest } from './requests.ts';
import { blob } from './rows.ts';
import type { Site } from './store.ts';

export interface RequestKey {
  wrapped: Uint8Array;
  /** Keyed hash of the address; null where none was given. */
  lookup: Uint8Array | null;
}

export interface RequestKeyStore {
  key(site: Site, id: string): Promise<RequestKey | null>;
  /** How many requests with that address came in since then. */
  countByLookup(site: Site, lookup: Uint8Array, since: number): Promise<number>;
  byLookup(site: Site, lookup: Uint8Array): Promise<StoredRequest[]>;
  /** Erases the person: key, look-up hash, what was sealed, the link to a subject. What happened and when stays. */
  eraseKey(site: Site, id: string): Promise<boolean>;
  /** Those erased then or later (ms), the oldest first. */
  erasedSince(site: Site, at: number): Promise<{ id: string; at: number }[]>;
  /** Requests that came or changed then or later (ms), without those that nobody confirmed, the first changed first. */
  changedSince(site: Site, at: number): Promise<StoredRequest[]>;
  /** Requests that were closed before then and still have their key, oldest first. */
  closedWithKey(site: Site, before: number, limit: number): Promise<StoredRequest[]>;
  /** Of every request of the site that still has one; after a change of CANDOUR_SECRET each is wrapped anew. */
  requestKeys(site: Site): Promise<{ id: string; wrapped: Uint8Array }[]>;
  /** False if it is not there, or is not what it was. */
  rewrap(site: Site, id: string, before: Uint8Array, wrapped: Uint8Array): Promise<boolean>;
  /** The key that addresses are found by, sealed; null: it is the one that CANDOUR_SECRET derives. */
  keptKey(name: string): Promise<Uint8Array | null>;
  keepKey(name: string, sealed: Uint8Array): Promise<void>;
}

export function requestKeyStore({ writer, reader, now }: Pick<Engine, 'writer' | 'reader' | 'now'>): RequestKeyStore {
  return {
    async key(site, id) {
      const row = await reader
        .selectFrom('request_key')
        .select(['wrapped', 'lookup'])
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },
    async countByLookup(site, lookup, since) {
      const { count } = await reader
        .selectFrom('request_key as k')
        .innerJoin('request as r', (join) => join.onRef('r.site_key', '=', 'k.site_key').onRef('r.id', '=', 'k.id'))
        .where('k.site_key', '=', site.key)
        .where('k.lookup', '=', blob(lookup))
        .where('r.received_at', '>=', since)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async byLookup(site, lookup) {
      const rows = await reader
        .selectFrom('request_key as k')
        .innerJoin('request as r', (join) => join.onRef('r.site_key', '=', 'k.site_key').onRef('r.id', '=', 'k.id'))
        .where('k.site_key', '=', site.key)
        .where('k.lookup', '=', blob(lookup))
        .selectAll('r')
        .orderBy('r.received_at')
        .execute();
      return rows.map(requestOf);
    },
    eraseKey: (site, id) =>
      writer.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('request_key')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .executeTakeFirst();
        await trx.deleteFrom('letter').where('site_key', '=', site.key).where('id', '=', id).execute();
        await trx
          .updateTable('request')
          .set({ sealed: null, subject: null, ...(numDeletedRows === 1n ? { erased_at: now() } : {}) })
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .execute();
        return numDeletedRows === 1n;
      }),
    async erasedSince(site, at) {
      const rows = await reader
        .selectFrom('request')
        .select(['id', 'erased_at'])
        .where('site_key', '=', site.key)
        .where('erased_at', '>=', at)
        .orderBy('erased_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ id: row.id, at: Number(row.erased_at) }));
    },
    async changedSince(site, at) {
      const rows = await reader
        .selectFrom('request')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('changed_at', '>=', at)
        .where('state', '<>', 'unconfirmed')
        .orderBy('changed_at')
        .orderBy('id')
        .execute();
      return rows.map(requestOf);
    },
    async closedWithKey(site, before, limit) {
      const rows = await reader
        .selectFrom('request as r')
        .innerJoin('request_key as k', (join) => join.onRef('k.site_key', '=', 'r.site_key').onRef('k.id', '=', 'r.id'))
        .where('r.site_key', '=', site.key)
        .where('r.closed_at', '<', before)
        .selectAll('r')
        .orderBy('r.closed_at')
        .limit(limit)
        .execute();
      return rows.map(requestOf);
    },
    requestKeys: (site) =>
      reader.selectFrom('request_key').select(['id', 'wrapped']).where('site_key', '=', site.key).orderBy('id').execute(),
    async rewrap(site, id, before, wrapped) {
      const { numUpdatedRows } = await writer
        .updateTable('request_key')
        .set({ wrapped: blob(wrapped) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('wrapped', '=', blob(before))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async keptKey(name) {
      const row = await reader.selectFrom('kept_key').select('sealed').where('name', '=', name).executeTakeFirst();
      return row?.sealed ?? null;
    },
    async keepKey(name, sealed) {
      await writer
        .insertInto('kept_key')
        .values({ name, sealed: blob(sealed) })
        .onConflict((oc) => oc.column('name').doUpdateSet({ sealed: blob(sealed) }))
        .execute();
    },
  };
}
