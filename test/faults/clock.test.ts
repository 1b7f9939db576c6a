// The service's clock is set back and forward by a year, between requests and inside one: events are taken all the same, in their
// order, and nobody is locked out, or let in, for ever. The clock of the whole process is moved, not one that is handed around.
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { issueCredential } from '../../server/credentials.ts';
import { verifyLog } from '../../server/log/verify.ts';
import { siteRegistry } from '../../server/site-context.ts';
import { fileSigner } from '../../server/log/key.ts';
import { listeningService, type ListeningService } from '../support/listening-service.ts';
import { ORIGIN } from '../support/service.ts';
import { createSubject } from '../support/subject.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

let service: ListeningService;
/** ms by which the process's clock is off. */
let off = 0;
const real = Date.now;
const setClock = (ms: number): void => {
  off = ms;
  vi.setSystemTime(real() + off);
};
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  setClock(0);
  service = await listeningService();
});
afterEach(async () => {
  await service.close();
  vi.useRealTimers();
});

const newSubject = () => createSubject({ log: service.logs['example'] ?? '', origin: ORIGIN });
const checkedLog = async () => {
  const context = await siteRegistry(service.store, fileSigner(join(service.folder, 'log-key.pem'))).get('example');
  return verifyLog(service.store, context.site);
};
const get = (path: string, authorization: string) => fetch(service.url + path, { headers: { Authorization: authorization } });

describe('events', () => {
  it('R50 are taken at any time, stand in the order in which they came, and the log verifies', async () => {
    const subject = await newSubject();
    const jumps = [0, YEAR, -YEAR, 0, -YEAR, 2 * YEAR, -50 * YEAR, 0];
    const received: { index: number; receivedAt: string; at: number }[] = [];
    for (const jump of jumps) {
      setClock(jump);
      const { jws } = await subject.next();
      const [result] = (await service.send([jws])).results;
      expect(result?.status).toBe('accepted');
      received.push({ index: result?.index ?? -1, receivedAt: result?.leaf?.receivedAt ?? '', at: Date.now() });
    }
    expect(received.map(({ index }) => index)).toEqual(jumps.map((_, i) => i));
    for (const { receivedAt, at } of received)
      expect(Math.abs(Date.parse(receivedAt) - at), 'receivedAt is what the service’s clock said').toBeLessThan(MINUTE);
    expect(await checkedLog()).toMatchObject({ size: jumps.length, findings: [] });
    const leaves = (await (await fetch(`${service.url}/v1/sites/example/log/leaves`)).json()) as {
      leaves: { receivedAt: string }[];
    };
    expect(leaves.leaves.map(({ receivedAt }) => receivedAt)).toEqual(received.map(({ receivedAt }) => receivedAt));
  });

  it('R50 that are under way when the clock jumps are answered, once, and sent again they are duplicates', async () => {
    const subjects = await Promise.all(Array.from({ length: 24 }, newSubject));
    const events = await Promise.all(subjects.map(async (subject) => (await subject.next()).jws));
    const sending = events.map(async (jws, i) => {
      const answer = service.send([jws]);
      // Some before, some after, some while the batch of the others is committed.
      if (i % 6 === 5) setClock([YEAR, -YEAR, 0, 10 * YEAR][Math.floor(i / 6)] ?? 0);
      return (await answer).results[0];
    });
    const results = await Promise.all(sending);
    expect(results.map((result) => result?.status)).toEqual(events.map(() => 'accepted'));
    setClock(-YEAR);
    for (const [i, jws] of events.entries())
      expect((await service.send([jws])).results[0]).toEqual({ ...results[i], status: 'duplicate' });
    expect(await checkedLog()).toMatchObject({ size: events.length, findings: [] });
  });

  it('R50 keep how far the two clocks were apart', async () => {
    const { jws } = await (await newSubject()).next();
    const sentAt = new Date().toISOString();
    setClock(YEAR);
    const answer = (await (await service.post('example', [jws], { sentAt })).json()) as {
      results: { leaf: { skew: number } }[];
    };
    expect(Math.abs((answer.results[0]?.leaf.skew ?? 0) - YEAR)).toBeLessThan(MINUTE);
  });
});

