// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
// What the first chunk does before anything else is loaded. What it loads is not there: that is an outage.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { mirrorName, mirrorValue, pendingName, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import { exampleBoot as plainBoot, TERMS } from '../../test/support/example-widget.ts';
import { jar } from './cookies.ts';
import { noteEnded } from './ended-note.ts';
import { openLedger } from './ledger.ts';
import { askEarly } from './early.ts';
import type { Page } from './first.ts';
import type { Allowed } from './signals.ts';
import * as elements from './elements.ts';
import { startWidget as start } from './start.ts';

/** The pictures are opened by what a first visit has with it. */
const startWidget = (boot: Parameters<typeof start>[0], came: Parameters<typeof start>[2] = {}) =>
  start(boot, jar(), { elements, ...came });

const today = isoDay(Date.now());
const stored = (choices: Record<string, MirrorState>, more: Partial<Mirror> = {}): void => {
  const mirror = { terms: TERMS.slice(0, 16), day: today, until: addPeriod(today, 'P6M'), choices, ...more };
  document.cookie = `${mirrorName('example')}=${mirrorValue(mirror)};Path=/`;
};
/** What platforms were told: `default`, or which purposes may run. */
let told: string[] = [];
const exampleBoot: typeof plainBoot = (more) =>
  Object.assign(plainBoot(more), {
    tell: [
      (allowed: Allowed | null) =>
        void told.push(allowed ? ['statistics', 'advertising'].filter(allowed).join() || 'nothing' : 'default'),
    ],
  });
const control = () => document.querySelector('candour-choices')?.shadowRoot?.querySelector('button');
const HELD = '<img data-purpose="statistics" data-src="/pixel"><img data-purpose="security" data-src="/token">';
const loaded = () => [...document.querySelectorAll('img[src]')].map((image) => image.getAttribute('src'));

const observers: MutationObserver[] = [];
const Observer = MutationObserver;

beforeEach(() => {
  // A page has one widget: those of earlier tests look away.
  for (const observer of observers.splice(0)) observer.disconnect();
  vi.stubGlobal(
    'MutationObserver',
    class extends Observer {
      constructor(callback: MutationCallback) {
        super(callback);
        observers.push(this);
      }
    },
  );
  vi.stubGlobal('indexedDB', new IDBFactory());
  // Not in the middle of the next test.
  vi.stubGlobal('requestIdleCallback', (act: () => void) => act());
  told = [];
  document.head.innerHTML = '';
  document.body.innerHTML = HELD;
  for (const name of [mirrorName('example'), pendingName('example')])
    document.cookie = `${name}=;Path=/;Expires=${new Date(0).toUTCString()}`;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('without a choice', () => {
  it('R15 R16 R19 R32 nothing is written and nothing runs but what is exempt, even when the rest cannot be loaded', async () => {
    const candour = startWidget(exampleBoot());
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'unknown', advertising: 'unknown' });
    expect(document.cookie).toBe('');
    expect(localStorage.length + sessionStorage.length).toBe(0);
    expect(await indexedDB.databases()).toEqual([]);
    expect(loaded()).toEqual(['/token']);
    expect(told).toEqual(['default']);
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
    await expect(candour.decide({ statistics: true })).rejects.toThrow();
    expect(loaded()).toEqual(['/token']);
  });

  it('R21 is not asked before it is settled what runs unless objected to, so that the banner explains it', async () => {
    const asked: string[] = [];
    const page = { openBanner: () => Promise.resolve(void asked.push('now')), closeBanner: () => undefined } as unknown as Page;
    const ui = { openPage: () => page };
    const early = startWidget(exampleBoot(), { ui, early: askEarly });
    await vi.waitFor(() => expect(asked).not.toEqual([]));
    await early.ready;
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    asked.length = 0;
    const later = startWidget(exampleBoot({ modes: { statistics: 'opt_out' } }), { ui, early: askEarly });
    await Promise.resolve();
    await Promise.resolve();
    expect([asked.length, later.allows('statistics')]).toEqual([0, false]);
    await later.ready;
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(later.allows('statistics')).toBe(true);
  });

  it('R21 what runs unless objected to, runs', async () => {
    await startWidget(exampleBoot({ modes: { statistics: 'opt_out' } })).ready;
    expect(loaded()).toEqual(['/pixel', '/token']);
    expect(told).toEqual(['default', 'statistics']);
  });

  it('R46 but not under Global Privacy Control, of which nothing is stored', async () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
    await startWidget(exampleBoot({ modes: { statistics: 'opt_out' } })).ready;
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: undefined, configurable: true });
    expect(loaded()).toEqual(['/token']);
    expect(document.cookie).toBe('');
    expect(await indexedDB.databases()).toEqual([]);
  });
});

