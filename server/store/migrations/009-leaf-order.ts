// PostgreSQL turned the look for the leaf before the new ones into a read of the whole log. Asked for one neighbour it looks that up.
import { POSTGRES_FUNCTION, type Migration } from './migration.ts';

export const leafOrder: Migration = {
  version: 9,
  name: 'the order of leaves is told by their neighbours',
  tables: {},
  sqlite: `-- SQLite's trigger looks the newest leaf up as it is.
  SELECT 1;`,
  postgres: `
  CREATE OR REPLACE FUNCTION leaves_in_order() RETURNS trigger ${POSTGRES_FUNCTION} AS $$
  BEGIN
    IF EXISTS (
      SELECT 1 FROM (
        SELECT site_key, epoch, min(idx) AS first, max(idx) AS last, count(*) AS added FROM added_leaf GROUP BY site_key, epoch
      ) AS a
      WHERE a.last - a.first + 1 <> a.added
        OR a.first <> coalesce((
          SELECT l.idx + 1 FROM leaf AS l WHERE l.site_key = a.site_key AND l.epoch = a.epoch AND l.idx < a.first
          ORDER BY l.idx DESC LIMIT 1), 0)
        OR EXISTS (SELECT 1 FROM leaf AS l WHERE l.site_key = a.site_key AND l.epoch = a.epoch AND l.idx > a.last)
    ) THEN RAISE EXCEPTION 'leaves are appended one behind the other';
    END IF;
    RETURN NULL;
  END $$;`,
};
