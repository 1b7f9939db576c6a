// Who asks for a document or a presentation by its hash names no site. The directories say which site has it, so that the look-up
// itself names the site like every other query. And an erasure in a later epoch may name leaves of an earlier one.
import { POSTGRES_FUNCTION, postgresAppendOnly, sqliteAppendOnly, type Migration } from './migration.ts';

export const directory: Migration = {
  version: 2,
  name: 'directories of documents and presentations; erasures across epochs',
  tables: {
    document_directory: { of: 'reference', changes: 'none' },
    presentation_directory: { of: 'reference', changes: 'none' },
  },
  sqlite: `
  CREATE TABLE document_directory (
    hash TEXT NOT NULL,
    site_key INTEGER NOT NULL,
    PRIMARY KEY (hash, site_key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE presentation_directory (
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    site_key INTEGER NOT NULL,
    PRIMARY KEY (hash, site_key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO document_directory SELECT hash, site_key FROM document;
  INSERT INTO presentation_directory SELECT hash, site_key FROM presentation;
  ${sqliteAppendOnly('document_directory')}
  ${sqliteAppendOnly('presentation_directory')}
  DROP INDEX document_hash;
  DROP INDEX presentation_hash;

  DROP TRIGGER event_body_erased_only;
  DROP TRIGGER leaf_erases;
  CREATE TRIGGER event_body_erased_only BEFORE DELETE ON event_body
  WHEN NOT EXISTS (
    SELECT 1 FROM leaf, json_each(leaf.body, '$.leaves') AS named
    WHERE leaf.site_key = OLD.site_key AND leaf.kind = 2 AND named.value = OLD.idx
      AND coalesce(json_extract(leaf.body, '$.epoch'), leaf.epoch) = OLD.epoch
      AND leaf.epoch = (SELECT max(epoch) FROM leaf WHERE site_key = OLD.site_key)
      AND leaf.idx = (SELECT max(idx) FROM leaf WHERE site_key = OLD.site_key
        AND epoch = (SELECT max(epoch) FROM leaf WHERE site_key = OLD.site_key)))
  BEGIN SELECT RAISE(ABORT, 'an event is deleted only with an erasure leaf that names it'); END;
  CREATE TRIGGER leaf_erases AFTER INSERT ON leaf WHEN NEW.kind = 2
  BEGIN
    DELETE FROM event_body WHERE site_key = NEW.site_key AND epoch = coalesce(json_extract(NEW.body, '$.epoch'), NEW.epoch)
      AND idx IN (SELECT value FROM json_each(NEW.body, '$.leaves'));
  END;
`,
  postgres: `
  CREATE TABLE document_directory (
    hash text NOT NULL,
    site_key integer NOT NULL,
    PRIMARY KEY (hash, site_key)
  );
  CREATE TABLE presentation_directory (
    hash bytea NOT NULL CHECK (length(hash) = 32),
    site_key integer NOT NULL,
    PRIMARY KEY (hash, site_key)
  );
  INSERT INTO document_directory SELECT hash, site_key FROM document;
  INSERT INTO presentation_directory SELECT hash, site_key FROM presentation;
  ${postgresAppendOnly('document_directory')}
  ${postgresAppendOnly('presentation_directory')}
  DROP INDEX document_hash;
  DROP INDEX presentation_hash;

  CREATE OR REPLACE FUNCTION event_erased_only() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    -- Inside leaf_erases, which deletes nothing else.
    IF pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
    -- Of an erasure over several epochs all leaves are there when the first of them erases: the newest few are looked at.
    IF NOT EXISTS (
      SELECT 1 FROM (SELECT * FROM leaf WHERE site_key = OLD.site_key ORDER BY epoch DESC, idx DESC LIMIT 64) AS l
      WHERE l.kind = 2 AND coalesce((l.body::jsonb ->> 'epoch')::integer, l.epoch) = OLD.epoch
        AND l.body::jsonb -> 'leaves' @> to_jsonb(OLD.idx)
    ) THEN RAISE EXCEPTION 'an event is deleted only with an erasure leaf that names it';
    END IF;
    RETURN OLD;
  END $$;
  CREATE OR REPLACE FUNCTION leaf_erases() RETURNS trigger ${POSTGRES_FUNCTION} SECURITY DEFINER AS $$
  BEGIN
    DELETE FROM event_body
    WHERE site_key = NEW.site_key AND epoch = coalesce((NEW.body::jsonb ->> 'epoch')::integer, NEW.epoch)
      AND idx IN (SELECT value::bigint FROM jsonb_array_elements_text(NEW.body::jsonb -> 'leaves'));
    RETURN NULL;
  END $$;
`,
};
