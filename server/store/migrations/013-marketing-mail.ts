// Mails about messages that are still to be sent, the links in them, and addresses that take no mail.
import type { Migration } from './migration.ts';

export const marketingMail: Migration = {
  version: 13,
  name: 'mails about messages, addresses that take none',
  tables: {
    marketing_mail: { of: 'site', changes: 'all' },
    marketing_bounce: { of: 'site', changes: 'all' },
  },
  sqlite: `
  CREATE TABLE marketing_mail (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'choices')),
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    -- Of a confirmation: the SHA-256 of what its link holds, to whom it goes, and what it confirms.
    token BLOB CHECK (length(token) = 32),
    contact TEXT,
    subject BLOB CHECK (length(subject) = 32),
    event BLOB CHECK (length(event) = 32),
    asked TEXT,
    -- Of the other kind: the address, under a key of its own.
    wrapped BLOB,
    sealed BLOB,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'handed', 'sent', 'failed', 'bounced', 'dropped')),
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX marketing_mail_token ON marketing_mail (site_key, token) WHERE token IS NOT NULL;
  CREATE INDEX marketing_mail_due ON marketing_mail (site_key, due_at) WHERE state IN ('due', 'sending');
  CREATE INDEX marketing_mail_lookup ON marketing_mail (site_key, lookup, created_at);
  CREATE TABLE marketing_bounce (
    site_key INTEGER NOT NULL,
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (site_key, lookup)
  ) STRICT, WITHOUT ROWID;
`,
  postgres: `
  CREATE TABLE marketing_mail (
    site_key integer NOT NULL,
    id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('confirmation', 'choices')),
    lookup bytea NOT NULL CHECK (length(lookup) = 32),
    token bytea CHECK (length(token) = 32),
    contact text,
    subject bytea CHECK (length(subject) = 32),
    event bytea CHECK (length(event) = 32),
    asked text,
    wrapped bytea,
    sealed bytea,
    language text NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'sending', 'handed', 'sent', 'failed', 'bounced', 'dropped')),
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    created_at bigint NOT NULL,
    until bigint NOT NULL,
    used_at bigint,
    PRIMARY KEY (site_key, id)
  );
  CREATE UNIQUE INDEX marketing_mail_token ON marketing_mail (site_key, token) WHERE token IS NOT NULL;
  CREATE INDEX marketing_mail_due ON marketing_mail (site_key, due_at) WHERE state IN ('due', 'sending');
  CREATE INDEX marketing_mail_lookup ON marketing_mail (site_key, lookup, created_at);
  CREATE TABLE marketing_bounce (
    site_key integer NOT NULL,
    lookup bytea NOT NULL CHECK (length(lookup) = 32),
    at bigint NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (site_key, lookup)
  );
`,
};
