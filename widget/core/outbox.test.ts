import { describe, expect, it } from 'vitest';

import { paths, PROBLEMS } from '../../shared/api.ts';
import { PERMANENT } from './outbox.ts';
import { postEvents, type Sent } from './transport.ts';
import { readAnswer } from './answer.ts';
import { exampleBoot } from '../../test/support/example-widget.ts';
import { vi } from 'vitest';

const sent = (jws: string, contacts?: Sent['contacts']): Sent => ({
  stored: { jws, event: { id: 'event-1' } } as unknown as Sent['stored'],
  contacts,
});

describe('what the widget knows of the HTTP contract', () => {
  it('parks exactly the problems that the contract calls permanent', () => {
    const permanent = Object.entries(PROBLEMS).flatMap(([code, problem]) => (problem.permanent ? [code] : []));
    expect([...PERMANENT].sort()).toEqual(permanent.sort());
  });

  it('posts where the contract says, without a preflight, and only a small body outlives the page', async () => {
    const seen: [string, RequestInit][] = [];
    vi.stubGlobal('location', { hostname: 'www.example.org' });
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      seen.push([url, init]);
      return Promise.resolve(new Response('{}'));
    });
    await postEvents(exampleBoot(), [sent('a.b.c')], [], true);
    await postEvents(exampleBoot(), [sent('x'.repeat(9_000))], [], true);
    vi.unstubAllGlobals();
    expect(seen.map(([url]) => url)).toEqual(Array(2).fill(`https://consent.example${paths.events('example')}`));
    expect(seen.map(([, init]) => init.keepalive)).toEqual([true, false]);
    for (const [, init] of seen) expect(init).toMatchObject({ method: 'POST', credentials: 'omit', body: expect.any(String) });
    for (const [, init] of seen) expect(init.headers).toBeUndefined();
  });

  it('R20 sends an address beside its event, by TLS or to this machine alone', async () => {
    vi.stubGlobal('location', { hostname: 'www.example.org' });
    const contacts = [{ channel: 'email' as const, value: 'ada@example.org' }];
    const bodies: string[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      bodies.push(init.body as string);
      return Promise.resolve(new Response('{}'));
    });
    const services = {
      'https://consent.example': true,
      'http://consent.example': false,
      'http://localhost.example': false,
      'http://127.0.0.1.example': false,
      'http://localhost:8787': true,
      'http://shop.localhost:8787': true,
      'http://127.0.0.1:8787': true,
      'http://[::1]:8787': true,
    };
    for (const service of Object.keys(services)) await postEvents(exampleBoot({ service }), [sent('a.b.c', contacts)], [], true);
    vi.unstubAllGlobals();
    const expected = [{ event: 'event-1', channel: 'email', value: 'ada@example.org' }];
    expect(bodies.map((body) => (JSON.parse(body) as { contacts?: unknown }).contacts)).toEqual(
      Object.values(services).map((may) => (may ? expected : undefined)),
    );
  });

  it('names why there is no answer', async () => {
    vi.stubGlobal('location', { hostname: 'www.example.org' });
    const answers: [() => Promise<Response>, string][] = [
      [() => Promise.reject(new TypeError('Failed to fetch')), 'SERVICE_UNREACHABLE'],
      [() => Promise.resolve(new Response('<html>', { status: 502 })), 'SERVICE_UNREACHABLE'],
      [() => Promise.resolve(new Response('{"code":"UNAVAILABLE"}', { status: 503 })), 'UNAVAILABLE'],
      [() => Promise.resolve(new Response('{}', { status: 500 })), 'HTTP_500'],
    ];
    for (const [answer, reason] of answers) {
      vi.stubGlobal('fetch', answer);
      expect(await postEvents(exampleBoot(), [sent('a')], [], false)).toMatchObject({ reason });
    }
    vi.unstubAllGlobals();
  });
});

describe('an answer', () => {
  it('to another number of events, or of another form, is none', () => {
    for (const hostile of [null, 1, 'x', [], {}, { results: 'x' }, { results: [] }, { results: [1, 2] }])
      expect(readAnswer(hostile, 1)).toBeNull();
  });

  it('is taken only where it is understood', () => {
    const answer = {
      results: [{ status: 'wonderful' }, null, { status: 'accepted' }],
      missing: [1, '2', 3.5],
      need: [7, 'h'],
      fork: 'yes',
    };
    expect(readAnswer(answer, 3)).toMatchObject({
      results: [{ status: 'rejected', code: null }, { status: 'rejected' }, { status: 'accepted' }],
      missing: [1],
      need: ['h'],
      fork: false,
    });
  });
});
