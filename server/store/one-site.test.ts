// No statement and no constraint reaches over two sites, on either engine: the store's whole contract is run, and everything that
// reached the drivers meanwhile is read with its values; triggers and constraints are read from the databases' own catalogues.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { postgresConstraints, sqliteConstraints, type Constraint } from '../../test/support/catalogue.ts';
import { listenToPostgres, listenToSqlite, type Statement } from '../../test/support/driver-statements.ts';
import { startPostgres, type Cluster } from '../../test/support/postgres.ts';
import { heldToOneSite } from '../../test/support/statement-scope.ts';
import { storeContract } from './contract.ts';
import { tableRules } from './migrations/migrations.ts';
import { migratePostgres } from './postgres/migrate.ts';
import { postgresStore } from './postgres/store.ts';
import { sqliteStore } from './sqlite/store.ts';
import type { Store } from './store.ts';

const ofSites = new Set([...tableRules()].filter(([, { of }]) => of === 'site').map(([table]) => table));

/** What is wrong with a statement, or nothing. */
export function crossing({ sql, values }: Statement): string | null {
  const { unheld, sites } = heldToOneSite(sql, ofSites, values);
  if (unheld.length > 0) return `${unheld.join(', ')} of any site: ${sql}`;
  return sites.size > 1 ? `sites ${[...sites].join(', ')}: ${sql}` : null;
}

describe('the reader of statements', () => {
  it.each<[sql: string, unheld: string[], values?: unknown[]]>([
    ['select "hash" from "leaf" where "epoch" = ?', ['leaf']],
    ['select "hash" from "leaf" where "site_key" = ?', []],
    ['select "hash" from "leaf" where "site_key" = ? or "epoch" = ?', ['leaf']],
    ['select "hash" from "leaf" where not ("site_key" = ?)', ['leaf']],
    ['select "hash" from "leaf" where "site_key" in ($1, $2)', ['leaf']],
    ['select "hash" from leaf, node where leaf.site_key = $1', ['node']],
    ['update "head" set "size" = ?', ['head']],
    ['delete from "subject" where "thumbprint" = ?', ['subject']],
    ['insert into "leaf" ("epoch", "idx") values (?, ?)', ['leaf']],
    ['insert into "leaf" ("site_key", "idx") values (?, ?), (?, ?) on conflict ("site_key") do update set "idx" = 1', []],
    ['insert into leaf (site_key, idx) select $1, i from unnest($2::bigint[]) as u (i)', []],
    ['insert into leaf as l (site_key, idx) select $1::integer, i from unnest($2::bigint[]) as u (i)', []],
    ['insert into leaf as l (idx, site_key) select $1::integer, i from unnest($2::bigint[]) as u (i)', ['leaf']],
    ['insert into leaf (site_key, idx) select site_key, 1 from subject where thumbprint = $1', ['leaf', 'subject']],
    ['select 1 from "event_body" as "b" inner join "leaf" as "l" on "l"."idx" = "b"."idx" where "b"."site_key" = ?', ['leaf']],
    ['select 1 from "leaf" as "l" inner join "node" as "n" on "n"."site_key" = "l"."site_key"', ['leaf', 'node']],
    ['select 1 from "leaf" as "l" left join "node" as "n" on "n"."site_key" = "l"."site_key" where "l"."site_key" = ?', []],
    ['select 1 from "leaf" as "l" left join "node" as "n" on "l"."site_key" = ?', ['leaf', 'node']],
    [
      'select 1 from leaf as l where not exists (select 1 from node as n where n.site_key = l.site_key and l.site_key = $1)',
      ['leaf', 'node'],
    ],
    ['select (select max(idx) from leaf) from head where site_key = $1', ['leaf']],
    ['select * from "site" where "id" = ?', []],
  ])('%s', (sql, unheld) => {
    expect(heldToOneSite(sql, ofSites).unheld.sort()).toEqual(unheld);
  });

  it('sees two sites in one statement by the values', () => {
    const sql = 'insert into "leaf" ("site_key", "idx") values ($1, $2), ($3, $4)';
    expect(crossing({ sql, values: [1, 5, 1, 6] })).toBeNull();
    expect(crossing({ sql, values: [1, 5, 2, 6] })).toMatch(/^sites 1, 2/);
  });
});

/** What was heard of one engine, and which of the store's functions were called. */
interface Heard {
  statements: Map<string, string | null>;
  called: Set<string>;
  known: Set<string>;
}
const hearing = (): Heard => ({ statements: new Map(), called: new Set(), known: new Set() });

