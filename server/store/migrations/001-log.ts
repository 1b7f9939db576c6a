// The log's promises stand here as triggers, so that no code of ours (nor a slip at a prompt) can break them unnoticed.
import { POSTGRES_FUNCTION, postgresAppendOnly, postgresRefuse, sqliteRefuse, type Migration } from './migration.ts';

export const log: Migration = {
  version: 1,
  name: 'sites, documents, log, events, roll-ups, credentials',
  tables: {
    site: { of: 'reference', changes: ['name', 'origins', 'revision'] },
    document: { of: 'site', changes: ['is_current'] },
    log_key: { of: 'site', changes: ['state'] },
    head: { of: 'site', changes: ['epoch', 'size', 'root', 'events', 'subjects', 'latest_at'] },
    leaf: { of: 'site', changes: 'none' },
    node: { of: 'site', changes: 'none' },
    checkpoint: { of: 'site', changes: 'none' },
    subject: { of: 'site', changes: 'all' },
    event_body: { of: 'site', changes: 'none' },
    tombstone: { of: 'site', changes: 'none' },
    presentation: { of: 'site', changes: 'none' },
    day_count: { of: 'site', changes: 'all' },
    purpose_count: { of: 'site', changes: 'all' },
    used_request: { of: 'site', changes: 'all' },
    credential: { of: 'operator', changes: 'all' },
  },
  sqlite: `
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
  ${sqliteRefuse('document', 'DELETE')}

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
  ${sqliteRefuse('log_key', 'DELETE')}

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
  ${sqliteRefuse('leaf', 'UPDATE')}
  ${sqliteRefuse('leaf', 'DELETE')}
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
  ${sqliteRefuse('node', 'UPDATE')}
  ${sqliteRefuse('node', 'DELETE')}

  CREATE TABLE checkpoint (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32),
    key_number INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site_key, epoch, size)
  ) STRICT, WITHOUT ROWID;
  ${sqliteRefuse('checkpoint', 'UPDATE')}
  ${sqliteRefuse('checkpoint', 'DELETE')}
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
  ${sqliteRefuse('tombstone', 'UPDATE')}
  ${sqliteRefuse('tombstone', 'DELETE')}

  CREATE TABLE presentation (
    site_key INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    body TEXT NOT NULL,
    PRIMARY KEY (site_key, hash)
  ) STRICT;
  CREATE INDEX presentation_hash ON presentation (hash);
  ${sqliteRefuse('presentation', 'UPDATE')}
  ${sqliteRefuse('presentation', 'DELETE')}

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
  postgres: `
  CREATE FUNCTION refuse_change() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
  -- The reason is the trigger's argument.
  CREATE FUNCTION refuse_because() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;

  CREATE TABLE site (
    site_key integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
    id text NOT NULL UNIQUE,
    name text NOT NULL,
    log text NOT NULL UNIQUE,
    origins text NOT NULL,
    revision integer NOT NULL,
    created_at bigint NOT NULL
  );
  CREATE TRIGGER site_log_stays BEFORE UPDATE ON site FOR EACH ROW
  WHEN (NEW.site_key <> OLD.site_key OR NEW.id <> OLD.id OR NEW.log <> OLD.log)
  EXECUTE FUNCTION refuse_because('a site keeps its id and its log id');

  CREATE TABLE document (
    site_key integer NOT NULL REFERENCES site,
    hash text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    published_at bigint NOT NULL,
    is_current integer NOT NULL,
    PRIMARY KEY (site_key, hash)
  );
  CREATE INDEX document_hash ON document (hash);
  CREATE UNIQUE INDEX document_current ON document (site_key, kind) WHERE is_current = 1;
  CREATE TRIGGER document_no_update BEFORE UPDATE OF site_key, hash, kind, body, published_at ON document
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_because('a published version never changes');
  ${postgresRefuse('document', 'DELETE OR TRUNCATE')}

  CREATE TABLE log_key (
    site_key integer NOT NULL REFERENCES site,
    number integer NOT NULL,
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    state text NOT NULL CHECK (state IN ('active', 'retired')),
    PRIMARY KEY (site_key, number)
  );
  CREATE UNIQUE INDEX log_key_active ON log_key (site_key) WHERE state = 'active';
  CREATE TRIGGER log_key_no_update BEFORE UPDATE OF site_key, number, public_key ON log_key
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_because('a log key never changes');
  ${postgresRefuse('log_key', 'DELETE OR TRUNCATE')}

  -- Changed with every commit: room in each page for the next versions of its row, so that no index has to follow.
  CREATE TABLE head (
    site_key integer PRIMARY KEY REFERENCES site,
    epoch integer NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    events bigint NOT NULL,
    subjects bigint NOT NULL,
    latest_at bigint
  ) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

  -- kind: 0 event, 1 attestation, 2 erasure, 3 epoch. The first two have event, received_at and skew, the others body (JSON).
  CREATE TABLE leaf (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    idx bigint NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 3),
    event bytea CHECK (length(event) = 32),
    received_at bigint,
    skew bigint,
    body text,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, epoch, idx)
  );
  ${postgresAppendOnly('leaf')}
  -- One look at the table a statement, however many leaves it brings.
  CREATE FUNCTION leaves_in_order() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    IF EXISTS (
      SELECT 1 FROM (
        SELECT site_key, epoch, min(idx) AS first, max(idx) AS last, count(*) AS added FROM added_leaf GROUP BY site_key, epoch
      ) AS a
      WHERE a.last - a.first + 1 <> a.added
        OR (a.first > 0 AND NOT EXISTS (
          SELECT 1 FROM leaf AS l WHERE l.site_key = a.site_key AND l.epoch = a.epoch AND l.idx = a.first - 1))
        OR EXISTS (SELECT 1 FROM leaf AS l WHERE l.site_key = a.site_key AND l.epoch = a.epoch AND l.idx > a.last)
        OR a.first < 0
    ) THEN RAISE EXCEPTION 'leaves are appended one behind the other';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER leaf_in_order AFTER INSERT ON leaf REFERENCING NEW TABLE AS added_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION leaves_in_order();

  -- Complete subtrees above the leaves (level 1 and up).
  CREATE TABLE node (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    level smallint NOT NULL CHECK (level > 0),
    idx bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, epoch, level, idx)
  );
  ${postgresAppendOnly('node')}

  CREATE TABLE checkpoint (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    key_number integer NOT NULL,
    signature bytea NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site_key, epoch, size)
  );
  ${postgresAppendOnly('checkpoint')}
  CREATE FUNCTION checkpoint_grows() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM checkpoint AS c WHERE c.site_key = NEW.site_key AND c.epoch = NEW.epoch AND c.size >= NEW.size)
    THEN RAISE EXCEPTION 'a log signs each size once, and only larger ones';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION checkpoint_grows();

  CREATE TABLE subject (
    site_key integer NOT NULL,
    subject_key bigint NOT NULL,
    thumbprint bytea NOT NULL CHECK (length(thumbprint) = 32),
    x bytea NOT NULL CHECK (length(x) = 32),
    y bytea NOT NULL CHECK (length(y) = 32),
    PRIMARY KEY (site_key, subject_key)
  );
  CREATE UNIQUE INDEX subject_thumbprint ON subject (site_key, thumbprint);

  CREATE TABLE event_body (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    idx bigint NOT NULL,
    subject_key bigint NOT NULL,
    id bytea NOT NULL CHECK (length(id) = 16),
    seq bigint NOT NULL,
    payload bytea NOT NULL,
    signature bytea NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (site_key, epoch, idx)
  );
  CREATE UNIQUE INDEX event_body_id ON event_body (site_key, subject_key, id);
  CREATE INDEX event_body_seq ON event_body (site_key, subject_key, seq);
  CREATE TRIGGER event_body_no_update BEFORE UPDATE ON event_body
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_because('an event is never changed');
  CREATE TRIGGER event_body_no_truncate BEFORE TRUNCATE ON event_body
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_because('an event is deleted only with an erasure leaf that names it');
  CREATE FUNCTION events_have_leaves() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    IF EXISTS (
      SELECT 1 FROM added_event AS a LEFT JOIN leaf AS l
        ON l.site_key = a.site_key AND l.epoch = a.epoch AND l.idx = a.idx AND l.kind < 2
      WHERE l.idx IS NULL
    ) THEN RAISE EXCEPTION 'an event is stored once, for its own leaf';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER event_body_has_leaf AFTER INSERT ON event_body REFERENCING NEW TABLE AS added_event
  FOR EACH STATEMENT EXECUTE FUNCTION events_have_leaves();
  -- A body goes only while the newest leaf is an erasure that names it; appending that leaf is what removes it.
  CREATE FUNCTION event_erased_only() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    IF NOT EXISTS (
      SELECT 1 FROM leaf AS l
      WHERE l.site_key = OLD.site_key AND l.epoch = OLD.epoch AND l.kind = 2 AND l.body::jsonb -> 'leaves' @> to_jsonb(OLD.idx)
        AND l.idx = (SELECT max(idx) FROM leaf WHERE site_key = OLD.site_key AND epoch = OLD.epoch)
    ) THEN RAISE EXCEPTION 'an event is deleted only with an erasure leaf that names it';
    END IF;
    RETURN OLD;
  END $$;
  CREATE TRIGGER event_body_erased_only BEFORE DELETE ON event_body FOR EACH ROW EXECUTE FUNCTION event_erased_only();
  -- As its owner: the role of the service may not delete events.
  CREATE FUNCTION leaf_erases() RETURNS trigger ${POSTGRES_FUNCTION} SECURITY DEFINER AS $$
  BEGIN
    DELETE FROM event_body WHERE site_key = NEW.site_key AND epoch = NEW.epoch
      AND idx IN (SELECT value::bigint FROM jsonb_array_elements_text(NEW.body::jsonb -> 'leaves'));
    RETURN NULL;
  END $$;
  CREATE TRIGGER leaf_erases AFTER INSERT ON leaf FOR EACH ROW WHEN (NEW.kind = 2) EXECUTE FUNCTION leaf_erases();

  -- SHA-256 of an erased event's subject and payload (which holds a nonce): keeps it from coming back, tells nothing.
  CREATE TABLE tombstone (
    site_key integer NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site_key, hash)
  );
  ${postgresAppendOnly('tombstone')}

  CREATE TABLE presentation (
    site_key integer NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    body text NOT NULL,
    PRIMARY KEY (site_key, hash)
  );
  CREATE INDEX presentation_hash ON presentation (hash);
  ${postgresAppendOnly('presentation')}

  -- Written in the transaction of the events, so that the dashboard never counts the log.
  CREATE TABLE day_count (
    site_key integer NOT NULL,
    day text NOT NULL,
    events bigint NOT NULL,
    given bigint NOT NULL,
    refused bigint NOT NULL,
    withdrawn bigint NOT NULL,
    objected bigint NOT NULL,
    PRIMARY KEY (site_key, day)
  ) WITH (fillfactor = 50);
  CREATE TABLE purpose_count (
    site_key integer NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (site_key, purpose, state)
  ) WITH (fillfactor = 50);

  CREATE TABLE used_request (
    site_key integer NOT NULL,
    jti text NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (site_key, jti)
  );

  -- The operator's, of no single site.
  CREATE TABLE credential (
    kind text NOT NULL CHECK (kind IN ('api_key', 'session', 'sign_in')),
    id text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
    created_at bigint NOT NULL,
    expires_at bigint,
    PRIMARY KEY (kind, id)
  );
`,
};
