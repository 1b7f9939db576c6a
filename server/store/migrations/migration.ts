// What a migration is: one version of the database's shape, in both engines' words. Released ones never change; forward only.

/** Of whom the rows of a table are. */
export type Scope =
  /** One site's: every key and every unique index begins with site_key, and every query names it. */
  | 'site'
  /** Few rows that every site's queries may look up; a distributed database keeps a copy of them on each node. */
  | 'reference'
  /** The operator's own. */
  | 'operator';

/** What the service's own role may do to rows that are there; to read and to insert it may always. */
export type Changes =
  /** Nothing: append-only. The migration adds triggers that say so to everybody. */
  | 'none'
  /** Change them and delete them. */
  | 'all'
  /** Change these columns. */
  | readonly string[];

export interface TableRules {
  of: Scope;
  changes: Changes;
}

export interface Migration {
  version: number;
  name: string;
  /** Of each table that it makes; of one that is there already, only to change its rules. Null: the table goes. */
  tables: Readonly<Record<string, TableRules | null>>;
  sqlite: string;
  /** Functions that triggers run as their owner are made with POSTGRES_FUNCTION. */
  postgres: string;
}

/** SQLite: triggers that refuse to change and to delete rows of a table. */
export const sqliteAppendOnly = (table: string): string => `${sqliteRefuse(table, 'UPDATE')}${sqliteRefuse(table, 'DELETE')}`;

export const sqliteRefuse = (table: string, what: 'UPDATE' | 'DELETE'): string => `
  CREATE TRIGGER ${table}_no_${what.toLowerCase()} BEFORE ${what} ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

/** PostgreSQL: the same, and TRUNCATE. The function stands in migration 1. */
export const postgresAppendOnly = (table: string): string => postgresRefuse(table, 'UPDATE OR DELETE OR TRUNCATE');

export const postgresRefuse = (table: string, what: string): string => `
  CREATE TRIGGER ${table}_append_only BEFORE ${what} ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** The attributes of a trigger's function: it finds our tables and no others, whatever the session has set. */
export const POSTGRES_FUNCTION = 'LANGUAGE plpgsql SET search_path FROM CURRENT';
