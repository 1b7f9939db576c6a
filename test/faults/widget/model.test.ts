// The widget's core against the real service under sequences that nobody thought of: choices in several windows, lost answers,
// refused requests, clocks that jump, databases that go. fast-check prints the seed; CANDOUR_LOSSLESS_SEED takes it again.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { status } from '../../../shared/consent/status.ts';
import { utf8Text } from '../../../shared/bytes.ts';
import type { ConsentEvent } from '../../../shared/consent/event.ts';
import { verifyLog } from '../../../server/log/verify.ts';
import { currentMirror, statusOf } from '../../../widget/core/choices.ts';
import { isPending, mirrorCookie } from '../../../widget/core/cookies.ts';
import { mirrorAfter } from '../../../widget/core/decide.ts';
import { hasLedger, openLedger } from '../../../widget/core/ledger.ts';
import { openRecorder, type Recorder } from '../../../widget/core/recorder.ts';
import { recordsOf } from '../../../widget/core/records.ts';
import type { ChoiceStates } from '../../../widget/core/widget.ts';
import { servedWidget, type ServedWidget } from '../../support/served-widget.ts';
import { createTestService, type TestService } from '../../support/service.ts';
import { loadChunk } from '../../support/widget-chunks.ts';

/** 5,000 in the long run. */
const RUNS = Number(process.env['CANDOUR_LOSSLESS_RUNS'] ?? 25);
const SEED = Number(process.env['CANDOUR_LOSSLESS_SEED'] ?? crypto.getRandomValues(new Int32Array(1))[0]);
const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-22T12:00:00Z');

type Step =
  | { do: 'choose'; window: number; state: 'given' | 'refused' | 'withdrawn' }
  | { do: 'race'; first: 'given' | 'withdrawn' }
  | { do: 'line'; way: 'good' | 'dead' | 'lose' | 'garble' | 'busy' | 'broken' }
  | { do: 'reload'; window: number }
  | { do: 'deliver'; window: number }
  | { do: 'clock'; days: number }
  | { do: 'delete' };

const windows = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('choose'), window: windows, state: fc.constantFrom('given', 'refused', 'withdrawn') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('race'), first: fc.constantFrom('given', 'withdrawn') }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('line'), way: fc.constantFrom('good', 'dead', 'lose', 'garble', 'busy', 'broken') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload'), window: windows }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deliver'), window: windows }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock'), days: fc.constantFrom(-365, -1, 1, 40, 300) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete') }) },
) as fc.Arbitrary<Step>;

/** Sequences that once went wrong. */
const MET: [Step[]][] = [
  [
    [
      { do: 'choose', window: 0, state: 'given' },
      { do: 'clock', days: -365 },
    ],
  ],
  [
    [
      // The service learns of it under a clock that is a year behind: it has ended long before this browser's own word of it would.
      { do: 'line', way: 'broken' },
      { do: 'race', first: 'withdrawn' },
      { do: 'line', way: 'good' },
      { do: 'clock', days: -365 },
      { do: 'deliver', window: 0 },
      { do: 'clock', days: 300 },
      { do: 'reload', window: 0 },
      { do: 'deliver', window: 0 },
    ],
  ],
];

let service: TestService;
let served: ServedWidget;
let page: Window;
let way: Extract<Step, { do: 'line' }>['way'] = 'good';

const answerOn: typeof fetch = async (input, init) => {
  if (way === 'dead') throw new TypeError('Failed to fetch');
  if (way === 'busy') return new Response('{"code":"RATE_LIMITED"}', { status: 429, headers: { 'Retry-After': '30' } });
  if (way === 'broken') return new Response('<h1>Sorry</h1>', { status: 500 });
  const answer = await served.fetch(input, init);
  if (way === 'lose') throw new TypeError('connection reset');
  return way === 'garble' ? new Response((await answer.text()).slice(0, 40), { status: answer.status }) : answer;
};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: START });
  service = await createTestService();
  served = await servedWidget(service);
  vi.stubGlobal('fetch', answerOn);
  page = new Window({ url: 'https://www.example.org/' });
  for (const name of ['document', 'location', 'sessionStorage'] as const) vi.stubGlobal(name, page[name]);
  vi.stubGlobal('addEventListener', () => undefined);
});
afterAll(async () => {
  vi.useRealTimers();
  await service.close();
});

const openWindow = (): Recorder =>
  openRecorder({
    boot: served.boot,
    gpc: false,
    status: () => ({}),
    banner: () => Promise.resolve(served.details),
    load: loadChunk,
    sync: () => undefined,
  });

interface Logged {
  subject: string;
  hash: string;
  event: ConsentEvent;
  received: { at: number; skew: number };
}

async function logged(from: number): Promise<Logged[]> {
  const { store } = service.context;
  const site = await store.site('example');
  if (!site) throw new Error('no site');
  const { size } = await store.head(site);
  const [bodies, leaves] = [await store.bodies(site, 0, from, size), await store.leaves(site, 0, from, size)];
  return bodies.map(({ subject, payload, index }) => {
    const leaf = leaves[index - from]?.leaf;
    if (leaf?.kind !== 'event') throw new Error('no leaf');
    const received = { at: Date.parse(leaf.receivedAt), skew: leaf.skew };
    return { subject, hash: leaf.event, event: JSON.parse(utf8Text(payload)) as ConsentEvent, received };
  });
}

