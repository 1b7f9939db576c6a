// The store on PostgreSQL: many processes may share one database, and a site's head row is their only lock.
import { Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';

import { kyselyStore, storeReading } from '../kysely-store.ts';
import { checkVersion } from '../migrations/migrations.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { DatabaseUnavailableError } from '../unavailable.ts';
import { IS_COPY } from './copy-mark.ts';
import { connect, connectionPool, type Connecting } from './connection.ts';
import { readDurability } from './durability.ts';
import { postgresSiteRows } from './site-rows.ts';
import { grantService, migratePostgres, migrationsOf } from './migrate.ts';

export interface PostgresOptions extends Connecting {
  /** The role that owns the tables; null: the service's own role does. */
  ownerUrl: string | null;
  now: () => number;
  /** Otherwise a database that is not up to date is refused. */
  migrate: boolean;
}

/** Migrations as the owner; the service's role gets its rights. Gives what ran. */
export async function preparePostgres({ url, ownerUrl, now }: PostgresOptions) {
  const ran = await migratePostgres(ownerUrl ?? url, now());
  if (ownerUrl !== null) await grantService(ownerUrl, await roleOf(url));
  return ran;
}

async function roleOf(url: string): Promise<string> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
    return rows[0]?.role ?? '';
  } finally {
    await client.end();
  }
}

async function checkPrepared(url: string): Promise<void> {
  const client = await connect(url);
  try {
    checkVersion(await migrationsOf(client));
  } finally {
    await client.end();
  }
}

/** Throws DatabaseUnavailableError, DatabaseVersionError, NotDurableError. */
export async function postgresStore(options: PostgresOptions): Promise<Store> {
  if (options.migrate) await preparePostgres(options);
  await checkPrepared(options.url);
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: connectionPool(options) as unknown as PostgresPool }),
  });
  const store: Store = {
    ...kyselyStore({ writer: db, reader: db, siteRows: postgresSiteRows, now: options.now }),
    snapshot: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (trx) => {
          // It holds no lock: whoever checks a long log on a slow machine may pause between two reads.
          await sql`SET LOCAL idle_in_transaction_session_timeout = '10min'`.execute(trx);
          return work(storeReading(trx));
        }),
    // Dead rows are the vacuum's: nothing of this process holds them.
    forget: () => Promise.resolve(),
    isCopy: async () => (await sql<{ copy: boolean }>`${sql.raw(IS_COPY)}`.execute(db)).rows[0]?.copy === true,
    durability: async () => (await readDurability(db)).settings,
    ready: async () => {
      const { recovering } = await readDurability(db);
      if (recovering) throw new DatabaseUnavailableError('the database is a standby: it can be read only');
      checkVersion((await db.selectFrom('migration').select('version').execute()).map(({ version }) => version));
    },
    close: () => db.destroy(),
  };
  try {
    await store.durability();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
