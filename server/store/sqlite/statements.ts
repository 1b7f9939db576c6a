// Keeps statements prepared: the same few are run for every commit, and preparing one costs more than running it.
import type Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

const MAX_STATEMENTS = 100;
/** Longer ones name hundreds of rows, and hardly two of them the same number. */
const MAX_LENGTH = 2_500;

/** The database as Kysely's dialect takes it. A statement that is still being stepped through is never given out twice. */
export function withKeptStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    close: () => void database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known && !known.busy) return known as unknown as SqliteStatement;
      const statement = database.prepare(sql);
      if (!known && sql.length <= MAX_LENGTH) {
        const [oldest] = kept.keys();
        if (kept.size >= MAX_STATEMENTS && oldest !== undefined) kept.delete(oldest);
        kept.set(sql, statement);
      }
      return statement as unknown as SqliteStatement;
    },
  };
}
