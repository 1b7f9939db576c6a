// The store on SQLite: one file, one writing connection, one reading connection (WAL: reads never wait for a commit).
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type LogEvent } from 'kysely';

import { kyselyStore, storeReading } from '../kysely-store.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { checkpointsOf, MOST_PAGES } from './checkpoints.ts';
import { isCopy } from './copy-mark.ts';
import { checkDatabaseVersion, cutJournal, migrate, openDatabase, readDurability } from './open.ts';
import { teachPlanner } from './planner.ts';
import { sqliteSiteRows } from './site-rows.ts';
import { withKeptStatements } from './statements.ts';

export interface SqliteOptions {
  file: string;
  now: () => number;
  /** Otherwise a database that is not up to date is refused. */
  migrate: boolean;
  /** Is told each statement; for tests. */
  onStatement?: (sql: string) => void;
}

/** Throws when the file cannot be opened; DatabaseVersionError, NotDurableError. */
export function sqliteStore(options: SqliteOptions): Store {
  const writing = openDatabase(options.file);
  if (options.migrate) migrate(writing, options.now());
  checkDatabaseVersion(writing);
  readDurability(writing);
  teachPlanner(writing);
  writing.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
  const checkpoints = checkpointsOf(options.file);
  const reading = new Database(options.file, { timeout: 5000, readonly: true });
  const { onStatement } = options;
  const log = onStatement ? { log: ({ query }: LogEvent) => onStatement(query.sql) } : {};
  const writer = new Kysely<Tables>({ ...log, dialect: new SqliteDialect({ database: withKeptStatements(writing) }) });
  const reader = new Kysely<Tables>({ ...log, dialect: new SqliteDialect({ database: withKeptStatements(reading) }) });
  const store = kyselyStore({ writer, reader, siteRows: sqliteSiteRows(writing, onStatement), now: options.now });
  return {
    ...store,
    write: (...input) => store.write(...input).finally(checkpoints.committed),
    snapshot: (work) => reader.transaction().execute((trx) => work(storeReading(trx))),
    durability: () => Promise.resolve(readDurability(writing)),
    ready: async () => {
      await reader.selectFrom('migration').select('version').limit(1).execute();
      readDurability(writing);
      checkDatabaseVersion(writing);
    },
    isCopy: () => Promise.resolve(isCopy(reading)),
    forget: () => Promise.resolve(cutJournal(writing)),
    async close() {
      await checkpoints.close();
      await reader.destroy();
      await writer.destroy();
    },
  };
}
