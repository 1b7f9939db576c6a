// The client and the documented curl calls, against a real service over a real connection.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';
import type { Role } from '../../shared/operator.ts';
import { createSite } from '../sites.ts';
import { candour, CandourError, newId, type CandourOptions } from './candour-node.ts';

let service: TestService;
let server: Server;
let url: string;
let notice: string;
/** What becomes of the next requests: `lost` is carried out and its answer never comes. */
let weather: ('busy' | 'lost' | 'fine')[];

beforeEach(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: 'only for tests, and long enough to be taken' } });
  notice = (await service.context.sites.get('example')).published[0]?.hash ?? '';
  weather = [];
  const answer = getRequestListener(service.app.fetch);
  server = createServer((request, response) => {
    const now = weather.shift() ?? 'fine';
    if (now === 'busy') return void response.writeHead(503, { 'Retry-After': '0' }).end('{}');
    if (now === 'lost') response.end = () => (response.destroy(), response);
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await service.close();
});

const keyOf = async (role: Role): Promise<string> =>
  (await issueCredential(service.context.store, 'api_key', { name: 'shop', role }, new Date())).token;
const client = async (more: Partial<CandourOptions> = {}) =>
  candour({ service: `${url}/`, site: 'example', key: await keyOf('ingest'), ...more });
const ticked = { activity: 'newsletter', sender: 'acme', channel: 'email', ticked: true } as const;
const ada = { channel: 'email', address: 'ada@example.org' } as const;
const size = async () => (await service.context.store.head((await service.context.sites.get('example')).site)).size;

it('R33 R34 R39 records what was ticked and what was not, with the notice that was shown, and says what may be sent', async () => {
  const { marketing, permissions } = await client();
  const asked = await marketing.record({
    contacts: [ada, { channel: 'sms', address: '+447700900123' }],
    boxes: [ticked, { ...ticked, channel: 'sms', ticked: false }],
    notice,
  });
  expect(asked.permissions.map(({ channel, may, why }) => [channel, may, why ?? null])).toEqual([
    ['email', true, null],
    ['sms', false, 'declined'],
  ]);
  expect(await permissions.check({ channel: 'email', sender: 'acme', address: ' ADA@example.org' })).toMatchObject({
    may: true,
    reason: 'consent',
    proof: { id: asked.id, shown: notice },
  });
  const unshown = await marketing.record({ contacts: [{ ...ada, address: 'eve@example.org' }], boxes: [ticked] });
  expect(unshown.permissions).toMatchObject([{ may: false, why: 'evidence_missing' }]);
  // An empty box takes no earlier yes back; an opt-out box left empty is no yes.
  await marketing.record({ contacts: [ada], boxes: [{ ...ticked, ticked: false }], notice });
  expect((await permissions.check({ ...ada, sender: 'acme' })).may).toBe(true);
  const optOut = { ...ticked, kind: 'opt_out' } as const;
  const bob = { ...ada, address: 'bob@example.org' };
  expect((await marketing.record({ contacts: [bob], boxes: [{ ...optOut, ticked: false }], notice })).permissions).toMatchObject([
    { may: false, why: 'not_stated' },
  ]);
  expect((await marketing.record({ contacts: [bob], boxes: [optOut], notice })).permissions).toMatchObject([
    { may: false, why: 'ended' },
  ]);
});

it('R41 R42 stops at once, and takes every objection', async () => {
  const { marketing, permissions } = await client();
  await marketing.record({ contacts: [ada], boxes: [ticked], notice });
  await marketing.unsubscribe(ada, { activity: 'newsletter', sender: 'acme' });
  expect(await permissions.check({ ...ada, sender: 'acme' })).toMatchObject({ may: false, why: 'ended', profiling: true });
  expect(await marketing.objection([ada])).toMatchObject({ addresses: 1 });
  expect(await permissions.check({ ...ada, sender: 'acme' })).toMatchObject({ may: false, profiling: false });
});