describe('a place of the owner’s', () => {
  it('is filled by the chunk of its name, without the interface, and found once it is added', async () => {
    const mounted: unknown[] = [];
    const asked: string[] = [];
    const fetchChunk = (_url: string, chunk: string) => {
      asked.push(chunk);
      return Promise.resolve({ mount: (_first: unknown, place: HTMLElement) => Promise.resolve(void mounted.push(place.id)) });
    };
    stored({ statistics: 'refused', advertising: 'refused' });
    document.body.innerHTML = '<fieldset id="form" data-candour="marketing"></fieldset><a data-candour="choices">Choices</a>';
    await startWidget(exampleBoot(), { fetchChunk }).ready;
    await vi.waitFor(() => expect(mounted).toEqual(['form']));
    expect(new Set(asked)).toEqual(new Set(['marketing']));
    document.body.insertAdjacentHTML('beforeend', '<div id="table" data-candour="storage"></div>');
    await vi.waitFor(() => expect(mounted).toContain('table'));
    expect(new Set(asked)).toEqual(new Set(['marketing', 'storage']));
  });
});

describe('with a stored choice', () => {
  it('R18 holds at once, runs as soon as the ledger is read, and asks nobody', async () => {
    stored({ statistics: 'given', advertising: 'refused' });
    const candour = startWidget(exampleBoot());
    expect(candour.status()).toEqual({ statistics: 'given', advertising: 'refused' });
    await candour.ready;
    expect(loaded()).toEqual(['/pixel', '/token']);
    expect(told).toEqual(['default', 'statistics']);
    expect(document.querySelector('candour-banner')).toBeNull();
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('R25 of last year, or of other terms, grants nothing', async () => {
    stored({ statistics: 'given', advertising: 'given' }, { day: '2020-01-01' });
    expect(startWidget(exampleBoot()).status()).toEqual({ statistics: 'expired', advertising: 'expired' });
    stored({ statistics: 'given', advertising: 'given' });
    expect(startWidget(exampleBoot({ terms: 'X'.repeat(43) })).status()).toEqual({
      statistics: 'superseded',
      advertising: 'superseded',
    });
    expect(loaded()).toEqual(['/token']);
  });

  it('R4 that somebody made up in another form is none', () => {
    for (const value of [
      '1',
      'accept',
      `1.${'T'.repeat(16)}.${today}.${today}.statistics:x`,
      `2.${'T'.repeat(16)}.${today}.${today}.statistics:g`,
    ]) {
      document.cookie = `${mirrorName('example')}=${value};Path=/`;
      expect(startWidget(exampleBoot()).status()).toMatchObject({ statistics: 'unknown' });
    }
  });

  it('of a day to come, which a neighbouring host may have set, is none', async () => {
    const day = addPeriod(today, 'P1Y');
    stored({ statistics: 'given', advertising: 'given' }, { day, until: addPeriod(day, 'P6M') });
    const candour = startWidget(exampleBoot());
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'unknown', advertising: 'unknown' });
    expect(loaded()).toEqual(['/token']);
  });

  it('of a day that there is not, which a neighbouring host may have set, keeps nobody from being asked', async () => {
    stored({ statistics: 'given', advertising: 'given' }, { day: '2026-13-45' });
    const candour = startWidget(exampleBoot());
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'unknown', advertising: 'unknown' });
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
  });
});

