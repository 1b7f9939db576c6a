// Against the real service on a real SQLite file. The page is put around it piece by piece: a whole DOM environment would
// replace what Node's own modules need.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { Window } from 'happy-dom';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { EventsAnswer } from '../../shared/api.ts';
import { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, parseJws } from '../../shared/consent/jws.ts';
import type { Mirror } from '../../shared/consent/mirror.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { servedWidget, type ServedWidget } from '../../test/support/served-widget.ts';
import { loadChunk } from '../../test/support/widget-chunks.ts';
import { exampleNotice } from '../../test/support/example-notice.ts';
import { cookiePolicy, createTestService, type TestService } from '../../test/support/service.ts';
import { parse } from 'valibot';
import { isoDay } from '../../shared/notice/period.ts';
import type { SyncDetail } from './api.ts';
import { statusOf } from './choices.ts';
import { isPending, isUnwritten, mirrorCookie, setPending, setUnwritten, writeMirror } from './cookies.ts';
import { eventId } from './event-id.ts';
import { writeFormNote } from './form-note.ts';
import { openLedger } from './ledger.ts';
import { recordsOf } from './records.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import type { ChoiceStates, Recording, RecorderHost } from './widget.ts';

let service: TestService;
let served: ServedWidget;
let said: SyncDetail[];

const REFUSED: ChoiceStates = { 'visit-statistics': 'refused', adverts: 'refused' };
const GIVEN: ChoiceStates = { 'visit-statistics': 'given', adverts: 'given' };
const WITHDRAWN: ChoiceStates = { 'visit-statistics': 'withdrawn', adverts: 'withdrawn' };
const SCREEN = { language: 'en', layout: 'banner-box', words: [{ id: 'title', text: 'Your choice' }], controls: [] };

function tab(more: Partial<RecorderHost['boot']> = {}, host: Pick<RecorderHost, 'adopt'> = {}): Recorder {
  const boot = { ...served.boot, ...more };
  const status = () => ({});
  return openRecorder({
    boot,
    gpc: false,
    status,
    banner: () => Promise.resolve(served.details),
    load: loadChunk,
    sync: (detail) => void said.push(detail),
    ...host,
  });
}

async function choose(recorder: Recorder, purposes: ChoiceStates, text = 'Your choice') {
  const screen = { ...SCREEN, words: [{ id: 'title', text }] };
  const presentation = await recorder.presentation(screen, Object.keys(purposes));
  return recorder.record({ method: 'save_choices', purposes, presentation });
}

async function eventsOf({ context: { store } }: TestService): Promise<number> {
  const site = await store.site('example');
  return site ? (await store.totals(site)).events : -1;
}
const ledger = async () => recordsOf(await openLedger('example'));
const stored = async () => (await ledger()).events();

beforeEach(async () => {
  service = await createTestService();
  served = await servedWidget(service);
  const purposes = served.boot.purposes.map(({ id }) => id);
  for (const states of [REFUSED, GIVEN, WITHDRAWN])
    for (const [i, name] of ['visit-statistics', 'adverts'].entries()) {
      const state = states[name];
      delete states[name];
      if (state) states[purposes[i] ?? name] = state;
    }
  said = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', served.fetch);
  const page = new Window({ url: 'https://www.example.org/' });
  for (const name of ['document', 'location', 'sessionStorage'] as const) vi.stubGlobal(name, page[name]);
  vi.stubGlobal('addEventListener', () => undefined);
  // The pauses between two tries: a page of one test must not wake in a later one.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => service.close());
afterAll(() => {
  vi.useRealTimers();
});

describe('the cookie', () => {
  it('R9 of an older choice, set once more by an answer that was long on its way, gives way to the newest', async () => {
    const day = isoDay(Date.now());
    const mirror = (choices: ChoiceStates) =>
      ({ terms: served.boot.terms.slice(0, 16), day, until: '2099-01-01', choices }) as Mirror;
    const adopted: Mirror[] = [];
    const recorder = tab({}, { adopt: (newest) => void adopted.push(newest) });
    for (const purposes of [GIVEN, WITHDRAWN])
      await recorder.record({ method: 'save_choices', purposes, presentation: null }, () => mirror(purposes));
    vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
      const answer = await served.fetch(...request);
      writeMirror('example', mirror(GIVEN));
      return answer;
    });
    await recorder.deliver();
    expect(mirrorCookie('example')?.choices).toEqual(WITHDRAWN);
    expect(adopted.at(-1)?.choices, 'whoever took the older one over meanwhile').toEqual(WITHDRAWN);
  });
});

