// The thread of checkpoints.ts.
import { parentPort, workerData } from 'node:worker_threads';

import Database from 'better-sqlite3';

const database = new Database(workerData, { fileMustExist: true });
// Its order on the disk: first the write-ahead log, then the file, then the log may begin anew.
database.pragma('synchronous = FULL');

parentPort?.on('message', (task) => {
  // Passive: waits for nobody, and nobody waits for it.
  if (task === 'move') database.pragma('wal_checkpoint(PASSIVE)');
  else {
    database.close();
    parentPort?.close();
  }
});