describe('what the ledger kept', () => {
  const OPT_OUT = { modes: { statistics: 'opt_out' as const } };
  const kept = async (choices: Record<string, MirrorState>): Promise<void> => {
    const mirror = { terms: TERMS.slice(0, 16), day: today, until: addPeriod(today, 'P6M'), choices };
    await (await openLedger('example')).keepMirror(mirror);
  };

  it('R9 is believed over a cookie that a killed browser brought back: nothing that it grants runs meanwhile', async () => {
    await kept({ statistics: 'withdrawn', advertising: 'withdrawn' });
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    expect(loaded()).toEqual(['/token']);
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' });
    expect(loaded()).toEqual(['/token']);
    expect(told).toEqual(['default', 'nothing']);
  });

  it('R9 is believed over that cookie after another tab was looked at, too', async () => {
    await kept({ statistics: 'withdrawn', advertising: 'withdrawn' });
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    await candour.ready;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' });
    expect(candour.allows('statistics')).toBe(false);
    stored({ statistics: 'given', advertising: 'refused' });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(candour.status(), 'what another tab chose holds').toEqual({ statistics: 'given', advertising: 'refused' });
    stored({ statistics: 'withdrawn', advertising: 'refused' });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'refused' });
  });

  it('stops what was objected to before it runs, when the cookie is gone', async () => {
    await kept({ statistics: 'objected', advertising: 'refused' });
    const candour = startWidget(exampleBoot(OPT_OUT));
    expect(loaded()).toEqual(['/token']);
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'objected', advertising: 'refused' });
    expect(loaded()).toEqual(['/token']);
  });

  it('R18 and agrees with the cookie loads nothing else and leaves the database alone', async () => {
    await kept({ statistics: 'given', advertising: 'refused' });
    stored({ statistics: 'given', advertising: 'refused' });
    const before = await indexedDB.databases();
    const open = vi.spyOn(indexedDB, 'open');
    await startWidget(exampleBoot()).ready;
    expect(loaded()).toEqual(['/pixel', '/token']);
    expect(open).toHaveBeenCalledTimes(1);
    expect(await indexedDB.databases()).toEqual(before);
  });

  it('is not believed against a choice that never reached it', async () => {
    await kept({ statistics: 'given', advertising: 'given' });
    stored({ statistics: 'withdrawn', advertising: 'withdrawn' });
    document.cookie = `${pendingName('example')}=2;Path=/`;
    const candour = startWidget(exampleBoot());
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' });
  });

  it('of another host of the domain does not beat what was chosen there', async () => {
    await kept({ statistics: 'given', advertising: 'given' });
    stored({ statistics: 'withdrawn', advertising: 'withdrawn' });
    const candour = startWidget(exampleBoot({ cookieDomain: 'example.org' }));
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' });
  });
});

describe('a choice in another tab', () => {
  const elsewhere = (message: unknown): void => {
    const tab = new BroadcastChannel('candour-example');
    tab.postMessage(message);
    tab.close();
  };

  it('R9 holds in this one at once: what was held back stays so, and platforms are told', async () => {
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    await candour.ready;
    expect(loaded()).toEqual(['/pixel', '/token']);
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
    stored({ statistics: 'withdrawn', advertising: 'withdrawn' });
    elsewhere(null);
    await vi.waitFor(() => expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' }));
    expect(loaded()).toEqual(['/token']);
    expect(told.at(-1)).toBe('nothing');
  });

  it('R26 that erased everything leaves nothing allowed here either, of which no cookie tells', async () => {
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    await candour.ready;
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
    document.cookie = `${mirrorName('example')}=;Path=/;Expires=${new Date(0).toUTCString()}`;
    // Nothing that is not a choice in its own form.
    for (const nonsense of [{ choices: null }, 'null', 7, { terms: TERMS, day: today, choices: {} }]) elsewhere(nonsense);
    elsewhere(mirrorValue({ terms: TERMS.slice(0, 16), day: today, until: today, choices: {} }));
    await vi.waitFor(() => expect(candour.status()).toEqual({ statistics: 'unknown', advertising: 'unknown' }));
    expect(loaded()).toEqual(['/token']);
  });
});

it('R9 R32 where a browser has no channel between tabs, what ended on the page before is deleted once more all the same', async () => {
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    },
  );
  stored({ statistics: 'withdrawn', advertising: 'refused' });
  noteEnded('example', 'statistics');
  const endAgain = vi.fn<Page['endAgain']>(() => Promise.resolve());
  await startWidget(exampleBoot(), { ui: { openPage: () => ({ endAgain }) as unknown as Page } }).ready;
  await vi.waitFor(() => expect(endAgain).toHaveBeenCalledTimes(1));
  noteEnded('example', null);
});

