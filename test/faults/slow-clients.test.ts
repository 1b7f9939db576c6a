// Clients that are slow on purpose: others are answered meanwhile, and the slow ones are cut after a bounded time.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { HTTP_LIMITS, httpServer } from '../../server/http-server.ts';
import { listeningService, type ListeningService } from '../support/listening-service.ts';
import { connectRaw, drip, type RawClient } from '../support/raw-client.ts';
import { ORIGIN } from '../support/service.ts';
import { createWorkplace, PAGE_ORIGIN, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';
import { report } from './report.ts';

/** ms. A busy machine is late. */
const LATE = 15_000;
const LIMITS = { headers: 1_500, request: 2_500, silence: 2_500, betweenRequests: 1_500, check: 100, connections: 10_000 };

const EVENTS_HEAD = (host: string, length: number) =>
  `POST /v1/sites/example/events HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${ORIGIN}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

let service: ListeningService | undefined;
let workplace: Workplace | undefined;
afterEach(async () => {
  await service?.close();
  await workplace?.close();
  [service, workplace] = [undefined, undefined];
});

const several = (count: number, url: string): Promise<RawClient[]> =>
  Promise.all(Array.from({ length: count }, () => connectRaw(url)));

/** As a browser does with a line that was closed as it sent. */
async function onceMore<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { code } = Object((error as Error).cause) as { code?: string };
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
    return send();
  }
}

/** An honest browser sends events until `until` is over; gives the longest time that one took, in ms. */
async function honestMeanwhile(send: (jws: string) => Promise<unknown>, log: string, until: Promise<unknown>): Promise<number[]> {
  const subject = await createSubject({ log, origin: ORIGIN });
  const times: number[] = [];
  let over = false;
  const watch = until.then(() => (over = true));
  while (!over) {
    const { jws } = await subject.next();
    const start = performance.now();
    await onceMore(() => send(jws));
    times.push(performance.now() - start);
    await pause(100);
  }
  await watch;
  return times;
}

describe('with limits of a second', () => {
  it.each([
    {
      who: 'that send one header a while',
      limit: LIMITS.headers,
      prepare(client: RawClient) {
        client.send('GET / HTTP/1.1\r\nHost: localhost\r\n');
        return drip(client, () => 'X-Slow: 1\r\n', 50);
      },
      status: '408',
    },
    { who: 'that send nothing at all', limit: LIMITS.headers, prepare: () => () => undefined, status: '408' },
    {
      who: 'that send an announced body byte by byte',
      limit: LIMITS.request,
      prepare(client: RawClient) {
        client.send(EVENTS_HEAD('localhost', 10_000));
        return drip(client, () => ' ', 50);
      },
      status: '408',
    },
    {
      who: 'that send a chunked body byte by byte',
      limit: LIMITS.request,
      prepare(client: RawClient) {
        client.send(EVENTS_HEAD('localhost', 0).replace('Content-Length: 0', 'Transfer-Encoding: chunked'));
        return drip(client, () => '1\r\n \r\n', 50);
      },
      status: '408',
    },
    {
      who: 'that ask once and keep the line',
      limit: LIMITS.betweenRequests + 1_000,
      prepare(client: RawClient) {
        client.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
        return () => undefined;
      },
      status: '200',
    },
  ])('clients $who are cut, others are answered meanwhile, and no failure is logged', async ({ limit, prepare, status }) => {
    service = await listeningService({ limits: LIMITS });
    const { send, logs, url, logged } = service;
    const clients = await several(60, url);
    const stops = clients.map((client) => prepare(client));
    const cut = Promise.all(clients.map(({ closed }) => closed));
    const times = await honestMeanwhile((jws) => send([jws]), logs['example'] ?? '', cut);
    for (const stop of stops) stop();
    expect(Math.max(...(await cut)), 'ms until the last was cut').toBeLessThan(limit + LIMITS.check + LATE);
    expect(new Set(clients.map((client) => client.received().slice(9, 12)))).toEqual(new Set([status]));
    expect(times.length, 'answered meanwhile').toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(LATE);
    expect(logged.filter((line) => /"failed"|"status":5\d\d/.test(line))).toEqual([]);
  });

  it('clients that never read what they asked for are cut, and others are answered meanwhile', async () => {
    // Long enough that all of them are connected before the first is cut, on a busy machine too.
    const limits = { ...LIMITS, headers: 10_000, request: 12_000, betweenRequests: 10_000, silence: 8_000 };
    service = await listeningService({ limits });
    const { send, logs, url, logged } = service;
    const clients = await several(40, url);
    for (const client of clients) {
      client.stopReading();
      client.send('GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10));
    }
    // Who does not read does not hear of the end either: this process counts the service's connections with its own.
    const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    await expect.poll(sockets).toBeGreaterThanOrEqual(2 * clients.length);
    const deadline = performance.now() + limits.silence + LATE;
    const cut = (async () => {
      while (sockets() > clients.length + 2 && performance.now() < deadline) await pause(50);
    })();
    const times = await honestMeanwhile((jws) => send([jws]), logs['example'] ?? '', cut);
    expect(sockets(), 'their ends, and both of the honest one').toBeLessThanOrEqual(clients.length + 2);
    expect(times.length).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(LATE);
    expect(logged.filter((line) => /"failed"|"status":5\d\d/.test(line))).toEqual([]);
    for (const client of clients) client.destroy();
  });

  it('a client that reads nothing of a long answer is cut in the middle of it', async () => {
    const server = httpServer((_, response) => void response.end(Buffer.alloc(64 * 2 ** 20)), LIMITS).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const closed = new Promise<number>((resolve) =>
      server.once('connection', (socket) => {
        const since = performance.now();
        socket.once('close', () => resolve(performance.now() - since));
      }),
    );
    const client = await connectRaw(`http://127.0.0.1:${port}`);
    client.stopReading();
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await closed, 'ms').toBeLessThan(LATE);
    client.destroy();
    server.close();
  });

  it('a client that sends hundreds of requests before it reads one answer is cut at once', async () => {
    service = await listeningService();
    const client = await connectRaw(service.url);
    client.send('GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(700));
    expect(await client.closed).toBeLessThan(LATE);
    expect(client.received().match(/HTTP\/1.1 200/g)?.length ?? 0).toBeLessThan(20);
    expect(service.logged.filter((line) => line.includes('"route":"/openapi.json"')).length).toBeLessThan(20);
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  });

  it('more connections than the limit are refused, and room is made as soon as the slow ones are cut', async () => {
    // Long enough that somebody asks before the first is cut, on a busy machine too.
    service = await listeningService({ limits: { ...LIMITS, headers: 3_000, request: 4_000, connections: 20 } });
    const clients = await several(25, service.url);
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
    await Promise.all(clients.map(({ closed }) => closed));
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  });
});

