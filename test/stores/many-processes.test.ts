// Four processes of the service on one PostgreSQL, behind a balancer that knows nothing: no event lost, none twice, one log.
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';

const PROCESSES = 4;
const BROWSERS = 12;
const EVENTS = 6;

let cluster: Cluster;
let workplace: Workplace;
let services: ServiceProcess[];
beforeAll(async () => {
  cluster = await startPostgres();
  workplace = await createWorkplace({ CANDOUR_DATABASE: await cluster.createDatabase() });
  services = await Promise.all(Array.from({ length: PROCESSES }, () => workplace.start()));
});
afterAll(async () => {
  await workplace?.close();
  await cluster?.destroy();
});

const service = (n: number): ServiceProcess => services[n % PROCESSES] as ServiceProcess;

it('takes each event once wherever it is sent and sent again, in one log that verifies', async () => {
  const accepted = new Map<string, EventResult>();
  await Promise.all(
    Array.from({ length: BROWSERS }, async (_, b) => {
      const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
      const mine: string[] = [];
      for (let e = 0; e < EVENTS; e++) {
        const { jws } = await subject.next();
        mine.push(jws);
        // Each event of a browser meets another process than the one before, and all before it come along, as after a lost answer.
        const { results } = await service(b + e).post(mine);
        expect(results.map(({ status }) => status)).toEqual([...mine.slice(1).map(() => 'duplicate'), 'accepted']);
        for (const [i, result] of results.entries()) {
          const first = accepted.get(mine[i] as string);
          if (first) expect(result, 'the first receipt, from every process').toEqual({ ...first, status: 'duplicate' });
          else accepted.set(mine[i] as string, result);
        }
      }
    }),
  );
  const indices = [...accepted.values()].map((result) => ('index' in result ? result.index : undefined));
  expect(indices.sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: BROWSERS * EVENTS }, (_, i) => i));
  const heads = await Promise.all(
    services.map(async ({ url }) => (await fetch(`${url}/v1/sites/example/log/checkpoint`)).text()),
  );
  expect(new Set(heads).size, 'one head, whoever is asked').toBe(1);
  const { code, output } = await workplace.run('log', 'verify', '--site', 'example');
  expect([code, output]).toEqual([0, expect.stringContaining(`${BROWSERS * EVENTS} leaves, ${BROWSERS * EVENTS} events`)]);
});
