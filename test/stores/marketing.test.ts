// Contacts, suppressions and permissions on PostgreSQL: the model of server/marketing/permission-model.test.ts, in fewer runs.
import { afterAll, beforeAll, expect, it } from 'vitest';

import { verifyLog } from '../../server/log/verify.ts';
import { postgresStore } from '../../server/store/postgres/store.ts';
import { MARKETING } from '../support/marketing-site.ts';
import { holdsForEverybody, holdsForEveryNumber } from '../support/permission-model.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createTestService, type TestService } from '../support/service.ts';

const RUNS = 15;
let cluster: Cluster;
let service: TestService;
beforeAll(async () => {
  cluster = await startPostgres();
  const url = await cluster.createDatabase();
  const store = await postgresStore({ url, ownerUrl: null, pool: 4, now: Date.now, migrate: true });
  service = await createTestService({ ...MARKETING, store, config: { secret: 'only for tests, and long enough to be taken' } });
  // The site has another country than it had a quarter of a second ago.
  service.context.sites.recent = service.context.sites.get;
});
afterAll(async () => {
  await service?.close();
  await cluster?.destroy();
});

it('R35 R41 R42 R43 R45 on PostgreSQL nobody who last said no is ever permitted to be written to', async () => {
  const seen = await holdsForEverybody(service, RUNS, Date.now() & 0x7fffffff);
  expect(seen.no).toBeGreaterThan(RUNS);
  const { site } = await service.context.sites.get('example');
  expect((await verifyLog(service.context.store, site)).findings).toEqual([]);
});

it.each([null, '44'])(
  'R41 R43 R45 on PostgreSQL, on a site of country %s, no number is permitted that last said no, and no yes answers for another’s number',
  async (country) => {
    const seen = await holdsForEveryNumber(service, country, RUNS, Date.now() & 0x7fffffff);
    expect(seen.no).toBeGreaterThan(RUNS);
  },
);
