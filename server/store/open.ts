// Opens the store that the configuration names, up to date.
import type { DatabaseConfig } from '../config.ts';
import type { Migration } from './migrations/migration.ts';
import { postgresStore, preparePostgres } from './postgres/store.ts';
import { migrate, openDatabase } from './sqlite/open.ts';
import { sqliteStore } from './sqlite/store.ts';
import { NotDurableError, type Store } from './store.ts';
import { DatabaseVersionError } from './migrations/migrations.ts';
import { DatabaseUnavailableError } from './unavailable.ts';

const now = Date.now;

/** Their messages are one line for people. */
export const DATABASE_ERRORS = [DatabaseUnavailableError, DatabaseVersionError, NotDurableError] as const;

/** Throws DatabaseUnavailableError, DatabaseVersionError, NotDurableError. */
export const openStore = async (database: DatabaseConfig): Promise<Store> =>
  database.engine === 'sqlite'
    ? sqliteStore({ file: database.file, now, migrate: true })
    : postgresStore({ ...database, now, migrate: true });

/** Runs the migrations that are missing, and gives them. */
export async function prepareDatabase(database: DatabaseConfig): Promise<readonly Migration[]> {
  if (database.engine === 'postgres') return preparePostgres({ ...database, now, migrate: true });
  const opened = openDatabase(database.file);
  try {
    return migrate(opened, now());
  } finally {
    opened.close();
  }
}
