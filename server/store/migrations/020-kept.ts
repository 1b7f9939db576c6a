// What a restored backup must be told of is in an order, so that it can be followed: erased events by their tombstones, and requests
// whose person was erased.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const kept: Migration = {
  version: 20,
  name: 'erasures can be followed',
  tables: { tombstone: { of: 'site', changes: 'none' } },
  sqlite: `
  CREATE TABLE numbered_tombstone (
    site_key INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    number INTEGER NOT NULL,
    PRIMARY KEY (site_key, hash)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO numbered_tombstone SELECT site_key, hash, row_number() OVER (PARTITION BY site_key ORDER BY hash) FROM tombstone;
  DROP TABLE tombstone;
  ALTER TABLE numbered_tombstone RENAME TO tombstone;
  CREATE UNIQUE INDEX tombstone_number ON tombstone (site_key, number);
  ${sqliteAppendOnly('tombstone')}
  ALTER TABLE request ADD COLUMN erased_at INTEGER;
  -- Whose person was erased before there was a column for it: each request is made with a key, and erasing takes it away.
  UPDATE request SET erased_at = COALESCE(closed_at, changed_at) WHERE NOT EXISTS (
    SELECT 1 FROM request_key WHERE request_key.site_key = request.site_key AND request_key.id = request.id
  );
  CREATE INDEX request_erased ON request (site_key, erased_at) WHERE erased_at IS NOT NULL;
`,
  postgres: `
  ALTER TABLE tombstone RENAME TO unnumbered_tombstone;
  ALTER TABLE unnumbered_tombstone RENAME CONSTRAINT tombstone_pkey TO unnumbered_tombstone_pkey;
  CREATE TABLE tombstone (
    site_key integer NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    number bigint NOT NULL,
    PRIMARY KEY (site_key, hash)
  );
  INSERT INTO tombstone SELECT site_key, hash, row_number() OVER (PARTITION BY site_key ORDER BY hash) FROM unnumbered_tombstone;
  DROP TABLE unnumbered_tombstone;
  CREATE UNIQUE INDEX tombstone_number ON tombstone (site_key, number);
  ${postgresAppendOnly('tombstone')}
  ALTER TABLE request ADD COLUMN erased_at bigint;
  -- Whose person was erased before there was a column for it: each request is made with a key, and erasing takes it away.
  UPDATE request SET erased_at = COALESCE(closed_at, changed_at) WHERE NOT EXISTS (
    SELECT 1 FROM request_key WHERE request_key.site_key = request.site_key AND request_key.id = request.id
  );
  CREATE INDEX request_erased ON request (site_key, erased_at) WHERE erased_at IS NOT NULL;
`,
};
