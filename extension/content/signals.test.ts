// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { PageSignals } from '../../shared/signals/signals.ts';
import { PATIENCE } from '../page-world/channel.ts';
import { servePage } from '../page-world/serve.ts';
import { PLATFORM_RULES, platformOf } from '../signals/platforms.ts';
import { readSignals } from '../signals/read-signals.ts';
import { SIGNAL_NAMES, SIGNAL_RECIPES } from '../signals/recipes.ts';
import { meetPageWorld, pageWorld, twoRandoms } from './page-world.ts';
import { signalsOfPage } from './signals.ts';
import { storedNames } from './stored-names.ts';

const GLOBALS = [
  '__tcfapi',
  '__gpp',
  'dataLayer',
  'google_tag_data',
  'uetq',
  'candour',
  'Cookiebot',
  'OnetrustActiveGroups',
  'OneTrust',
  'clarity',
  'theirQueue',
];
const page = window as unknown as Window & typeof globalThis & Record<string, unknown>;
const set = (name: string, value: unknown): void =>
  void Object.defineProperty(page, name, { value, configurable: true, writable: true });

beforeEach(() => {
  for (const name of GLOBALS) delete page[name];
  document.body.innerHTML = '';
});

/** Both halves share this document, as both worlds share a page's. */
const start = () => {
  servePage(page);
  const [secret] = twoRandoms();
  meetPageWorld(document, secret);
  const read = signalsOfPage(document, pageWorld(secret), storedNames(document));
  return async (): Promise<PageSignals> => {
    const recipes = SIGNAL_NAMES.map((name) => SIGNAL_RECIPES[name]);
    const told = await read({ type: 'read_signals', recipes, platforms: [...PLATFORM_RULES] });
    const signals = readSignals(structuredClone(told), platformOf);
    if (!signals) throw new Error('no signals');
    return signals;
  };
};

const gtag = (...given: unknown[]): unknown => Object.fromEntries(given.entries());