describe('who may ask', () => {
  it('keys and sessions that end do so by the clock, and hold again when it is set right', async () => {
    const token = async (kind: 'api_key' | 'session', expiresAt?: number) =>
      (
        await issueCredential(
          service.store,
          kind,
          { name: 'test', role: 'owner', ...(expiresAt ? { expiresAt } : {}) },
          new Date(),
        )
      ).token;
    const [forever, month, session] = [
      await token('api_key'),
      await token('api_key', Date.now() + 30 * DAY),
      await token('session'),
    ];
    const statuses = async () => [
      (await get('/v1/admin/sites', `Bearer ${forever}`)).status,
      (await get('/v1/admin/sites', `Bearer ${month}`)).status,
      (await fetch(`${service.url}/v1/admin/session`, { headers: { Cookie: `candour_session=${session}` } })).status,
    ];
    expect(await statuses()).toEqual([200, 200, 200]);
    setClock(YEAR);
    expect(await statuses(), 'nothing holds for ever but what was made so').toEqual([200, 401, 401]);
    setClock(-YEAR);
    expect(await statuses(), 'a session of the future is none').toEqual([200, 200, 401]);
    setClock(0);
    expect(await statuses(), 'and nobody is locked out').toEqual([200, 200, 200]);
  });

  it('a session that is opened while the clock is a year ahead does not outlive its twelve hours by a year', async () => {
    setClock(YEAR);
    const { token } = await issueCredential(service.store, 'session', { name: 'test', role: 'owner' }, new Date());
    const status = async () =>
      (await fetch(`${service.url}/v1/admin/session`, { headers: { Cookie: `candour_session=${token}` } })).status;
    expect(await status()).toBe(200);
    setClock(0);
    expect(await status(), 'made in the future').toBe(401);
  });

  it('a data subject with a right clock is told the service’s time, and gets in with it; nothing is good twice', async () => {
    const subject = await newSubject();
    await service.send([(await subject.next()).jws]);
    const path = '/v1/sites/example/me/events';
    const ask = async (iat: number) => get(path, await subject.authorise({ method: 'GET', path, iat }));
    const here = Math.floor(real() / 1000);
    for (const jump of [YEAR, -YEAR, 0]) {
      setClock(jump);
      const first = await ask(here);
      if (jump === 0) {
        expect(first.status).toBe(200);
        continue;
      }
      expect(first.status).toBe(401);
      const { time } = (await first.json()) as { time: number };
      expect((await ask(time)).status, 'signed again with the time it was told').toBe(200);
    }
    const once = await subject.authorise({ method: 'GET', path, iat: here });
    for (const [jump, status] of [
      [0, 200],
      [YEAR, 401],
      [-YEAR, 401],
      [0, 401],
    ] as const) {
      setClock(jump);
      expect((await get(path, once)).status).toBe(status);
    }
  });
});

describe('rate limits', () => {
  it('neither shut a visitor out for longer than before nor stop counting after a jump', async () => {
    await service.close();
    service = await listeningService({ config: { rateLimit: 5 } });
    const subject = await newSubject();
    const post = async () => (await service.post('example', [(await subject.next()).jws])).status;
    const use = async () => {
      const statuses = [];
      for (let i = 0; i < 8; i++) statuses.push(await post());
      return statuses;
    };
    expect((await use()).filter((status) => status === 429).length).toBeGreaterThan(0);
    for (const jump of [YEAR, -YEAR, 30 * MINUTE, -30 * MINUTE]) {
      setClock(jump);
      await post();
      setClock(jump + 2 * MINUTE);
      expect(await post(), `two minutes after a jump by ${jump / HOUR} hours`).toBe(200);
      expect((await use()).at(-1), 'and it counts').toBe(429);
    }
  });
});
