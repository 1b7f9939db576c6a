// The constraints of a database, from its own catalogue: primary keys, unique ones, foreign keys.
import type Database from 'better-sqlite3';
import type pg from 'pg';

export interface Constraint {
  name: string;
  table: string;
  columns: string[];
  /** Of a foreign key: what it points at. */
  to?: { table: string; columns: string[] };
}
export async function postgresConstraints(client: pg.Client): Promise<Constraint[]> {
  const { rows } = await client.query<{ name: string; table: string; columns: string[]; to: string | null; foreign: string[] }>(`
    WITH named AS (
      SELECT i.relname AS name, x.indrelid AS rel, x.indkey::int2[] AS keys, 0::oid AS frel, NULL::int2[] AS fkeys
      FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid WHERE x.indisunique OR x.indisexclusion
      UNION ALL
      SELECT conname, conrelid, conkey, confrelid, confkey FROM pg_constraint WHERE contype IN ('p', 'u', 'x', 'f'))
    SELECT n.name, t.relname AS table, f.relname AS to,
      ARRAY(SELECT coalesce(a.attname::text, '(expression)') FROM unnest(n.keys) WITH ORDINALITY AS k (number, place)
        LEFT JOIN pg_attribute AS a ON a.attrelid = n.rel AND a.attnum = k.number ORDER BY k.place) AS columns,
      ARRAY(SELECT a.attname::text FROM unnest(n.fkeys) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute AS a ON a.attrelid = n.frel AND a.attnum = k.number ORDER BY k.place) AS foreign
    FROM named AS n JOIN pg_class AS t ON t.oid = n.rel LEFT JOIN pg_class AS f ON f.oid = n.frel
    WHERE t.relnamespace = 'public'::regnamespace`);
  return rows.map(({ to, foreign, ...rest }) => (to ? { ...rest, to: { table: to, columns: foreign } } : rest));
}

export function sqliteConstraints(database: Database.Database): Constraint[] {
  const pragma = <T>(text: string): T[] => database.pragma(text) as T[];
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  return tables.flatMap((table) => {
    const primary = pragma<{ name: string; pk: number }>(`table_info(${table})`).filter(({ pk }) => pk > 0);
    const unique = pragma<{ name: string; unique: number }>(`index_list(${table})`).filter((index) => index.unique === 1);
    const foreign = pragma<{ id: number; seq: number; table: string; from: string; to: string | null }>(
      `foreign_key_list(${table})`,
    );
    return [
      { name: `${table} primary key`, table, columns: primary.sort((a, b) => a.pk - b.pk).map(({ name }) => name) },
      ...unique.map(({ name }) => ({
        name,
        table,
        columns: pragma<{ name: string | null }>(`index_info(${name})`).map((column) => column.name ?? '(expression)'),
      })),
      ...[...Map.groupBy(foreign, ({ id }) => id).values()].map((keys) => ({
        name: `${table} to ${keys[0]?.table}`,
        table,
        columns: keys.map(({ from }) => from),
        to: { table: keys[0]?.table ?? '', columns: keys.map(({ from, to }) => to ?? from) },
      })),
    ];
  });
}
