import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type HoldingProxy, startHoldingProxy, type Which } from './support/holding-proxy.ts';

const all: Which = () => true;
let proxy: HoldingProxy;
let worked: number;
const service = createServer((request, response) => {
  worked++;
  request.resume().on('end', () => response.writeHead(201, { 'x-host': request.headers.host ?? '' }).end('done'));
});

beforeEach(async () => {
  worked = 0;
  proxy = await startHoldingProxy();
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  proxy.forwardTo(`http://127.0.0.1:${(service.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await proxy.close();
  service.closeAllConnections();
  await new Promise((resolve) => service.close(resolve));
});

const address = () => `http://127.0.0.1:${proxy.port}/v1`;

test('passes answers on and keeps the public host', async () => {
  const answer = await fetch(address(), { method: 'POST', body: 'x' });
  expect([answer.status, await answer.text(), answer.headers.get('x-host')]).toEqual([201, 'done', `127.0.0.1:${proxy.port}`]);
});

test('holds an answer back after the service has done its work, until released', async () => {
  const held = proxy.holdAnswers(all);
  let arrived = false;
  const answer = fetch(address()).then((response) => {
    arrived = true;
    return response.status;
  });
  await held.arrived();
  expect([worked, arrived]).toEqual([1, false]);
  held.release();
  expect(await answer).toBe(201);
});

test('loses the answer but not the work', async () => {
  const end = proxy.loseAnswers(all);
  await expect(fetch(address())).rejects.toThrow();
  expect(worked).toBe(1);
  end();
  expect((await fetch(address())).status).toBe(201);
});

test('offline reaches nobody, and comes back', async () => {
  proxy.goOffline();
  await expect(fetch(address())).rejects.toThrow();
  expect(worked).toBe(0);
  proxy.comeBack();
  expect((await fetch(address())).status).toBe(201);
});
