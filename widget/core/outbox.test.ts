import { describe, expect, it } from 'vitest';

import { paths, PROBLEMS } from '../../shared/api.ts';
import { PERMANENT } from './outbox.ts';
import { postEvents } from './transport.ts';
import { readAnswer } from './answer.ts';
import { exampleBoot } from '../../test/support/example-widget.ts';
import { vi } from 'vitest';

describe('what the widget knows of the HTTP contract', () => {
  it('parks exactly the problems that the contract calls permanent', () => {
    const permanent = Object.entries(PROBLEMS).flatMap(([code, problem]) => (problem.permanent ? [code] : []));
    expect([...PERMANENT].sort()).toEqual(permanent.sort());
  });

  it('posts where the contract says, without a preflight, and only a small body outlives the page', async () => {
    const sent: [string, RequestInit][] = [];
    vi.stubGlobal('location', { hostname: 'www.example.org' });
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      sent.push([url, init]);
      return Promise.resolve(new Response('{}'));
    });
    await postEvents(exampleBoot(), ['a.b.c'], [], true);
    await postEvents(exampleBoot(), ['x'.repeat(9_000)], [], true);
    vi.unstubAllGlobals();
    expect(sent.map(([url]) => url)).toEqual(Array(2).fill(`https://consent.example${paths.events('example')}`));
    expect(sent.map(([, init]) => init.keepalive)).toEqual([true, false]);
    for (const [, init] of sent) expect(init).toMatchObject({ method: 'POST', credentials: 'omit', body: expect.any(String) });
    for (const [, init] of sent) expect(init.headers).toBeUndefined();
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
      expect(await postEvents(exampleBoot(), ['a'], [], false)).toMatchObject({ reason });
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