const headSize = async (): Promise<number> => {
  const site = await service.context.store.site('example');
  return site ? (await service.context.store.head(site)).size : 0;
};

async function run(steps: readonly Step[]): Promise<void> {
  vi.stubGlobal('indexedDB', new IDBFactory());
  page.document.cookie.split('; ').forEach((pair) => (page.document.cookie = `${pair.split('=')[0]}=;Path=/;Max-Age=0`));
  sessionStorage.clear();
  vi.setSystemTime(START);
  way = 'good';
  const from = await headSize();
  const purposes = served.boot.purposes.filter(({ mode }) => mode !== 'info_only').map(({ id }) => id);
  const open = [openWindow(), openWindow()];
  /** Ids of what was written and not destroyed by the browser before the service had it. */
  let written: string[] = [];
  let destroyed = 0;

  const today = (): string => new Date().toISOString().slice(0, 10);
  async function choose(recorder: Recorder, state: Extract<Step, { do: 'choose' }>['state']): Promise<void> {
    const states: ChoiceStates = Object.fromEntries(purposes.map((id) => [id, state]));
    const screen = { language: 'en', layout: 'banner-box', words: [{ id: 'title', text: 'Your choice' }], controls: [] };
    const presentation = await recorder.presentation(screen, purposes);
    const after = () => mirrorAfter(served.boot, mirrorCookie('example'), states, today());
    const entry = await recorder.record({ method: 'save_choices', purposes: states, presentation }, after);
    written.push(entry.event.id);
    await recorder.deliver(entry);
  }
  const restore = async (recorder: Recorder): Promise<void> => {
    if (isPending('example') || (await hasLedger('example'))) await recorder.restore(mirrorCookie('example'), true);
  };

  for (const each of steps)
    switch (each.do) {
      case 'choose':
        await choose(open[each.window] as Recorder, each.state);
        break;
      case 'race': {
        const other = each.first === 'given' ? 'withdrawn' : 'given';
        await Promise.all([choose(open[0] as Recorder, each.first), choose(open[1] as Recorder, other)]);
        break;
      }
      case 'line':
        way = each.way;
        break;
      case 'reload':
        open[each.window] = openWindow();
        await restore(open[each.window] as Recorder);
        break;
      case 'deliver':
        if (await hasLedger('example')) await open[each.window]?.deliver();
        break;
      case 'clock':
        vi.setSystemTime(Date.now() + each.days * DAY_MS);
        break;
      case 'delete': {
        if (!(await hasLedger('example'))) break;
        const waiting = await recordsOf(await openLedger('example')).outbox();
        const events = await recordsOf(await openLedger('example')).events();
        const lost = events.filter(({ subject, seq }) => waiting.some((one) => one.subject === subject && one.seq === seq));
        const there = new Set((await logged(from)).map(({ event }) => event.id));
        written = written.filter((id) => there.has(id) || !lost.some(({ event }) => event.id === id));
        if (lost.some(({ event }) => !there.has(event.id))) destroyed++;
        vi.stubGlobal('indexedDB', new IDBFactory());
        open.splice(0, 2, openWindow(), openWindow());
        await restore(open[0] as Recorder);
        break;
      }
    }

  // The line is good again, the pauses are over, and the visitor comes back.
  way = 'good';
  vi.setSystemTime(Date.now() + 2 * DAY_MS);
  const last = openWindow();
  for (let visit = 0; visit < 2; visit++) {
    await restore(last);
    if (await hasLedger('example')) await last.deliver();
  }

  const log = await logged(from);
  const ids = log.map(({ event }) => event.id);
  expect(new Set(ids).size, 'nothing twice').toBe(ids.length);
  expect(
    written.filter((id) => !ids.includes(id)),
    'nothing missing',
  ).toEqual([]);
  if (!(await hasLedger('example'))) return;
  const records = recordsOf(await openLedger('example'));
  expect(await records.outbox(), 'nothing waits').toEqual([]);
  expect(isPending('example')).toBe(false);
  const head = (await records.head())?.head;
  const own = log.filter(({ subject }) => subject === head?.subject);
  const seqs = own.map(({ event }) => event.seq).sort((a, b) => a - b);
  expect(seqs, 'gaps are closed').toEqual(seqs.map((_, i) => i + 1));
  if (own.length > 0 && destroyed === 0) {
    const current = { terms: served.boot.terms, purposes, validity: served.boot.validity };
    const says = status(own, Date.now(), current);
    // What a page goes by: a cookie of a day to come is none, and the ledger's word holds.
    const kept = currentMirror(served.boot, mirrorCookie('example'), await records.mirror(), false, await records.latest());
    const holding = statusOf(served.boot, kept, today());
    for (const id of purposes)
      if (says[id]?.state === 'given') expect(holding[id], 'both sides say the same').toBe('given');
      else expect(holding[id], 'both sides say the same').not.toBe('given');
  }
}

it(`R50 R32 no sequence of ${RUNS} loses a choice, doubles one, or leaves both sides of two minds`, async () => {
  console.log(`model of the widget's core: ${RUNS} runs, seed ${SEED}`);
  const sequences = fc.array(step, { minLength: 2, maxLength: 12 });
  await fc.assert(fc.asyncProperty(sequences, run), { numRuns: RUNS, seed: SEED, examples: MET });
  const site = await service.context.store.site('example');
  if (!site) throw new Error('no site');
  expect((await verifyLog(service.context.store, site, {})).findings).toEqual([]);
}, 1_800_000);
