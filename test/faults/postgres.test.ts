// Two processes of the service on one PostgreSQL: racing with the same events, and through the death of the database.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';

const BROWSERS = 8;
const EVENTS = 12;

let cluster: Cluster;
let workplace: Workplace;
let services: [ServiceProcess, ServiceProcess];
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
beforeEach(async () => {
  await cluster.start();
  workplace = await createWorkplace({ CANDOUR_DATABASE: await cluster.createDatabase() });
  services = await Promise.all([workplace.start(), workplace.start()]);
  expect(services[0].started).toMatchObject({ engine: 'postgres', fsync: 'on', synchronous_commit: 'on' });
});
afterEach(() => workplace?.close());

const browser = () => createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
const post = (service: ServiceProcess, events: string[]): Promise<Response> =>
  fetch(`${service.url}/v1/sites/example/events`, {
    method: 'POST',
    headers: { Origin: PAGE_ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events }),
  });
const verified = async (leaves: number): Promise<void> => {
  const { code, output } = await workplace.run('log', 'verify', '--site', 'example');
  expect([code, output]).toEqual([0, expect.stringContaining(`${leaves} leaves, ${leaves} events, 0 erased`)]);
};

it('two processes that race with the same events store each once, under one log, and give the same receipts', async () => {
  const given = new Map<string, (EventResult | undefined)[]>();
  await Promise.all(
    Array.from({ length: BROWSERS }, async () => {
      const subject = await browser();
      for (let i = 0; i < EVENTS; i++) {
        const { jws } = await subject.next();
        const answers = await Promise.all(services.map((service) => service.post([jws])));
        given.set(
          jws,
          answers.map(({ results }) => results[0]),
        );
      }
    }),
  );
  expect(given.size).toBe(BROWSERS * EVENTS);
  const indices = new Set<number>();
  let acrossProcesses = 0;
  for (const [one, other] of given.values()) {
    expect([one?.status, other?.status].sort()).toEqual(['accepted', 'duplicate']);
    expect({ ...one, status: '' }, 'one leaf, one head, one proof').toEqual({ ...other, status: '' });
    if (other?.status === 'accepted') acrossProcesses += 1;
    if (one && 'index' in one) indices.add(one.index ?? -1);
  }
  expect(indices.size).toBe(BROWSERS * EVENTS);
  expect(acrossProcesses, 'both processes won now and then').toBeGreaterThan(0);
  expect(acrossProcesses).toBeLessThan(BROWSERS * EVENTS);
  await verified(BROWSERS * EVENTS);
});

it('the database is killed under load: 503 with Retry-After, readiness tells, nothing acknowledged is lost, and both go on by themselves', async () => {
  const acknowledged = new Map<string, EventResult>();
  const unanswered: string[] = [];
  const refused: [number, string | null][] = [];
  const kill: { done?: Promise<void> } = {};
  const load = async (service: ServiceProcess): Promise<void> => {
    const subject = await browser();
    // Until each has been refused: then the database was surely away.
    for (let refusals = 0; refusals < 3;) {
      const { jws } = await subject.next();
      const response = await post(service, [jws]);
      if (response.status === 200) {
        const { results } = (await response.json()) as { results: EventResult[] };
        if (results[0]) acknowledged.set(jws, results[0]);
      } else {
        refusals += 1;
        refused.push([response.status, response.headers.get('Retry-After')]);
        unanswered.push(jws);
      }
      if (acknowledged.size >= 40) kill.done ??= cluster.kill();
    }
  };
  await Promise.all(Array.from({ length: BROWSERS }, (_, i) => load(services[i % 2] as ServiceProcess)));
  await kill.done;
  expect(new Set(refused.map(([status, retry]) => `${status} ${retry}`))).toEqual(new Set(['503 5']));
  for (const service of services) {
    const ready = await fetch(`${service.url}/readyz`);
    expect([ready.status, ready.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await fetch(`${service.url}/healthz`)).status, 'alive all the same').toBe(200);
  }

  await cluster.start();
  for (const service of services) await expect.poll(async () => (await fetch(`${service.url}/readyz`)).status).toBe(200);
  for (const [jws, result] of acknowledged)
    expect((await services[0].post([jws])).results[0]).toEqual({ ...result, status: 'duplicate' });
  for (const jws of unanswered)
    expect((await services[1].post([jws])).results[0]?.status, 'stored once, whether the commit was reached or not').toMatch(
      /^(accepted|duplicate)$/,
    );
  await verified(acknowledged.size + unanswered.length);
  console.log(`${acknowledged.size} acknowledged, ${unanswered.length} refused and sent again`);
});
