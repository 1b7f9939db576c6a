// SIGKILL of the service at random moments under load: on a SQLite file, and on PostgreSQL beside a second process.
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { noFigures, openAccount, type Figures } from './account.ts';
import { chance, ROUNDS } from './chance.ts';
import { startLoad } from './load.ts';
import { report } from './report.ts';

const VISITORS = 12;
/** A log begins anew after so many rounds: checking all of it stays cheap. */
const ROUNDS_A_LOG = 20;
/** What one kill broke the log shows for ever: after so many, and after the last, all of it is checked. What was acknowledged, after each. */
const ROUNDS_A_CHECK = 5;

let cluster: Cluster;
let workplace: Workplace | null = null;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
afterEach(() => workplace?.close());

/** `beside`: how many other processes live on and share the database. */
async function killAgainAndAgain(
  rounds: number,
  settings: () => Promise<Record<string, string>>,
  beside: number,
): Promise<Figures> {
  const { seed, between } = chance();
  console.log(`seed ${seed}: CANDOUR_FAULT_SEED=${seed} draws the same moments again`);
  const figures = noFigures();
  for (let done = 0; done < rounds; done += ROUNDS_A_LOG) {
    const place = await createWorkplace(await settings());
    workplace = place;
    if (done === 0) await place.run('--version');
    const account = openAccount(place, figures);
    let service = await place.start();
    const others: ServiceProcess[] = [];
    for (let i = 0; i < beside; i++) others.push(await place.start());
    for (let round = done; round < Math.min(rounds, done + ROUNDS_A_LOG); round++) {
      const load = startLoad(account, [service, ...others], VISITORS);
      await load.acknowledged(between(1, 30));
      await wait(between(0, 12));
      await service.kill();
      await load.stop();
      expect(load.refusals, 'who is alive refuses nothing').toEqual([]);

      // The next round's service is this round's witness.
      service = await place.start();
      expect(await service.ready(), 'as soon as it listens').toMatchObject({ status: 200 });
      await account.settle(service);
      if (round % ROUNDS_A_CHECK === ROUNDS_A_CHECK - 1) await account.verify();
    }
    await account.verify();
    await place.close();
  }
  report(`SIGKILL of the service, ${beside > 0 ? 'one of two on PostgreSQL' : 'SQLite'}`, { rounds, ...figures, seed });
  expect(figures['cut off'], 'it was killed while it had work').toBeGreaterThan(0);
  return figures;
}

it(
  'every acknowledged event is there once after SIGKILL of the service under load, and the log on SQLite verifies',
  async () => {
    expect(await killAgainAndAgain(ROUNDS, () => Promise.resolve({}), 0)).toMatchObject({ missing: 0, twice: 0 });
  },
  ROUNDS * 30_000,
);

it(
  'one of two processes on PostgreSQL is killed under load: the other goes on, and no two heads of one size are seen',
  async () => {
    const rounds = Math.max(4, Math.floor(ROUNDS / 4));
    const onPostgres = async () => ({ CANDOUR_DATABASE: await cluster.createDatabase() });
    expect(await killAgainAndAgain(rounds, onPostgres, 1)).toMatchObject({ missing: 0, twice: 0 });
  },
  ROUNDS * 30_000,
);
