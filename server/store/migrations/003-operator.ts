// Roles of the operator's people, and the log of what they read and changed.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

/** SQLite: INSERT OR REPLACE deletes without asking the trigger that refuses a deletion. */
const sqliteOnce = (table: string, same: string): string => `
  CREATE TRIGGER ${table}_once BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same})
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

export const operator: Migration = {
  version: 3,
  name: 'keys for one site, sessions end with their key, audit log',
  tables: {
    audit: { of: 'site', changes: 'none' },
    service_audit: { of: 'operator', changes: 'none' },
  },
  sqlite: `
  ALTER TABLE credential ADD COLUMN site TEXT;
  ALTER TABLE credential ADD COLUMN parent TEXT;

  CREATE TABLE audit (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('audit')}
  ${sqliteOnce('audit', 'site_key = NEW.site_key AND id = NEW.id')}
  CREATE TABLE service_audit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('service_audit')}
  ${sqliteOnce('service_audit', 'id = NEW.id')}
`,
  postgres: `
  ALTER TABLE credential ADD COLUMN site text;
  ALTER TABLE credential ADD COLUMN parent text;

  CREATE TABLE audit (
    site_key integer NOT NULL,
    id text NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    object text,
    PRIMARY KEY (site_key, id)
  );
  ${postgresAppendOnly('audit')}
  CREATE TABLE service_audit (
    id text NOT NULL PRIMARY KEY,
    at bigint NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    object text
  );
  ${postgresAppendOnly('service_audit')}
`,
};
