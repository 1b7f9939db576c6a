// Load for the tests of faults: visitors that choose again and again, each as soon as its last choice was answered, until told to stop.
import type { EventsAnswer } from '../../shared/api.ts';
import { eventsRequest, type ServiceProcess } from '../support/service-process.ts';
import type { Account, Visitor } from './account.ts';

/** An answer that is no 200: what a browser goes by when it sends again later. */
export interface Refusal {
  status: number;
  retryAfter: string | null;
  service: ServiceProcess;
  visitor: Visitor;
}

export interface Load {
  /** Resolves with the nth acknowledgement; rejects if the load ended before. */
  acknowledged(count: number): Promise<void>;
  refusals: Refusal[];
  /** How often there was no answer at all. */
  broken(): number;
  /** Each visitor ends what it is at; resolves when all have. */
  stop(): Promise<void>;
}

/** One attempt. The event stays open in the account unless it was acknowledged. */
async function attempt(account: Account, visitor: Visitor, service: ServiceProcess, jws: string): Promise<Refusal | null> {
  visitor.open.add(jws);
  const response = await eventsRequest(service.url, [jws]);
  const body = await response.text();
  if (response.status !== 200)
    return { status: response.status, retryAfter: response.headers.get('Retry-After'), service, visitor };
  account.take(visitor, [jws], JSON.parse(body) as EventsAnswer);
  return null;
}

/** After an attempt that failed a visitor waits a little, ms, or its loop would keep the machine from healing. */
const PAUSE = 50;

/** `visitors`: how many at once, spread over the services. */
export function startLoad(account: Account, services: readonly ServiceProcess[], visitors: number): Load {
  const waiting: { count: number; resolve: () => void; reject: (reason: Error) => void }[] = [];
  const refusals: Refusal[] = [];
  let [done, broken, stopped] = [0, 0, false];
  const look = (): void => waiting.filter(({ count }) => done >= count).forEach(({ resolve }) => resolve());

  async function browse(service: ServiceProcess): Promise<void> {
    const visitor = await account.visitor();
    let { jws } = await visitor.subject.next();
    while (!stopped) {
      let failed: Refusal | null | 'broken';
      try {
        failed = await attempt(account, visitor, service, jws);
      } catch (error) {
        // What fetch says of a connection that broke or was refused.
        if (!(error instanceof TypeError)) throw error;
        failed = 'broken';
      }
      if (failed === null) {
        done += 1;
        look();
        ({ jws } = await visitor.subject.next());
        continue;
      }
      // The same event again, as a browser does.
      visitor.cutOff.add(jws);
      if (failed === 'broken') broken += 1;
      else refusals.push(failed);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  /** Whoever watches the log: what it was shown must fit with what visitors were given. */
  async function watch(service: ServiceProcess): Promise<void> {
    while (!stopped) {
      const note = await fetch(`${service.url}/v1/sites/example/log/checkpoint`).then(
        (answer) => (answer.status === 200 ? answer.text() : null),
        () => null,
      );
      if (note !== null) account.see(note);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  const all = Promise.all([
    ...services.map(watch),
    ...Array.from({ length: visitors }, (_, i) => browse(services[i % services.length] as ServiceProcess)),
  ]);
  // Told to whoever waits; `stop` tells it again.
  all.catch((error: unknown) => {
    stopped = true;
    for (const { reject } of waiting) reject(error as Error);
  });
  return {
    refusals,
    broken: () => broken,
    acknowledged: (count) =>
      new Promise((resolve, reject) => {
        waiting.push({ count, resolve, reject });
        look();
      }),
    async stop() {
      stopped = true;
      await all;
    },
  };
}
