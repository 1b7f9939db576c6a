// The tables of sites could be distributed over nodes by `site_key`, as docs/scaling.md says of Citus: read from PostgreSQL's own
// catalogue, by the rules that a table must keep there. No such cluster is at hand; this is what can be shown without one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { postgresConstraints } from '../../test/support/catalogue.ts';
import { startPostgres, type Cluster } from '../../test/support/postgres.ts';
import { tableRules } from './migrations/migrations.ts';
import { postgresStore } from './postgres/store.ts';

const rules = tableRules();
const tablesOf = (...scopes: string[]): string[] => [...rules].flatMap(([table, { of }]) => (scopes.includes(of) ? [table] : []));
const distributed = tablesOf('site');
const everywhere = tablesOf('reference', 'operator');

let cluster: Cluster;
let client: pg.Client;
beforeAll(async () => {
  cluster = await startPostgres();
  const url = await cluster.createDatabase();
  await (await postgresStore({ url, ownerUrl: null, pool: 1, now: Date.now, migrate: true })).close();
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await cluster?.destroy();
});

const ask = async <Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (await client.query<Row>(sql, values)).rows;

it('each table is named by the migrations, and is a plain one: no partition, no heir, no view', async () => {
  const found = await ask<{ name: string; kind: string; partition: boolean; heir: boolean }>(
    `SELECT c.relname AS name, c.relkind AS kind, c.relispartition AS partition,
       EXISTS (SELECT 1 FROM pg_inherits AS i WHERE i.inhrelid = c.oid) AS heir
     FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
  );
  expect(found.filter(({ kind, partition, heir }) => kind !== 'r' || partition || heir)).toEqual([]);
  expect(found.map(({ name }) => name).sort()).toEqual([...distributed, ...everywhere, 'migration'].sort());
});

it('each table of sites has the site in one and the same type, never null, so that all of them can lie together', async () => {
  const found = await ask<{ name: string; type: string; filled: boolean }>(
    `SELECT c.relname AS name, a.atttypid::regtype::text AS type, a.attnotnull AS filled
     FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'site_key'
     WHERE c.relname = ANY ($1) AND c.relkind = 'r'`,
    distributed,
  );
  expect(found.map(({ name }) => name).sort()).toEqual([...distributed].sort());
  expect(new Set(found.map(({ type, filled }) => `${type} ${filled}`))).toEqual(new Set(['integer true']));
});

it('every key and unique index of a table of sites holds the site, and a table that lies everywhere points at none of them', async () => {
  const constraints = await postgresConstraints(client);
  const unique = constraints.filter(({ table, to }) => !to && distributed.includes(table));
  expect(new Set(unique.map(({ table }) => table))).toEqual(new Set(distributed));
  expect(unique.filter(({ columns }) => !columns.includes('site_key'))).toEqual([]);
  const pointing = constraints.filter(({ to }) => to && distributed.includes(to.table));
  expect(pointing.filter(({ table, columns }) => everywhere.includes(table) || !columns.includes('site_key'))).toEqual([]);
  const deferred = await ask(`SELECT conname FROM pg_constraint WHERE condeferrable AND connamespace = 'public'::regnamespace`);
  expect(deferred).toEqual([]);
});

it('no table of sites draws a number from a sequence or computes a column: numbers are counted within the site', async () => {
  const found = await ask<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relname = ANY ($1) AND (a.attidentity <> '' OR a.attgenerated <> '' OR a.atthasdef)`,
    distributed,
  );
  expect(found).toEqual([]);
  const sequences = await ask<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
  );
  expect(sequences).toEqual([{ name: 'site_site_key_seq' }]);
  // The one number that is drawn: of a table that lies everywhere, in the only type that Citus draws numbers in.
  const identities = await ask(
    `SELECT a.attrelid::regclass::text AS name, a.atttypid::regtype::text AS type, s.seqtypid::regtype::text AS sequence
     FROM pg_attribute AS a JOIN pg_sequence AS s ON s.seqrelid = pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass
     WHERE a.attidentity <> ''`,
  );
  expect(identities).toEqual([{ name: 'site', type: 'bigint', sequence: 'bigint' }]);
  expect(everywhere).toContain('site');
});

it('the guide’s statement distributes exactly the tables of sites', async () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/scaling.md'), 'utf8');
  const [, statement = ''] = /^SELECT create_distributed_table\(c\.oid[^\n]*\n(FROM [^;]*);/m.exec(guide) ?? [];
  const found = await ask<{ name: string }>(`SELECT c.relname AS name ${statement}`);
  expect([...found.map(({ name }) => name), 'head'].sort()).toEqual([...distributed].sort());
  const [, references = ''] = /```sql\nSET citus[^\n]*\n([^]*?)```/.exec(guide) ?? [];
  const named = [...references.matchAll(/create_reference_table\('(\w+)'\)/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(tablesOf('reference').sort());
});

it('the triggers are those that the guide names, by their kind', async () => {
  const found = await ask<{ name: string; table: string; row: boolean; transition: boolean }>(
    `SELECT t.tgname AS name, c.relname AS table, (t.tgtype & 1) = 1 AS row,
       t.tgnewtable IS NOT NULL OR t.tgoldtable IS NOT NULL AS transition
     FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND c.relname = ANY ($1)`,
    distributed,
  );
  const guide = readFileSync(join(import.meta.dirname, '../../docs/scaling.md'), 'utf8');
  const [, part = ''] = /## Step 4[^]*?\n([^]*?)\n## /.exec(guide) ?? [];
  const named = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].flatMap(([, name]) => name ?? []);
  const lineOf = (kind: string): string[] => named(part.split('\n').find((line) => line.startsWith(`| ${kind}`)) ?? '').sort();
  const namesOf = (some: typeof found): string[] => [...new Set(some.map(({ name }) => name))].sort();
  const refusing = (name: string): boolean => /_(append_only|no_update|no_truncate)$/.test(name);
  expect(lineOf('for each row')).toEqual(namesOf(found.filter(({ row }) => row)));
  expect(lineOf('for a statement, with what it added')).toEqual(namesOf(found.filter(({ transition }) => transition)));
  const rest = found.filter(({ row, transition }) => !row && !transition);
  expect(rest.filter(({ name }) => !refusing(name))).toEqual([]);
  expect(rest.length).toBeGreaterThan(5);
});
