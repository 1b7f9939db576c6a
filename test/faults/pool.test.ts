// All connections to PostgreSQL are taken: requests wait for a bounded time, hear 503, and nothing is lost.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';
import { ROUNDS } from './chance.ts';
import { report } from './report.ts';

let cluster: Cluster;
let workplace: Workplace;
let service: ServiceProcess;
let blocker: pg.Client;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());
beforeEach(async () => {
  const database = await cluster.createDatabase();
  workplace = await createWorkplace({ CANDOUR_DATABASE: database, CANDOUR_DATABASE_POOL: '2' });
  service = await workplace.start();
  blocker = new pg.Client({ connectionString: database });
  await blocker.connect();
});
afterEach(async () => {
  await blocker?.end();
  await workplace?.close();
});

const newEvent = async () => (await (await createSubject({ log: workplace.log, origin: PAGE_ORIGIN })).next()).jws;
async function post(jws: string): Promise<{ status: number; retryAfter: string | null; waited: number; result?: EventResult }> {
  const start = performance.now();
  const response = await fetch(`${service.url}/v1/sites/example/events`, {
    method: 'POST',
    headers: { Origin: PAGE_ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
  });
  const { results } = (await response.json()) as { results?: EventResult[] };
  const base = { status: response.status, retryAfter: response.headers.get('Retry-After'), waited: performance.now() - start };
  return results?.[0] ? { ...base, result: results[0] } : base;
}

const LOCKS = [
  ['every table of events', 'LOCK TABLE site, head, leaf, event_body IN ACCESS EXCLUSIVE MODE'],
  ['the log’s head', 'SELECT * FROM head FOR UPDATE'],
] as const;

it.each(LOCKS.slice(0, ROUNDS > 20 ? 2 : 1))(
  'another session holds %s for long: bounded waits, 503 with Retry-After, nothing lost, and it goes on',
  { timeout: 180_000 },
  async (what, lock) => {
    const before = await newEvent();
    const first = await post(before);
    expect(first.result?.status).toBe('accepted');
    await blocker.query('BEGIN');
    await blocker.query(lock);
    const events = await Promise.all(Array.from({ length: 24 }, newEvent));
    const reads = Promise.all(
      ['/v1/sites/example/log/leaves', '/v1/sites/example/notice', '/readyz', '/v1/notices/' + 'A'.repeat(43)].map((path) =>
        fetch(service.url + path).then((response) => response.status),
      ),
    );
    const refused = await Promise.all(events.map(post));
    expect(new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 5']));
    const longest = Math.max(...refused.map(({ waited }) => waited));
    expect(longest, 'ms: 5 s for a connection, 8 s for a lock, and one batch behind another').toBeLessThan(25_000);
    expect((await reads).filter((status) => ![200, 404, 503].includes(status))).toEqual([]);
    expect((await fetch(`${service.url}/healthz`)).status, 'alive all the same').toBe(200);
    await blocker.query('ROLLBACK');

    await expect.poll(async () => (await fetch(`${service.url}/readyz`)).status).toBe(200);
    const again = [];
    for (const jws of events) again.push(await post(jws));
    expect(again.filter(({ result }) => !/^(accepted|duplicate)$/.test(result?.status ?? ''))).toEqual([]);
    expect(new Set(again.map(({ result }) => (result as { index?: number }).index)).size).toBe(events.length);
    expect((await post(before)).result).toEqual({ ...first.result, status: 'duplicate' });
    const { code, output } = await workplace.run('log', 'verify', '--site', 'example');
    expect([code, output]).toEqual([0, expect.stringContaining(`${events.length + 1} events, 0 erased`)]);
    report(`pool of 2 exhausted by ${what}`, {
      'told 503': events.length,
      'longest wait (s)': (longest / 1000).toFixed(1),
      lost: 0,
    });
  },
);
