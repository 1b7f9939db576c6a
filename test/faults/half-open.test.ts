// The other end vanishes without a word: a visitor's, in the middle of a request, and the database's, in the middle of a commit.
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { listeningService, type ListeningService } from '../support/listening-service.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { connectRaw, vanishingLine, type VanishingLine } from '../support/raw-client.ts';
import { ORIGIN } from '../support/service.ts';
import { createWorkplace, PAGE_ORIGIN, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';
import { ROUNDS } from './chance.ts';
import { report } from './report.ts';

const LIMITS = { headers: 600, request: 1_200, silence: 1_500, betweenRequests: 700, check: 100 };

/** ms. A busy machine is late. */
const LATE = 10_000;

let service: ListeningService | undefined;
let workplace: Workplace | undefined;
let cluster: Cluster | undefined;
let line: VanishingLine | undefined;
afterEach(async () => {
  await service?.close();
  await workplace?.close();
  line?.close();
  await cluster?.destroy();
  [service, workplace, line, cluster] = [undefined, undefined, undefined, undefined];
});

it('visitors that vanish at any point of a request leave no connection behind, and what they sent whole is stored', async () => {
  service = await listeningService({ limits: LIMITS });
  const { url, port, logs, logged } = service;
  line = await vanishingLine(port);
  const log = logs['example'] ?? '';
  const events = await Promise.all(
    Array.from({ length: 40 }, async () => (await (await createSubject({ log, origin: ORIGIN })).next()).jws),
  );
  const requestOf = (jws: string): string => {
    const body = JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] });
    return `POST /v1/sites/example/events HTTP/1.1\r\nHost: localhost\r\nOrigin: ${ORIGIN}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const { url: lineUrl, open, vanish } = line;
  const clients = await Promise.all(
    events.map(async (jws, i) => {
      // Nothing, some of the headers, some of the body, all of it; each as soon as it is connected, as its time runs from then on.
      const [client, request] = [await connectRaw(lineUrl), requestOf(jws)];
      client.send(request.slice(0, [0, 40, request.length - 100, request.length][i % 4]));
      return client;
    }),
  );
  const whole = events.filter((_, i) => i % 4 === 3);
  await expect.poll(() => logged.filter((text) => text.includes('"status":200')).length, { timeout: LATE }).toBe(whole.length);
  vanish();
  await expect.poll(open, { timeout: LATE }).toBe(0);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(logged.filter((text) => /"failed"|"status":5\d\d/.test(text))).toEqual([]);
  const statuses: (string | undefined)[] = [];
  for (const jws of events) statuses.push((await service.send([jws])).results[0]?.status);
  expect(statuses.filter((status) => status === 'duplicate').length).toBe(whole.length);
  expect(new Set(statuses.filter((_, i) => i % 4 !== 3)), 'half a request is none').toEqual(new Set(['accepted']));
  for (const client of clients) client.destroy();
});

/** A statement waits for 12 s: too long to be waited for with the journeys. */
it.runIf(ROUNDS > 20)(
  'a database that vanishes in the middle: 503 within a bounded time, and it goes on by itself when the line is back',
  { timeout: 180_000 },
  async () => {
    cluster = await startPostgres();
    line = await vanishingLine(cluster.port);
    const database = (await cluster.createDatabase()).replace(`:${cluster.port}/`, `:${line.port}/`);
    workplace = await createWorkplace({ CANDOUR_DATABASE: database, CANDOUR_DATABASE_POOL: '4' });
    const running = await workplace.start();
    const acknowledged = new Map<string, EventResult>();
    const unanswered: string[] = [];
    const waits: number[] = [];
    const post = (jws: string): Promise<Response> =>
      fetch(`${running.url}/v1/sites/example/events`, {
        method: 'POST',
        headers: { Origin: PAGE_ORIGIN, 'Content-Type': 'application/json' },
        body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
      });
    const { vanish } = line;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const subject = await createSubject({ log: workplace?.log ?? '', origin: PAGE_ORIGIN });
        for (let refused = false; !refused;) {
          const { jws } = await subject.next();
          const start = performance.now();
          const response = await post(jws);
          if (response.status === 200) {
            const { results } = (await response.json()) as { results: EventResult[] };
            if (results[0]) acknowledged.set(jws, results[0]);
          } else {
            expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
            waits.push(performance.now() - start);
            unanswered.push(jws);
            refused = true;
          }
          if (acknowledged.size === 40) vanish();
        }
      }),
    );
    expect(Math.max(...waits), 'ms; a statement may wait for 12 s, and one batch behind another').toBeLessThan(35_000);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503);
    line.comeBack();
    await expect.poll(async () => (await fetch(`${running.url}/readyz`)).status, { timeout: 60_000, interval: 500 }).toBe(200);
    for (const [jws, result] of acknowledged)
      expect((await running.post([jws])).results[0]).toEqual({ ...result, status: 'duplicate' });
    for (const jws of unanswered) {
      // What the lost commit left is found out first.
      for (let status = 0; status !== 200;) {
        const response = await post(jws);
        ({ status } = response);
        if (status === 200) {
          const { results } = (await response.json()) as { results: EventResult[] };
          expect(results[0]?.status).toMatch(/^(accepted|duplicate)$/);
        } else await pause(500);
      }
    }
    const { code, output } = await workplace.run('log', 'verify', '--site', 'example');
    expect([code, output]).toEqual([0, expect.stringContaining(`${acknowledged.size + unanswered.length} events, 0 erased`)]);
    report('line to the database dead', {
      acknowledged: acknowledged.size,
      'told 503': unanswered.length,
      'longest wait (s)': (Math.max(...waits) / 1000).toFixed(1),
      lost: 0,
    });
  },
);