/** The same object, whose functions tell that they were called; what a transaction is made of too. */
function told<T extends object>(target: T, { called, known }: Heard, path = ''): T {
  for (const [name, value] of Object.entries(target)) if (typeof value === 'function') known.add(path + name);
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof name === 'symbol') return value;
      if (typeof value === 'object' && value !== null && path === '' && !(value instanceof Map))
        return told(value, { called, known } as Heard, `${name}.`);
      if (typeof value !== 'function') return value;
      return (...input: unknown[]) => {
        called.add(path + name);
        if (path === '' && name === 'write')
          input[1] = (
            (work: (transaction: object) => unknown) => (transaction: object) =>
              work(told(transaction, { called, known } as Heard, 'transaction.'))
          )(input[1] as (transaction: object) => unknown);
        return (value as (...all: unknown[]) => unknown).apply(object, input);
      };
    },
  });
}

const engines = { sqlite: hearing(), postgres: hearing() };
const hear =
  ({ statements }: Heard) =>
  (statement: Statement): void => {
    const wrong = crossing(statement);
    if (wrong !== null || !statements.has(statement.sql)) statements.set(statement.sql, wrong);
  };

let cluster: Cluster;
let [stopSqlite, stopPostgres] = [(): void => undefined, (): void => undefined];
beforeAll(async () => {
  cluster = await startPostgres();
  await migratePostgres(await cluster.createDatabase('migrated'), 1);
});
afterAll(() => cluster?.destroy());

/** Migrations may copy over all sites, once: what is heard begins behind them. */
async function openSqlite(file: string): Promise<Store> {
  stopSqlite();
  await sqliteStore({ file, now: Date.now, migrate: true }).close();
  stopSqlite = listenToSqlite(hear(engines.sqlite));
  return told(sqliteStore({ file, now: Date.now, migrate: false }), engines.sqlite);
}
async function openPostgres(url: string): Promise<Store> {
  const options = { url, ownerUrl: null, pool: 4, now: Date.now };
  stopPostgres();
  await (await postgresStore({ ...options, migrate: true })).close();
  stopPostgres = listenToPostgres(hear(engines.postgres));
  return told(await postgresStore({ ...options, migrate: false }), engines.postgres);
}

storeContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candour-store-'));
  const file = join(folder, 'x.sqlite');
  let store = await openSqlite(file);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await openSqlite(file));
    },
    async destroy() {
      await store.close();
      stopSqlite();
      await rm(folder, { recursive: true });
    },
  };
});

storeContract('postgres', async () => {
  // Each test has a new one, and the migrations take longer than the test.
  const url = await cluster.createDatabase(undefined, 'migrated');
  let store = await openPostgres(url);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await openPostgres(url));
    },
    async destroy() {
      await store.close();
      stopPostgres();
    },
  };
});

/** What the contract does not call: here it is only heard. */
async function callTheRest(store: Store): Promise<void> {
  const documents = [{ hash: 'A'.repeat(43), kind: 'configuration' as const, body: '{}', publishedAt: 1 }];
  const site = await store.publish({ id: 'one', name: 'One', log: 'consent.example/one', origins: [] }, documents);
  await store.sites();
  await store.credentials('api_key');
  await store.snapshot((moment) => moment.sites());
  await store.forget();
  await store.rights.setSubject(site, 'none', null);
  await store.webhooks.latest(site, 'none', 1);
  await store.webhooks.counts(site, 'none');
  await store.webhooks.waiting(site);
  await store.eventsOfSubjects(site, ['A'.repeat(43)]);
  for (const after of [null, { epoch: 0, index: 0 }]) {
    await store.retention.keptEvents(site, after, 1);
    await store.history.eventsBefore(site, after, 1);
  }
  await store.history.epochs(site);
  await store.rights.changedSince(site, 0);
  await store.isCopy();
  await store.witnesses.successions(site, 0, 1);
  await store.witnesses.newestOf(site, 0, 'w.example/1');
  await store.write(site, async (transaction) => {
    transaction.beginEpoch(1);
    await transaction.findPresentations(['A'.repeat(43)]);
  });
}

describe('the functions that the contract does not call', () => {
  it('are called on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'candour-store-'));
    const store = await openSqlite(join(folder, 'x.sqlite'));
    await expect(callTheRest(store)).resolves.toBeUndefined();
    await store.close();
    stopSqlite();
    await rm(folder, { recursive: true });
  });

  it('are called on PostgreSQL', async () => {
    const store = await openPostgres(await cluster.createDatabase());
    await expect(callTheRest(store)).resolves.toBeUndefined();
    await store.close();
    stopPostgres();
  });
});

describe.each(Object.keys(engines) as (keyof typeof engines)[])('every statement of the contract on %s', (engine) => {
  const { statements, called, known } = engines[engine];
  const wrote = (table: string) => [...statements.keys()].some((sql) => new RegExp(`insert into "?${table}"?\\b`, 'i').test(sql));

  it('names one site wherever it touches a table of sites', () => {
    expect([...statements.values()].filter((wrong) => wrong !== null)).toEqual([]);
  });

  it('is heard: every function of the store was called, and every table of sites was written or filled by a trigger', () => {
    expect(known.size).toBeGreaterThan(60);
    expect(
      [...known].filter((name) => !called.has(name)),
      'to be called by the contract, or above',
    ).toEqual([]);
    expect([...ofSites].filter((table) => !wrote(table))).toEqual(['erased_event']);
  });
});