describe('recording', () => {
  it('R16 opens no database before a choice', async () => {
    const recorder = tab();
    expect(await recorder.receipts()).toEqual([]);
    expect(await recorder.channels()).toEqual({});
    expect(await recorder.restore(null, true)).toBeNull();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('R47 writes a signed event that names every purpose and what was shown, before anything is sent', async () => {
    served.way.offline = true;
    const written = await choose(tab(), REFUSED);
    const event = parse(ConsentEvent, parseJws(written.jws, EVENT_TYP).payload);
    expect(event).toMatchObject({ seq: 1, prev: null, start: { kind: 'new' }, purposes: REFUSED, log: served.boot.log });
    expect(event.origin).toBe('https://www.example.org');
    const records = await ledger();
    expect(await records.outbox()).toEqual([{ subject: written.subject, seq: 1, owes: false }]);
    expect(await records.presentation(event.presentation ?? '')).toMatchObject({
      layout: 'banner-box',
      build: served.boot.build,
    });
    expect(isPending('example')).toBe(true);
    expect(served.posts).toEqual([]);
  });

  it('keeps a key that cannot be taken out of the browser', async () => {
    await choose(tab(), REFUSED);
    const key = (await (await ledger()).head())?.key.privateKey;
    expect(key?.extractable).toBe(false);
    expect(key?.usages).toEqual(['sign']);
  });

  it('gives tabs that choose at the same moment one chain and one key, without Web Locks too', async () => {
    const written = await Promise.all([choose(tab(), REFUSED), choose(tab(), GIVEN), choose(tab(), REFUSED)]);
    const events = await stored();
    expect(new Set(written.map(({ subject }) => subject)).size).toBe(1);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(events.map(({ event }) => event.prev)).toEqual([null, events[0]?.hash, events[1]?.hash]);
  });

  it('starts a new subject when the key is 13 months old', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-01-01T10:00:00Z') });
    const first = await choose(tab(), REFUSED);
    vi.setSystemTime(new Date('2027-02-10T10:00:00Z'));
    const second = await choose(tab(), REFUSED);
    expect(second.subject).not.toBe(first.subject);
    expect(second.event).toMatchObject({ seq: 1, prev: null, start: { kind: 'new' } });
  });

  it('does not follow a refuser: a choice after an expiry has a new subject, unless something given is in force', async () => {
    served.way.offline = true;
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-01-01T10:00:00Z') });
    const first = await choose(tab(), REFUSED);
    vi.setSystemTime(new Date('2026-07-02T10:00:00Z'));
    const recorder = tab();
    expect(await recorder.restore(null, true)).toBeNull();
    const second = await choose(recorder, REFUSED);
    expect(second.subject).not.toBe(first.subject);
  });
});

describe('delivery', () => {
  it('takes an event out of the outbox on a receipt that verifies, and gives that receipt out', async () => {
    const recorder = tab();
    await recorder.deliver(await choose(recorder, REFUSED));
    expect(await (await ledger()).outbox()).toEqual([]);
    expect(isPending('example')).toBe(false);
    expect(said.at(-1)).toMatchObject({ state: 'acknowledged' });
    const [told] = await recorder.receipts();
    const check = await verifyReceipt(told?.receipt, served.boot.logKeys, webCryptoVerifier(crypto.subtle));
    expect(check.steps.filter(({ result }) => result !== 'holds')).toEqual([]);
    expect(check.verified).toBe('true');
    // Whoever reads the ledger without the widget has all that the receipt is made of.
    const [{ source } = {}] = await (await ledger()).events();
    expect(told?.receipt).toMatchObject(source ?? { is: 'missing' });
    expect(Object.keys(source ?? {}).toSorted()).toEqual(['log', 'logKey', 'service', 'site']);
  });

  it('R48 sends what was shown when the service asks for it, and only then', async () => {
    const recorder = tab();
    const first = await choose(recorder, REFUSED);
    await recorder.deliver(first);
    await recorder.deliver(await choose(recorder, GIVEN));
    expect(served.posts.map(({ presentations }) => presentations.length)).toEqual([0, 1, 0]);
    expect((await service.app.request(`/v1/presentations/${first.event.presentation}`)).status).toBe(200);
  });

  it('R32 keeps a choice made offline, says so, and delivers it from the next page', async () => {
    served.way.offline = true;
    const recorder = tab();
    await recorder.deliver(await choose(recorder, REFUSED));
    expect(said.at(-1)).toMatchObject({ state: 'pending', reason: 'SERVICE_UNREACHABLE' });
    expect(isPending('example')).toBe(true);
    served.way.offline = false;
    await tab().deliver();
    expect(await (await ledger()).outbox()).toEqual([]);
    expect(await eventsOf(service)).toBe(1);
  });

  it('R50 sends again what was acknowledged into the void: one row, one receipt', async () => {
    served.way.answer = () => {
      throw new TypeError('connection reset');
    };
    const recorder = tab();
    await recorder.deliver(await choose(recorder, GIVEN));
    expect(await eventsOf(service)).toBe(1);
    expect(await (await ledger()).outbox()).toHaveLength(1);
    served.way.answer = (text) => text;
    await tab().deliver();
    expect(await eventsOf(service)).toBe(1);
    expect(await tab().receipts()).toHaveLength(1);
  });

  it('takes an answer without a valid proof for no acknowledgement', async () => {
    const stolen = await servedWidget(service);
    served.way.answer = (text) => {
      const answer = JSON.parse(text) as EventsAnswer;
      for (const result of answer.results) result.checkpoint = result.checkpoint?.replace(/\n(\d+)\n/, '\n9$1\n');
      return JSON.stringify(answer);
    };
    const recorder = tab();
    await recorder.deliver(await choose(recorder, REFUSED));
    expect(await (await ledger()).outbox()).toHaveLength(1);
    expect(said.at(-1)).toMatchObject({ state: 'pending', reason: 'RECEIPT_NOT_VERIFIED' });
    expect(await recorder.receipts()).toEqual([]);
    vi.stubGlobal('fetch', stolen.fetch);
    await tab().deliver();
    expect(await recorder.receipts()).toHaveLength(1);
  });

  it('sends a withdrawal before what it withdraws, and the gap heals', async () => {
    served.way.offline = true;
    const recorder = tab();
    await choose(recorder, GIVEN);
    await choose(recorder, WITHDRAWN);
    served.way.offline = false;
    await tab().deliver();
    const seqs = served.posts.flatMap(({ events }) =>
      events.map((jws) => (parseJws(jws, EVENT_TYP).payload as ConsentEvent).seq),
    );
    expect(seqs.slice(0, 2)).toEqual([2, 1]);
    expect(await eventsOf(service)).toBe(2);
    expect(await (await ledger()).outbox()).toEqual([]);
  });

  it('parks what the service rejects for good, says so, and goes on', async () => {
    const recorder = tab();
    await recorder.deliver(await choose(recorder, { ...REFUSED, 'never-configured': 'refused' }));
    expect(said).toContainEqual(expect.objectContaining({ state: 'parked', reason: 'UNKNOWN_PURPOSE' }));
    expect((await stored())[0]?.parked).toBe('UNKNOWN_PURPOSE');
    await recorder.deliver(await choose(recorder, REFUSED));
    expect(await (await ledger()).outbox()).toEqual([]);
    expect(await recorder.receipts()).toHaveLength(1);
  });

  it('sends again what the service lost', async () => {
    const recorder = tab();
    await recorder.deliver(await choose(recorder, GIVEN));
    const restored = await createTestService();
    const other = await servedWidget(restored);
    served.posts.length = 0;
    vi.stubGlobal('fetch', other.fetch);
    const again = tab({ log: other.boot.log, logKeys: other.boot.logKeys });
    await again.deliver(await choose(again, WITHDRAWN));
    await again.deliver();
    expect(await eventsOf(restored)).toBe(2);
    await restored.close();
  });

  it('starts a new subject after the service saw a fork', async () => {
    const recorder = tab();
    served.way.answer = (text) => JSON.stringify({ ...(JSON.parse(text) as EventsAnswer), fork: true });
    const first = await choose(recorder, GIVEN);
    await recorder.deliver(first);
    const second = await choose(recorder, REFUSED);
    expect(second.subject).not.toBe(first.subject);
    expect(second.event.start).toEqual({ kind: 'forked' });
  });

  it('R9 where nothing holds any more in any branch of a fork, what was given is not remembered as given and what was refused stays so', async () => {
    const [one = '', other = ''] = Object.keys(GIVEN);
    const states: ChoiceStates = { [one]: 'given', [other]: 'refused' };
    const terms = served.boot.terms.slice(0, 16);
    const mirror = { terms, day: isoDay(Date.now()), until: '2099-01-01', choices: states } as Mirror;
    served.way.offline = true;
    await tab().record({ method: 'save_choices', purposes: states, presentation: null }, () => mirror);
    served.way.offline = false;
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      if (!url.endsWith('/me/events')) return served.fetch(url, init);
      const events = (await stored()).map(({ jws }) => ({ event: jws }));
      return new Response(JSON.stringify({ events }));
    });
    served.way.answer = (text) => JSON.stringify({ ...(JSON.parse(text) as EventsAnswer), fork: true });
    const adopted: Mirror[] = [];
    // The terms have changed since: no branch says anything about these.
    await tab({ terms: 'Z'.repeat(43) }, { adopt: (next) => void adopted.push(next) }).deliver();
    const left = { [other]: 'refused' };
    expect(adopted.map(({ choices }) => choices)).toEqual([left]);
    expect((await (await ledger()).mirror())?.choices).toEqual(left);
    expect(mirrorCookie('example')?.choices).toEqual(left);
  });
});

