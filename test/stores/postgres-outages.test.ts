// What becomes of a commit when its connection breaks, and of requests when PostgreSQL is silent, busy or locked.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { verifyLog } from '../../server/log/verify.ts';
import { postgresStore } from '../../server/store/postgres/store.ts';
import type { Store } from '../../server/store/store.ts';
import { isUnavailable } from '../../server/store/unavailable.ts';
import { startLine, type Line } from '../support/line.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createTestService, ORIGIN, type TestService } from '../support/service.ts';
import { createSubject } from '../support/subject.ts';

let cluster: Cluster;
let breaker: Line;
let store: Store;
let service: TestService;
let url: string;
beforeAll(async () => {
  cluster = await startPostgres();
  breaker = await startLine(cluster.port);
});
afterAll(async () => {
  breaker?.close();
  await cluster?.destroy();
});
beforeEach(async () => {
  url = await cluster.createDatabase();
  const timeouts = { connectionTimeoutMillis: 300, lock_timeout: 300, query_timeout: 600 };
  const through = url.replace(`:${cluster.port}/`, `:${breaker.port}/`);
  store = await postgresStore({ url: through, ownerUrl: null, pool: 2, timeouts, now: Date.now, migrate: true });
  service = await createTestService({ store });
});
afterEach(() => service?.close());

const event = async () => (await (await createSubject({ log: service.site.log, origin: ORIGIN })).next()).jws;
const refused = async (jws: string) => {
  const response = await service.post([jws]);
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
};
const siteOf = async () => (await service.context.sites.get('example')).site;

it.each(['before', 'behind', 'answer'] as const)(
  'a COMMIT whose connection breaks (%s) is told to nobody, found out, and no size is signed twice',
  async (when) => {
    const [first, lost, next] = [await event(), await event(), await event()];
    expect((await service.send([first])).results[0]).toMatchObject({ status: 'accepted', index: 0 });
    breaker.breakAtCommit(when);
    await refused(lost);
    expect(breaker.broken()).toBe(true);
    expect((await service.send([next])).results[0], 'the lost one goes first').toMatchObject({ status: 'accepted', index: 2 });
    expect((await service.send([lost])).results[0]).toMatchObject({ status: 'duplicate', index: 1 });
    expect(await verifyLog(store, await siteOf())).toMatchObject({ size: 3, events: 3, findings: [] });
  },
);

it('a COMMIT that the standby was not waited for is not acknowledged, even where the database is set to send no warnings', async () => {
  const [sure, uncertain] = [await event(), await event()];
  await cluster.run('postgres', `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET client_min_messages = error`);
  // Settings are those of new connections: the open ones are cut.
  breaker.leadTo(cluster.port);
  await expect.poll(async () => (await service.post([sure])).status).toBe(200);
  await cluster.run('postgres', "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", 'SELECT pg_reload_conf()');
  const watcher = new pg.Client({ connectionString: cluster.url('postgres') });
  await watcher.connect();
  try {
    const answer = service.post([uncertain]);
    const cancelled = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    await expect.poll(async () => (await watcher.query(cancelled)).rowCount).toBe(1);
    expect((await answer).status).toBe(503);
  } finally {
    await watcher.end();
    await cluster.run('postgres', 'ALTER SYSTEM RESET synchronous_standby_names', 'SELECT pg_reload_conf()');
  }
  await expect.poll(async () => (await service.post([uncertain])).status).toBe(200);
  expect(await verifyLog(store, await siteOf())).toMatchObject({ size: 2, events: 2, findings: [] });
});

it('another process may fill the size that a failed commit had signed', async () => {
  const [lost, other, next] = [await event(), await event(), await event()];
  const site = await siteOf();
  breaker.breakAtCommit('before');
  await refused(lost);
  const direct = await postgresStore({ url, ownerUrl: null, pool: 2, now: Date.now, migrate: false });
  const second = await createTestService({ store: direct, folder: service.folder });
  expect((await second.send([other])).results[0]).toMatchObject({ status: 'accepted', index: 0 });
  expect((await second.send([lost])).results[0]).toMatchObject({ status: 'accepted', index: 1 });
  expect((await service.send([next])).results[0]).toMatchObject({ status: 'accepted', index: 2 });
  expect(await verifyLog(store, site)).toMatchObject({ size: 3, events: 3, findings: [] });
  await direct.close();
});

it('an erasure whose COMMIT failed takes nothing that the subject said since to another process', async () => {
  const site = await siteOf();
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  const [old, since] = [(await subject.next()).jws, (await subject.next()).jws];
  await service.send([old]);
  const erasure = { subject: subject.id, by: 'subject' as const, at: new Date() };
  breaker.breakAtCommit('before');
  await expect(service.context.log.erase(site, erasure)).rejects.toThrow();
  const direct = await postgresStore({ url, ownerUrl: null, pool: 2, now: Date.now, migrate: false });
  const second = await createTestService({ store: direct, folder: service.folder });
  expect((await second.send([since])).results[0]).toMatchObject({ status: 'accepted' });
  await service.send([await event()]);
  expect((await second.send([since])).results[0], 'it was acknowledged').toMatchObject({ status: 'duplicate' });
  expect(await service.context.log.erase(site, erasure), 'who asks again is heard').toMatchObject({ erased: 2 });
  expect(await verifyLog(store, site)).toMatchObject({ size: 4, events: 1, findings: [] });
  await direct.close();
});

it('a locked log, an empty pool and a silent server are 503, and pass', async () => {
  const jws = await event();
  const site = await siteOf();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT * FROM head FOR UPDATE');
  await refused(jws);
  await client.query('ROLLBACK');
  await client.end();
  expect((await service.send([jws])).results[0]).toMatchObject({ index: 0 });

  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const other = await store.publish({ id: 'other', name: 'Other', log: 'consent.example/other', origins: [] }, []);
  const holding = [site, other].map((which) => store.write(which, () => held));
  const outcome = await store.head(site).catch((error: unknown) => error);
  expect(isUnavailable(outcome), 'both connections are taken').toBe(true);
  release();
  await Promise.all(holding);
  expect(await store.head(site)).toMatchObject({ size: 1 });

  await cluster.freeze();
  const silent = await store.head(site).catch((error: unknown) => error);
  expect(isUnavailable(silent)).toBe(true);
  await cluster.thaw();
  await expect
    .poll(() =>
      store.ready().then(
        () => 'ready',
        () => 'not yet',
      ),
    )
    .toBe('ready');
});
