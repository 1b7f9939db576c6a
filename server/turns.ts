// Work that is done over and over beside the requests: mails, webhooks, cosignatures. One turn at a time, soon after somebody asks
// for it, and at the latest when its time has come.

/** `more`: there is still something to do now. `failed`: something waits for `retryAfter`, and nothing is done before. */
export interface TurnEnd {
  more?: boolean;
  failed?: boolean;
}

export interface Turns {
  /** Does it now, or once more behind the turn that is under way. */
  kick(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Resolves when what is under way has ended. */
  close(): Promise<void>;
}

export interface TurnOptions {
  /** ms between the end of a turn and the next. */
  every: number;
  /** ms, where it failed. */
  retryAfter?: number;
  /** Whether the first turn begins at once. */
  start?: boolean;
  /** Is told what a turn threw: it counts as failed. */
  onError: (error: Error) => void;
}

/** `work` is asked for a turn; `isClosed` tells that it should end early. */
export function turns(work: (isClosed: () => boolean) => Promise<TurnEnd | void>, options: TurnOptions): Turns {
  const { every, retryAfter = every, start = false, onError } = options;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function wait(ms: number): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(kick, ms).unref();
  }
  async function run(): Promise<void> {
    let failed = false;
    do {
      again = false;
      const end: TurnEnd | void = await work(() => closed).catch((error: unknown) => {
        onError(error as Error);
        return { failed: true };
      });
      failed = end?.failed === true;
      again ||= end?.more === true;
      // What failed waits for its time, or a receiver that is down would be asked without end.
    } while (again && !failed && !closed);
    running = null;
    wait(failed ? retryAfter : every);
  }
  function kick(): void {
    if (closed) return;
    clearTimeout(timer);
    again = true;
    running ??= run();
  }
  if (start) kick();
  else wait(every);
  return {
    kick,
    idle: async () => {
      while (running) await running;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