describe('trying again', () => {
  const answered = (status: number, headers: Record<string, string> = {}) =>
    vi.fn(() => Promise.resolve(new Response('<h1>Not now</h1>', { status, headers })));
  const pendingOf = () => said.filter(({ state }) => state === 'pending').map(({ reason }) => reason);

  it('R50 obeys Retry-After over windows and pages, for a new choice too, and parks nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-11-22T10:00:00Z') });
    const busy = answered(429, { 'Retry-After': '3600' });
    vi.stubGlobal('fetch', busy);
    const recorder = tab();
    await recorder.deliver(await choose(recorder, GIVEN));
    expect(busy).toHaveBeenCalledTimes(1);
    await tab().deliver();
    await recorder.deliver(await choose(recorder, REFUSED));
    vi.setSystemTime(new Date('2026-11-22T10:59:00Z'));
    await tab().deliver();
    expect(busy).toHaveBeenCalledTimes(1);
    expect(pendingOf()).toHaveLength(4);
    vi.setSystemTime(new Date('2026-11-22T11:00:01Z'));
    vi.stubGlobal('fetch', served.fetch);
    await tab().deliver();
    expect(await (await ledger()).outbox()).toEqual([]);
    expect(await eventsOf(service)).toBe(2);
    expect((await stored()).map(({ parked }) => parked)).toEqual([null, null]);
  });

  it('R50 an error of the service is neither parked nor asked about again at once; pauses grow to ten minutes, each said aloud', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-11-22T10:00:00Z') });
    const broken = answered(500);
    vi.stubGlobal('fetch', broken);
    const recorder = tab();
    await recorder.deliver(await choose(recorder, GIVEN));
    const gaps: number[] = [];
    for (let tries = 1; tries < 8; tries++) {
      expect(broken).toHaveBeenCalledTimes(tries);
      expect(pendingOf()).toHaveLength(tries);
      const before = Date.now();
      await vi.waitFor(
        async () => {
          await vi.advanceTimersByTimeAsync(500);
          expect(broken.mock.calls.length).toBeGreaterThan(tries);
          expect(pendingOf().length).toBeGreaterThan(tries);
        },
        { timeout: 20_000, interval: 0 },
      );
      gaps.push(Date.now() - before);
      if (gaps.length === 3) break;
    }
    expect(gaps[0]).toBeLessThan(10_000);
    expect(gaps[2]).toBeGreaterThan(gaps[0] ?? 0);
    expect((await stored())[0]?.parked).toBeNull();
  }, 180_000);

  it('several windows make one request between them', async () => {
    served.way.offline = true;
    await choose(tab(), GIVEN);
    served.way.offline = false;
    await Promise.all([tab().deliver(), tab().deliver(), tab().deliver(), tab().deliver()]);
    // Without the words that the service asks for, and with them.
    expect(served.posts.map(({ events }) => events.length)).toEqual([1, 1]);
    expect(await (await ledger()).outbox()).toEqual([]);
  });

  it('a service that never answers is given up, and the choice waits', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    vi.stubGlobal('fetch', (_: string, init: RequestInit) =>
      init.signal?.aborted ? Promise.reject(init.signal.reason as Error) : new Promise(() => undefined),
    );
    const recorder = tab();
    await recorder.deliver(await choose(recorder, GIVEN));
    timeout.mockRestore();
    expect(said.at(-1)).toMatchObject({ state: 'pending', reason: 'SERVICE_UNREACHABLE' });
    expect(await (await ledger()).outbox()).toHaveLength(1);
  });

  it('an event that spoils its request keeps no other back', async () => {
    served.way.offline = true;
    const recorder = tab();
    const [first, spoilt, third] = [
      await choose(recorder, GIVEN),
      await choose(recorder, REFUSED),
      await choose(recorder, GIVEN),
    ];
    served.way.offline = false;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      (init.body as string).includes(spoilt.jws)
        ? Promise.resolve(new Response('{"code":"BODY_TOO_LARGE"}', { status: 413 }))
        : served.fetch(url, init),
    );
    await tab().deliver();
    const outbox = (await (await ledger()).outbox()).map(({ seq }) => seq);
    expect(outbox).toEqual([spoilt.seq]);
    expect((await stored()).filter(({ acknowledgement }) => acknowledgement).map(({ hash }) => hash)).toEqual([
      first.hash,
      third.hash,
    ]);
    expect(said.at(-1)).toMatchObject({ state: 'pending', reason: 'BODY_TOO_LARGE', events: [spoilt.event.id] });
  });
});

