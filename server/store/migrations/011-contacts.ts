// Addresses of those who opted in, each under a key of its own; and the suppression list with the event behind each entry.
import { postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

const KEYED = { of: 'site', changes: 'all' } as const;

export const contacts: Migration = {
  version: 11,
  name: 'contacts for marketing, what is stated about them, suppressions with their events',
  tables: {
    contact: KEYED,
    contact_key: KEYED,
    contact_mention: KEYED,
    contact_statement: KEYED,
    erased_contact: { of: 'site', changes: 'none' },
    suppression: { of: 'site', changes: 'none' },
  },
  sqlite: `
  CREATE TABLE contact (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'handle', 'post')),
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    -- NULL: only the keyed hash is kept.
    sealed BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX contact_lookup ON contact (site_key, lookup);
  -- Alone in its table: whoever keeps this apart from backups has backups that hold no address.
  CREATE TABLE contact_key (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  -- Which events and attestations came with the address.
  CREATE TABLE contact_mention (
    site_key INTEGER NOT NULL,
    contact TEXT NOT NULL,
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    event BLOB NOT NULL CHECK (length(event) = 16),
    at INTEGER NOT NULL,
    PRIMARY KEY (site_key, contact, subject, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_mention_subject ON contact_mention (site_key, subject);
  CREATE TABLE contact_statement (
    site_key INTEGER NOT NULL,
    contact TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (site_key, contact, number)
  ) STRICT, WITHOUT ROWID;
  -- Numbers that say nothing: so that a restored backup can be told whom to erase again.
  CREATE TABLE erased_contact (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  ${sqliteAppendOnly('erased_contact')}
  CREATE TABLE suppression_with_event (
    site_key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    lookup BLOB NOT NULL CHECK (length(lookup) = 32),
    channel TEXT NOT NULL,
    sender TEXT,
    since INTEGER NOT NULL,
    reason TEXT NOT NULL,
    event BLOB CHECK (length(event) = 16),
    PRIMARY KEY (site_key, number)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO suppression_with_event
    SELECT site_key, row_number() OVER (PARTITION BY site_key ORDER BY since, lookup, channel, sender),
      lookup, channel, nullif(sender, ''), since, reason, NULL FROM suppression;
  DROP TABLE suppression;
  ALTER TABLE suppression_with_event RENAME TO suppression;
  -- Each no of a person has an entry: a later one counts where an earlier was lifted.
  CREATE UNIQUE INDEX suppression_entry ON suppression (
    site_key, lookup, channel, coalesce(sender, ''), coalesce(event, x''), (CASE WHEN event IS NULL THEN since ELSE 0 END)
  );
  ${sqliteAppendOnly('suppression')}
`,
  postgres: `
  CREATE TABLE contact (
    site_key integer NOT NULL,
    id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('email', 'phone', 'handle', 'post')),
    lookup bytea NOT NULL CHECK (length(lookup) = 32),
    sealed bytea,
    created_at bigint NOT NULL,
    PRIMARY KEY (site_key, id)
  );
  CREATE UNIQUE INDEX contact_lookup ON contact (site_key, lookup);
  CREATE TABLE contact_key (
    site_key integer NOT NULL,
    id text NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (site_key, id)
  );
  CREATE TABLE contact_mention (
    site_key integer NOT NULL,
    contact text NOT NULL,
    subject bytea NOT NULL CHECK (length(subject) = 32),
    event bytea NOT NULL CHECK (length(event) = 16),
    at bigint NOT NULL,
    PRIMARY KEY (site_key, contact, subject, event)
  );
  CREATE INDEX contact_mention_subject ON contact_mention (site_key, subject);
  CREATE TABLE contact_statement (
    site_key integer NOT NULL,
    contact text NOT NULL,
    number integer NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (site_key, contact, number)
  );
  CREATE TABLE erased_contact (
    site_key integer NOT NULL,
    id text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (site_key, id)
  );
  ${postgresAppendOnly('erased_contact')}
  ALTER TABLE suppression ADD COLUMN number bigint, ADD COLUMN event bytea CHECK (length(event) = 16);
  UPDATE suppression AS s SET number = n.number FROM (
    SELECT site_key, lookup, channel, sender,
      row_number() OVER (PARTITION BY site_key ORDER BY since, lookup, channel, sender) AS number FROM suppression
  ) AS n WHERE n.site_key = s.site_key AND n.lookup = s.lookup AND n.channel = s.channel AND n.sender = s.sender;
  ALTER TABLE suppression DROP CONSTRAINT suppression_pkey;
  ALTER TABLE suppression ALTER COLUMN sender DROP NOT NULL, ALTER COLUMN number SET NOT NULL;
  UPDATE suppression SET sender = NULL WHERE sender = '';
  ALTER TABLE suppression ADD PRIMARY KEY (site_key, number);
  CREATE UNIQUE INDEX suppression_entry
    ON suppression (
      site_key, lookup, channel, coalesce(sender, ''), coalesce(event, ''::bytea), (CASE WHEN event IS NULL THEN since ELSE 0 END)
    );
  ${postgresAppendOnly('suppression')}
`,
};
