// Scripts that never change, with all that they load: for tags with `integrity`.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const pinned: Migration = {
  version: 10,
  name: 'scripts that never change',
  tables: { pinned_file: { of: 'site', changes: 'none' } },
  sqlite: `
  CREATE TABLE pinned_file (
    site_key INTEGER NOT NULL,
    path TEXT NOT NULL,
    type TEXT NOT NULL,
    brotli BLOB NOT NULL,
    pinned_at INTEGER NOT NULL,
    PRIMARY KEY (site_key, path)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('pinned_file')}
`,
  postgres: `
  CREATE TABLE pinned_file (
    site_key integer NOT NULL,
    path text NOT NULL,
    type text NOT NULL,
    brotli bytea NOT NULL,
    pinned_at bigint NOT NULL,
    PRIMARY KEY (site_key, path)
  );
  ${postgresAppendOnly('pinned_file')}
`,
};
