// What proving needs: which version of a document was current when, which leaf erased an event, an event by its id alone.
// And the outbox of webhooks.
import { POSTGRES_FUNCTION, postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const history: Migration = {
  version: 4,
  name: 'publications, erased events, webhooks',
  tables: {
    publication: { of: 'site', changes: 'none' },
    erased_event: { of: 'site', changes: 'none' },
    webhook_endpoint: { of: 'site', changes: 'all' },
    webhook_message: { of: 'site', changes: 'all' },
  },
  sqlite: `
  -- Each time that a version became the current one of its kind: an old version can be published again.
  CREATE TABLE publication (
    site_key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (site_key, number)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO publication
    SELECT site_key, row_number() OVER (PARTITION BY site_key ORDER BY published_at, is_current, hash), kind, hash, published_at
    FROM document;
  ${sqliteAppendOnly('publication')}

  -- Filled by the erasure leaf itself, so that no way to erase can forget it.
  CREATE TABLE erased_event (
    site_key INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    event BLOB NOT NULL CHECK (length(event) = 32),
    erasure_epoch INTEGER NOT NULL,
    erasure_idx INTEGER NOT NULL,
    PRIMARY KEY (site_key, epoch, idx)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erased_event_hash ON erased_event (site_key, event);
  INSERT OR IGNORE INTO erased_event
    SELECT l.site_key, l.epoch, l.idx, l.event, e.epoch, e.idx
    FROM leaf AS e, json_each(e.body, '$.leaves') AS named
    JOIN leaf AS l ON l.site_key = e.site_key AND l.epoch = coalesce(json_extract(e.body, '$.epoch'), e.epoch) AND l.idx = named.value
    WHERE e.kind = 2 AND l.kind < 2 ORDER BY e.epoch, e.idx;
  CREATE TRIGGER leaf_names_erased AFTER INSERT ON leaf WHEN NEW.kind = 2
  BEGIN
    INSERT OR IGNORE INTO erased_event
      SELECT site_key, epoch, idx, event, NEW.epoch, NEW.idx FROM leaf
      WHERE site_key = NEW.site_key AND epoch = coalesce(json_extract(NEW.body, '$.epoch'), NEW.epoch) AND kind < 2
        AND idx IN (SELECT value FROM json_each(NEW.body, '$.leaves'));
  END;
  ${sqliteAppendOnly('erased_event')}

  -- The same promise with the id in front: an event is found by its id alone.
  DROP INDEX event_body_id;
  CREATE UNIQUE INDEX event_body_id ON event_body (site_key, id, subject_key);

  CREATE TABLE webhook_endpoint (
    site_key INTEGER NOT NULL,
    id TEXT NOT NULL,
    url TEXT NOT NULL,
    types TEXT NOT NULL,
    secret BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (site_key, id)
  ) STRICT, WITHOUT ROWID;
  -- The outbox. It names leaves and holds no choice: what is sent is made from the log when it is sent.
  CREATE TABLE webhook_message (
    site_key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    type TEXT NOT NULL,
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    epoch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'erased')),
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    answer TEXT,
    PRIMARY KEY (site_key, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX webhook_message_due ON webhook_message (site_key, due_at) WHERE state = 'waiting';
  CREATE INDEX webhook_message_subject ON webhook_message (site_key, endpoint, subject, number) WHERE state = 'waiting';
`,
  postgres: `
  CREATE TABLE publication (
    site_key integer NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    hash text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (site_key, number)
  );
  INSERT INTO publication
    SELECT site_key, row_number() OVER (PARTITION BY site_key ORDER BY published_at, is_current, hash), kind, hash, published_at
    FROM document;
  ${postgresAppendOnly('publication')}

  CREATE TABLE erased_event (
    site_key integer NOT NULL,
    epoch integer NOT NULL,
    idx bigint NOT NULL,
    event bytea NOT NULL CHECK (length(event) = 32),
    erasure_epoch integer NOT NULL,
    erasure_idx bigint NOT NULL,
    PRIMARY KEY (site_key, epoch, idx)
  );
  CREATE INDEX erased_event_hash ON erased_event (site_key, event);
  INSERT INTO erased_event
    SELECT l.site_key, l.epoch, l.idx, l.event, e.epoch, e.idx
    FROM leaf AS e
    CROSS JOIN LATERAL jsonb_array_elements_text(e.body::jsonb -> 'leaves') AS named (idx)
    JOIN leaf AS l ON l.site_key = e.site_key AND l.epoch = coalesce((e.body::jsonb ->> 'epoch')::integer, e.epoch)
      AND l.idx = named.idx::bigint
    WHERE e.kind = 2 AND l.kind < 2 ORDER BY e.epoch, e.idx
    ON CONFLICT DO NOTHING;
  CREATE FUNCTION leaf_names_erased() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    INSERT INTO erased_event
      SELECT site_key, epoch, idx, event, NEW.epoch, NEW.idx FROM leaf
      WHERE site_key = NEW.site_key AND epoch = coalesce((NEW.body::jsonb ->> 'epoch')::integer, NEW.epoch) AND kind < 2
        AND idx IN (SELECT value::bigint FROM jsonb_array_elements_text(NEW.body::jsonb -> 'leaves'))
      ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER leaf_names_erased AFTER INSERT ON leaf FOR EACH ROW WHEN (NEW.kind = 2) EXECUTE FUNCTION leaf_names_erased();
  ${postgresAppendOnly('erased_event')}

  DROP INDEX event_body_id;
  CREATE UNIQUE INDEX event_body_id ON event_body (site_key, id, subject_key);

  CREATE TABLE webhook_endpoint (
    site_key integer NOT NULL,
    id text NOT NULL,
    url text NOT NULL,
    types text NOT NULL,
    secret bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'paused')),
    created_at bigint NOT NULL,
    PRIMARY KEY (site_key, id)
  );
  CREATE TABLE webhook_message (
    site_key integer NOT NULL,
    number bigint NOT NULL,
    endpoint text NOT NULL,
    type text NOT NULL,
    subject bytea NOT NULL CHECK (length(subject) = 32),
    epoch integer NOT NULL,
    idx bigint NOT NULL,
    created_at bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'erased')),
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    answer text,
    PRIMARY KEY (site_key, number)
  );
  CREATE INDEX webhook_message_due ON webhook_message (site_key, due_at) WHERE state = 'waiting';
  CREATE INDEX webhook_message_subject ON webhook_message (site_key, endpoint, subject, number) WHERE state = 'waiting';
`,
};
