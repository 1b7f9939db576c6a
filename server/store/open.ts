// Opens the store that the configuration names, up to date.
import type { DatabaseConfig } from '../config.ts';
import type { Migration } from './migrations/migration.ts';
import type { Store } from './store.ts';

const now = Date.now;

// Only the engine that is used is read.
const postgres = () => import('./postgres/store.ts');
const sqlite = () => import('./sqlite/store.ts');

/** Throws DatabaseUnavailableError, DatabaseVersionError, NotDurableError. */
export const openStore = async (database: DatabaseConfig): Promise<Store> =>
  database.engine === 'sqlite'
    ? (await sqlite()).sqliteStore({ file: database.file, now, migrate: true })
    : (await postgres()).postgresStore({ ...database, now, migrate: true });

/** Runs the migrations that are missing, and gives them. */
export async function prepareDatabase(database: DatabaseConfig): Promise<readonly Migration[]> {
  if (database.engine === 'postgres') return (await postgres()).preparePostgres({ ...database, now, migrate: true });
  const { migrate, openDatabase } = await import('./sqlite/open.ts');
  const opened = openDatabase(database.file);
  try {
    return migrate(opened, now());
  } finally {
    opened.close();
  }
}
