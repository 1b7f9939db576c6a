import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { toBase64Url, utf8 } from '../../../shared/bytes.ts';
import { createSubject } from '../../../test/support/subject.ts';
import { createTestService, ORIGIN, type TestService } from '../../../test/support/service.ts';
import { sha256 } from '../../verifier.ts';
import { storeContract } from '../contract.ts';
import { MIGRATIONS, tableRules } from '../migrations/migrations.ts';
import { COMMITS } from './checkpoints.ts';
import { checkDatabaseVersion, migrate, openDatabase } from './open.ts';
import { sqliteStore } from './store.ts';

const hash = (text: string): string => toBase64Url(sha256(utf8(text)));

storeContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candour-store-'));
  const open = () => sqliteStore({ file: join(folder, 'x.sqlite'), now: Date.now, migrate: true });
  let store = open();
  return {
    store,
    async reopen() {
      await store.close();
      return (store = open());
    },
    async destroy() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('the SQLite file', () => {
  let service: TestService;
  let database: Database.Database;

  beforeEach(async () => {
    service = await createTestService();
    const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
    await service.send([(await subject.next()).jws, (await subject.next()).jws]);
    database = new Database(service.file);
  });
  afterEach(async () => {
    database.close();
    await service.close();
  });

  it('refuses to change or delete what was logged, by any statement', () => {
    const refused: [string, RegExp][] = [
      ['UPDATE leaf SET skew = 0', /append-only/],
      ['DELETE FROM leaf', /append-only/],
      ['UPDATE node SET hash = zeroblob(32)', /append-only/],
      ['DELETE FROM node', /append-only/],
      ['UPDATE checkpoint SET size = 9', /append-only/],
      ['DELETE FROM checkpoint', /append-only/],
      ['UPDATE event_body SET seq = 9', /never changed/],
      ['DELETE FROM event_body', /erasure leaf/],
      ['INSERT OR REPLACE INTO leaf SELECT * FROM leaf', /one behind the other/],
      ['INSERT OR REPLACE INTO event_body SELECT * FROM event_body', /stored once/],
      ["UPDATE document SET body = '{}'", /never changes/],
      ['DELETE FROM document', /append-only/],
      ["UPDATE site SET log = 'x/y'", /log id/],
      ['UPDATE log_key SET public_key = zeroblob(32)', /never changes/],
      ['DELETE FROM log_key', /append-only/],
    ];
    for (const [statement, why] of refused) expect(() => database.exec(statement), statement).toThrow(why);
  });

  it('lets a body go only while the newest leaf is an erasure that names it', () => {
    const insert = (idx: number, leaves: number[]) =>
      database
        .prepare('INSERT INTO leaf VALUES (1, 0, ?, 2, NULL, NULL, NULL, ?, zeroblob(32))')
        .run(idx, JSON.stringify({ kind: 'erasure', leaves }));
    const bodies = () => database.prepare('SELECT idx FROM event_body ORDER BY idx').pluck().all();
    insert(2, [1]);
    expect(bodies()).toEqual([0]);
    expect(() => database.exec('DELETE FROM event_body WHERE idx = 0')).toThrow(/erasure leaf/);
  });

  it('R52 holds no address and no name of a browser, and the file is the owner’s alone', async () => {
    const columns = database
      .prepare("SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'")
      .pluck()
      .all() as string[];
    expect(columns.length).toBeGreaterThan(40);
    expect(columns.filter((name) => /\b(ip|addr|agent|browser|referr)/i.test(name))).toEqual([]);
    expect((await stat(service.file)).mode & 0o077).toBe(0);
  });

  it('begins every primary key with the site, but for the operator’s own tables', () => {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[];
    const first = tables.map((table) => [
      table,
      (database.pragma(`table_info(${table})`) as { name: string; pk: number }[]).find(({ pk }) => pk === 1)?.name,
    ]);
    const others = first.filter(([, column]) => column !== 'site_key').map(([table]) => table);
    const ofNoSite = [...tableRules()].filter(([, { of }]) => of !== 'site').map(([table]) => table);
    expect(others.sort()).toEqual([...ofNoSite, 'migration'].filter((table) => table !== 'site').sort());
    expect(first.length).toBeGreaterThan(10);
  });

  it('gets what was committed from the write-ahead log without any commit doing it', async () => {
    const { size } = await stat(service.file);
    const { store } = service.context;
    const [site] = await store.sites();
    if (!site) throw new Error('no site');
    for (let i = 0; i < COMMITS; i++) await store.write(site, (transaction) => transaction.addTombstones([hash(`${i}`)]));
    await vi.waitFor(async () => expect((await stat(service.file)).size).toBeGreaterThan(size), { timeout: 30_000 });
  });

  it('overwrites what it erases', () => {
    const opened = openDatabase(service.file);
    expect(opened.pragma('secure_delete', { simple: true })).toBe(1);
    opened.close();
  });
});

describe('migrations', () => {
  it('are numbered in order, run once, and a newer database is refused', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    const database = new Database(':memory:');
    expect(migrate(database, 0)).toHaveLength(MIGRATIONS.length);
    expect(migrate(database, 0)).toEqual([]);
    database.exec("INSERT INTO migration VALUES (999, 'from the future', 0)");
    expect(() => checkDatabaseVersion(database)).toThrow(/newer than this program/);
    database.exec('DELETE FROM migration');
    expect(() => checkDatabaseVersion(database)).toThrow(/candour migrate/);
  });
});
