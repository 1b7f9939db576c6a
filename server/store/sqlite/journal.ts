// Commits whose way to the disk another thread waits for: on the thread that commits, every answer and the checks of the next events
// would wait with it. SQLite writes the commit into its write-ahead log without a sync (synchronous=NORMAL, with which it still syncs
// wherever the order on the disk matters), and the log is synced right after. Nobody hears of what is not on the disk yet: not who
// wrote it, nor who reads it.
import { closeSync, fdatasync, fdatasyncSync, openSync, realpathSync } from 'node:fs';
import { promisify } from 'node:util';

import type Database from 'better-sqlite3';

import { DatabaseUnavailableError } from '../unavailable.ts';

export type SyncFile = (file: number) => Promise<void>;

export interface Journal {
  /**
   * Runs what begins and ends one transaction, while nobody else uses the connection; it calls `begun` in between. Resolves when what
   * was committed is on the disk. Throws DatabaseUnavailableError where the disk did not take it: then nobody knows what a power
   * cut would leave of it.
   */
  commit<T>(transaction: (begun: () => void) => Promise<T>): Promise<T>;
  /** Resolves when all that could be read until now is on the disk. Throws DatabaseUnavailableError. */
  synced(): Promise<void>;
  /** To be called before the connection is closed. */
  close(): void;
}

/** `database`: a connection that syncs with each commit of its own, and has read from the file. */
export function journalOf(database: Database.Database, sync: SyncFile = promisify(fdatasync)): Journal {
  const file = openSync(`${realpathSync(database.name)}-wal`, 'r+');
  // A process that was killed right after its commit may have left some that is in memory only.
  fdatasyncSync(file);
  let running: Promise<void> | null = null;
  let isLost = false;

  /**
   * After a sync that failed the next one says nothing: the system may have dropped what it could not write. Moved into the database
   * file, where SQLite syncs it, the same is written once more.
   */
  async function toDisk(): Promise<void> {
    try {
      if (!isLost) return await sync(file);
    } catch {
      isLost = true;
    }
    const [moved] = database.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[];
    if (moved?.busy !== 0 || moved.log !== moved.checkpointed)
      throw new DatabaseUnavailableError('the disk did not take what was committed (fdatasync failed)');
    isLost = false;
  }

  return {
    async commit(transaction) {
      const { promise, resolve } = Promise.withResolvers<void>();
      try {
        database.pragma('synchronous = NORMAL');
        // Not before: who reads would wait for a transaction that may need the reading connection itself.
        const begun = (): void => void (running = promise);
        const result = await transaction(begun).finally(() => database.pragma('synchronous = FULL'));
        await toDisk();
        return result;
      } finally {
        running = null;
        resolve();
      }
    },
    async synced() {
      // A transaction that is still open has committed nothing that could be read.
      if (running && !database.inTransaction) await running;
      if (isLost) await toDisk();
    },
    close: () => closeSync(file),
  };
}
