// A table whose name is the mark: the database is a copy, and its logs may have been signed further elsewhere.
import type pg from 'pg';

export const COPY_MARK = 'candour_restoring';

export const IS_COPY = `SELECT to_regclass('${COPY_MARK}') IS NOT NULL AS copy`;

export const markCopy = async (client: pg.Client, copy: boolean): Promise<void> =>
  void (await client.query(copy ? `CREATE TABLE IF NOT EXISTS ${COPY_MARK} ()` : `DROP TABLE IF EXISTS ${COPY_MARK}`));
