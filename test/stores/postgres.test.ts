// What PostgreSQL itself keeps of the log's promises: its triggers, its roles, its catalog.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { appendLeaves } from '../../server/log/append.ts';
import type { LogSigner } from '../../server/log/key.ts';
import { tableRules } from '../../server/store/migrations/migrations.ts';
import { connect } from '../../server/store/postgres/connection.ts';
import { postgresStore, type PostgresOptions } from '../../server/store/postgres/store.ts';
import type { EventBody, Site, Store } from '../../server/store/store.ts';
import { sha256 } from '../../server/verifier.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';

const SIGNER: LogSigner = {
  publicKey: new Uint8Array(32).fill(7),
  sign: () => new Uint8Array(64).fill(9),
  withdraw: () => undefined,
};
const hash = (text: string): string => toBase64Url(sha256(utf8(text)));
const AT = '2026-11-22T10:00:00.000Z';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());

const options = (url: string, more: Partial<PostgresOptions> = {}): PostgresOptions => ({
  url,
  ownerUrl: null,
  pool: 3,
  now: Date.now,
  migrate: true,
  ...more,
});

async function prepareSite(store: Store): Promise<Site> {
  const site = await store.publish({ id: 'one', name: 'One', log: 'consent.example/one', origins: [] }, [
    { hash: hash('c'), kind: 'configuration', body: '{}', publishedAt: 1 },
  ]);
  await store.startLog(site, SIGNER.publicKey, { ...(await store.head(site)), signature: new Uint8Array(64) });
  return site;
}

const eventOf = (index: number, subject = 'subject'): EventBody => ({
  epoch: 0,
  index,
  subject: hash(subject),
  key: { crv: 'P-256', kty: 'EC', x: hash(`${subject} x`), y: hash(`${subject} y`) },
  id: `019abcde-0000-7000-8000-${String(index).padStart(12, '0')}`,
  seq: index + 1,
  payload: utf8('{}'),
  signature: new Uint8Array(64),
});

it('settings in the address come beside those of the service, not in their place', async () => {
  const url = `${await cluster.createDatabase()}?options=-c%20search_path%3Dpublic%20-c%20client_min_messages%3Derror&keepalives=1`;
  const client = await connect(url);
  const names = ['search_path', 'enable_seqscan', 'plan_cache_mode', 'client_min_messages'];
  const { rows } = await client.query(`SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join()}`);
  await client.end();
  expect(rows).toEqual([
    { search_path: 'public', enable_seqscan: 'off', plan_cache_mode: 'force_generic_plan', client_min_messages: 'warning' },
  ]);
});

const append = (store: Store, site: Site, events: EventBody[]) =>
  store.write(site, async (transaction) => {
    const leaves = events.map(({ index }) => ({ kind: 'event' as const, event: hash(`${index}`), receivedAt: AT, skew: 0 }));
    const seal = await appendLeaves(transaction, site, leaves, SIGNER);
    await transaction.addEvents(events);
    await transaction.addPresentations([{ hash: hash('p'), body: '{}' }]);
    await transaction.count({
      day: '2026-11-22',
      counts: { events: events.length, given: 0, refused: 0, withdrawn: 0, objected: 0 },
      purposes: [{ purpose: 'statistics', state: 'refused', change: events.length }],
      latestAt: 1,
    });
    await seal();
  });

const erase = (store: Store, site: Site, subject: string, leaves: number[]) =>
  store.write(site, async (transaction) => {
    await transaction.addTombstones([hash(`tombstone of ${subject}`)]);
    const seal = await appendLeaves(transaction, site, [{ kind: 'erasure', leaves, at: AT, by: 'subject' }], SIGNER);
    await transaction.removeSubject(hash(subject));
    await seal();
  });

