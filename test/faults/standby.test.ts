// A synchronous standby is promoted after its primary was killed: what was acknowledged is there, and the log goes on as one.
import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';
import { afterEach, expect, it } from 'vitest';

import { startLine, type Line } from '../support/line.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, type Workplace } from '../support/service-process.ts';
import { openAccount } from './account.ts';
import { chance } from './chance.ts';
import { startLoad } from './load.ts';
import { report } from './report.ts';

const started: { destroy(): Promise<void> }[] = [];
let line: Line | null = null;
let workplace: Workplace | null = null;
afterEach(async () => {
  await workplace?.close();
  line?.close();
  for (const cluster of started.splice(0)) await cluster.destroy();
});
const startCluster = async (...options: Parameters<typeof startPostgres>): Promise<Cluster> => {
  const cluster = await startPostgres(...options);
  started.unshift(cluster);
  return cluster;
};

const valueOf = async (cluster: Cluster, query: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  const { rows } = await client.query<{ value: unknown }>(query);
  await client.end();
  return rows[0]?.value;
};

it('everything acknowledged is on the standby that takes over from a killed primary, and one verifiable log goes on there', async () => {
  const { seed, between } = chance();
  const primary = await startCluster();
  const direct = await primary.createDatabase();
  const standby = await startCluster({ standbyOf: primary });
  // Behind the copy of its settings: the standby, once promoted, has none that it waits for.
  await primary.run('postgres', "ALTER SYSTEM SET synchronous_standby_names = '*'", 'SELECT pg_reload_conf()');
  await expect.poll(() => valueOf(primary, 'SELECT sync_state AS value FROM pg_stat_replication')).toBe('sync');

  line = await startLine(primary.port);
  workplace = await createWorkplace({ CANDOUR_DATABASE: direct.replace(`:${primary.port}/`, `:${line.port}/`) });
  const service = await workplace.start();
  expect(service.started).toMatchObject({ synchronous_commit: 'on', synchronous_standby_names: '*' });
  const account = openAccount(workplace);
  const load = startLoad(account, [service], 12);
  await load.acknowledged(between(40, 120));
  await wait(between(0, 12));
  await primary.kill();
  const before = account.acknowledgements();
  expect(await service.ready()).toEqual({ status: 503, retryAfter: '5' });

  // Its address still leads to a standby that nobody promoted: that is not readiness either.
  line.leadTo(standby.port);
  await expect.poll(() => valueOf(standby, 'SELECT pg_is_in_recovery() AS value')).toBe(true);
  expect(await service.ready()).toEqual({ status: 503, retryAfter: '5' });
  await standby.run('postgres', 'SELECT pg_promote()');
  await expect.poll(async () => (await service.ready()).status).toBe(200);

  // The load never stopped: it goes on by itself.
  await load.acknowledged(before + 40);
  await load.stop();
  expect(load.broken()).toBe(0);
  expect(new Set(load.refusals.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 5']));
  await account.settle(service);
  await account.verify();

  // And a process that starts there, on the standby's own address.
  workplace.env['CANDOUR_DATABASE'] = direct.replace(`:${primary.port}/`, `:${standby.port}/`);
  const fresh = await workplace.start();
  expect(await fresh.ready()).toMatchObject({ status: 200 });
  const more = startLoad(account, [service, fresh], 4);
  await more.acknowledged(20);
  await more.stop();
  await account.settle(fresh);
  await account.verify();
  const { output, code } = await workplace.run('log', 'verify', '--site', 'example');
  expect([code, output]).toEqual([0, expect.stringContaining('The log verifies.')]);
  report('Primary killed, synchronous standby promoted', { rounds: 1, ...account.figures, seed });
  expect(account.figures).toMatchObject({ missing: 0, twice: 0 });
}, 180_000);