describe('restoring', () => {
  it('R18 brings the cookie back from the ledger, for the choices that hold', async () => {
    const recorder = tab();
    await recorder.deliver(await choose(recorder, REFUSED));
    const mirror = await tab().restore(null, true);
    expect(mirror?.choices).toEqual(REFUSED);
    expect(mirrorCookie('example')).toEqual(mirror);
    const changed = { ...served.boot, terms: 'X'.repeat(43) };
    const superseded = await tab(changed).restore(null, true);
    expect(new Set(Object.values(statusOf(changed, superseded, isoDay(Date.now()))))).toEqual(new Set(['superseded']));
    expect(said.filter(({ state }) => state === 'pending')).toEqual([]);
  });

  it('records again as restored what the cookie kept and the database lost, and the loss shows in the log', async () => {
    const survived = { terms: served.boot.terms.slice(0, 16), day: '2026-11-20', until: '2027-05-20', choices: { ...REFUSED } };
    const recorder = tab();
    expect(await recorder.restore(survived as never, false)).toEqual(survived);
    await vi.waitFor(async () => expect(await (await ledger()).outbox()).toEqual([]));
    const [event] = await stored();
    expect(event?.event).toMatchObject({ start: { kind: 'restored', day: '2026-11-20', choices: REFUSED }, presentation: null });
    expect(await eventsOf(service)).toBe(1);
  });
});

