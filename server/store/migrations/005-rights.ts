// Data subjects' requests, restrictions, and what the retention engine did. What says who somebody is stands in request_key
// (the wrapped key, the look-up hash) and, sealed under that key, beside what it belongs to: without the row it says nothing.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

const KEYED = { of: 'site', changes: 'all' } as const;

export const rights: Migration = {
  version: 5,
  name: 'requests of data subjects, restrictions, retention runs',
  tables: {
    request: KEYED,
    request_key: KEYED,
    request_step: { of: 'site', changes: 'none' },
    request_token: KEYED,
    restriction: KEYED,
    suppression: KEYED,
    retention_run: { of: 'site', changes: 'none' },
  },
  sqlite: `
  CREATE TABLE request (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    via TEXT NOT NULL CHECK (via IN ('page', 'subject', 'operator')),
    received_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER,
    subject BLOB CHECK (length(subject) = 32),
    sealed BLOB,
    mail TEXT NOT NULL CHECK (mail IN ('none', 'due', 'sending', 'sent')),
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX request_state ON request (site_key, state, received_at);
  CREATE INDEX request_subject ON request (site_key, subject) WHERE subject IS NOT NULL;
  CREATE TABLE request_key (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    lookup BLOB CHECK (length(lookup) = 32),
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX request_key_lookup ON request_key (site_key, lookup) WHERE lookup IS NOT NULL;
  CREATE TABLE request_step (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    action TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    sealed BLOB,
    PRIMARY KEY (site_key, id, number)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('request_step')}
  CREATE TABLE request_token (
    site_key INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    id TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (site_key, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE restriction (
    site_key INTEGER NOT NULL,
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    since INTEGER NOT NULL,
    request TEXT,
    PRIMARY KEY (site_key, subject)
  ) STRICT, WITHOUT ROWID;
  -- A keyed hash of the address and nothing that names anybody: outlives every erasure, so that the objection is kept.
  CREATE TABLE suppression (
    site_key INTEGER NOT NULL,
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    since INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (site_key, lookup, channel, sender)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE retention_run (
    site_key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    record TEXT NOT NULL,
    rule TEXT NOT NULL,
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (site_key, number, record)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('retention_run')}
`,
  postgres: `
  CREATE TABLE request (
    site_key integer NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    via text NOT NULL CHECK (via IN ('page', 'subject', 'operator')),
    received_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    closed_at bigint,
    subject bytea CHECK (length(subject) = 32),
    sealed bytea,
    mail text NOT NULL CHECK (mail IN ('none', 'due', 'sending', 'sent')),
    PRIMARY KEY (site_key, id)
  );
  CREATE INDEX request_state ON request (site_key, state, received_at);
  CREATE INDEX request_subject ON request (site_key, subject) WHERE subject IS NOT NULL;
  CREATE TABLE request_key (
    site_key integer NOT NULL,
    id text NOT NULL,
    wrapped bytea NOT NULL,
    lookup bytea CHECK (length(lookup) = 32),
    PRIMARY KEY (site_key, id)
  );
  CREATE INDEX request_key_lookup ON request_key (site_key, lookup) WHERE lookup IS NOT NULL;
  CREATE TABLE request_step (
    site_key integer NOT NULL,
    id text NOT NULL,
    number integer NOT NULL,
    action text NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    sealed bytea,
    PRIMARY KEY (site_key, id, number)
  );
  ${postgresAppendOnly('request_step')}
  CREATE TABLE request_token (
    site_key integer NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    id text NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (site_key, hash)
  );
  CREATE TABLE restriction (
    site_key integer NOT NULL,
    subject bytea NOT NULL CHECK (length(subject) = 32),
    since bigint NOT NULL,
    request text,
    PRIMARY KEY (site_key, subject)
  );
  CREATE TABLE suppression (
    site_key integer NOT NULL,
    lookup bytea NOT NULL CHECK (length(lookup) = 32),
    channel text NOT NULL,
    sender text NOT NULL,
    since bigint NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (site_key, lookup, channel, sender)
  );
  CREATE TABLE retention_run (
    site_key integer NOT NULL,
    number integer NOT NULL,
    record text NOT NULL,
    rule text NOT NULL,
    at bigint NOT NULL,
    count bigint NOT NULL,
    epoch integer NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (site_key, number, record)
  );
  ${postgresAppendOnly('retention_run')}
`,
};
