// The database is away for a while: a few seconds with the journeys, a minute in `npm run test:long`.
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, type Workplace } from '../support/service-process.ts';
import { openAccount } from './account.ts';
import { startLoad } from './load.ts';
import { report } from './report.ts';

/** s */
const AWAY = Number(process.env['CANDOUR_FAULT_OUTAGE'] ?? 3);
const VISITORS = 8;

let cluster: Cluster;
let workplace: Workplace | null = null;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
afterEach(() => workplace?.close());

it(
  `the database is away: 503 with Retry-After all the time, readiness tells, nothing is lost, and nobody starts the service anew`,
  async () => {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await cluster.createDatabase() });
    const services = [await workplace.start(), await workplace.start()];
    const account = openAccount(workplace);
    const load = startLoad(account, services, VISITORS);
    await load.acknowledged(40);
    await cluster.stop();
    // What was committed before may be answered after: each visitor has its answer once it was refused.
    await expect.poll(() => new Set(load.refusals.map(({ visitor }) => visitor)).size).toBe(VISITORS);
    const [gone, before] = [performance.now(), account.acknowledgements()];

    const answers = new Set<string>();
    while (performance.now() - gone < AWAY * 1000) {
      for (const service of services) {
        const { status, retryAfter } = await service.ready();
        answers.add(`ready ${status} ${retryAfter}`);
        answers.add(`alive ${(await fetch(`${service.url}/healthz`)).status}`);
      }
      await wait(100);
    }
    expect(answers, 'not ready, and alive').toEqual(new Set(['ready 503 5', 'alive 200']));
    expect(account.acknowledgements(), 'nothing is acknowledged without a database').toBe(before);
    expect(new Set(load.refusals.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 5']));
    expect(new Set(load.refusals.map(({ service }) => service.url)).size, 'both were asked').toBe(2);

    await cluster.start();
    const back = performance.now();
    for (const service of services) await expect.poll(async () => (await service.ready()).status).toBe(200);
    await load.acknowledged(before + 40);
    const recovered = Math.round(performance.now() - back);
    await load.stop();
    expect(load.broken(), 'each attempt got an answer').toBe(0);
    for (const service of services) await account.settle(service);
    await account.verify();
    report('Database away', {
      rounds: 1,
      'away, s': AWAY,
      ...account.figures,
      'answered 503': load.refusals.length,
      'taken again after, ms': recovered,
    });
    expect(account.figures).toMatchObject({ missing: 0, twice: 0 });
  },
  AWAY * 1000 + 180_000,
);
