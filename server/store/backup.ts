// Copies of a whole database while it is in use, and back: SQLite's online backup, PostgreSQL's pg_dump. Each is one file, of one
// moment. The log key is in none of them: who holds a backup can sign nothing. A copy is marked as one until candour restore has come
// to its end: a service that was started with it before would sign trees of sizes that were signed already.
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import type { DatabaseConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { connect, placeOf } from './postgres/connection.ts';
import { COPY_MARK, markCopy as markPostgres } from './postgres/copy-mark.ts';
import { runProgram } from './postgres/programs.ts';
import { markCopy as markSqlite } from './sqlite/copy-mark.ts';

/** A backup cannot be made or used as asked; its message is one line for people. */
export class BackupError extends OperatorError {
  override name = 'BackupError';
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A copy has its name only when all of it is on the disk. */
async function whole(file: string, write: (partial: string) => Promise<void>): Promise<void> {
  if (existsSync(file)) throw new BackupError(`${file} is there already: a backup overwrites nothing`);
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  try {
    await write(partial);
    chmodSync(partial, 0o600);
    sync(partial);
    renameSync(partial, file);
    sync(dirname(file));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

async function copySqlite(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    // One file, without a write-ahead log beside it.
    copy.pragma('journal_mode = DELETE');
    markSqlite(copy, true);
    const [result] = copy.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (result?.integrity_check !== 'ok') throw new BackupError(`${from} is damaged: ${result?.integrity_check}`);
  } finally {
    copy.close();
  }
}

/** Writes a copy of the database as it is now, while it goes on. `file` must not be there. Throws BackupError, DatabaseUnavailableError. */
export function backupDatabase(database: DatabaseConfig, file: string): Promise<void> {
  if (database.engine === 'sqlite') {
    if (!existsSync(database.file)) throw new BackupError(`there is no database ${database.file}`);
    return whole(file, (partial) => copySqlite(database.file, partial));
  }
  const options = [
    '--format=custom',
    '--no-owner',
    '--no-privileges',
    '--lock-wait-timeout=60000',
    `--exclude-table=${COPY_MARK}`,
  ];
  return whole(file, (partial) => runProgram('pg_dump', database.ownerUrl ?? database.url, [...options, `--file=${partial}`]));
}

async function checkEmpty(url: string): Promise<void> {
  const client = await connect(url);
  try {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> $1",
      [COPY_MARK],
    );
    if (rows.length > 0) throw new BackupError(`${placeOf(url)} has tables already: a backup is restored into an empty database`);
  } finally {
    await client.end();
  }
}

/** Fills the database, which must be empty (SQLite: not there), from a backup. Throws BackupError, DatabaseUnavailableError. */
export async function restoreDatabase(database: DatabaseConfig, file: string): Promise<void> {
  if (!existsSync(file)) throw new BackupError(`there is no backup ${file}`);
  if (database.engine === 'sqlite') {
    mkdirSync(dirname(database.file), { recursive: true });
    return whole(database.file, (partial) => copySqlite(file, partial));
  }
  const url = database.ownerUrl ?? database.url;
  await checkEmpty(url);
  await markCopy(database, true);
  const { pathname } = new URL(url);
  const options = ['--exit-on-error', '--single-transaction', '--no-owner', '--no-privileges'];
  await runProgram('pg_restore', url, [...options, `--dbname=${decodeURIComponent(pathname.slice(1))}`, file]);
}

/** Marks the database as a copy, or as the one that logs go on in. */
export async function markCopy(database: DatabaseConfig, copy: boolean): Promise<void> {
  if (database.engine === 'sqlite') {
    const opened = new Database(database.file, { fileMustExist: true, timeout: 5000 });
    try {
      opened.pragma('synchronous = FULL');
      markSqlite(opened, copy);
    } finally {
      opened.close();
    }
    return;
  }
  const client = await connect(database.ownerUrl ?? database.url);
  try {
    await markPostgres(client, copy);
  } finally {
    await client.end();
  }
}
