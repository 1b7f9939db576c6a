// Moves what was committed from SQLite's write-ahead log into the database file, on a thread of its own: it waits for the disk
// twice, and on the thread that commits every answer would wait with it. Nothing depends on when it is done, as a commit is durable
// in the write-ahead log; where this thread does not get to it, the committing connection does it itself (MOST_PAGES).
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** How often it is worth it: a page that many commits changed is moved once. */
export const COMMITS = 64;
/**
 * Pages (4 KiB) in the write-ahead log with which a commit moves what is left, which is little, as this thread has moved the rest.
 * Under steady load nobody else can: the log begins anew only when all of it has been moved and nothing was added meanwhile.
 */
export const MOST_PAGES = 4000;

export interface Checkpoints {
  /** To be called after each commit. */
  committed(): void;
  /** To be called before the database is closed. */
  close(): Promise<void>;
}

export function checkpointsOf(file: string): Checkpoints {
  /** Started when there is something to do: most commands write a few rows and end. */
  let thread: Worker | null = null;
  let commits = 0;

  function start(): Worker {
    const worker = new Worker(new URL('checkpoint-thread.mjs', import.meta.url), { workerData: file });
    // Without a listener the error would end the process. The next one may fare better; the committing connection makes up for it.
    worker.on('error', () => (thread = null));
    worker.unref();
    return worker;
  }

  return {
    committed() {
      commits += 1;
      if (commits % COMMITS !== 0) return;
      thread ??= start();
      thread.postMessage('move');
    },
    async close() {
      if (!thread) return;
      // Should it fail now, closing the database moves what is left.
      const gone = once(thread, 'exit').catch(() => undefined);
      // It kept nobody from ending while it had nothing to close.
      thread.ref();
      thread.postMessage('close');
      await gone;
    },
  };
}
