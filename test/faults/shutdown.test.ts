// SIGTERM under load: what the service has taken it answers, and then it ends.
import { Agent, request } from 'node:http';

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import type { EventsAnswer } from '../../shared/api.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { openAccount } from './account.ts';
import { chance } from './chance.ts';
import { report } from './report.ts';

const VISITORS = 16;
const ROUNDS = 3;

let cluster: Cluster;
let workplace: Workplace | null = null;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
afterEach(() => workplace?.close());

interface Attempt {
  /** The service has read the head of the request and told us to go on, and the body is on its way to it. */
  taken: boolean;
  status: number | null;
  text: string;
}

/** `Expect: 100-continue` lets the client know what the service has taken: what comes after that is the service's to answer. */
function attempt(service: ServiceProcess, jws: string, agent: Agent, onTaken: () => void): Promise<Attempt> {
  const body = JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] });
  const headers = {
    Origin: PAGE_ORIGIN,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Expect: '100-continue',
  };
  return new Promise((resolve) => {
    const made: Attempt = { taken: false, status: null, text: '' };
    const outgoing = request(`${service.url}/v1/sites/example/events`, { method: 'POST', headers, agent });
    outgoing.on('continue', () => {
      made.taken = true;
      outgoing.end(body);
      onTaken();
    });
    outgoing.on('error', () => resolve(made));
    outgoing.on('response', (response) => {
      made.status = response.statusCode ?? 0;
      response.on('data', (part: Buffer) => (made.text += part.toString()));
      response.on('end', () => resolve(made)).on('error', () => resolve({ ...made, status: null }));
    });
    outgoing.flushHeaders();
  });
}

it.each(['SQLite', 'PostgreSQL'] as const)(
  'everything that the service had taken when SIGTERM came is answered, and the log verifies (%s)',
  async (engine) => {
    const { seed, between } = chance();
    workplace = await createWorkplace(engine === 'SQLite' ? {} : { CANDOUR_DATABASE: await cluster.createDatabase() });
    const account = openAccount(workplace);
    let [answeredAfter, unanswered] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const service = await workplace.start();
      const when = between(20, 60);
      let [taken, answered] = [0, 0];
      let ended: ReturnType<ServiceProcess['terminate']> | null = null;
      const visit = async (keepAlive: boolean): Promise<void> => {
        const visitor = await account.visitor();
        const agent = new Agent({ keepAlive, maxSockets: 1 });
        for (let connected = true; connected;) {
          const { jws } = await visitor.subject.next();
          visitor.open.add(jws);
          const made = await attempt(service, jws, agent, () => {
            taken += 1;
            // With others under way, as many as there are visitors.
            if (taken === when) ended = service.terminate();
          });
          if (made.status === 200) {
            account.take(visitor, [jws], JSON.parse(made.text) as EventsAnswer);
            answered += 1;
            if (ended) answeredAfter += 1;
          } else {
            expect(made.status, made.text).toBe(null);
            expect(ended, 'before SIGTERM each is answered').not.toBe(null);
            visitor.cutOff.add(jws);
            connected = false;
          }
        }
        agent.destroy();
      };
      // Some on one connection that they keep, some on a new one each time: a browser does both.
      await Promise.all(Array.from({ length: VISITORS }, (_, i) => visit(i % 2 === 0)));
      const { code, output } = await (ended ?? service.terminate());
      expect([code, output.match(/"level":(50|60).*/)?.[0]]).toEqual([0, undefined]);
      unanswered += taken - answered;
    }
    const service = await workplace.start();
    await account.settle(service);
    await account.verify();
    report(`SIGTERM under load, ${engine}`, {
      rounds: ROUNDS,
      ...account.figures,
      'answered after SIGTERM': answeredAfter,
      'taken and not answered': unanswered,
      seed,
    });
    expect(answeredAfter, 'it had work when SIGTERM came').toBeGreaterThan(0);
    expect(unanswered).toBe(0);
    expect(account.figures).toMatchObject({ missing: 0, twice: 0 });
  },
);