describe('signals of a page', () => {
  it('R86 are none, and known to be none, where the page has no platform', async () => {
    const signals = await start()();
    expect(signals).toMatchObject({
      answered: true,
      platforms: [],
      tcf: { state: 'none' },
      gpp: { state: 'none' },
      consentMode: { state: 'none' },
      uet: { state: 'none' },
      candour: { state: 'none' },
    });
  });

  it('R86 are what Cookiebot, OneTrust and Microsoft Clarity say in their own way, and Consent Mode in a queue of another name', async () => {
    set('Cookiebot', {
      hasResponse: true,
      consent: { necessary: true, preferences: false, statistics: true, marketing: false, stamp: 'secret', method: 'explicit' },
      renew: () => undefined,
    });
    set('OnetrustActiveGroups', ',C0001,C0002,SPD_BG,constructor,');
    const clarity = Object.assign(() => undefined, {
      q: [gtag('set', 'page', 'home'), gtag('consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted', more: 1 })],
    });
    set('clarity', clarity);
    set('dataLayer', [gtag('consent', 'default', { ad_storage: 'granted' })]);
    set('theirQueue', [gtag('consent', 'default', { ad_storage: 'denied' })]);
    document.body.innerHTML =
      '<script type="text/plain" src="https://www.googletagmanager.com/gtm.js?id=GTM-1&amp;l=theirQueue"></script>';
    const signals = await start()();
    expect(signals).toMatchObject({
      cookiebot: {
        value: {
          answered: true,
          categories: [
            { id: 'preferences', state: 'denied' },
            { id: 'statistics', state: 'granted' },
            { id: 'advertising', state: 'denied' },
          ],
        },
      },
      oneTrust: { value: { answered: null, categories: [{ id: 'statistics' }, { id: 'SPD_BG' }, { id: 'constructor' }] } },
      clarity: {
        value: {
          categories: [
            { id: 'statistics', state: 'granted' },
            { id: 'advertising', state: 'denied' },
          ],
        },
      },
      consentMode: { value: { commands: [{ types: { ad_storage: 'denied' } }] } },
    });
    expect(JSON.stringify(signals)).not.toContain('secret');
    for (const closed of [true, false]) {
      set('OneTrust', { IsAlertBoxClosed: () => closed });
      expect(await start()()).toMatchObject({ oneTrust: { value: { answered: closed } } });
    }
    set('OneTrust', { IsAlertBoxClosed: () => 'yes' });
    expect(await start()()).toMatchObject({ oneTrust: { value: { answered: null } } });

    set('Cookiebot', { hasResponse: false, consent: { preferences: false, statistics: false, marketing: false } });
    set('OnetrustActiveGroups', { C0004: true });
    clarity.q = [gtag('consent', false)];
    expect(await start()()).toMatchObject({
      cookiebot: { value: { answered: false } },
      oneTrust: { state: 'unreadable' },
      clarity: { value: { categories: [{ id: 'statistics', state: 'denied' }] } },
    });
    set('Cookiebot', { consent: 'yes' });
    clarity.q = [gtag('consentv2', 'everything'), gtag('event', 'bought')];
    expect(await start()()).toMatchObject({ cookiebot: { state: 'unreadable' }, clarity: { state: 'none' } });
  });

  it('R86 are what TCF, GPP, Consent Mode, UET and Candour say, and which platforms stand in the page', async () => {
    const stopped: unknown[] = [];
    set('__tcfapi', (command: string, _version: number, callback: (...given: unknown[]) => void, id?: number) => {
      if (command === 'removeEventListener') stopped.push(id);
      else
        callback(
          { tcString: 'CQ', eventStatus: 'useractioncomplete', cmpId: 7, gdprApplies: true, listenerId: 3, secret: 1 },
          true,
        );
    });
    set('__gpp', (command: string, callback: (...given: unknown[]) => void) =>
      callback({ gppString: 'DBAA', applicableSections: [7, -1], supportedAPIs: ['7:usnat'], command }, true),
    );
    set('dataLayer', [
      gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', region: ['GB'], wait_for_update: 500 }),
      { event: 'gtm.js', 'gtm.element': document.body },
      gtag('config', 'G-1', { user_id: 'somebody' }),
      gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'whatever' }),
    ]);
    set('google_tag_data', { ics: { entries: { analytics_storage: { default: false, update: true } }, wasSetLate: false } });
    set('uetq', ['consent', 'default', { ad_storage: 'denied' }]);
    set('candour', { status: () => ({ statistics: 'refused' }) });
    document.body.innerHTML = '<div id="cc-main"></div><div id="onetrust-consent-sdk"></div>';
    const signals = await start()();
    expect(signals).toMatchObject({
      tcf: {
        state: 'read',
        value: { tcString: 'unreadable', decoded: null, eventStatus: 'useractioncomplete', cmpId: 7, gdprApplies: true },
      },
      gpp: { state: 'read', value: { sections: ['7:usnat'], applicable: [7] } },
      consentMode: {
        state: 'read',
        value: {
          commands: [
            {
              command: 'default',
              at: 0,
              region: ['GB'],
              waitForUpdate: 500,
              types: { ad_storage: 'denied', analytics_storage: 'denied' },
            },
            { command: 'update', at: 3, region: null, waitForUpdate: null, types: { analytics_storage: 'granted' } },
          ],
          firstTag: 1,
          now: { analytics_storage: 'granted' },
          lateByGoogle: false,
        },
      },
      uet: { state: 'read', value: { adStorage: 'denied', used: true } },
      candour: { state: 'read', value: { purposes: [{ id: 'statistics', status: 'refused' }] } },
    });
    expect(signals.platforms.map(({ name }) => name).toSorted()).toEqual(['CookieConsent (orestbida)', 'OneTrust']);
    expect(JSON.stringify(signals)).not.toMatch(/somebody|secret/);
    await vi.waitFor(() => expect(stopped).toEqual([3]));
  });

  it('R88 tell nothing false of a page whose values throw, loop or are of another kind', async () => {
    set('dataLayer', [
      {
        0: 'consent',
        get 1(): string {
          throw new Error('trap');
        },
      },
    ]);
    set('uetq', {
      get uetConfig(): unknown {
        throw new Error('trap');
      },
    });
    set('__gpp', (_command: string, callback: (value: unknown) => void) => callback({ gppString: 7 }));
    set('candour', { status: () => ({ statistics: { toString: 'no' } }) });
    set('__tcfapi', (_command: string, _version: number, callback: (value: unknown) => void) =>
      callback({ tcString: 'C'.repeat(10_000_000) }),
    );
    const signals = await start()();
    for (const name of ['tcf', 'gpp', 'consentMode', 'uet', 'candour'] as const)
      expect(signals[name], name).toEqual({ state: 'unreadable' });
  });

  it('R88 do not hang on a platform that never answers, or answers without end', async () => {
    vi.useFakeTimers();
    let calls = 0;
    set('__tcfapi', () => undefined);
    set('__gpp', (_command: string, callback: (value: unknown) => void) => {
      for (calls = 0; calls < 50_000; calls++) callback({ gppString: '', applicableSections: [calls] });
    });
    const asked = start()();
    await vi.advanceTimersByTimeAsync(PATIENCE / 2 + 10);
    vi.useRealTimers();
    const signals = await asked;
    expect(signals.tcf).toEqual({ state: 'unreadable' });
    expect([calls, signals.gpp]).toEqual([50_000, { state: 'read', value: { sections: [], applicable: [] } }]);
  });

  it('R86 are read again at each question, and take the names of what is stored, never its values', async () => {
    document.cookie = '_ga=GA1.1.identifier';
    localStorage.setItem('visitor', 'somebody');
    const read = start();
    const before = await read();
    expect(before.stored).toMatchObject({ touched: false, cookies: ['_ga'], local: ['visitor'] });
    expect(JSON.stringify(before)).not.toMatch(/identifier|somebody/);
  });

  it('R86 say of what is stored that nobody knows it, where somebody pressed the page and no press of it was heard', async () => {
    document.cookie = '_ga=GA1.1.identifier';
    const read = start();
    vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true } });
    const { stored } = await read();
    vi.unstubAllGlobals();
    expect(stored).toEqual({ touched: true, cookies: null, local: null, session: null, databases: null });
  });

  it('R86 are read where elements of the page are named like the document’s own functions', async () => {
    document.cookie = '_ga=GA1.1.identifier';
    document.body.innerHTML = '<div id="cc-main"></div><img name="querySelector"><img name="cookie">';
    const signals = await start()();
    expect(signals.platforms.map(({ id }) => id)).toContain('cookieconsent3');
    expect(signals.stored.cookies).toEqual(['_ga']);
  });

  it('R88 hand no page the event by which they are asked', async () => {
    const read = start();
    const before = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail') ?? {};
    const asked: string[] = [];
    Object.defineProperty(CustomEvent.prototype, 'detail', {
      configurable: true,
      get(this: CustomEvent) {
        if (this.type.endsWith('?')) asked.push(this.type);
        return before.get?.call(this) as unknown;
      },
    });
    const signals = await read();
    Object.defineProperty(CustomEvent.prototype, 'detail', before);
    expect(signals.answered).toBe(true);
    expect(asked).toEqual([]);
  });
});
