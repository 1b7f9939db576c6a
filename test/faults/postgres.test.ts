// Two processes of the service on one PostgreSQL that race with the same events.
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
        // Now the one is asked first, now the other: on a busy machine who is asked first wins.
        const asked = i % 2 === 0 ? services : services.toReversed();
        const answers = await Promise.all(asked.map((service) => service.post([jws])));
        const results = answers.map((answer) => answer.results[0]);
        given.set(jws, i % 2 === 0 ? results : results.toReversed());
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
