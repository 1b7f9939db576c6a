// The disk is full: a real file system of a few megabytes, filled to the last byte under load, and emptied again.
// Where none can be mounted, SQLite's file meets a limit of the process instead (RLIMIT_FSIZE), and PostgreSQL is skipped.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

import { afterEach, describe, expect, it } from 'vitest';

import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../support/small-disk.ts';
import { openAccount, type Figures } from './account.ts';
import { startLoad } from './load.ts';
import { report } from './report.ts';

const VISITORS = 8;
const why = whyNoSmallDisk();
if (why) console.warn(`No small file system here (${why}): the tests on one are skipped.`);

const leaving: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const leave of leaving.splice(0).reverse()) await leave();
});

interface Room {
  /** From now on nothing more can be written. */
  fill(service: ServiceProcess): void;
  /** There is room again; resolves when the database can go on. */
  empty(service: ServiceProcess): Promise<void>;
}

async function runOutOfRoom(name: string, workplace: Workplace, { fill, empty }: Room): Promise<Figures> {
  const service = await workplace.start();
  const account = openAccount(workplace);
  const load = startLoad(account, [service], VISITORS);
  await load.acknowledged(40);
  fill(service);
  await expect.poll(() => load.refusals.length).toBeGreaterThan(3 * VISITORS);
  expect(new Set(load.refusals.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 5']));
  const before = account.acknowledgements();
  expect(await service.ready()).toEqual({ status: 503, retryAfter: '5' });
  expect((await fetch(`${service.url}/healthz`)).status, 'alive all the same').toBe(200);

  await empty(service);
  await expect.poll(async () => (await service.ready()).status).toBe(200);
  await load.acknowledged(before + 40);
  await load.stop();
  expect(new Set(load.refusals.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 5']));
  expect(load.broken(), 'each attempt got an answer').toBe(0);
  await account.settle(service);
  await account.verify();
  report(`Disk full, ${name}`, { rounds: 1, ...account.figures, 'answered 503': load.refusals.length });
  return account.figures;
}

const NOTHING_LOST = { missing: 0, twice: 0 };

describe.skipIf(why !== null)('a file system of a few megabytes is full', () => {
  it('SQLite: 503 with Retry-After, not ready, nothing acknowledged is lost, and it goes on once there is room', async () => {
    const disk = await mountSmallDisk(8);
    leaving.push(disk.remove);
    const workplace = await createWorkplace({ CANDOUR_DATABASE: `sqlite:${disk.folder}/candour.sqlite` });
    leaving.push(workplace.close);
    const room: Room = { fill: disk.fill, empty: () => Promise.resolve(disk.empty()) };
    expect(await runOutOfRoom('SQLite', workplace, room)).toMatchObject(NOTHING_LOST);
  });

  it('PostgreSQL: 503 with Retry-After, not ready, nothing acknowledged is lost, and it goes on once there is room', async () => {
    const disk = await mountSmallDisk(120);
    leaving.push(disk.remove);
    const cluster: Cluster = await startPostgres({ parent: disk.folder, settings: ['min_wal_size = 2MB', 'max_wal_size = 8MB'] });
    leaving.push(cluster.destroy);
    const workplace = await createWorkplace({ CANDOUR_DATABASE: await cluster.createDatabase() });
    leaving.push(workplace.close);
    const room: Room = {
      fill: disk.fill,
      // Without room for its write-ahead log PostgreSQL stops: its operator starts it.
      empty: async () => {
        disk.empty();
        await cluster.start();
      },
    };
    expect(await runOutOfRoom('PostgreSQL', workplace, room)).toMatchObject(NOTHING_LOST);
  });
});

const limit = (service: ServiceProcess, bytes: number | 'unlimited'): void => {
  const ran = spawnSync('prlimit', ['--pid', `${service.pid}`, `--fsize=${bytes}:`], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`prlimit failed: ${ran.error?.message ?? ran.stderr}`);
};

it.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
  'SQLite: a file that may not grow is answered like a full disk',
  async () => {
    const workplace = await createWorkplace();
    leaving.push(workplace.close);
    const room: Room = {
      fill: (service) => limit(service, statSync(`${workplace.file}-wal`).size),
      empty: (service) => Promise.resolve(limit(service, 'unlimited')),
    };
    expect(await runOutOfRoom('SQLite, a limit on files', workplace, room)).toMatchObject(NOTHING_LOST);
  },
);