it('R42 who objects by one address is not written to at the others that came with it, but nobody else’s mailbox is stopped', async () => {
  const { marketing, permissions } = await client();
  const [phone, eve] = [{ channel: 'sms', address: '+447700900123' } as const, { ...ada, address: 'eve@example.org' }];
  await marketing.record({ contacts: [ada, phone], boxes: [ticked, { ...ticked, channel: 'sms' }], notice });
  await marketing.record({ contacts: [eve], boxes: [ticked], notice });
  expect((await permissions.check({ ...phone, sender: 'acme' })).may).toBe(true);
  expect(await marketing.objection([{ ...ada, address: 'ADA@example.org' }])).toMatchObject({ addresses: 2 });
  expect((await permissions.check({ ...ada, sender: 'acme' })).may).toBe(false);
  expect(await permissions.check({ ...phone, sender: 'acme' })).toMatchObject({ may: false, profiling: false });
  expect((await permissions.check({ ...eve, sender: 'acme' })).may).toBe(true);
});

it('records once, however often the service is busy or its answers are lost', async () => {
  const { marketing } = await client({ timeout: 2000 });
  const before = await size();
  weather = ['busy', 'lost', 'busy', 'fine'];
  const idempotencyKey = newId();
  const recorded = await marketing.record({ contacts: [ada], boxes: [ticked], notice, idempotencyKey });
  expect(recorded).toMatchObject({ id: idempotencyKey, duplicate: true, permissions: [{ may: true }] });
  expect(await marketing.record({ contacts: [ada], boxes: [ticked], notice, idempotencyKey })).toMatchObject({ duplicate: true });
  expect(await size()).toBe(before + 1);
});

it('one key for two people is refused, so that neither of them is lost', async () => {
  const { marketing } = await client();
  const idempotencyKey = newId();
  await marketing.unsubscribe(ada, { activity: 'newsletter', sender: 'acme', idempotencyKey });
  const eve = { ...ada, address: 'eve@example.org' };
  await expect(marketing.unsubscribe(eve, { activity: 'newsletter', sender: 'acme', idempotencyKey })).rejects.toMatchObject({
    code: 'ID_REUSED',
    retryable: false,
  });
});

it('fails in a way that says what is safe', async () => {
  const failure = async (work: Promise<unknown>): Promise<CandourError> => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CandourError);
    return error as CandourError;
  };
  const { marketing } = await client({ attempts: 2, timeout: 2000 });
  expect(await failure(marketing.record({ contacts: [{ ...ada, address: 'none' }], boxes: [ticked] }))).toMatchObject({
    code: 'BAD_REQUEST',
    status: 400,
    taken: 'no',
    retryable: false,
  });
  expect(await failure((await client({ key: 'none' })).permissions.check({ ...ada, sender: 'acme' }))).toMatchObject({
    code: 'SIGN_IN',
    status: 401,
    taken: 'no',
    retryable: false,
  });
  weather = ['lost', 'lost'];
  const idempotencyKey = newId();
  expect(await failure(marketing.record({ contacts: [ada], boxes: [ticked], notice, idempotencyKey }))).toMatchObject({
    code: 'UNREACHABLE',
    taken: 'unknown',
    retryable: true,
    idempotencyKey,
  });
  weather = ['busy', 'busy'];
  expect(await failure(marketing.record({ contacts: [ada], boxes: [ticked], notice }))).toMatchObject({
    status: 503,
    taken: 'no',
    retryable: true,
  });
});

