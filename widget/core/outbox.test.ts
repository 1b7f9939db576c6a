import { describe, expect, it } from 'vitest';

import { paths, PROBLEMS } from '../../shared/api.ts';
import type { LedgerEvent, OutboxEntry } from './ledger.ts';
import { createOutbox, PERMANENT } from './outbox.ts';
import type { Records } from './records.ts';
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

describe('an event that the service misses', () => {
  it('R20 goes again, and one that waits already keeps the address that goes with it', async () => {
    const contacts = [{ channel: 'email' as const, value: 'ada@example.org' }];
    const outbox: OutboxEntry[] = [{ subject: 's', seq: 1, owes: false, contacts }];
    const settled: (OutboxEntry | null)[] = [];
    const ledger = {
      outbox: async () => outbox,
      event: async (subject: string, seq: number) => ({ subject, seq, parked: null }),
      settle: async (_: unknown, entry: OutboxEntry | null) => void settled.push(entry),
    } as unknown as Records;
    const host = { boot: exampleBoot(), sync: () => undefined } as unknown as Parameters<typeof createOutbox>[1];
    const newest = { subject: 's', seq: 3, event: { id: 'e', presentation: null } } as unknown as LedgerEvent;
    const none = {} as never;
    await createOutbox(ledger, host, none, none).take(newest, { value: { results: [{ status: 'rejected' }], missing: [1, 2] } });
    expect(settled).toEqual([{ subject: 's', seq: 2, owes: false }]);
  });
});
