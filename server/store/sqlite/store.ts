// The store on SQLite: one file, one writing connection, one reading connection (WAL: reads never wait for a commit).
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type KyselyPlugin, type LogEvent } from 'kysely';

import { kyselyStore, siteWrite, storeReading } from '../kysely-store.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { checkpointsOf, MOST_PAGES } from './checkpoints.ts';
import { isCopy } from './copy-mark.ts';
import { journalOf, type Journal, type SyncFile } from './journal.ts';
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
  /** Syncs the write-ahead log in place of the system's own; for tests. */
  sync?: SyncFile;
}

/** What a power cut could still take back is given to nobody. */
const waitingFor = (journal: Journal): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    await journal.synced();
    return result;
  },
});

/** Throws when the file cannot be opened; DatabaseVersionError, NotDurableError. */
export function sqliteStore(options: SqliteOptions): Store {
  const writing = openDatabase(options.file);
  if (options.migrate) migrate(writing, options.now());
  checkDatabaseVersion(writing);
  readDurability(writing);
  teachPlanner(writing);
  writing.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
  const journal = journalOf(writing, options.sync);
  const checkpoints = checkpointsOf(options.file);
  const reading = new Database(options.file, { timeout: 5000, readonly: true });
  const { onStatement, now } = options;
  const log = onStatement ? { log: ({ query }: LogEvent) => onStatement(query.sql) } : {};
  const writer = new Kysely<Tables>({ ...log, dialect: new SqliteDialect({ database: withKeptStatements(writing) }) });
  const reader = new Kysely<Tables>({
    ...log,
    dialect: new SqliteDialect({ database: withKeptStatements(reading) }),
    plugins: [waitingFor(journal)],
  });
  const siteRows = sqliteSiteRows(writing, onStatement);
  const store = kyselyStore({ writer, reader, siteRows, now });
  return {
    ...store,
    write: (site, work, expected) =>
      writer
        .connection()
        .execute((connection) =>
          journal.commit((begun) => {
            const write = siteWrite({ writer: connection, siteRows, now });
            return write(site, (transaction) => (begun(), work(transaction)), expected);
          }),
        )
        .finally(checkpoints.committed),
    snapshot: (work) => reader.transaction().execute((trx) => work(storeReading(trx))),
    durability: () => Promise.resolve(readDurability(writing, 1)),
    ready: async () => {
      await reader.selectFrom('migration').select('version').limit(1).execute();
      readDurability(writing, 1);
      checkDatabaseVersion(writing);
    },
    isCopy: () => Promise.resolve(isCopy(reading)),
    forget: () => Promise.resolve(cutJournal(writing)),
    async close() {
      await checkpoints.close();
      await reader.destroy();
      journal.close();
      await writer.destroy();
    },
  };
}