describe('what single companies of the IAB framework are refused', () => {
  const tcf = { cmpId: 300, cmpVersion: 1, vendorList: '/list.json', vendors: [2, 5, 8], purposes: {}, publisherCountry: 'GB' };
  const day = '2026-11-20';

  it('R18 R33 comes back from the ledger with the cookie', async () => {
    const recorder = tab({ tcf });
    const vendors = { list: 17, refused: '5', objected: '8' };
    await recorder.record({ method: 'save_choices', purposes: GIVEN, vendors, presentation: null });
    await recorder.record({ method: 'api', purposes: GIVEN, presentation: null });
    expect((await tab({ tcf }).restore(null, true))?.choices).toEqual({ ...GIVEN, '-5': 'refused', '--8': 'objected' });
    expect(mirrorCookie('example')?.choices).toMatchObject({ '-5': 'refused', '--8': 'objected' });
    expect((await tab().restore(null, true))?.choices, 'a site without the framework').toMatchObject(GIVEN);
  });

  it('R33 is recorded again as restored where the database was lost, and the service takes it', async () => {
    const choices = { ...GIVEN, '-5': 'refused', '--8': 'objected' } as Mirror['choices'];
    const survived = { terms: served.boot.terms.slice(0, 16), day, until: '2027-05-20', choices };
    await tab({ tcf }).restore(survived, false);
    await vi.waitFor(async () => expect(await (await ledger()).outbox()).toEqual([]));
    const [event] = await stored();
    expect([event?.parked, event?.event.vendors]).toEqual([null, { list: null, refused: '5', objected: '8' }]);
    expect(event?.event.start).toEqual({ kind: 'restored', day, choices: GIVEN });
    expect(await eventsOf(service)).toBe(1);
  });

  it('R33 R50 comes in the one spelling that the service takes, whatever a shared cookie says', async () => {
    const choices = {
      ...GIVEN,
      '-9-3': 'refused',
      '-2-6': 'refused',
      '-4-8': 'refused',
      '--70000': 'objected',
    } as Mirror['choices'];
    const survived = { terms: served.boot.terms.slice(0, 16), day, until: '2027-05-20', choices };
    await tab({ tcf }).restore(survived, false);
    await vi.waitFor(async () => expect(await (await ledger()).outbox()).toEqual([]));
    const [event] = await stored();
    expect([event?.parked, event?.event.vendors]).toEqual([null, { list: null, refused: '2-8', objected: '' }]);
    expect(await eventsOf(service)).toBe(1);
    // Another page finds nothing new in it.
    await tab({ tcf }).restore(mirrorCookie('example'), false);
    expect(await stored()).toHaveLength(1);
  });

  it('R33 where nothing else holds any more, no event is made of it: none could name a purpose', async () => {
    const choices = { ...GIVEN, '-5': 'refused' } as Mirror['choices'];
    const survived = { terms: served.boot.terms.slice(0, 16), day: '2020-01-01', until: '2100-01-01', choices };
    // Something else brings the ledger into being.
    writeFormNote('example', { id: eventId(Date.now()), method: 'form', purposes: {}, channels: {}, presentation: null });
    await tab({ tcf }).restore(survived, false);
    expect(await stored()).toEqual([]);
  });

  it('R33 outlasts a clock that was a year ahead, by which the rest of the choice has ended', async () => {
    const year = 365 * 86_400_000;
    const now = Date.now();
    // The service goes by the right time; the browser chose eight months before what it takes for today.
    await service.close();
    service = await createTestService({ now: () => new Date(now) });
    served = await servedWidget(service);
    vi.stubGlobal('fetch', served.fetch);
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: now + year - 245 * 86_400_000 });
    const vendors = { list: 17, refused: '5', objected: '8' };
    const adopted: Mirror[] = [];
    const recorder = tab({ tcf }, { adopt: (mirror) => void adopted.push(mirror) });
    const presentation = await recorder.presentation(SCREEN, Object.keys(REFUSED));
    const written = await recorder.record({ method: 'save_choices', purposes: REFUSED, vendors, presentation });
    vi.setSystemTime(now + year);
    await recorder.deliver(written);
    expect((await stored())[0]?.acknowledgement?.leaf.skew).toBeLessThan(-year / 2);
    expect(adopted.at(-1)?.choices).toEqual({ ...REFUSED, '-5': 'refused', '--8': 'objected' });
    expect(new Set(Object.values(statusOf(served.boot, adopted.at(-1) ?? null, isoDay(Date.now()))))).toEqual(
      new Set(['expired']),
    );
  });
});

