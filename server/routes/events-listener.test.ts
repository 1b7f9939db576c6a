// What Node's server answers for the events' route is what the app answers: one contract, two ways in.
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { MAX_BODY, paths } from '../../shared/api.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject } from '../../test/support/subject.ts';
import { eventsListener } from './events.ts';

let service: TestService;
let server: Server;
let port: number;

beforeEach(async () => {
  service = await createTestService();
  const take = eventsListener(service.context);
  server = createServer((request, response) => void (take(request, response) || response.writeHead(418).end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as { port: number }).port;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await service.close();
});

interface Asked {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
const HEADERS = { Origin: ORIGIN, 'Content-Type': 'application/json' };

async function byNode({ path = paths.events('example'), method = 'POST', headers = HEADERS, body = '' }: Asked) {
  const sent = ask({ port, host: '127.0.0.1', path, method, headers: { ...headers, Connection: 'close' } });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response) text += String(part);
  const { date: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...told } = response.headers;
  return { status: response.statusCode, headers: told, text };
}

async function byApp({ path = paths.events('example'), method = 'POST', headers = HEADERS, body = '' }: Asked) {
  const response = await service.app.request(path, { method, headers, body });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

const body = (events: unknown[]): string => JSON.stringify({ sentAt: new Date().toISOString(), events });

it.each<[string, number, Asked]>([
  ['a body that is no JSON', 400, { body: '{' }],
  ['an event that is none', 200, { body: body(['x']) }],
  ['a foreign origin', 403, { headers: { ...HEADERS, Origin: 'https://other.example' }, body: body(['x']) }],
  ['no origin and no key', 403, { headers: { 'Content-Type': 'application/json' }, body: body(['x']) }],
  ['a wrong key', 403, { headers: { 'Content-Type': 'application/json', Authorization: 'Bearer no.no' }, body: body(['x']) }],
  ['another media type', 415, { headers: { ...HEADERS, 'Content-Type': 'application/xml' }, body: body(['x']) }],
  ['an unknown site', 404, { path: paths.events('nowhere'), body: body(['x']) }],
  ['too many events', 413, { body: body(Array.from({ length: 41 }, () => 'x')) }],
  ['too long a body', 413, { body: 'x'.repeat(MAX_BODY + 1) }],
])('R50 %s is answered the same on both ways', async (_name, status, asked) => {
  const [node, app] = [await byNode(asked), await byApp(asked)];
  expect(node).toEqual(app);
  expect(node.status).toBe(status);
});

it('an event gets the same receipt on both ways', async () => {
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  const sent = body([(await subject.next()).jws]);
  const [first, again] = [await byNode({ body: sent }), await byApp({ body: sent })];
  expect(first).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': ORIGIN } });
  expect(again.text).toBe(first.text.replace('"accepted"', '"duplicate"'));
  expect(again.headers).toEqual(first.headers);
});

it('leaves every other request to the app', async () => {
  for (const asked of [
    { method: 'GET' },
    { path: `${paths.events('example')}?x` },
    { path: '/v1/sites/a%2fb/events' },
    { path: '/' },
  ])
    expect((await byNode(asked)).status).toBe(418);
});

it('R72 limits who asks by network, on both ways together', async () => {
  service.context.limits.perMinute = 2;
  const asked = { body: body(['x']) };
  expect([(await byNode(asked)).status, (await byNode(asked)).status]).toEqual([200, 200]);
  const third = await byNode(asked);
  expect(third).toMatchObject({ status: 429, headers: { 'access-control-allow-origin': ORIGIN } });
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
});

it('R72 who may not ask any more is refused before the database is asked who it is', async () => {
  service.context.limits.perMinute = 1;
  const asked = vi.spyOn(service.context.store, 'credential');
  const fresh = vi.spyOn(service.context.sites, 'get');
  const guess = {
    headers: { 'Content-Type': 'text/plain', Authorization: `Bearer candour_key_${'a'.repeat(12)}.${'b'.repeat(43)}` },
  };
  expect((await byNode(guess)).status).toBe(403);
  const questions = [asked.mock.calls.length, fresh.mock.calls.length];
  expect(questions).toEqual([2, 1]);
  expect((await byNode(guess)).status).toBe(429);
  expect([asked.mock.calls.length, fresh.mock.calls.length]).toEqual(questions);
});

it('a body that never ends is not read beyond the limit, and one that breaks off harms nobody', async () => {
  const head = `POST ${paths.events('example')} HTTP/1.1\r\nHost: a\r\nOrigin: ${ORIGIN}\r\nContent-Type: text/plain\r\n`;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (part: Buffer) => (answer += part.toString())).on('error', () => undefined);
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  for (let i = 0; i < 12; i++) socket.write(chunk);
  await once(socket, 'close');
  expect(answer).toContain('BODY_TOO_LARGE');

  const broken = connect(port, '127.0.0.1').on('error', () => undefined);
  broken.write(`${head}Content-Length: 100\r\n\r\n{`);
  await once(broken, 'connect');
  broken.destroy();
  await once(broken, 'close');
  expect((await byNode({ body: body(['x']) })).status).toBe(200);
});