describe('while the ledger is being read', () => {
  it('R32 a database that never answers keeps nobody waiting, and lets nothing run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    vi.spyOn(indexedDB, 'databases').mockReturnValue(new Promise(() => undefined));
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    vi.runAllTimers();
    vi.useRealTimers();
    await candour.ready;
    expect(loaded()).toEqual(['/token']);
    expect(candour.allows('statistics')).toBe(false);
    await vi.waitFor(() => expect(control()?.hidden).toBe(false));
  });

  it('what was chosen meanwhile holds', async () => {
    let read = (_none: []): void => undefined;
    vi.spyOn(indexedDB, 'databases').mockReturnValue(new Promise((resolve) => (read = resolve)));
    const candour = startWidget(exampleBoot());
    stored({ statistics: 'given', advertising: 'refused' });
    document.dispatchEvent(new Event('visibilitychange'));
    read([]);
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'given', advertising: 'refused' });
  });

  it('R9 what was withdrawn meanwhile stays so, whatever the ledger said before', async () => {
    const given = { terms: TERMS.slice(0, 16), day: today, until: addPeriod(today, 'P6M') };
    await (await openLedger('example')).keepMirror({ ...given, choices: { statistics: 'given', advertising: 'given' } });
    const databases = await indexedDB.databases();
    let read = (_all: IDBDatabaseInfo[]): void => undefined;
    vi.spyOn(indexedDB, 'databases').mockReturnValue(new Promise((resolve) => (read = resolve)));
    stored({ statistics: 'given', advertising: 'given' });
    const candour = startWidget(exampleBoot());
    stored({ statistics: 'withdrawn', advertising: 'withdrawn' });
    document.dispatchEvent(new Event('visibilitychange'));
    read(databases);
    await candour.ready;
    expect(candour.status()).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn' });
    expect(loaded()).toEqual(['/token']);
    expect(told).not.toContain('statistics,advertising');
  });
});

describe('the page', () => {
  it('is told where the notices are', async () => {
    await startWidget(exampleBoot()).ready;
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=privacy-policy]')].map(({ href, type }) => [
      href,
      type,
    ]);
    expect(links).toEqual([
      ['https://consent.example/v1/sites/example/notice', ''],
      ['https://consent.example/v1/sites/example/notices/cookie_policy', 'application/json'],
    ]);
  });

  it('is told anew where a router has taken a link out, and moves none that stayed', async () => {
    await startWidget(exampleBoot()).ready;
    await vi.waitFor(() => expect(control()).toBeDefined());
    const [first, second] = document.querySelectorAll('link[rel=privacy-policy]');
    const last = document.createElement('meta');
    document.head.append(last);
    second?.remove();
    document.body.replaceChildren();
    await vi.waitFor(() => expect(control()).toBeDefined());
    expect([...document.head.children]).toEqual([first, last, second]);
  });

  it('keeps its own link to its notice', async () => {
    document.head.innerHTML = '<link rel="author privacy-policy" href="/privacy">';
    await startWidget(exampleBoot()).ready;
    expect(document.querySelectorAll('link[rel~=privacy-policy]:not([type])')).toHaveLength(1);
  });

  it('hears candour:ready, through the document and through on()', async () => {
    const heard: unknown[] = [];
    document.addEventListener('candour:ready', (event) => heard.push((event as CustomEvent).detail), { once: true });
    const candour = startWidget(exampleBoot());
    const stop = candour.on('ready', (detail) => heard.push(detail));
    await candour.ready;
    stop();
    const detail = { status: { statistics: 'unknown', advertising: 'unknown' }, asks: true };
    expect(heard).toEqual([detail, detail]);
  });

  it('L41 keeps no control of ours where it has its own link', async () => {
    stored({ statistics: 'refused', advertising: 'refused' });
    await startWidget(exampleBoot({ control: false })).ready;
    await vi.waitFor(() => expect(control()?.hidden).toBe(true));
  });
});
