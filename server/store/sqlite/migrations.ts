// The database's shape, forward only: a migration that was released never changes.
// The log's promises stand here as triggers, so that no code of ours (nor a slip at a prompt) can break them unnoticed.

export interface Migration {
  version: number;
  name: string;
  sql: string;
}

const refuse = (table: string, what: 'UPDATE' | 'DELETE'): string => `
  CREATE TRIGGER ${table}_no_${what.toLowerCase()} BEFORE ${what} ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'sites, documents, log, events, roll-ups, credentials',
    sql: `
  CREATE TABLE site (
    site_key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    log TEXT NOT NULL UNIQUE,
    origins TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER site_log_stays BEFORE UPDATE OF site_key, id, log ON site
  WHEN NEW.site_key <> OLD.site_key OR NEW.id <> OLD.id OR NEW.log <> OLD.log
  BEGIN SELECT RAISE(ABORT, 'a site keeps its id and its log id'); END;

  CREATE TABLE document (
    site_key INTEGER NOT NULL REFERENCES site,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    is_current INTEGER NOT NULL,
    PRIMARY KEY (site_key, hash)
  ) STRICT;
  CREATE INDEX document_hash ON document (hash);
  CREATE UNIQUE INDEX document_current ON document (site_key, kind) WHERE is_current = 1;
  CREATE TRIGGER document_no_update BEFORE UPDATE OF site_key, hash, kind, body, published_at ON document
  BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
  ${refuse('document', 'DELETE')}

  CREATE TABLE log_key (
    site_key INTEGER NOT NULL REFERENCES site,
    number INTEGER NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
    PRIMARY KEY (site_key, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX log_key_active ON log_key (site_key) WHERE state = 'active';
  CREATE TRIGGER log_key_no_update BEFORE UPDATE OF site_key, number, public_key ON log_key
  BEGIN SELECT RAISE(ABORT, 'a log key never changes'); END;
  ${refuse('log_key', 'DELETE')}

  CREATE TABLE head (
    site_key INTEGER PRIMARY KEY REFERENCES site,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    events INTEGER NOT NULL,
    subjects INTEGER NOT NULL,
    latest_at INTEGER
  ) STRICT;

  -- kind: 0 event, 1 attestation, 2 erasure, 3 epoch. The first two have event, received_at and skew, the others body (JSON).
  CREATE TABLE leaf (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    event BLOB CHECK (length(event) = 32),
    received_at INTEGER,
    skew INTEGER,
    body TEXT,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, epoch, idx)
  ) STRICT, WITHOUT ROWID;
  ${refuse('leaf', 'UPDATE')}
  ${refuse('leaf', 'DELETE')}
  CREATE TRIGGER leaf_in_order BEFORE INSERT ON leaf
  WHEN NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM leaf WHERE site_key = NEW.site_key AND epoch = NEW.epoch)
  BEGIN SELECT RAISE(ABORT, 'leaves are appended one behind the other'); END;

  -- Complete subtrees above the leaves (level 1 and up).
  CREATE TABLE node (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    level INTEGER NOT NULL CHECK (level > 0),
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, epoch, level, idx)
  ) STRICT, WITHOUT ROWID;
  ${refuse('node', 'UPDATE')}
  ${refuse('node', 'DELETE')}

  CREATE TABLE checkpoint (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    key_number INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site_key, epoch, size)
  ) STRICT, WITHOUT ROWID;
  ${refuse('checkpoint', 'UPDATE')}
  ${refuse('checkpoint', 'DELETE')}
  CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
  WHEN EXISTS (SELECT 1 FROM checkpoint WHERE site_key = NEW.site_key AND epoch = NEW.epoch AND size >= NEW.size)
  BEGIN SELECT RAISE(ABORT, 'a log signs each size once, and only larger ones'); END;

  CREATE TABLE subject (
    site_key INTEGER NOT NULL,
    subject_key INTEGER NOT NULL,
    thumbprint BLOB NOT NULL CHECK (length(thumbprint) = 32),
    x BLOB NOT NULL CHECK (length(x) = 32),
    y BLOB NOT NULL CHECK (length(y) = 32),
    PRIMARY KEY (site_key, subject_key)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX subject_thumbprint ON subject (site_key, thumbprint);

  CREATE TABLE event_body (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    subject_key INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    seq INTEGER NOT NULL,
    payload BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site_key, epoch, idx)
  ) STRICT;
  CREATE UNIQUE INDEX event_body_id ON event_body (site_key, subject_key, id);
  CREATE INDEX event_body_seq ON event_body (site_key, subject_key, seq);
  CREATE TRIGGER event_body_no_update BEFORE UPDATE ON event_body
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
  -- INSERT OR REPLACE would delete without firing the trigger below.
  CREATE TRIGGER event_body_no_replace BEFORE INSERT ON event_body
  WHEN EXISTS (SELECT 1 FROM event_body WHERE site_key = NEW.site_key AND epoch = NEW.epoch AND idx = NEW.idx)
    OR EXISTS (SELECT 1 FROM event_body WHERE site_key = NEW.site_key AND subject_key = NEW.subject_key AND id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM leaf WHERE site_key = NEW.site_key AND epoch = NEW.epoch AND idx = NEW.idx AND kind < 2)
  BEGIN SELECT RAISE(ABORT, 'an event is stored once, for its own leaf'); END;
  -- A body goes only while the newest leaf is an erasure that names it; appending that leaf is what removes it.
  CREATE TRIGGER event_body_erased_only BEFORE DELETE ON event_body
  WHEN NOT EXISTS (
    SELECT 1 FROM leaf, json_each(leaf.body, '$.leaves') AS named
    WHERE leaf.site_key = OLD.site_key AND leaf.epoch = OLD.epoch AND leaf.kind = 2 AND named.value = OLD.idx
      AND leaf.idx = (SELECT max(idx) FROM leaf WHERE site_key = OLD.site_key AND epoch = OLD.epoch))
  BEGIN SELECT RAISE(ABORT, 'an event is deleted only with an erasure leaf that names it'); END;
  CREATE TRIGGER leaf_erases AFTER INSERT ON leaf WHEN NEW.kind = 2
  BEGIN
    DELETE FROM event_body WHERE site_key = NEW.site_key AND epoch = NEW.epoch
      AND idx IN (SELECT value FROM json_each(NEW.body, '$.leaves'));
  END;

  -- SHA-256 of an erased event's subject and payload (which holds a nonce): keeps it from coming back, tells nothing.
  CREATE TABLE tombstone (
    site_key INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, hash)
  ) STRICT, WITHOUT ROWID;
  ${refuse('tombstone', 'UPDATE')}
  ${refuse('tombstone', 'DELETE')}

  CREATE TABLE presentation (
    site_key INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    body TEXT NOT NULL,
    PRIMARY KEY (site_key, hash)
  ) STRICT;
  CREATE INDEX presentation_hash ON presentation (hash);
  ${refuse('presentation', 'UPDATE')}
  ${refuse('presentation', 'DELETE')}

  -- Written in the transaction of the events, so that the dashboard never counts the log.
  CREATE TABLE day_count (
    site_key INTEGER NOT NULL,
    day TEXT NOT NULL,
    events INTEGER NOT NULL,
    given INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    objected INTEGER NOT NULL,
    PRIMARY KEY (site_key, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE purpose_count (
    site_key INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (site_key, purpose, state)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE used_request (
    site_key INTEGER NOT NULL,
    jti TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (site_key, jti)
  ) STRICT, WITHOUT ROWID;

  -- The operator's, of no single site.
  CREATE TABLE credential (
    kind TEXT NOT NULL CHECK (kind IN ('api_key', 'session', 'sign_in')),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
`,
  },
];
