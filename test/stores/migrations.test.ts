// From every earlier version of the database to the newest, with a real log in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { logSigner, openLogKey } from '../../server/log/key.ts';
import { logWriter } from '../../server/log/writer.ts';
import { verifyLog } from '../../server/log/verify.ts';
import type { Migration } from '../../server/store/migrations/migration.ts';
import { MIGRATIONS, tableRules } from '../../server/store/migrations/migrations.ts';
import { migratePostgres } from '../../server/store/postgres/migrate.ts';
import { postgresStore } from '../../server/store/postgres/store.ts';
import { migrate } from '../../server/store/sqlite/open.ts';
import { sqliteStore } from '../../server/store/sqlite/store.ts';
import type { Store } from '../../server/store/store.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { presentation, presentationHash } from '../support/presentation.ts';
import { createTestService, ORIGIN, type TestService } from '../support/service.ts';
import { createSubject, type Subject } from '../support/subject.ts';

/** Filled first, in an order in which the tables' rules let them be. */
const FIRST = ['site', 'document', 'log_key', 'head', 'leaf', 'node', 'checkpoint', 'subject', 'event_body'];
const earlier = MIGRATIONS.slice(0, -1).map(({ version }, i) => ({ version, migrations: MIGRATIONS.slice(0, i + 1) }));

let cluster: Cluster;
let source: TestService;
let folder: string;
let kept: Subject;
let event: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-migrations-'));
  cluster = await startPostgres();
  source = await createTestService();
  const gone = await createSubject({ log: source.site.log, origin: ORIGIN, presentation: presentationHash });
  kept = await createSubject({ log: source.site.log, origin: ORIGIN, presentation: presentationHash });
  for (const subject of [kept, gone, kept]) {
    const { jws, event: sent } = await subject.next();
    await source.send([jws], { presentations: [presentation] });
    if (subject === kept) event = sent.id;
  }
  const { site } = await source.context.sites.get('example');
  await source.context.log.erase(site, { subject: gone.id, by: 'subject', at: new Date() });
});
afterAll(async () => {
  await source?.close();
  await cluster?.destroy();
  await rm(folder, { recursive: true, force: true });
});

type Row = Record<string, unknown>;
type Insert = (table: string, columns: string[], rows: Row[]) => Promise<void> | void;

/** The source's rows, in the tables and columns that the earlier version has. A row that a trigger wrote already stays. */
async function fill(
  migrations: readonly Migration[],
  columnsOf: (table: string) => Promise<string[]> | string[],
  insert: Insert,
): Promise<void> {
  const newest = new Database(source.file, { readonly: true });
  const others = [...tableRules(migrations).keys()].filter((table) => !FIRST.includes(table));
  for (const table of [...FIRST, ...others]) {
    const has = new Set((newest.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
    const columns = (await columnsOf(table)).filter((name) => has.has(name));
    expect(columns.length, table).toBeGreaterThan(0);
    await insert(
      table,
      columns,
      newest
        .prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${columns.map((_, i) => i + 1).join(', ')}`)
        .all() as Row[],
    );
  }
  newest.close();
}

/** Everything that was there is found, the log verifies, and it goes on: gives what it says after an erasure. */
async function goOn(store: Store) {
  const [site] = await store.sites();
  if (!site) throw new Error('the site is gone');
  const before = await verifyLog(store, site);
  expect(before).toMatchObject({ size: 4, events: 2, erased: 1, findings: [] });
  expect(await store.event(site, kept.id, event)).toMatchObject({ seq: 2 });
  expect(await store.presentation(presentationHash)).not.toBeNull();
  const documents = await store.documents(site);
  expect(documents.length).toBeGreaterThan(1);
  for (const { hash, kind, body } of documents)
    expect(await store.document(hash, kind === 'configuration' ? kind : 'notice')).toMatchObject({ body, site: 'example' });
  const writer = logWriter(store, logSigner(openLogKey(source.logKeyFile)));
  await writer.erase(site, { subject: kept.id, by: 'subject', at: new Date() });
  return verifyLog(store, site);
}

describe('a database of an earlier version comes up to date with all that is in it', () => {
  it('and there are earlier versions to come from', () => {
    expect(earlier.length).toBeGreaterThan(0);
  });

  it.each(earlier)('SQLite, from version $version', async ({ version, migrations }) => {
    const file = join(folder, `${version}.sqlite`);
    const old = new Database(file);
    migrate(old, 1, migrations);
    await fill(
      migrations,
      (table) => (old.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name),
      (table, columns, rows) => {
        const insert = old.prepare(
          `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        );
        for (const row of rows) insert.run(columns.map((column) => row[column]));
      },
    );
    old.close();
    const store = sqliteStore({ file, now: Date.now, migrate: true });
    expect(await goOn(store)).toMatchObject({ size: 5, events: 0, erased: 3, findings: [] });
    await store.close();
  });

  it.each(earlier)('PostgreSQL, from version $version', async ({ migrations }) => {
    const url = await cluster.createDatabase();
    await migratePostgres(url, 1, migrations);
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    await fill(
      migrations,
      async (table) => {
        const { rows } = await client.query<{ column_name: string }>(
          "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
          [table],
        );
        return rows.map(({ column_name }) => column_name);
      },
      async (table, columns, rows) => {
        const values = columns.map((_, i) => `$${i + 1}`).join(', ');
        for (const row of rows)
          await client.query(
            `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values}) ON CONFLICT DO NOTHING`,
            columns.map((column) => row[column]),
          );
      },
    );
    await client.end();
    const store = await postgresStore({ url, ownerUrl: null, pool: 3, now: Date.now, migrate: true });
    expect(await goOn(store)).toMatchObject({ size: 5, events: 0, erased: 3, findings: [] });
    await store.close();
  });

  it('by two processes at once, each migration once', async () => {
    const url = await cluster.createDatabase();
    const ran = await Promise.all([migratePostgres(url, 1), migratePostgres(url, 2), migratePostgres(url, 3)]);
    expect(ran.flat()).toHaveLength(MIGRATIONS.length);
  });
});
