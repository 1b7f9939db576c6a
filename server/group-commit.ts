// Group commit: what arrives while a transaction is open goes into the next one, so that one sync of the disk and one
// signature serve many requests.

interface Waiting<Job, Result> {
  job: Job;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** Runs one batch; `signing` must be called before the batch signs anything. Gives one result per job, in order. */
export type RunBatch<Job, Result> = (jobs: Job[], signing: () => void) => Promise<Result[]>;

export interface GroupCommit<Job, Result> {
  /** Resolves after the commit; rejects if the commit failed. */
  submit(job: Job): Promise<Result>;
  /** Says that a job may come soon: to be called before it is submitted, and what it gives when it is, or will not be. */
  expect(): () => void;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

/**
 * ms that a batch waits at most for jobs that are expected. A commit costs what it costs whatever it brings: one of half of all
 * that is under way, while the other half gets ready, is the most that can be had of two processors.
 */
const MOST_WAIT = 4;
const turn = (): Promise<void> => new Promise((started) => setImmediate(started));

/** `mayJoin` tells whether a job can go into the batch that begins with another. */
export function groupCommit<Job, Result>(
  run: RunBatch<Job, Result>,
  limit: number,
  mayJoin: (first: Job, next: Job) => boolean,
): GroupCommit<Job, Result> {
  const queue: Waiting<Job, Result>[] = [];
  /** Jobs of a batch that signed a head and then failed: they go first again, so that no second tree of that size is signed. */
  let owed: Job[] = [];
  let running: Promise<void> | null = null;
  let expected = 0;
  /** Set while a batch waits for more. */
  let goOn: (() => void) | null = null;

  /** Until no more is expected than is here, or the time is over. */
  async function gather(): Promise<void> {
    // So that requests that came together share a commit.
    await turn();
    if (expected <= queue.length) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, MOST_WAIT);
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    goOn = null;
    await turn();
  }

  const look = (): void => {
    if (goOn && expected <= queue.length) goOn();
  };

  function takeBatch(): Waiting<Job, Result>[] {
    const batch: Waiting<Job, Result>[] = owed.map((job) => ({ job, resolve: () => undefined, reject: () => undefined }));
    const first = batch[0] ?? queue.shift();
    if (!first) return [];
    if (batch.length === 0) batch.push(first);
    while (batch.length < limit && queue[0] && mayJoin(first.job, queue[0].job))
      batch.push(queue.shift() as Waiting<Job, Result>);
    return batch;
  }

  async function runBatch(batch: Waiting<Job, Result>[]): Promise<void> {
    const jobs = batch.map(({ job }) => job);
    let signed = false;
    try {
      const results = await run(jobs, () => (signed = true));
      owed = [];
      batch.forEach(({ resolve }, i) => resolve(results[i] as Result));
    } catch (error) {
      // Where only owed jobs ran, who waits behind them hears of the failure, rather than wait for as long as it lasts.
      if (batch.length === owed.length) queue.shift()?.reject(error);
      if (signed) owed = jobs;
      batch.forEach(({ reject }) => reject(error));
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await gather();
      await runBatch(takeBatch());
    }
    // In the same turn as the look at the queue: a job that came between the two would wait for ever.
    running = null;
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        running ??= drain();
        look();
      }),
    expect() {
      expected += 1;
      return () => {
        expected -= 1;
        look();
      };
    },
    idle: async () => {
      while (running) await running;
    },
  };
}
