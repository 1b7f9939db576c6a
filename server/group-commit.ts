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
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

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
    // A turn of the event loop later, so that requests that came together share the first commit too.
    await new Promise<void>((started) => setImmediate(started));
    while (queue.length > 0) await runBatch(takeBatch());
    // In the same turn as the look at the queue: a job that came between the two would wait for ever.
    running = null;
  }

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        running ??= drain();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
