import { afterEach, describe, expect, it, vi } from 'vitest';

import { fakePlatform, TAB } from '../../test/support/extension-platform.ts';
import { PLATFORM_RULES } from '../signals/platforms.ts';
import { SIGNAL_NAMES } from '../signals/recipes.ts';
import { viewSignals } from './signals.ts';

const PAGE = 'https://shop.example/';
const STORED = { touched: false, cookies: [], local: [], session: [], databases: [] };
const told = (readings: unknown, platforms: string[] = []) => ({
  gpc: null,
  platforms,
  stored: STORED,
  readings: typeof readings === 'string' ? readings : JSON.stringify(readings),
});
const viewOf = (signals: unknown, url: string | undefined = PAGE) => viewSignals(fakePlatform({ url, signals }).platform, TAB);
const nothing = SIGNAL_NAMES.map(() => null);

afterEach(() => vi.useRealTimers());

describe('signals of a tab', () => {
  it('R86 are asked of pages of the web only', async () => {
    expect(await viewOf(told(nothing))).toMatchObject({ state: 'read', signals: { answered: true, tcf: { state: 'none' } } });
    expect(await viewOf(told(nothing), 'about:config')).toEqual({ state: 'no_page' });
    expect(await viewOf(undefined)).toEqual({ state: 'no_page' });
  });

  it('R88 are not waited for without end', async () => {
    vi.useFakeTimers();
    const { platform } = fakePlatform({ url: PAGE });
    const view = viewSignals({ ...platform, askPage: () => new Promise(() => undefined) }, TAB);
    await vi.advanceTimersByTimeAsync(8000);
    expect(await view).toEqual({ state: 'no_page' });
  });

  it.each([
    ['no JSON', '{'],
    ['too few', [null]],
    ['no readings', nothing.map(() => 'x')],
    ['values without their brackets', nothing.map(() => ({ tcString: 'C' }))],
  ])('R88 are not known where the page’s world answers with %s', async (_, readings) => {
    const view = await viewOf(told(readings));
    expect(view).toMatchObject({
      state: 'read',
      signals: { answered: false, tcf: { state: 'unreadable' }, uet: { state: 'unreadable' } },
    });
  });

  it.each([
    ['more names than agreed', { ...told(nothing), stored: { ...STORED, cookies: Array(201).fill('a') } }],
    ['more than was asked', { ...told(nothing), more: 1 }],
    ['too much', told('x'.repeat(700_000))],
  ])('R88 are refused as a whole from a content script that sends %s', async (_, message) => {
    expect(await viewOf(message)).toEqual({ state: 'no_page' });
  });

  it('R88 leave no trace on what objects are, whatever keys they have', async () => {
    const hostile = SIGNAL_NAMES.map((name) => {
      if (name === 'dataLayer') return '[[{"0":"consent","1":"default","2":{"__proto__":{"ad_storage":"granted"}}}]]';
      if (name === 'googleState') return '[{"__proto__":{"entries":{"ad_storage":{"default":true}}}}]';
      return name === 'candour' ? '[{"__proto__":"given","constructor":"given","statistics":"given"}]' : 'null';
    });
    const view = await viewOf(told(`[${hostile.join(',')}]`));
    if (view.state !== 'read') throw new Error('not read');
    expect(view.signals.consentMode).toMatchObject({ state: 'read', value: { commands: [{ types: {} }], now: {} } });
    expect(({} as { ad_storage?: unknown; given?: unknown }).ad_storage).toBeUndefined();
    expect(JSON.stringify(view.signals.candour)).toContain('statistics');
  });

  it('R86 name platforms that were asked for, and no other', async () => {
    const view = await viewOf(told(nothing, ['Onetrust', 'cookieconsent3', '<b>mine</b>']));
    expect(view).toMatchObject({
      signals: { platforms: [{ name: 'OneTrust' }, { name: 'CookieConsent (orestbida)' }] },
    });
    expect(PLATFORM_RULES.length).toBeGreaterThan(150);
    for (const { all } of PLATFORM_RULES) expect(all.flat().every((selector) => selector.length > 0)).toBe(true);
  });
});
