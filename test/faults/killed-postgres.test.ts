// SIGKILL of PostgreSQL at random moments under load, with two processes of the service on it that live on.
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, type Workplace } from '../support/service-process.ts';
import { noFigures, openAccount } from './account.ts';
import { chance, ROUNDS } from './chance.ts';
import { startLoad } from './load.ts';
import { report } from './report.ts';

const VISITORS = 8;
const ROUNDS_A_LOG = 20;
/** What one kill broke the log shows for ever: after so many, and after the last, all of it is checked. */
const ROUNDS_A_CHECK = 5;

let cluster: Cluster;
let workplace: Workplace | null = null;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
afterEach(() => workplace?.close());

/** Each end of a database that runs: all of it killed, let go of at once, or one of its processes killed, which ends the others. */
const ENDS = ['all killed', 'all killed', 'all killed', 'stopped at once', 'one process killed'] as const;

it(
  'every acknowledged event is there once after PostgreSQL is killed under load, readiness tells, and nobody starts the service anew',
  async () => {
    const { seed, between, oneOf } = chance();
    console.log(`seed ${seed}: CANDOUR_FAULT_SEED=${seed} draws the same moments again`);
    const figures = noFigures();
    const refused = new Set<string>();
    for (let done = 0; done < ROUNDS; done += ROUNDS_A_LOG) {
      const place = await createWorkplace({ CANDOUR_DATABASE: await cluster.createDatabase() });
      workplace = place;
      const account = openAccount(place, figures);
      const services = [await place.start(), await place.start()] as const;
      for (let round = done; round < Math.min(ROUNDS, done + ROUNDS_A_LOG); round++) {
        const load = startLoad(account, services, VISITORS);
        await load.acknowledged(between(1, 30));
        await wait(between(0, 12));
        const end = oneOf(ENDS);
        if (end === 'one process killed') await cluster.killBackend('candour');
        else {
          await (end === 'all killed' ? cluster.kill() : cluster.stopAtOnce());
          for (const service of services) expect(await service.ready(), end).toEqual({ status: 503, retryAfter: '5' });
        }
        await load.stop();
        expect(load.broken(), 'each got an answer').toBe(0);
        for (const { status, retryAfter } of load.refusals) refused.add(`${status}, Retry-After: ${retryAfter}`);

        await cluster.start();
        for (const service of services) await expect.poll(async () => (await service.ready()).status).toBe(200);
        // Ready means so: the first request each is taken.
        await account.settle(oneOf(services));
        if (round % ROUNDS_A_CHECK === ROUNDS_A_CHECK - 1) await account.verify();
      }
      await account.verify();
      await place.close();
    }
    report('SIGKILL of PostgreSQL', { rounds: ROUNDS, ...figures, seed });
    expect([...refused]).toEqual(['503, Retry-After: 5']);
    expect(figures).toMatchObject({ missing: 0, twice: 0 });
    expect(figures['cut off'], 'it was killed while it had work').toBeGreaterThan(0);
  },
  ROUNDS * 30_000,
);
