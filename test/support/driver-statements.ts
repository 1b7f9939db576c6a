// Records what reaches the database drivers themselves, whichever way the code sends it.
import Database from 'better-sqlite3';
import pg from 'pg';

export interface Statement {
  sql: string;
  values: readonly unknown[];
}

type Query = (this: unknown, ...input: unknown[]) => unknown;

/** `heard` is told each statement that any better-sqlite3 database of this process runs. Gives what ends it. */
export function listenToSqlite(heard: (statement: Statement) => void): () => void {
  const prototype = Database.prototype as unknown as { prepare: Query };
  const prepare = prototype.prepare;
  prototype.prepare = function (sql, ...rest) {
    const statement = prepare.call(this, sql, ...rest) as Record<string, Query>;
    for (const name of ['run', 'get', 'all', 'iterate']) {
      const method = statement[name] as Query;
      statement[name] = function (...values) {
        heard({ sql: String(sql), values: values.flat() });
        return method.apply(this, values);
      };
    }
    return statement;
  };
  return () => void (prototype.prepare = prepare);
}

/** The same of every pg client of this process. */
export function listenToPostgres(heard: (statement: Statement) => void): () => void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (...input) {
    const [first, second] = input;
    const asked = typeof first === 'string' ? { text: first } : (first as { text?: string; values?: unknown[] } | undefined);
    const values = Array.isArray(second) ? (second as unknown[]) : (asked as { values?: unknown[] } | undefined)?.values;
    if (asked?.text) heard({ sql: asked.text, values: values ?? [] });
    return query.apply(this, input);
  };
  return () => void (prototype.query = query);
}