/** What PostgreSQL says to each statement, where that is not what was expected. */
async function wrongAnswers(url: string, statements: readonly [string, RegExp][]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const wrong: string[] = [];
  for (const [statement, why] of statements) {
    const answer = await client.query(statement).then(
      () => 'done',
      (error: Error) => error.message,
    );
    if (!why.test(answer)) wrong.push(`${statement}: ${answer}`);
  }
  await client.end();
  return wrong;
}

describe('the tables', () => {
  it('refuse to change or delete what was logged, by any statement, even of their owner', async () => {
    const url = await cluster.createDatabase();
    const store = await postgresStore(options(url));
    const site = await prepareSite(store);
    await append(store, site, [eventOf(0), eventOf(1)]);
    const wrong = await wrongAnswers(url, [
      ['UPDATE leaf SET skew = 0', /append-only/],
      ['DELETE FROM leaf', /append-only/],
      ['TRUNCATE leaf', /append-only/],
      ["UPDATE node SET hash = decode(repeat('00', 32), 'hex')", /append-only/],
      ['DELETE FROM node', /append-only/],
      ['UPDATE checkpoint SET size = 9', /append-only/],
      ['DELETE FROM checkpoint', /append-only/],
      ['INSERT INTO checkpoint SELECT site_key, epoch, 1, root, key_number, signature FROM checkpoint LIMIT 1', /only larger/],
      ['INSERT INTO leaf SELECT site_key, epoch, idx + 5, kind, event, received_at, skew, body, hash FROM leaf', /one behind/],
      ['INSERT INTO leaf SELECT site_key, epoch, idx - 5, kind, event, received_at, skew, body, hash FROM leaf', /one behind/],
      ['UPDATE event_body SET seq = 9', /never changed/],
      ['DELETE FROM event_body', /erasure leaf/],
      ['TRUNCATE event_body', /erasure leaf/],
      [
        "INSERT INTO event_body SELECT site_key, epoch, 7, subject_key, decode(repeat('00', 16), 'hex'), 9, payload, signature FROM event_body LIMIT 1",
        /own leaf/,
      ],
      ["UPDATE document SET body = '{}'", /never changes/],
      ['DELETE FROM document', /append-only/],
      ["UPDATE site SET log = 'x/y'", /log id/],
      ["UPDATE log_key SET public_key = decode(repeat('00', 32), 'hex')", /never changes/],
      ['DELETE FROM log_key', /append-only/],
      ['DELETE FROM tombstone', /append-only/],
      ["UPDATE audit SET actor = 'nobody'", /append-only/],
      ['DELETE FROM audit', /append-only/],
      ['TRUNCATE service_audit', /append-only/],
      ['DELETE FROM presentation_directory', /append-only/],
    ]);
    expect(wrong).toEqual([]);
    await store.close();
  });
});