describe('a planted statement over two sites', () => {
  const found = (heard: Heard): string[] => [...heard.statements.values()].filter((wrong) => wrong !== null);

  it('is found on SQLite', () => {
    const heard = hearing();
    const stop = listenToSqlite(hear(heard));
    const database = new Database(':memory:');
    database.exec('CREATE TABLE leaf (site_key INTEGER, idx INTEGER)');
    database.prepare('SELECT idx FROM leaf WHERE site_key = ?').all(1);
    expect(found(heard)).toEqual([]);
    database.prepare('SELECT max(idx) FROM leaf').all();
    stop();
    database.close();
    expect(found(heard)).toHaveLength(1);
  });

  it('is found on PostgreSQL', async () => {
    const heard = hearing();
    const stop = listenToPostgres(hear(heard));
    const client = new pg.Client({ connectionString: await cluster.createDatabase() });
    await client.connect();
    await client.query('CREATE TEMP TABLE leaf (site_key integer, idx integer)');
    await client.query('SELECT idx FROM leaf WHERE site_key = $1', [1]);
    expect(found(heard)).toEqual([]);
    await client.query({ text: 'DELETE FROM leaf WHERE idx = $1', values: [1] });
    await client.end();
    stop();
    expect(found(heard)).toHaveLength(1);
  });
});

/** Unique ones begin with the site; what points at a table of sites points within the site. */
const crossingConstraints = (constraints: readonly Constraint[]): string[] =>
  constraints
    .filter(({ table, columns, to }) => {
      if (!to) return ofSites.has(table) && columns[0] !== 'site_key';
      return ofSites.has(to.table) && (columns.indexOf('site_key') < 0 || to.columns[columns.indexOf('site_key')] !== 'site_key');
    })
    .map(({ name }) => name);

describe('constraints and triggers, from the catalogue', () => {
  it('hold within a site on PostgreSQL, and a planted one is found', async () => {
    const url = await cluster.createDatabase();
    await (await postgresStore({ url, ownerUrl: null, pool: 1, now: Date.now, migrate: true })).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const constraints = await postgresConstraints(client);
    expect([...ofSites].filter((table) => !constraints.some((one) => one.table === table && !one.to))).toEqual([]);
    expect(crossingConstraints(constraints)).toEqual([]);
    await client.query('CREATE UNIQUE INDEX planted_index ON leaf (event)');
    await client.query('CREATE UNIQUE INDEX planted_expression ON leaf ((idx + 1), site_key)');
    await client.query('ALTER TABLE tombstone ADD CONSTRAINT planted_unique UNIQUE (hash)');
    await client.query('ALTER TABLE presentation ADD CONSTRAINT planted_foreign FOREIGN KEY (hash) REFERENCES tombstone (hash)');
    expect([...new Set(crossingConstraints(await postgresConstraints(client)))].sort()).toEqual([
      'planted_expression',
      'planted_foreign',
      'planted_index',
      'planted_unique',
    ]);
    const { rows } = await client.query<{ name: string; body: string }>(
      "SELECT proname AS name, prosrc AS body FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(5);
    // Transition tables hold the rows of one statement, which names one site like all.
    const given = ['new', 'old', 'added_event', 'added_leaf', 'added'];
    expect(
      rows.flatMap(({ name, body }) => heldToOneSite(body, ofSites, [], given).unheld.map((table) => `${name}: ${table}`)),
    ).toEqual([]);
  });

  it('hold within a site on SQLite, and a planted one is found', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'candour-store-'));
    const file = join(folder, 'x.sqlite');
    await sqliteStore({ file, now: Date.now, migrate: true }).close();
    const database = new Database(file);
    const constraints = sqliteConstraints(database);
    expect([...ofSites].filter((table) => !constraints.some((one) => one.table === table && !one.to))).toEqual([]);
    expect(crossingConstraints(constraints)).toEqual([]);
    const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string;
      sql: string;
    }[];
    expect(triggers.length).toBeGreaterThan(10);
    const unheld = triggers.flatMap(({ name, sql }) =>
      heldToOneSite(sql.slice(sql.search(/\b(WHEN|BEGIN)\b/)), ofSites, [], ['new', 'old']).unheld.map(
        (table) => `${name}: ${table}`,
      ),
    );
    expect(unheld).toEqual([]);
    database.exec('CREATE UNIQUE INDEX planted_index ON leaf (event)');
    database.exec('CREATE TABLE planted (site_key INTEGER, idx INTEGER, FOREIGN KEY (idx) REFERENCES leaf (idx))');
    expect(crossingConstraints(sqliteConstraints(database)).sort()).toEqual(['planted to leaf', 'planted_index']);
    database.close();
    await rm(folder, { recursive: true });
  });
});
