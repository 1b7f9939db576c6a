// Passkeys of the people who sign in to the dashboard: each belongs to an API key.
import type { Migration } from './migration.ts';

export const passkeys: Migration = {
  version: 15,
  name: 'passkeys',
  tables: {
    passkey: { of: 'operator', changes: 'all' },
    passkey_challenge: { of: 'operator', changes: 'all' },
  },
  sqlite: `
  CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL,
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    transports TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passkey_by_key ON passkey (key_id);
  CREATE TABLE passkey_challenge (
    challenge TEXT NOT NULL PRIMARY KEY,
    key_id TEXT,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`,
  postgres: `
  CREATE TABLE passkey (
    id text NOT NULL PRIMARY KEY,
    key_id text NOT NULL,
    public_key bytea NOT NULL,
    counter bigint NOT NULL,
    transports text NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint
  );
  CREATE INDEX passkey_by_key ON passkey (key_id);
  CREATE TABLE passkey_challenge (
    challenge text NOT NULL PRIMARY KEY,
    key_id text,
    until bigint NOT NULL
  );
`,
};
