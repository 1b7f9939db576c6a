// Against the real service on a real SQLite file, as the recorder's tests: the page is put around it piece by piece.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { servedWidget, type ServedWidget } from '../../test/support/served-widget.ts';
import { loadChunk } from '../../test/support/widget-chunks.ts';
import { eraseEverywhere, eraseHere } from './erasure.ts';
import { mirrorCookie, writeMirror } from './cookies.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import type { ChoiceStates, MovedIn, RecorderHost, Widget } from './widget.ts';

let service: TestService;
let served: ServedWidget;
let recorder: Recorder;
let widget: Widget;
/** What the service answers instead, by method. */
let instead: Record<string, () => Promise<Response>>;
let clock: number;

const SCREEN = { language: 'en', layout: 'box', words: [{ id: 'title', text: 'Your choice' }], controls: [] };
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
const total = async (): Promise<number> => {
  const site = await service.context.store.site('example');
  return site ? (await service.context.store.totals(site)).events : -1;
};

async function choose(): Promise<void> {
  const purposes: ChoiceStates = Object.fromEntries(served.boot.purposes.map(({ id }) => [id, 'refused']));
  const presentation = await recorder.presentation(SCREEN, Object.keys(purposes));
  const mirror = { terms: served.boot.terms.slice(0, 16), day: '2026-11-20', until: '2027-05-20', choices: purposes };
  const event = await recorder.record({ method: 'reject_all', purposes, presentation }, () => mirror);
  await recorder.deliver(event);
}

beforeEach(async () => {
  service = await createTestService();
  served = await servedWidget(service);
  instead = {};
  clock = 0;
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const answer = instead[init.method ?? 'GET'];
    if (answer) return answer();
    const { Authorization } = (init.headers ?? {}) as Record<string, string>;
    if (!Authorization) return served.fetch(url, init);
    const method = init.method ?? 'GET';
    return service.app.request(url.replace(served.boot.service, ''), { method, headers: { Origin: ORIGIN, Authorization } });
  });
  const page = new Window({ url: 'https://www.example.org/' });
  for (const name of ['document', 'location', 'sessionStorage', 'localStorage'] as const)
    Object.assign(globalThis, { [name]: page[name] });
  Object.assign(globalThis, { addEventListener: () => undefined });
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + clock);
  const host = {
    boot: { ...served.boot, ...served.details.record },
    gpc: false,
    status: () => ({}),
    banner: () => Promise.resolve(served.details),
    load: loadChunk,
    sync: () => undefined,
  } as unknown as RecorderHost;
  recorder = openRecorder(host);
  widget = {
    ...host,
    mayRun: () => false,
    details: () => Promise.resolve(served.details),
    recorder: () => Promise.resolve(recorder),
    adopt: vi.fn(),
  } as unknown as Widget;
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await service.close();
});

describe('erasure from the preference centre', () => {
  it('goes through at the service first, then here, and the page begins again', async () => {
    await choose();
    expect(await total()).toBe(1);
    expect(await eraseEverywhere(widget)).toEqual({ done: 'everywhere', count: 1 });
    expect(await total()).toBe(0);
    expect(await databases()).toEqual([]);
    expect(mirrorCookie('example')).toBeNull();
    expect(document.cookie).toBe('');
    expect(vi.mocked(widget.adopt).mock.calls[0]?.[0].choices).toEqual({});
    await choose();
    expect(await total(), 'and the same browser can choose again').toBe(1);
  });

  it('leaves everything here while the service did not confirm it, and says why', async () => {
    await choose();
    for (const [answer, code] of [
      [() => Promise.reject(new TypeError('Failed to fetch')), 'SERVICE_UNREACHABLE'],
      [() => Promise.resolve(Response.json({ code: 'UNAVAILABLE' }, { status: 503 })), 'UNAVAILABLE'],
      [() => Promise.resolve(new Response('<html>', { status: 200 })), 'SERVICE_UNREACHABLE'],
    ] as const) {
      instead = { DELETE: answer };
      expect(await eraseEverywhere(widget)).toEqual({ done: 'not_here', count: 0, code });
      expect(await databases()).toEqual(['candour-example']);
      expect(mirrorCookie('example')).not.toBeNull();
      expect(widget.adopt).not.toHaveBeenCalled();
    }
    instead = {};
    expect(await eraseEverywhere(widget)).toEqual({ done: 'everywhere', count: 1 });
  });

  it('erased at the service and not confirmed as gone is told with the number', async () => {
    await choose();
    instead = { GET: () => Promise.resolve(Response.json({ code: 'INTERNAL' }, { status: 500 })) };
    expect(await eraseEverywhere(widget)).toEqual({ done: 'not_here', count: 1, code: 'INTERNAL' });
    expect(await databases()).toEqual(['candour-example']);
  });

  it('a clock that is wrong by a year is no reason not to erase', async () => {
    await choose();
    clock = 365 * 86_400_000;
    expect(await eraseEverywhere(widget)).toEqual({ done: 'everywhere', count: 1 });
    expect(await total()).toBe(0);
  });

  it('on this device only leaves the service as it is', async () => {
    await choose();
    expect(await eraseHere(widget)).toEqual({ done: 'here' });
    expect(await databases()).toEqual([]);
    expect(await total()).toBe(1);
  });

  it('takes along what was not sent yet: a page that is left does not send it after all', async () => {
    instead = { POST: () => Promise.reject(new TypeError('Failed to fetch')) };
    await choose();
    instead = {};
    expect(await eraseEverywhere(widget)).toEqual({ done: 'everywhere', count: 0 });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    const leaving = document.createEvent('Event');
    leaving.initEvent('visibilitychange');
    document.dispatchEvent(leaving);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(served.posts).toEqual([]);
    expect(await total()).toBe(0);
  });

  it('takes along what another platform stored and nobody has answered since', async () => {
    const forget = vi.fn();
    widget.moved = () => ({ forget }) as unknown as MovedIn;
    await eraseHere(widget);
    expect(forget).toHaveBeenCalled();
  });

  it('without the keys it claims nothing of the service', async () => {
    writeMirror('example', { terms: 'T'.repeat(16), day: '2026-11-20', until: '2027-05-20', choices: {} }, null);
    expect(await eraseEverywhere(widget)).toEqual({ done: 'here' });
    expect(document.cookie).toBe('');
  });
});
