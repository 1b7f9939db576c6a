import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { Purpose, STATISTICS_CONDITIONS, type Mode } from './configuration.ts';
import { jurisdictionFor, modeOf, modesIn } from './jurisdiction.ts';

type Input = Partial<v.InferInput<typeof Purpose>>;
const ALL_TRUE = Object.fromEntries(STATISTICS_CONDITIONS.map((condition) => [condition, true]));

const purpose = (kind: Purpose['kind'], more: Input = {}): Purpose =>
  v.parse(Purpose, {
    id: kind,
    kind,
    label: 'A purpose',
    description: 'What happens.',
    activity: { notice: 'cookie_policy', activity: 'a' },
    ...more,
  });

describe('the rule for storage, by purpose and place', () => {
  const declared = { conditions: ALL_TRUE };
  const french = { exemptions: { FR: 'CNIL, guidelines of 17 September 2020, audience measurement' } };
  it.each<[Purpose['kind'], Input, string, Mode]>([
    ['statistics', declared, 'GB', 'opt_out'],
    ['statistics', declared, 'GB-SCT', 'opt_out'],
    ['statistics', declared, 'FR', 'opt_in'],
    ['statistics', declared, 'EU', 'opt_in'],
    ['statistics', declared, 'IE', 'opt_in'],
    ['statistics', declared, 'NO', 'opt_in'],
    ['statistics', declared, 'unknown', 'opt_in'],
    ['statistics', declared, 'JP', 'opt_in'],
    ['statistics', french, 'FR', 'opt_out'],
    ['statistics', french, 'DE', 'opt_in'],
    ['statistics', french, 'EU', 'opt_in'],
    ['statistics', french, 'GB', 'opt_in'],
    ['appearance', declared, 'GB', 'opt_out'],
    ['appearance', declared, 'DE', 'opt_in'],
    ['appearance', {}, 'GB', 'opt_in'],
    ['advertising', declared, 'GB', 'opt_in'],
    ['advertising', french, 'FR', 'opt_in'],
    ['marketing', declared, 'GB', 'opt_in'],
    ['other', declared, 'GB', 'opt_in'],
    ['advertising', {}, 'US', 'opt_out'],
    ['advertising', {}, 'US-CA', 'opt_out'],
    ['statistics', {}, 'US-TX', 'opt_out'],
    ['advertising', { modes: { 'US-CA': 'opt_in' } }, 'US-CA', 'opt_in'],
    ['advertising', { modes: { 'US-CA': 'opt_in' } }, 'US', 'opt_out'],
    ['advertising', { modes: { US: 'info_only' } }, 'US', 'opt_out'],
    ['advertising', {}, 'unknown', 'opt_in'],
  ])('R21 R22 %s with %j in %s: %s', (kind, more, place, mode) => {
    expect(modeOf(purpose(kind, more), place)).toBe(mode);
  });

  it.each(STATISTICS_CONDITIONS)('R22 statistics in GB are asked for while %s is false or not said', (condition) => {
    for (const value of [false, undefined])
      expect(modeOf(purpose('statistics', { conditions: { ...ALL_TRUE, [condition]: value } }), 'GB')).toBe('opt_in');
  });

  it('R22 appearance needs its sole purpose, clear information and an objection, and nothing of statistics', () => {
    const three = { solePurpose: true, clearInformation: true, freeObjection: true };
    expect(modeOf(purpose('appearance', { conditions: three }), 'GB')).toBe('opt_out');
    expect(modeOf(purpose('statistics', { conditions: three }), 'GB')).toBe('opt_in');
    for (const name of Object.keys(three))
      expect(modeOf(purpose('appearance', { conditions: { ...three, [name]: false } }), 'GB')).toBe('opt_in');
  });

  it('R21 the owner may be stricter than the rules of a place, never laxer', () => {
    const strict = { conditions: ALL_TRUE, modes: { GB: 'opt_in' } } as const;
    expect(modeOf(purpose('statistics', strict), 'GB')).toBe('opt_in');
    for (const mode of ['opt_out', 'info_only'] as const)
      for (const place of ['GB', 'FR', 'EU', 'unknown'])
        expect(modeOf(purpose('statistics', { modes: { GB: mode, EU: mode, unknown: mode } }), place)).toBe('opt_in');
    expect(modeOf(purpose('statistics', { conditions: ALL_TRUE, modes: { GB: 'info_only' } }), 'GB')).toBe('opt_out');
  });

  it('what nobody is asked about is so only where the owner says so', () => {
    expect(modeOf(purpose('security', { modes: { unknown: 'info_only' } }), 'FR')).toBe('info_only');
    expect(modeOf(purpose('security'), 'GB')).toBe('opt_in');
  });

  it('a country whose rules are not known here has what the owner says of it by name, and else the strictest', () => {
    expect(modeOf(purpose('statistics', { modes: { CH: 'opt_out' } }), 'CH')).toBe('opt_out');
    expect(modeOf(purpose('statistics', { modes: { CH: 'opt_out', unknown: 'opt_out' } }), 'JP')).toBe('opt_in');
  });

  it.each(['constructor', '__proto__', 'toString'])('takes no inherited property for a place: %s', (place) => {
    expect(modeOf(purpose('statistics', { modes: { GB: 'opt_out' } }), place)).toBe('opt_in');
  });
});