it('an answer that stands still, and a caller who gives up, end in an error of its own kind', async () => {
  // Says the head and one line, and then nothing more.
  const still = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    response.write('{"line":1,"may":false}\n');
  });
  await new Promise<void>((resolve) => still.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(still.address() as AddressInfo).port}`;
  const failing = async (work: Promise<unknown>): Promise<CandourError> => {
    const error = await work.then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(CandourError);
    return error as CandourError;
  };
  const all = async (one: ReturnType<typeof candour>): Promise<number> => {
    let lines = 0;
    for await (const _ of one.permissions.bulk([{ address: 'a@b.example' }, { address: 'c@d.example' }])) lines += 1;
    return lines;
  };
  try {
    const options = { service: at, site: 'example', key: 'any', attempts: 1 };
    expect(await failing(all(candour({ ...options, timeout: 300 })))).toMatchObject({ code: 'UNREACHABLE', retryable: true });
    const { marketing } = candour({ ...options, timeout: 300 });
    expect(await failing(marketing.record({ contacts: [ada], boxes: [ticked] }))).toMatchObject({ taken: 'unknown' });
    const signal = AbortSignal.timeout(300);
    expect(await failing(all(candour({ ...options, signal })))).toMatchObject({ message: 'given up' });
    expect(await failing(candour({ ...options, signal }).permissions.check({ ...ada, sender: 'acme' }))).toMatchObject({
      message: 'given up',
    });
  } finally {
    still.closeAllConnections();
    await new Promise((resolve) => still.close(resolve));
  }
});

it('a stop says when it was said, and a repetition says the same', async () => {
  const { marketing } = await client({});
  const [at, idempotencyKey] = ['2026-11-01T10:00:00.000Z', newId()];
  const stop = () => marketing.unsubscribe(ada, { activity: 'newsletter', sender: 'acme', at, idempotencyKey });
  expect([(await stop()).duplicate, (await stop()).duplicate]).toEqual([false, true]);
  const { site } = await service.context.sites.get('example');
  const [logged] = await service.context.store.history.eventsById(site, idempotencyKey);
  expect(JSON.parse(Buffer.from(logged?.payload ?? '').toString())).toMatchObject({ at });
});

it('answers for as many as are asked about, in order, as they are read', async () => {
  const { marketing, permissions } = await client({ timeout: 60_000 });
  await marketing.record({ contacts: [ada], boxes: [ticked], notice });
  async function* list() {
    for (let i = 0; i < 5200; i++) yield { address: i === 5100 ? ada.address : `person${i}@example.org`, ref: String(i) };
  }
  let line = 0;
  const permitted: string[] = [];
  for await (const answer of permissions.bulk(list(), { channel: 'email', sender: 'acme' })) {
    expect(answer.line).toBe(++line);
    if (answer.may) permitted.push(answer.ref ?? '');
  }
  expect([line, permitted]).toEqual([5200, ['5100']]);
}, 60_000);

it('the documented calls do what they say', async () => {
  await createSite(service.context.store, {
    site: 'shop',
    name: 'Shop',
    origins: ['https://shop.example'],
    ...MARKETING,
    publicUrl: url,
  });
  const text = await readFile(new URL('../../docs/marketing-api.md', import.meta.url), 'utf8');
  const calls = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, call = '']) => call);
  const env = { ...process.env, SERVICE: url, KEY: await keyOf('ingest'), OWNER_KEY: await keyOf('owner'), NOTICE: notice };
  const said: string[] = [];
  for (const call of calls) said.push((await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', call], { env })).stdout);
  const json = said.map((one) =>
    one
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
  expect(json).toMatchObject([
    [{ id: '019a0000-0000-7000-8000-000000000001', permissions: [{ may: true }] }],
    [{ may: true, reason: 'consent' }],
    [
      { line: 1, ref: '12', may: true },
      { line: 2, ref: '13', may: false },
    ],
    [{ permissions: [{ may: false, why: 'ended' }] }],
    [{ addresses: 1 }],
    [
      { header: expect.any(Array) as unknown },
      { dropped: { line: 2 } },
      { progress: { rows: 2 } },
      { report: { dryRun: true, stopped: { new: 1 } } },
    ],
    [{ permitted: 0 }],
    [{ marked: 1, ignored: 0 }],
  ]);
});
