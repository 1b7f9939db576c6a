// The store on SQLite: one file, one writing connection, one reading connection (WAL: reads never wait for a commit).
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';

import type { Store } from '../store.ts';
import { checkVersion, cutJournal, migrate, openDatabase, readDurability } from './open.ts';
import { storeReading } from './reading.ts';
import { blob, blobOf, siteOf } from './rows.ts';
import type { Tables } from './schema.ts';
import { siteTransaction } from './transaction.ts';

export interface SqliteOptions {
  file: string;
  now: () => number;
  /** Otherwise a database that is not up to date is refused. */
  migrate: boolean;
}

/** Throws when the file cannot be opened, is not up to date, or would not keep what it acknowledges. */
export function sqliteStore(options: SqliteOptions): Store {
  const writing = openDatabase(options.file);
  if (options.migrate) migrate(writing, options.now());
  checkVersion(writing);
  readDurability(writing);
  const reading = new Database(options.file, { timeout: 5000, readonly: true });
  const writer = new Kysely<Tables>({ dialect: new SqliteDialect({ database: writing }) });
  const reader = new Kysely<Tables>({ dialect: new SqliteDialect({ database: reading }) });

  return {
    ...storeReading(reader),
    snapshot: (work) => reader.transaction().execute((trx) => work(storeReading(trx))),
    durability: () => Promise.resolve(readDurability(writing)),
    ready: async () => {
      await reader.selectFrom('migration').select('version').limit(1).execute();
      checkVersion(writing);
    },
    forget: () => Promise.resolve(cutJournal(writing)),
    async close() {
      await reader.destroy();
      await writer.destroy();
    },

    publish: (site, documents) =>
      writer.transaction().execute(async (trx) => {
        const values = { name: site.name, origins: JSON.stringify(site.origins) };
        const row = await trx
          .insertInto('site')
          .values({ id: site.id, log: site.log, ...values, revision: 1, created_at: options.now() })
          .onConflict((oc) => oc.column('id').doUpdateSet((eb) => ({ ...values, revision: eb('site.revision', '+', 1) })))
          .returningAll()
          .executeTakeFirstOrThrow();
        const siteKey = row.site_key;
        await trx
          .insertInto('head')
          .values({
            site_key: siteKey,
            epoch: 0,
            size: 0,
            // SHA-256 of nothing: the root of the empty tree (RFC 9162 section 2.1.1).
            root: blobOf('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'),
            events: 0,
            subjects: 0,
            latest_at: null,
          })
          .onConflict((oc) => oc.doNothing())
          .execute();
        for (const { hash, kind, body, publishedAt } of documents) {
          const place = { site_key: siteKey, hash };
          await trx
            .updateTable('document')
            .set({ is_current: 0 })
            .where('site_key', '=', siteKey)
            .where('kind', '=', kind)
            .where('hash', '<>', hash)
            .execute();
          await trx
            .insertInto('document')
            .values({ ...place, kind, body, published_at: publishedAt, is_current: 1 })
            .onConflict((oc) => oc.columns(['site_key', 'hash']).doUpdateSet({ is_current: 1 }))
            .execute();
        }
        return siteOf(row);
      }),

    startLog: (site, publicKey, { epoch, size, root, signature }) =>
      writer.transaction().execute(async (trx) => {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('log_key')
          .values({ site_key: site.key, number: 1, public_key: blob(publicKey), state: 'active' })
          .onConflict((oc) => oc.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return;
        await trx
          .insertInto('checkpoint')
          .values({ site_key: site.key, epoch, size, root: blob(root), key_number: 1, signature: blob(signature) })
          .execute();
      }),
    write: (site, work) => writer.transaction().execute(async (trx) => work(await siteTransaction(trx, site))),

    async useRequestId(site, jti, now, until) {
      await writer.deleteFrom('used_request').where('site_key', '=', site.key).where('until', '<', now).execute();
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('used_request')
        .values({ site_key: site.key, jti, until })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async addCredential({ id, kind, name, role, secretHash, createdAt, expiresAt }) {
      await writer.deleteFrom('credential').where('expires_at', '<', createdAt).execute();
      await writer
        .insertInto('credential')
        .values({ id, kind, name, role, secret_hash: blob(secretHash), created_at: createdAt, expires_at: expiresAt })
        .execute();
    },
    async removeCredential(kind, id) {
      const { numDeletedRows } = await writer
        .deleteFrom('credential')
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}
