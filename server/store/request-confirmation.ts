// Requests of the service's page that nobody confirmed yet: the mail that asks, the token in it, and what becomes of the rest.
import type { Engine } from './kysely-store.ts';
import { requestOf, type StoredRequest } from './requests.ts';
import { blob } from './rows.ts';
import type { Site } from './store.ts';

export interface RequestConfirmationStore {
  /** Requests that wait for their mail, or whose sending began before `stale` (ms) and never ended; those first that were not tried for longest. */
  mailDue(site: Site, stale: number, limit: number): Promise<StoredRequest[]>;
  /** False if another process sends it already. `stale` as in mailDue. */
  claimMail(site: Site, id: string, stale: number, now: number): Promise<boolean>;
  /** The mail is out, or did not go out and is due again. */
  mailEnded(site: Site, id: string, mail: 'sent' | 'due'): Promise<void>;
  /** Replaces earlier tokens of the request. */
  setToken(site: Site, id: string, hash: Uint8Array, until: number): Promise<void>;
  /** The request that the token belongs to; it is used up by this. Null for one that is unknown, used or out of date. */
  takeToken(site: Site, hash: Uint8Array, now: number): Promise<string | null>;
  /** Removes what nobody confirmed in time. */
  dropUnconfirmed(site: Site, before: number): Promise<number>;
  /** Removes one that nobody confirmed. */
  drop(site: Site, id: string): Promise<void>;
}

/** Of a request, those that hold the others first. */
const TABLES = ['request_token', 'request_key', 'request'] as const;

export function requestConfirmationStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): RequestConfirmationStore {
  const requests = (site: Site) => reader.selectFrom('request').selectAll().where('site_key', '=', site.key);
  return {
    async mailDue(site, stale, limit) {
      const due = requests(site)
        .where('state', '=', 'unconfirmed')
        .where((eb) => eb.or([eb('mail', '=', 'due'), eb.and([eb('mail', '=', 'sending'), eb('changed_at', '<', stale)])]));
      // What was tried goes behind what was not.
      return (await due.orderBy('changed_at').orderBy('id').limit(limit).execute()).map(requestOf);
    },
    async claimMail(site, id, stale, now) {
      const { numUpdatedRows } = await writer
        .updateTable('request')
        .set({ mail: 'sending', changed_at: now })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('state', '=', 'unconfirmed')
        .where((eb) => eb.or([eb('mail', '=', 'due'), eb.and([eb('mail', '=', 'sending'), eb('changed_at', '<', stale)])]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async mailEnded(site, id, mail) {
      await writer
        .updateTable('request')
        .set({ mail })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('state', '=', 'unconfirmed')
        .execute();
    },
    setToken: (site, id, hash, until) =>
      writer.transaction().execute(async (trx) => {
        await trx.deleteFrom('request_token').where('site_key', '=', site.key).where('id', '=', id).execute();
        await trx
          .insertInto('request_token')
          .values({ site_key: site.key, id, hash: blob(hash), until })
          .execute();
      }),
    async takeToken(site, hash, now) {
      const row = await writer
        .deleteFrom('request_token')
        .where('site_key', '=', site.key)
        .where('hash', '=', blob(hash))
        .returning(['id', 'until'])
        .executeTakeFirst();
      return row && row.until > now ? row.id : null;
    },
    dropUnconfirmed: (site, before) =>
      writer.transaction().execute(async (trx) => {
        const old = await trx
          .selectFrom('request')
          .select('id')
          .where('site_key', '=', site.key)
          .where('state', '=', 'unconfirmed')
          .where('received_at', '<', before)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length === 0) return 0;
        for (const table of TABLES) await trx.deleteFrom(table).where('site_key', '=', site.key).where('id', 'in', ids).execute();
        return ids.length;
      }),
    drop: (site, id) =>
      writer.transaction().execute(async (trx) => {
        const open = await trx
          .selectFrom('request')
          .select('id')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .where('state', '=', 'unconfirmed')
          .executeTakeFirst();
        if (!open) return;
        for (const table of TABLES) await trx.deleteFrom(table).where('site_key', '=', site.key).where('id', '=', id).execute();
      }),
  };
}
