// Citus takes identity columns of bigint only. The tables that it distributes keep integers, all of them the same; `site` lies on every node,
// and what points at it there may be narrower. And what changed of requests is found by when it did.
import type { Migration } from './migration.ts';

export const distribution: Migration = {
  version: 21,
  name: 'sites are numbered as distributed databases take it, requests are found by their last change',
  tables: {},
  sqlite: `CREATE INDEX request_changed ON request (site_key, changed_at);`,
  postgres: `
  -- PostgreSQL changes no column that a trigger looks at.
  DROP TRIGGER site_log_stays ON site;
  ALTER TABLE site ALTER COLUMN site_key TYPE bigint;
  CREATE TRIGGER site_log_stays BEFORE UPDATE ON site FOR EACH ROW
  WHEN (NEW.site_key <> OLD.site_key OR NEW.id <> OLD.id OR NEW.log <> OLD.log)
  EXECUTE FUNCTION refuse_because('a site keeps its id and its log id');
  CREATE INDEX request_changed ON request (site_key, changed_at);
`,
};
