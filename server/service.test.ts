// The service as it listens: its port, its log, its end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { EventsAnswer } from '../shared/api.ts';
import { createSubject } from '../test/support/subject.ts';
import { cookiePolicy, ORIGIN } from '../test/support/service.ts';
import { ConfigError, parseConfig } from './config.ts';
import { LogKeyError, openLogKey } from './log/key.ts';
import { startService, type Service } from './service.ts';
import { createSite } from './sites.ts';

let folder: string;
let service: Service | null;
let logged: string;

const config = () => ({
  ...parseConfig({ CANDOUR_DATABASE: `sqlite:${join(folder, 'x.sqlite')}` }, { secretRequired: false }),
  port: 0,
});
const start = async (changes = {}) => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => (logged += line) });
  service = await startService({ ...config(), ...changes }, logger);
  await createSite(service.store, { site: 'example', origins: [ORIGIN], notices: [cookiePolicy], publicUrl: service.url });
  return service;
};
const post = async (url: string, jws: string) => {
  const response = await fetch(`${url}/v1/sites/example/events`, {
    method: 'POST',
    headers: {
      Origin: ORIGIN,
      'Content-Type': 'text/plain',
      'User-Agent': 'Recognisable/1.0',
      'X-Forwarded-For': '203.0.113.77',
    },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
  });
  return (await response.json()) as EventsAnswer;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-service-'));
  logged = '';
});
afterEach(async () => {
  await service?.close();
  service = null;
  await rm(folder, { recursive: true });
});

it('says at its start that commits are durable, and logs nothing about who asked', async () => {
  const { url } = await start();
  const subject = await createSubject({ log: `${new URL(url).host}/example`, origin: ORIGIN });
  const { jws, event } = await subject.next();
  expect((await post(url, jws)).results[0]?.status).toBe('accepted');
  await fetch(`${url}/v1/sites/example/receipts/${event.id}?subject=${subject.id}`, {
    headers: { Cookie: 'candour_session=secret' },
  });
  expect(logged).toContain('"synchronous":"2 (FULL)"');
  expect(logged).toContain('"status":200');
  for (const personal of ['Recognisable', '203.0.113.77', '127.0.0.1', '::1', event.id, subject.id, 'secret', ORIGIN])
    expect(logged, personal).not.toContain(personal);
});

it('answers what it has taken before it stops, and has it after the next start', async () => {
  const first = await start();
  const log = `${new URL(first.url).host}/example`;
  const events = await Promise.all(
    Array.from({ length: 10 }, async () => (await (await createSubject({ log, origin: ORIGIN })).next()).jws),
  );
  const answers = events.map((jws) => post(first.url, jws));
  await answers[0];
  const [results] = await Promise.all([Promise.allSettled(answers), first.close()]);
  const acknowledged = events.filter((_, i) => results[i]?.status === 'fulfilled');
  expect(acknowledged.length).toBeGreaterThan(0);
  const { url } = await start();
  for (const jws of acknowledged) expect((await post(url, jws)).results[0]?.status).toBe('duplicate');
});

it('says in one line that its port is taken, or that its key is another', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  const taken = await startService({ ...config(), port }, pino({ level: 'silent' })).catch((error: unknown) => error);
  expect(taken).toBeInstanceOf(ConfigError);
  expect((taken as Error).message).toBe(`CANDOUR_PORT is ${port}, which another program uses; it takes a free port`);
  await service?.store.ready();
  await fetch(`${url}/w/example.js`);
  await service?.close();
  service = null;
  openLogKey(join(folder, 'other.pem'));
  const other = await startService({ ...config(), logKeyFile: join(folder, 'other.pem') }, pino({ level: 'silent' })).catch(
    (error: unknown) => error,
  );
  expect(other).toBeInstanceOf(LogKeyError);
});

it('without a mail server old mails about messages are forgotten all the same, and the log says how many wait', async () => {
  const { store } = await start();
  const [site] = await store.sites();
  if (!site) throw new Error('there is no site');
  const day = 86_400_000;
  for (const [id, until] of [
    ['old', Date.now() - 31 * day],
    ['new', Date.now() + day],
  ] as const)
    await store.marketingMail.add(site, {
      kind: 'confirmation',
      id,
      key: 'A'.repeat(43),
      language: 'en',
      createdAt: until - 7 * day,
      until,
      token: Buffer.alloc(32, id),
      contact: '0'.repeat(32),
      subject: `${'B'.repeat(42)}A`,
      event: `${'C'.repeat(42)}A`,
      asked: { newsletter: { acme: { email: 'given' } } },
    });
  expect(await store.marketingMail.waiting(site)).toBe(2);
  await service?.close();
  service = await startService(config(), pino({ level: 'trace' }, { write: (line: string) => (logged += line) }));
  const again = service.store;
  await vi.waitFor(() => expect(logged).toContain('mails about messages wait'));
  expect([...(await again.marketingMail.statesOf(site, ['old', 'new']))]).toEqual([['new', 'due']]);
  expect(logged).toMatch(/"site":"example","waiting":1,/);
});