describe('R23 a technology that serves two purposes', () => {
  const item = { name: '_id', kind: 'cookie', lifetime: '13 months' } as const;
  const excepted = { conditions: ALL_TRUE } as const;

  it('takes the strictest rule of the kinds that it is also used for', () => {
    expect(modeOf(purpose('statistics', { ...excepted, alsoFor: ['advertising'] }), 'GB')).toBe('opt_in');
    expect(modeOf(purpose('statistics', { ...excepted, alsoFor: ['appearance'] }), 'GB')).toBe('opt_in');
    const security = { modes: { unknown: 'info_only' }, alsoFor: ['statistics'] } satisfies Input;
    expect(modeOf(purpose('security', security), 'FR')).toBe('opt_in');
  });

  it('takes the strictest rule of the purposes that store the same item, over a third one too', () => {
    const other = { ...item, name: '_other' };
    const purposes = [
      purpose('security', { storage: [other], modes: { unknown: 'info_only' } }),
      purpose('statistics', { storage: [item, other], ...excepted }),
      purpose('advertising', { storage: [item] }),
      purpose('appearance', { storage: [{ ...item, kind: 'local_storage' }], ...excepted }),
    ];
    expect(modesIn({ purposes }, 'GB')).toEqual({
      security: 'opt_in',
      statistics: 'opt_in',
      advertising: 'opt_in',
      appearance: 'opt_out',
    });
  });
});

describe('whose rules a visitor is asked by', () => {
  const site = (purposes: Purpose[], jurisdictionFrom: 'visitor' | 'configuration' = 'visitor') => ({
    jurisdiction: 'GB',
    jurisdictionFrom,
    purposes,
  });

  it.each([
    ['GB', 'GB'],
    ['GB-SCT', 'GB'],
    ['DE', 'EU'],
    ['LI', 'EU'],
    ['US-CA', 'US'],
    ['JP', 'unknown'],
    ['unknown', 'unknown'],
  ])('R71 somebody in %s is recorded as %s', (place, jurisdiction) => {
    expect(jurisdictionFor(site([purpose('statistics')]), place)).toBe(jurisdiction);
  });

  it('a place with rules of its own is told apart', () => {
    const own = purpose('statistics', { modes: { 'US-CA': 'opt_in', CH: 'opt_out' }, exemptions: { FR: 'a rule' } });
    expect(['US-CA', 'US-TX', 'CH', 'FR', 'DE'].map((place) => jurisdictionFor(site([own]), place))).toEqual([
      'US-CA',
      'US',
      'CH',
      'FR',
      'EU',
    ]);
  });

  it('is the configured one for everyone, unless the configuration says that the visitor decides', () => {
    expect(jurisdictionFor(site([], 'configuration'), 'FR')).toBe('GB');
    expect(jurisdictionFor({ jurisdiction: 'EU', purposes: [] }, 'GB')).toBe('EU');
  });
});
