// Letters about requests that are still to be sent, and the key that addresses are found by once CANDOUR_SECRET was changed.
import type { Migration } from './migration.ts';

export const letters: Migration = {
  version: 8,
  name: 'letters that wait, the kept look-up key',
  tables: {
    letter: { of: 'site', changes: 'all' },
    kept_key: { of: 'operator', changes: 'all' },
  },
  sqlite: `
  -- One for a step of a request; sealed under the request's key, so that it goes with it.
  CREATE TABLE letter (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (site_key, id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX letter_due ON letter (site_key, due_at) WHERE state = 'due';
  CREATE TABLE kept_key (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
`,
  postgres: `
  CREATE TABLE letter (
    site_key integer NOT NULL,
    id text NOT NULL,
    number integer NOT NULL,
    sealed bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'sent', 'failed')),
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    PRIMARY KEY (site_key, id, number)
  );
  CREATE INDEX letter_due ON letter (site_key, due_at) WHERE state = 'due';
  CREATE TABLE kept_key (
    name text NOT NULL PRIMARY KEY,
    sealed bytea NOT NULL
  );
`,
};