describe('with the limits that the service has', () => {
  it(
    '300 slow clients cost others nothing, are cut in time, leave no connection behind, and do not hold up SIGTERM',
    { timeout: 180_000 },
    async () => {
      workplace = await createWorkplace();
      const running = await workplace.start();
      const gauge = async (name: string): Promise<number> => {
        const text = await (await fetch(`${running.url}/metrics`)).text();
        return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
      };
      const connections = () => gauge('nodejs_active_resources\\{type="TCPSocketWrap"\\}');
      const before = await connections();
      const clients = await several(300, running.url);
      const stops = clients.map((client) => {
        client.send('GET / HTTP/1.1\r\nHost: localhost\r\n');
        return drip(client, () => 'X-Slow: 1\r\n', 500);
      });
      // Connecting is not yet being accepted.
      await expect.poll(connections).toBeGreaterThanOrEqual(300);
      const cut = Promise.all(clients.map(({ closed }) => closed));
      const times = (await honestMeanwhile((jws) => running.post([jws]), workplace.log, cut)).sort((a, b) => a - b);
      for (const stop of stops) stop();
      const last = Math.max(...(await cut));
      expect(last).toBeLessThan(HTTP_LIMITS.headers + HTTP_LIMITS.check + LATE);
      expect(times.at(-1)).toBeLessThan(LATE);
      // The service hears of an end a moment after the client.
      await expect.poll(connections).toBeLessThanOrEqual(before + 3);
      report('slow clients', {
        clients: 300,
        'last cut after (s)': (last / 1000).toFixed(1),
        'answered meanwhile': times.length,
        'median (ms)': Math.round(times[times.length >> 1] ?? 0),
        'longest (ms)': Math.round(times.at(-1) ?? 0),
        'resident (MiB)': Math.round((await gauge('process_resident_memory_bytes')) / 2 ** 20),
      });

      const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
      const slow = await several(100, running.url);
      const dripping = slow.map((client) => {
        client.send(EVENTS_HEAD('localhost', 10_000));
        return drip(client, () => ' ', 200);
      });
      const { jws } = await subject.next();
      expect((await running.post([jws])).results[0]?.status).toBe('accepted');
      const start = performance.now();
      expect((await running.terminate()).code).toBe(0);
      const took = performance.now() - start;
      expect(took, 'ms from SIGTERM to the end').toBeLessThan(LATE + 2_000);
      report('SIGTERM with 100 bodies under way', { 'ended after (s)': (took / 1000).toFixed(1) });
      for (const stop of dripping) stop();
      const again = await workplace.start();
      expect((await again.post([jws])).results[0]?.status).toBe('duplicate');
    },
  );
});