describe('restoring what the cookie and the ledger say differently', () => {
  const mirrorOf = (choices: ChoiceStates, more: Partial<Mirror> = {}): Mirror => ({
    terms: served.boot.terms.slice(0, 16),
    day: isoDay(Date.now()),
    until: '2100-01-01',
    choices,
    ...more,
  });
  const chosen = async (recorder: Recorder, states: ChoiceStates) =>
    recorder.record(
      { method: 'save_choices', purposes: states, presentation: await recorder.presentation(SCREEN, Object.keys(states)) },
      () => mirrorOf(states),
    );
  const allDelivered = () => vi.waitFor(async () => expect(await (await ledger()).outbox()).toEqual([]));

  it('R9 R50 a withdrawal that reached only the cookie is recorded, delivered and not undone', async () => {
    const recorder = tab();
    await recorder.deliver(await chosen(recorder, GIVEN));
    const withdrawn = mirrorOf(WITHDRAWN);
    writeMirror('example', withdrawn, null);
    setUnwritten('example', true);
    expect(await tab().restore(mirrorCookie('example'), false)).toEqual(withdrawn);
    await allDelivered();
    expect(mirrorCookie('example')).toEqual(withdrawn);
    expect(isUnwritten('example')).toBe(false);
    const newest = (await stored()).filter(({ event }) => event.start?.kind === 'restored');
    expect(newest.map(({ event, parked }) => [event.seq, event.purposes, parked])).toEqual([[1, WITHDRAWN, null]]);
    expect(await eventsOf(service)).toBe(2);
    expect(await tab().restore(mirrorCookie('example'), true)).toEqual(withdrawn);
    expect(await stored()).toHaveLength(2);
  });

  it('R9 a cookie that a killed browser brought back does not beat the withdrawal in the ledger', async () => {
    const recorder = tab();
    await recorder.deliver(await chosen(recorder, GIVEN));
    const before = mirrorCookie('example');
    await chosen(recorder, WITHDRAWN);
    writeMirror('example', before ?? mirrorOf(GIVEN), null);
    expect((await tab().restore(before, true))?.choices).toEqual(WITHDRAWN);
    expect(mirrorCookie('example')?.choices).toEqual(WITHDRAWN);
    await allDelivered();
    expect((await stored()).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('R24 R25 consent to other terms, or that has ended, is not made again', async () => {
    setPending('example', true);
    for (const more of [{ terms: 'X'.repeat(16) }, { day: '2020-01-01' }]) await tab().restore(mirrorOf(GIVEN, more), false);
    expect(await indexedDB.databases()).toEqual([]);
    expect(isPending('example')).toBe(false);
    expect(served.posts).toEqual([]);
  });

  it('two tabs that restore at once make one event, which the service takes', async () => {
    const survived = mirrorOf(REFUSED);
    await Promise.all([tab().restore(survived, false), tab().restore(survived, false), tab().restore(survived, false)]);
    await allDelivered();
    expect((await stored()).map(({ event, parked }) => [event.start?.kind, parked])).toEqual([['restored', null]]);
    expect(await eventsOf(service)).toBe(1);
  });
});

describe('the ledger', () => {
  it('R32 is opened again when it was closed under it, and made again for a choice when it was deleted', async () => {
    const recorder = tab();
    await choose(recorder, GIVEN);
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('candour-example');
      deleting.onsuccess = resolve;
    });
    expect(await recorder.receipts()).toEqual([]);
    await recorder.deliver();
    expect(await indexedDB.databases()).toEqual([]);
    expect((await choose(recorder, REFUSED)).event).toMatchObject({ seq: 1, purposes: REFUSED });
    expect(await stored()).toHaveLength(1);
  });

  it('R32 a try to deliver that was under way when it was deleted leaves no empty one behind, and the choice waits for the next page', async () => {
    const recorder = tab();
    served.way.offline = true;
    await recorder.deliver(await choose(recorder, GIVEN));
    const listed = await indexedDB.databases();
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('candour-example');
      deleting.onsuccess = resolve;
    });
    // As Firefox says it for a while.
    const listing = vi.spyOn(indexedDB, 'databases').mockResolvedValue(listed);
    await recorder.deliver();
    listing.mockRestore();
    expect(await indexedDB.databases()).toEqual([]);
    expect(isPending('example')).toBe(true);
  });

  it('R32 is made anew for a choice that comes while a reader finds it deleted', async () => {
    await choose(tab(), GIVEN);
    const open = await openLedger('example');
    const current = await open.head();
    const listed = await indexedDB.databases();
    await new Promise((resolve) => {
      const deleting = indexedDB.deleteDatabase('candour-example');
      deleting.onsuccess = resolve;
    });
    const listing = vi.spyOn(indexedDB, 'databases').mockResolvedValue(listed);
    const reading = open.database().catch(() => 'gone');
    // The reader asks what is listed first; the choice meets its try under way.
    for (let turn = 0; turn < 99 && !open.isOpen(); turn++) await Promise.resolve();
    const made = open.addKey(1, (current as NonNullable<typeof current>).key, 'new');
    expect([await reading, await made]).toEqual(['gone', true]);
    listing.mockRestore();
    expect((await open.head())?.head.seq).toBe(0);
  });

  it('keeps a subject retired that was retired while an event was being signed', async () => {
    const { subject } = await choose(tab(), GIVEN);
    const records = await ledger();
    const before = (await records.head())?.head;
    const [first] = await records.events();
    if (!before || !first) throw new Error('nothing was written');
    await records.retire(subject, 'forked');
    expect(await records.append(before, { ...first, seq: 2, hash: 'h2' }, { presentation: null }, null)).toBe(0);
    expect((await records.head())?.head).toMatchObject({ seq: 2, hash: 'h2', retired: 'forked' });
  });

  it('does not send again what the service erased', async () => {
    const recorder = tab();
    const change = (changed: (answer: EventsAnswer) => void) => (text: string) => {
      const answer = JSON.parse(text) as EventsAnswer;
      changed(answer);
      return JSON.stringify(answer);
    };
    served.way.answer = change(({ results }) => results.forEach((result) => (result.status = 'erased')));
    const erased = await choose(recorder, GIVEN);
    await recorder.deliver(erased);
    served.posts.length = 0;
    served.way.answer = change((answer) => (answer.missing = [1]));
    await recorder.deliver(await choose(recorder, REFUSED));
    expect(served.posts.flatMap(({ events }) => events)).not.toContain(erased.jws);
    expect(await (await ledger()).outbox()).toEqual([]);
  });
});

