// Witnesses that cosign the heads of the logs.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const witnesses: Migration = {
  version: 6,
  name: 'witnesses and their cosignatures',
  tables: {
    witness: { of: 'operator', changes: 'all' },
    cosignature: { of: 'site', changes: 'none' },
  },
  sqlite: `
  CREATE TABLE witness (
    name TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    witness_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- A witness may cosign one head again later: the first is kept.
  CREATE TABLE cosignature (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    witness TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (site_key, epoch, size, witness)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('cosignature')}
`,
  postgres: `
  CREATE TABLE witness (
    name text NOT NULL PRIMARY KEY,
    url text NOT NULL,
    witness_key text NOT NULL,
    created_at bigint NOT NULL
  );
  CREATE TABLE cosignature (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    size bigint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (site_key, epoch, size, witness)
  );
  ${postgresAppendOnly('cosignature')}
`,
};
