import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DatabaseUnavailableError } from '../unavailable.ts';
import { journalOf, type Journal } from './journal.ts';
import { openDatabase } from './open.ts';
import { sqliteStore } from './store.ts';

/** What a promise has come to, once everything that waits for nothing but turns of the event loop is done. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  let state = 'waits';
  promise.then(
    () => (state = 'done'),
    () => (state = 'failed'),
  );
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
  return state;
}

describe('the write-ahead log’s way to the disk', () => {
  let folder: string;
  let database: Database.Database;
  let journal: Journal;
  /** What the next syncs come to, when it is decided. */
  let disk: PromiseWithResolvers<void>;
  let syncs: number;
  /** Of who reads right behind the commit. */
  let read: Promise<void>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'candour-journal-'));
    database = openDatabase(join(folder, 'a.sqlite'));
    database.exec('CREATE TABLE t (id TEXT)');
    [disk, syncs] = [Promise.withResolvers(), 0];
    journal = journalOf(database, () => ((syncs += 1), disk.promise));
  });
  afterEach(() => {
    journal.close();
    database.close();
    rmSync(folder, { recursive: true });
  });

  const insert = (): Promise<string> =>
    journal.commit(async (begun) => {
      database.exec('BEGIN');
      begun();
      await Promise.resolve();
      database.prepare('INSERT INTO t VALUES (?)').run(randomUUID());
      await Promise.resolve();
      database.exec('COMMIT');
      read = journal.synced();
      read.catch(() => undefined);
      return 'written';
    });
  const inFile = (): number => {
    const [row] = database.pragma('wal_checkpoint(NOOP)') as { checkpointed: number }[];
    return row?.checkpointed ?? -1;
  };

  it('tells neither who wrote nor who reads before the disk has it, and the connection’s own commits sync again', async () => {
    expect(await stateOf(journal.synced()), 'nothing was written').toBe('done');
    const written = insert();
    expect(await stateOf(written)).toBe('waits');
    expect([await stateOf(read), await stateOf(journal.synced())], 'it can be read').toEqual(['waits', 'waits']);
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    disk.resolve();
    expect(await written).toBe('written');
    expect([await stateOf(read), await stateOf(journal.synced())]).toEqual(['done', 'done']);
    expect(syncs).toBe(1);
  });

  it('lets who reads go on beside a transaction that has committed nothing', async () => {
    const gate = Promise.withResolvers<void>();
    const written = journal.commit(async (begun) => {
      database.exec('BEGIN');
      begun();
      await gate.promise;
      database.exec('ROLLBACK');
      throw new Error('no room');
    });
    expect(await stateOf(journal.synced())).toBe('done');
    gate.resolve();
    await expect(written).rejects.toThrow('no room');
    expect(await stateOf(journal.synced())).toBe('done');
    expect([syncs, database.pragma('synchronous', { simple: true })]).toEqual([0, 2]);
  });

  it('writes once more, into the database file, what the disk did not take', async () => {
    disk.reject(new Error('EIO'));
    expect(await insert()).toBe('written');
    expect(inFile()).toBeGreaterThan(0);
  });

  it('fails for who wrote and who reads as long as that is not possible, whatever the next sync says', async () => {
    const other = new Database(join(folder, 'a.sqlite'), { readonly: true });
    other.exec('BEGIN; SELECT * FROM t');
    disk.reject(new Error('EIO'));
    await expect(insert()).rejects.toThrow(DatabaseUnavailableError);
    disk = Promise.withResolvers();
    disk.resolve();
    await expect(journal.synced()).rejects.toThrow(DatabaseUnavailableError);
    await expect(insert()).rejects.toThrow('fdatasync failed');
    expect(syncs).toBe(1);
    other.exec('COMMIT');
    other.close();
    await journal.synced();
    expect(await insert()).toBe('written');
    expect(syncs).toBe(2);
  });
});

it('the store answers for nothing, neither a write nor a question, before the disk has it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candour-journal-'));
  const disk = Promise.withResolvers<void>();
  const store = sqliteStore({ file: join(folder, 'a.sqlite'), now: Date.now, migrate: true, sync: () => disk.promise });
  const site = await store.publish({ id: 'one', name: 'one', log: 'consent.example/one', origins: [] }, []);
  const hash = 'A'.repeat(43);
  const written = store.write(site, async (transaction) => {
    // On the reading connection, in the middle of a transaction.
    expect(await store.presentation(hash)).toBeNull();
    await transaction.addPresentations([{ hash, body: '{}' }]);
  });
  expect(await stateOf(written)).toBe('waits');
  const read = store.presentation(hash);
  expect(await stateOf(read)).toBe('waits');
  await expect(store.durability()).resolves.toMatchObject({ synchronous: '2 (FULL)' });
  disk.resolve();
  await written;
  expect(await read).toBe('{}');
  await store.close();
  rmSync(folder, { recursive: true });
});
