// Opens the database file with durable commits, and brings it up to date.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import type { Migration } from '../migrations/migration.ts';
import { MIGRATIONS, checkVersion, missingMigrations } from '../migrations/migrations.ts';
import { NotDurableError } from '../store.ts';

/** ms that a statement waits for another process's lock. */
const BUSY_TIMEOUT = 5000;

/** synchronous=FULL syncs the write-ahead log at each commit: what COMMIT returned for survives a power cut. */
export function openDatabase(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true });
  const isNew = !existsSync(file);
  const database = new Database(file, { timeout: BUSY_TIMEOUT });
  if (isNew) chmodSync(file, 0o600);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Erased bodies are overwritten, not only unlinked.
  database.pragma('secure_delete = ON');
  // Each new subject falls anywhere into the index of subjects: 16 MiB hold that of a quarter of a million, the usual 2 MiB do not.
  database.pragma('cache_size = -16384');
  return database;
}

const CUT_AGAIN = 1000;

/**
 * secure_delete overwrites the tables' pages; their old content still stands in the write-ahead log until that is cut. A reader in
 * the way is not waited for (it may be of this very thread): the cut is tried again until none is.
 */
export function cutJournal(database: Database.Database): void {
  if (!database.open) return;
  database.pragma('busy_timeout = 0');
  const [outcome] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  if (outcome?.busy) setTimeout(() => cutJournal(database), CUT_AGAIN).unref();
}

/** What the engine answers now. Throws NotDurableError. */
export function readDurability(database: Database.Database): Record<string, string> {
  const synchronous = Number(database.pragma('synchronous', { simple: true }));
  const journal = String(database.pragma('journal_mode', { simple: true }));
  if (synchronous < 2 || journal !== 'wal')
    throw new NotDurableError(`SQLite would not keep what it acknowledges: synchronous=${synchronous}, journal_mode=${journal}`);
  return { engine: 'sqlite', journal_mode: journal, synchronous: `${synchronous} (${synchronous === 2 ? 'FULL' : 'EXTRA'})` };
}

const migrationsOf = (database: Database.Database): number[] =>
  database.prepare('SELECT version FROM migration ORDER BY version').pluck().all() as number[];

/** Throws DatabaseVersionError unless the database is exactly as new as this program. */
export const checkDatabaseVersion = (database: Database.Database): void => checkVersion(migrationsOf(database));

/** Runs what is missing, each migration in its own transaction; two processes that race do it once. Gives what ran. */
export function migrate(
  database: Database.Database,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): readonly Migration[] {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  );
  const ran: Migration[] = [];
  for (const migration of missingMigrations(migrationsOf(database), migrations)) {
    database
      .transaction(() => {
        if (migrationsOf(database).includes(migration.version)) return;
        database.exec(migration.sqlite);
        database.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(migration.version, migration.name, now);
        ran.push(migration);
      })
      .immediate();
  }
  return ran;
}