describe('the service’s own role', () => {
  it('accepts, erases and administers, and has no right to change what was logged', async () => {
    const ownerUrl = await cluster.createDatabase();
    const name = new URL(ownerUrl).pathname.slice(1);
    await cluster.run('postgres', `CREATE ROLE service_${name} LOGIN`);
    const url = cluster.url(name, `service_${name}`);
    await expect(postgresStore(options(url)), 'it may not migrate').rejects.toThrow(
      /lacks migration 1 .*: run candour migrate with CANDOUR_DATABASE_OWNER/,
    );

    const store = await postgresStore(options(url, { ownerUrl }));
    expect((await store.durability())['role']).toBe(`service_${name} (may not change the log)`);
    // What pg_dump reads besides the tables: the role that serves can also make the backup.
    await cluster.run(name, `SET ROLE service_${name}`, 'SELECT last_value FROM site_site_key_seq');
    const site = await prepareSite(store);
    await append(store, site, [eventOf(0), eventOf(1, 'other')]);
    await erase(store, site, 'subject', [0]);
    expect((await store.bodies(site, 0, 0, 9)).map(({ index }) => index)).toEqual([1]);
    await store.useRequestId(site, 'some-request-id-1', 1, 2);
    await store.close();

    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ name: string; may: boolean }>(`
      SELECT relname AS name, has_any_column_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER') AS may
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`);
    await client.end();
    const unchanging = [...tableRules()].filter(([, { changes }]) => changes === 'none').map(([table]) => table);
    expect(unchanging).toContain('leaf');
    expect(rows.filter(({ name: table, may }) => may && [...unchanging, 'migration'].includes(table))).toEqual([]);

    const denied = /permission denied/;
    const wrong = await wrongAnswers(url, [
      ['UPDATE leaf SET skew = 0', denied],
      ['DELETE FROM leaf', denied],
      ['DELETE FROM event_body', denied],
      ['DELETE FROM document', denied],
      ["UPDATE document SET body = '{}'", denied],
      ['UPDATE log_key SET number = 2', denied],
      ['ALTER TABLE leaf DISABLE TRIGGER ALL', /must be owner/],
      ['DROP TRIGGER leaf_append_only ON leaf', /must be owner/],
      ['CREATE TABLE mine (x integer)', denied],
      ["INSERT INTO migration VALUES (99, 'mine', 0)", denied],
    ]);
    expect(wrong).toEqual([]);
    // Without the owner's address, as the service runs in production.
    const again = await postgresStore(options(url));
    await expect(again.ready()).resolves.toBeUndefined();
    await again.close();
  });
});

describe('what PostgreSQL would not keep', () => {
  it.each([
    ['fsync=off', /fsync=off/, 'ALTER SYSTEM SET fsync = off', 'SELECT pg_reload_conf()'],
    ['synchronous_commit=off', /synchronous_commit=off/, 'ALTER SYSTEM SET synchronous_commit = off', 'SELECT pg_reload_conf()'],
  ])('stops the start and is said by readiness: %s', async (_, why, ...statements) => {
    const url = await cluster.createDatabase();
    const store = await postgresStore(options(url));
    await expect(store.ready()).resolves.toBeUndefined();
    await cluster.run('postgres', ...statements);
    await expect
      .poll(() =>
        store.ready().then(
          () => 'ready',
          (error: Error) => error.message,
        ),
      )
      .toMatch(why);
    await expect(postgresStore(options(url))).rejects.toThrow(why);
    await cluster.run('postgres', 'ALTER SYSTEM RESET ALL', 'SELECT pg_reload_conf()');
    await expect
      .poll(() =>
        store.ready().then(
          () => 'ready',
          (error: Error) => error.message,
        ),
      )
      .toBe('ready');
    await store.close();
  });
});

describe('the catalog', () => {
  it('begins every unique constraint of a table of sites with the site, and no constraint joins two sites', async () => {
    const url = await cluster.createDatabase();
    const store = await postgresStore(options(url));
    await store.close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows: indexes } = await client.query<{ table: string; index: string; first: string }>(`
      SELECT t.relname AS table, i.relname AS index, a.attname AS first
      FROM pg_index AS x JOIN pg_class AS t ON t.oid = x.indrelid JOIN pg_class AS i ON i.oid = x.indexrelid
      JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
      WHERE t.relnamespace = 'public'::regnamespace AND (x.indisunique OR x.indisexclusion)`);
    const { rows: foreign } = await client.query<{ from: string; to: string }>(`
      SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint
      WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    await client.end();
    const rules = tableRules();
    expect(tables.map(({ name }) => name).sort(), 'every table says whose it is').toEqual([...rules.keys(), 'migration'].sort());
    const ofSites = indexes.filter(({ table }) => rules.get(table)?.of === 'site');
    expect(ofSites.length).toBeGreaterThan(10);
    expect(ofSites.filter(({ first }) => first !== 'site_key')).toEqual([]);
    expect(foreign.filter(({ to }) => rules.get(to)?.of === 'site')).toEqual([]);
    expect(foreign.length).toBeGreaterThan(0);
  });
});
