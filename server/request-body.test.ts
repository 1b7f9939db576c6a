// A body read off Node's own server: what becomes of it when its client goes.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readIncoming } from './request-body.ts';

let server: Server;
let client: Socket;
beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as { port: number }).port, '127.0.0.1').on('error', () => undefined);
});
afterEach(() => {
  client.destroy();
  server.close();
});

/** A request that announces three bytes. */
async function requestWith(body: string): Promise<IncomingMessage> {
  client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n${body}`);
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  return request;
}

it('a body is read', async () => {
  await expect(readIncoming(await requestWith('abc'), 3)).resolves.toBe('abc');
});

it.each([
  ['with a part of it', 'a'],
  ['with all of it', 'abc'],
])('a body whose client went %s before anybody read it is given up', async (_which, body) => {
  const request = await requestWith(body);
  const gone = new Promise((resolve) => request.once('close', resolve));
  client.resetAndDestroy();
  await gone;
  await expect(readIncoming(request, 3)).rejects.toMatchObject({ code: 'BAD_REQUEST', detail: 'the body broke off' });
});

it('a body whose client goes while it is read is given up', async () => {
  const reading = readIncoming(await requestWith('a'), 3);
  client.resetAndDestroy();
  await expect(reading).rejects.toMatchObject({ code: 'BAD_REQUEST', detail: 'the body broke off' });
});
