import { describe, expect, it } from 'vitest';

import { memoryArea } from '../../test/support/extension-platform.ts';
import { readSignals } from '../signals/read-signals.ts';
import { SIGNAL_NAMES, type SignalName } from '../signals/recipes.ts';
import { tidyName } from '../mine/state-words.ts';
import { viewMine } from './kept-choices.ts';
import { keepPlatformChoices } from './platform-choices.ts';

const ORIGIN = 'https://shop.example';
const AT = '2026-11-22T12:00:00.000Z';

/** What is kept of a page whose world says that. */
async function keptOf(said: Partial<Record<SignalName, unknown>>) {
  const area = memoryArea();
  const readings = SIGNAL_NAMES.map((name) => (name in said ? [said[name]] : null));
  const stored = { touched: false, cookies: [], local: [], session: [], databases: [] };
  const signals = readSignals({ gpc: null, platforms: [], stored, readings: JSON.stringify(readings) }, () => null);
  if (!signals) throw new Error('no signals');
  await keepPlatformChoices(area, ORIGIN, signals, AT);
  const { sites } = await viewMine(area, new Set());
  return sites.flatMap(({ choices }) =>
    choices.map(({ id, platform, states }) => ({
      id,
      platform,
      states: Object.fromEntries(states.map(({ name, state }) => [tidyName(name), state])),
    })),
  );
}

const consent = { preferences: false, statistics: true, marketing: false };

describe('choices on other platforms', () => {
  it('R86 are kept of Cookiebot and OneTrust once the person has answered there', async () => {
    expect(await keptOf({ cookiebot: { hasResponse: true, consent } })).toEqual([
      {
        id: 'cookiebot',
        platform: 'Cookiebot',
        states: { 'Storage for personal settings': 'denied', Statistics: 'granted', Advertising: 'denied' },
      },
    ]);
    expect(await keptOf({ oneTrust: ',C0001,C0004,SPD_BG,', oneTrustClosed: true })).toEqual([
      { id: 'onetrust', platform: 'OneTrust', states: { Advertising: 'granted', 'SPD BG': 'granted' } },
    ]);
    expect(await keptOf({ oneTrust: ',C0001,', oneTrustClosed: true })).toMatchObject([{ id: 'onetrust', states: {} }]);
  });

  it.each([
    ['Cookiebot asks still', { cookiebot: { hasResponse: false, consent } }],
    ['OneTrust asks still', { oneTrust: ',C0001,C0002,', oneTrustClosed: false }],
    ['OneTrust does not say whether anybody answered', { oneTrust: ',C0001,C0002,' }],
    ['a site has our widget, whose receipts say more', { cookiebot: { hasResponse: true, consent }, candour: { ads: 'given' } }],
    ['only defaults hold', { dataLayer: [{ 0: 'consent', 1: 'default', 2: { ad_storage: 'granted' } }] }],
  ])('R86 are none where %s', async (_, said) => {
    expect(await keptOf(said)).toEqual([]);
  });
});
