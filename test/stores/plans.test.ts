// How the engines find an event among 100,000: by an index that begins with the site, never by reading the log.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, type CompiledQuery, type LogEvent } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { historyStore, type HistoryStore } from '../../server/store/history.ts';
import { readNodes } from '../../server/store/nodes.ts';
import { migratePostgres } from '../../server/store/postgres/migrate.ts';
import { sqliteStore } from '../../server/store/sqlite/store.ts';
import type { Site } from '../../server/store/store.ts';
import type { Tables } from '../../server/store/tables.ts';
import { inclusionRangesOf } from '../../shared/log/tree.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';

const EVENTS = 100_000;
const SUBJECTS = 50_000;
const site: Site = { key: 1, id: 'one', name: 'one', log: 'consent.example/one', origins: [], revision: 1 };
const ID = '01234567-89ab-7def-8000-0000000186a0';

/** The queries that look for one event, or one page, among all. */
const LOOK_UPS: [string, (history: HistoryStore) => Promise<unknown>][] = [
  ['eventsById', (history) => history.eventsById(site, ID)],
  ['eventAt', (history) => history.eventAt(site, { epoch: 0, index: 70_000 })],
  ['eventsAfter', (history) => history.eventsAfter(site, { epoch: 0, index: 70_000 }, 50)],
  ['eventsBefore', (history) => history.eventsBefore(site, { epoch: 0, index: 70_000 }, 50)],
];

let folder: string;
let cluster: Cluster;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-plans-'));
  cluster = await startPostgres();
}, 180_000);
afterAll(async () => {
  await cluster?.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a look-up and gives its statements as they were sent. */
async function statementsOf(kysely: (log: (event: LogEvent) => void) => Kysely<Tables>, run: (typeof LOOK_UPS)[number][1]) {
  const queries: CompiledQuery[] = [];
  const database = kysely(({ query }) => queries.push(query));
  await run(historyStore(database));
  await database.destroy();
  return queries.filter(({ sql }) => sql.includes('event_body'));
}

describe('an event is found by an index that begins with the site', () => {
  it('on SQLite', { timeout: 180_000 }, async () => {
    const file = join(folder, 'candour.sqlite');
    await sqliteStore({ file, now: Date.now, migrate: true }).close();
    const filling = new Database(file);
    filling.exec(`
      INSERT INTO site VALUES (1, 'one', 'one', 'consent.example/one', '[]', 1, 0);
      INSERT INTO head (site_key, epoch, size, root, events, subjects) VALUES (1, 0, ${EVENTS}, zeroblob(32), ${EVENTS}, ${SUBJECTS});
      BEGIN;
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS - 1})
        INSERT INTO leaf SELECT 1, 0, i, 0, randomblob(32), i, 0, NULL, randomblob(32) FROM n;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${SUBJECTS})
        INSERT INTO subject SELECT 1, i, randomblob(32), randomblob(32), randomblob(32) FROM n;
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS - 1})
        INSERT INTO event_body SELECT 1, 0, i, i % ${SUBJECTS} + 1, randomblob(16), i, x'7b7d', randomblob(64) FROM n;
      COMMIT;`);
    filling.close();
    const database = new Database(file, { readonly: true });
    const open = (log: (event: LogEvent) => void) =>
      new Kysely<Tables>({ log, dialect: new SqliteDialect({ database: new Database(file, { readonly: true }) }) });
    for (const [name, run] of LOOK_UPS) {
      const statements = await statementsOf(open, run);
      expect(statements.length, name).toBeGreaterThan(0);
      for (const { sql, parameters } of statements) {
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[];
        const details = plan.map(({ detail }) => detail);
        expect(
          details.filter((detail) => detail.startsWith('SCAN')),
          name,
        ).toEqual([]);
        for (const detail of details.filter((one) => one.startsWith('SEARCH'))) expect(detail, name).toContain('(site_key=?');
        if (name === 'eventsById') expect(details.join()).toContain('event_body_id (site_key=? AND id=?');
      }
    }
    database.close();
  });

  it('on PostgreSQL', { timeout: 180_000 }, async () => {
    const url = await cluster.createDatabase();
    await migratePostgres(url, Date.now());
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`
      INSERT INTO site VALUES (1, 'one', 'one', 'consent.example/one', '[]', 1, 0);
      INSERT INTO head (site_key, epoch, size, root, events, subjects)
        VALUES (1, 0, ${EVENTS}, sha256('x'), ${EVENTS}, ${SUBJECTS});
      INSERT INTO leaf SELECT 1, 0, i, 0, sha256(i::text::bytea), i, 0, NULL, sha256(i::text::bytea) FROM generate_series(0, ${EVENTS - 1}) i;
      INSERT INTO subject SELECT 1, i, sha256(i::text::bytea), sha256('x'), sha256('y') FROM generate_series(1, ${SUBJECTS}) i;
      INSERT INTO event_body SELECT 1, 0, i, i % ${SUBJECTS} + 1, substring(sha256(i::text::bytea) for 16), i, '{}'::bytea,
        sha256('x') || sha256('y') FROM generate_series(0, ${EVENTS - 1}) i;`);
    await client.query('ANALYZE');
    const open = (log: (event: LogEvent) => void) =>
      new Kysely<Tables>({ log, dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
    for (const [name, run] of LOOK_UPS) {
      const statements = await statementsOf(open, run);
      expect(statements.length, name).toBeGreaterThan(0);
      for (const { sql, parameters } of statements) {
        const { rows } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ${sql}`, [...parameters]);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan, name).not.toMatch(/Seq Scan on (event_body|leaf|subject)/);
        const conditions = [...plan.matchAll(/Index Cond: (.*)/g)].map(([, condition]) => condition);
        expect(conditions.length, name).toBeGreaterThan(0);
        for (const condition of conditions) expect(condition, name).toContain('site_key = ');
        if (name === 'eventsById') expect(plan).toContain('event_body_id');
      }
    }
    await client.end();
  });

  it(
    'and so are the nodes of a page of proofs, on PostgreSQL also before it has counted a new table',
    { timeout: 180_000 },
    async () => {
      const url = await cluster.createDatabase();
      await migratePostgres(url, Date.now());
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`
      INSERT INTO site VALUES (1, 'one', 'one', 'consent.example/one', '[]', 1, 0);
      INSERT INTO node SELECT 1, 0, level, i, sha256('x')
        FROM generate_series(1, 16) level, generate_series(0, (${EVENTS} >> level) - 1) i;`);
      const queries: CompiledQuery[] = [];
      const database = new Kysely<Tables>({
        log: ({ query }) => void queries.push(query),
        dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
      });
      const page = Array.from({ length: 100 }, (_, i) => 40_000 + i);
      const nodes = [...inclusionRangesOf(page, EVENTS).values()].flat(2).filter(({ level }) => level > 0);
      await readNodes(database, site.key, 0, nodes);
      await database.destroy();
      const [{ sql, parameters }] = queries as [CompiledQuery];
      const { rows } = await client.query<Record<'QUERY PLAN', string>>(`EXPLAIN ANALYZE ${sql}`, [...parameters]);
      await client.end();
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('Index Cond');
      expect(plan).not.toMatch(/Seq Scan|Rows Removed by (Filter|Index Recheck): \d{5}/);
    },
  );
});
