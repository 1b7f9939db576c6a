// Who checks events: this thread, or threads of their own, so that what a request costs the event loop is not the arithmetic of its
// signature (which node:crypto's asynchronous functions leave half of on the event loop).
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

import { candidateOf, checkEvent, type Checked } from './event-check.ts';
import type { CheckAnswer, CheckTask } from './event-checks-thread.ts';

export interface EventChecks {
  /** One answer for each event, in order. Never rejects for what an event holds. */
  check(events: readonly unknown[], log: string): Promise<Checked[]>;
  close(): Promise<void>;
}

export const checksHere: EventChecks = {
  check: (events, log) => Promise.all(events.map((event) => checkEvent(event, log))),
  close: () => Promise.resolve(),
};

/** In one message: who comes first is not to wait for the last of many. */
const MOST_TASKS = 8;
/**
 * MiB in which a thread makes its objects. Hardly one outlives its message, so V8 sees no reason to give a thread more than one MiB,
 * and then looks through all of it for what lives once in forty events.
 */
const YOUNG = 4;

interface Waiting extends CheckTask {
  resolve(checked: Checked): void;
  reject(reason: unknown): void;
}

interface Thread {
  worker: Worker;
  /** What it was given and has not answered, in order. */
  waiting: Waiting[][];
}

function checked(compact: string, answer: CheckAnswer): Checked {
  return 'rejected' in answer ? answer : { candidate: candidateOf(compact, answer) };
}

/** Throws nothing at once: a thread that ends is replaced, and what it had not answered is checked here. */
export function checkingThreads(size: number): EventChecks {
  // Holds for threads that start from here on; this one's memory is as it was laid out at its start.
  setFlagsFromString(`--min-semi-space-size=${YOUNG}`);
  const threads = Array.from({ length: size }, start);
  let [queue, next, closing] = [[] as Waiting[], 0, false];

  function start(): Thread {
    const thread: Thread = { worker: new Worker(new URL('event-checks-thread.mjs', import.meta.url)), waiting: [] };
    thread.worker.on('message', (answers: CheckAnswer[]) => {
      const tasks = thread.waiting.shift() ?? [];
      tasks.forEach(({ compact, resolve }, i) => resolve(checked(compact, answers[i] as CheckAnswer)));
    });
    // Without a listener the error would end the process; the exit that follows is what is acted on.
    thread.worker.on('error', () => undefined);
    thread.worker.once('exit', () => {
      const left = thread.waiting.flat();
      if (!closing) threads[threads.indexOf(thread)] = start();
      for (const { compact, log, resolve, reject } of left) checkEvent(compact, log).then(resolve, reject);
    });
    thread.worker.unref();
    return thread;
  }

  /** What came in one turn of the event loop goes in one message to each thread. */
  function send(): void {
    const share = Math.min(MOST_TASKS, Math.ceil(queue.length / threads.length));
    while (queue.length > 0) {
      const tasks = queue.splice(0, share);
      const thread = threads[next++ % threads.length] as Thread;
      thread.waiting.push(tasks);
      thread.worker.postMessage(tasks.map(({ compact, log }): CheckTask => ({ compact, log })));
    }
  }

  const ask = (compact: string, log: string): Promise<Checked> =>
    new Promise((resolve, reject) => {
      if (queue.length === 0) setImmediate(send);
      queue.push({ compact, log, resolve, reject });
    });

  return {
    check: (events, log) =>
      Promise.all(events.map((event) => (typeof event === 'string' && !closing ? ask(event, log) : checkEvent(event, log)))),
    async close() {
      closing = true;
      const gone = threads.map(({ worker }) => once(worker, 'exit'));
      for (const { worker } of threads) void worker.terminate();
      await Promise.all(gone);
      queue = [];
    },
  };
}