describe('a form', () => {
  const channels = { newsletter: { example: { email: 'given' as const } } };

  it('R39 is recorded with its channels and without any purpose', async () => {
    const recorder = tab();
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    await recorder.recordForm({ method: 'form', purposes: {}, channels, presentation });
    expect(await recorder.channels()).toEqual(channels);
    expect(sessionStorage.length).toBe(0);
    expect(served.posts).toHaveLength(1);
  });

  /** A service that asks for a newsletter. */
  async function askedFor(): Promise<NonNullable<Recording['channels']>> {
    await service.close();
    service = await createTestService({ notices: [cookiePolicy, exampleNotice] });
    served = await servedWidget(service);
    vi.stubGlobal('fetch', served.fetch);
    return { newsletter: { controller: { email: 'given' } } };
  }

  it('R20 sends an address beside its event, and keeps it until the acknowledgement and no longer', async () => {
    const asked = await askedFor();
    const recorder = tab();
    const contacts = [
      { channel: 'email' as const, value: 'ada.planted@example.org' },
      { channel: 'sms' as const, value: '+44 7700 900123' },
    ];
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    served.way.offline = true;
    await recorder.recordForm({ method: 'form', purposes: {}, channels: asked, presentation, contacts });
    expect(sessionStorage.length).toBe(0);
    // The channel that nothing is said about is not waited for either.
    expect(await (await ledger()).outbox()).toMatchObject([{ contacts: [contacts[0]] }]);
    served.way.offline = false;
    await tab().deliver();
    const [event] = await stored();
    expect(event?.acknowledgement).not.toBeNull();
    const beside = served.posts.flatMap((post) => post.contacts ?? []);
    expect(beside).toEqual([{ event: event?.event.id, ...contacts[0] }]);
    expect(JSON.stringify(event)).not.toContain('planted');
    expect(await (await ledger()).outbox()).toEqual([]);
  });

  it('R20 sends an address again with the presentation that is owed only where nothing was acknowledged', async () => {
    const asked = await askedFor();
    const recorder = tab();
    const contacts = [{ channel: 'email' as const, value: 'ada.planted@example.org' }];
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    served.way.answer = (text) => {
      served.way.answer = (same) => same;
      const answer = JSON.parse(text) as EventsAnswer;
      const [, payload = ''] = (served.posts[0]?.events[0] ?? '').split('.');
      const event = JSON.parse(Buffer.from(payload, 'base64url').toString()) as ConsentEvent;
      return JSON.stringify({ ...answer, need: [event.presentation] });
    };
    await recorder.recordForm({ method: 'form', purposes: {}, channels: asked, presentation, contacts });
    expect(served.posts.map((post) => [post.contacts?.length, post.presentations.length])).toEqual([
      [1, 0],
      [undefined, 1],
    ]);
    expect(await (await ledger()).outbox()).toEqual([]);
  });

  it('R39 does not withdraw by an unticked box what was given, whatever the page knew when it was sent', async () => {
    const recorder = tab();
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    await recorder.recordForm({ method: 'form', purposes: {}, channels, presentation });
    const unticked = { newsletter: { example: { email: 'refused' as const, sms: 'refused' as const } } };
    await tab().recordForm({ method: 'form', purposes: {}, channels: unticked, presentation });
    expect(await recorder.channels()).toEqual({ newsletter: { example: { email: 'given', sms: 'refused' } } });
    await tab().recordForm({
      method: 'form',
      purposes: {},
      channels: { newsletter: { example: { email: 'refused' } } },
      presentation,
    });
    expect(await stored()).toHaveLength(2);
  });

  it('R39 is remembered by the next key of this device', async () => {
    const recorder = tab();
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    await recorder.recordForm({ method: 'form', purposes: {}, channels, presentation });
    const [first] = await stored();
    await (await ledger()).retire(first?.subject ?? '', 'expired');
    await choose(recorder, REFUSED);
    expect(new Set((await stored()).map(({ subject }) => subject)).size).toBe(2);
    expect(await tab().channels()).toEqual(channels);
  });

  it('whose page was gone too soon is recorded by the next one, once', async () => {
    const recorder = tab();
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    const noted = { id: eventId(Date.now()), method: 'form' as const, purposes: {}, channels, presentation };
    writeFormNote('example', noted);
    const note = { key: sessionStorage.key(0) ?? '', value: sessionStorage.getItem(sessionStorage.key(0) ?? '') ?? '' };
    expect(note.key).toBe('candour-example-form');
    await recorder.recordForm(noted);
    sessionStorage.setItem(note.key, note.value);
    await tab().restore(null, false);
    expect(await stored()).toHaveLength(1);
    vi.stubGlobal('indexedDB', new IDBFactory());
    sessionStorage.setItem(note.key, note.value);
    await tab().restore(null, false);
    expect((await stored()).map(({ event }) => event.id)).toEqual([noted.id]);
    expect(sessionStorage.length).toBe(0);
  });

  it('is not forgotten for another form sent right after it: the next page records both, as they came', async () => {
    const recorder = tab();
    const presentation = await recorder.presentation({ ...SCREEN, layout: 'form' }, []);
    const noted = { id: eventId(Date.now()), method: 'form' as const, purposes: {}, channels, presentation };
    const other = { ...noted, id: eventId(Date.now() + 1), channels: { updates: { example: { email: 'given' as const } } } };
    writeFormNote('example', noted);
    writeFormNote('example', other);
    expect(sessionStorage.length).toBe(1);
    await tab().restore(null, false);
    expect((await stored()).map(({ event }) => event.id)).toEqual([noted.id, other.id]);
    expect(sessionStorage.length).toBe(0);
  });
});
