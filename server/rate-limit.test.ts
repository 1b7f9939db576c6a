import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createTestService, ORIGIN, SERVICE_URL, type TestService } from '../test/support/service.ts';
import { createSubject } from '../test/support/subject.ts';
import { createApp, routes } from './app.ts';
import { limitOf, networkOf, rateLimiter } from './rate-limit.ts';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2'],
    ['::ffff:192.0.2.7', '192.0.2'],
    ['2001:db8:1:2::3', '2001:db8:1'],
    ['2001:0DB8:0001::', '2001:db8:1'],
    ['2001:db8::1', '2001:db8:0'],
    ['::1', '0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0'],
    ['not an address', 'unknown'],
    [undefined, 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a bucket', () => {
  it('R72 gives its requests at once, then says how long to wait, and fills up again', () => {
    const limiter = rateLimiter();
    const take = (at: number, network = 'a', bucket = 'site') => limiter.take(bucket, network, at, 6);
    expect(Array.from({ length: 7 }, () => take(0))).toEqual([0, 0, 0, 0, 0, 0, 10]);
    expect(take(9000)).toBe(1);
    expect([take(10_000), take(10_000)]).toEqual([0, 10]);
    expect([take(0, 'b'), take(0, 'a', 'other')], 'of another network, of another site').toEqual([0, 0]);
    expect(Array.from({ length: 7 }, () => take(600_000))).toEqual([0, 0, 0, 0, 0, 0, 10]);
  });

  it('R72 is forgotten when the hour is over, whatever the clock does', () => {
    const limiter = rateLimiter();
    expect([limiter.take('s', 'a', 0, 1), limiter.take('s', 'a', 0, 1)]).toEqual([0, 60]);
    expect(limiter.take('s', 'a', 3_600_000, 1)).toBe(0);
    expect(limiter.take('s', 'a', -3_600_000, 1)).toBe(0);
  });

  it('R72 takes no more memory in a flood from many networks', () => {
    const limiter = rateLimiter();
    for (let i = 0; i < 60_000; i++) limiter.take('s', `${i}`, 0, 1);
    expect(limiter.take('s', 'last', 0, 1)).toBe(0);
  });
});

it('R72 everything that a visitor can make the service write or check is limited, and nothing that a cache can answer', () => {
  const limited = (method: string, path: string) => limitOf(method, `/v1/sites/:site/${path}`);
  expect(limited('POST', 'events')).toBe('site');
  expect(limited('GET', 'me/events')).toBe('site');
  expect(limited('DELETE', 'me')).toBe('site');
  expect(limited('GET', 'receipts/:event')).toBe('site');
  expect(limited('OPTIONS', 'events')).toBeNull();
  expect(limited('GET', 'notice')).toBeNull();
  expect(limitOf('POST', '/v1/admin/session')).toBe('sign_in');
});

describe('the service', () => {
  let service: TestService;
  let app: ReturnType<typeof createApp>;
  beforeEach(async () => {
    service = await createTestService({ now: () => new Date('2026-11-22T12:00:00Z') });
    app = createApp({ ...service.context, limits: { perMinute: 2, trustProxy: true } });
  });
  afterEach(() => service.close());

  const post = async (address: string, site = 'example') => {
    const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
    const { jws } = await subject.next();
    return app.request(`/v1/sites/${site}/events`, {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'application/json', 'X-Forwarded-For': address },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
    });
  };

  it('R72 answers 429 with Retry-After and a code of its own, which the page can read', async () => {
    expect([(await post('192.0.2.1')).status, (await post('192.0.2.2')).status]).toEqual([200, 200]);
    const refused = await post('192.0.2.3');
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '30']);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
    expect((await post('198.51.100.1')).status).toBe(200);
    expect((await app.request('/v1/sites/example/notice')).status).toBe(200);
  });

  it('R72 takes the address that its own proxy added, not those that the client wrote before', async () => {
    for (const forged of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) await post(`${forged}, 192.0.2.1`);
    expect((await post('4.4.4.4, 192.0.2.1')).status).toBe(429);
  });

  it('R72 believes no header without CANDOUR_TRUST_PROXY', async () => {
    app = createApp({ ...service.context, limits: { perMinute: 2, trustProxy: false } });
    const codes = [];
    for (const address of ['192.0.2.1', '198.51.100.1', '203.0.113.1']) codes.push((await post(address)).status);
    expect(codes).toEqual([200, 200, 429]);
  });

  it('guessing at sign-in tokens is slowed down', async () => {
    app = createApp({ ...service.context, limits: { perMinute: null, trustProxy: true } });
    const guess = async () =>
      (
        await app.request('/v1/admin/session', {
          method: 'POST',
          headers: { Origin: SERVICE_URL, 'Content-Type': 'application/json', 'X-Forwarded-For': '192.0.2.1' },
          body: '{"token":"candour_key_x"}',
        })
      ).status;
    const answers = [];
    for (let i = 0; i < 21; i++) answers.push(await guess());
    expect([answers[19], answers[20]]).toEqual([401, 429]);
  });

  it('R72 asks a limiter on each of its own routes that writes', () => {
    const writing = routes(service.context).filter(
      ([method, path]) => path.startsWith('/v1/sites/') && !['GET', 'OPTIONS'].includes(method),
    );
    expect(writing.length).toBeGreaterThan(1);
    expect(writing.filter(([method, path]) => limitOf(method, path) === null)).toEqual([]);
  });

  it('R41 asks it on each page about messages, and where a mailbox provider stops messages only of who guesses', async () => {
    const about = routes(service.context).filter(
      ([method, path]) => path.startsWith('/m/') && (method === 'POST' || path.includes('/:link')),
    );
    const free = about.filter(([method, path]) => limitOf(method, path) === null).map(([method, path]) => `${method} ${path}`);
    expect(about.length).toBeGreaterThan(5);
    expect(free).toEqual(['POST /m/:site/stop/:link']);
    service.context.limits = { perMinute: 2, trustProxy: true };
    const guess = async () =>
      (
        await service.app.request('/m/example/stop/AAAA', {
          method: 'POST',
          headers: { 'X-Forwarded-For': '192.0.2.7' },
          body: '',
        })
      ).status;
    expect([await guess(), await guess(), await guess()]).toEqual([404, 404, 429]);
  });
});
