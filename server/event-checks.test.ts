import { Worker } from 'node:worker_threads';

import { afterEach, expect, it, vi } from 'vitest';

import { createSubject } from '../test/support/subject.ts';
import { checkingThreads, checksHere, type EventChecks } from './event-checks.ts';

const LOG = 'consent.example/example';
const newSubject = () => createSubject({ log: LOG, origin: 'https://www.example.org' });
let checks: EventChecks | null = null;
afterEach(async () => {
  vi.restoreAllMocks();
  await checks?.close();
  checks = null;
});

/** Every kind of answer: good ones of one subject and of another, and each way to be wrong that needs no site. */
async function events(): Promise<unknown[]> {
  const [one, other] = [await newSubject(), await newSubject()];
  const good = [(await one.next()).jws, (await one.next()).jws, (await other.next()).jws];
  const [header, payload, signature = ''] = (await one.next()).jws.split('.');
  const foreign = (await (await createSubject({ log: 'other.example/example', origin: 'https://a.example' })).next()).jws;
  return [
    ...good,
    `${header}.${payload}.${signature.slice(0, 40)}${signature[40] === 'A' ? 'B' : 'A'}${signature.slice(41)}`,
    `${header}.${payload}`,
    `${header}.${payload}=.${signature}`,
    await one.sign({ v: 1 }),
    foreign,
    'x'.repeat(9000),
    42,
    null,
  ];
}

it('threads find what this thread finds, in order', async () => {
  checks = checkingThreads(2);
  const input = await events();
  const here = await checksHere.check(input, LOG);
  expect(await checks.check(input, LOG)).toEqual(here);
  expect(here.map((one) => ('rejected' in one ? one.rejected.code : 'ok'))).toEqual([
    ...['ok', 'ok', 'ok', 'BAD_SIGNATURE', 'BAD_JWS', 'BAD_JWS', 'BAD_JWS', 'WRONG_LOG', 'TOO_LARGE', 'BAD_JWS', 'BAD_JWS'],
  ]);
});

it('an event is answered though the thread that had it ends, and those after it too', async () => {
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  post.mockImplementationOnce(function (this: Worker) {
    void this.terminate();
  });
  checks = checkingThreads(1);
  const subject = await newSubject();
  const [first, second] = [(await subject.next()).jws, (await subject.next()).jws];
  expect(await checks.check([first], LOG)).toMatchObject([{ candidate: { subject: subject.id } }]);
  expect(await checks.check([second], LOG)).toMatchObject([{ candidate: { subject: subject.id } }]);
  expect(post).toHaveBeenCalledTimes(2);
});

it('still answers when it is closed', async () => {
  const closed = checkingThreads(1);
  await closed.close();
  expect(await closed.check([(await (await newSubject()).next()).jws], LOG)).toMatchObject([{ candidate: {} }]);
});
