import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { SiteConfiguration, type SiteConfigurationInput } from './configuration.ts';

const PURPOSE = {
  id: 'statistics',
  kind: 'statistics',
  label: 'Statistics',
  description: 'Counts.',
  activity: { notice: 'cookie_policy', activity: 'statistics' },
} as const;
const SMALL: SiteConfigurationInput = {
  schema: 1,
  site: 'shop',
  name: 'Shop',
  origins: ['https://shop.example'],
  purposes: [PURPOSE],
};
const faults = (change: object): (string | null)[] => {
  const read = v.safeParse(SiteConfiguration, { ...SMALL, ...change });
  return read.success ? [] : read.issues.map((issue) => v.getDotPath(issue));
};
const purpose = (change: object): object => ({ purposes: [{ ...PURPOSE, ...change }] });

describe('the site configuration', () => {
  it('takes the smallest one and fills in what protects visitors most', () => {
    expect(v.parse(SiteConfiguration, SMALL)).toMatchObject({
      jurisdiction: 'unknown',
      validity: { given: 'P6M', refused: 'P6M' },
      control: true,
      controlSide: 'start',
      consentMode: true,
      cookieDomain: null,
      purposes: [{ revision: 1, recipients: [], storage: [], modes: {} }],
    });
  });

  it.each<[string, object, string]>([
    ['an origin with a path', { origins: ['https://shop.example/'] }, 'origins.0'],
    ['a wildcard origin', { origins: ['https://*.shop.example'] }, 'origins.0'],
    ['any origin', { origins: ['*'] }, 'origins.0'],
    ['no origin', { origins: [] }, 'origins'],
    ['no purpose', { purposes: [] }, 'purposes'],
    ['a site with a slash', { site: 'shop/other' }, 'site'],
    ['a validity without a unit', { validity: { given: '6', refused: 'P6M' } }, 'validity.given'],
    ['an unknown key', { pixel: true }, 'pixel'],
    ['an unknown mode', purpose({ modes: { GB: 'always' } }), 'purposes.0.modes.GB'],
    ['a mode for no place', purpose({ modes: { Britain: 'opt_in' } }), 'purposes.0.modes.Britain'],
    ['a purpose id with markup', purpose({ id: '<b>' }), 'purposes.0.id'],
    [
      'a marketing box for nobody',
      { marketing: [{ activity: 'news', label: 'News', senders: [], channels: ['email'], howToStop: 'Link' }] },
      'marketing.0.senders',
    ],
    [
      'a marketing box for an unknown channel',
      {
        marketing: [{ activity: 'news', label: 'News', senders: [{ id: 'a', name: 'A' }], channels: ['fax'], howToStop: 'Link' }],
      },
      'marketing.0.channels.0',
    ],
  ])('refuses %s and names the place', (_what, change, place) => {
    expect(faults(change)).toContain(place);
  });

  it('R5 gives each purpose one control: two kinds, two activities or one id for two purposes are refused', () => {
    expect(faults(purpose({ kind: ['statistics', 'advertising'] }))).toContain('purposes.0.kind');
    expect(faults(purpose({ activity: [PURPOSE.activity, PURPOSE.activity] }))).not.toEqual([]);
    expect(faults(purpose({ activities: [PURPOSE.activity] }))).toContain('purposes.0.activities');
    expect(faults({ purposes: [PURPOSE, { ...PURPOSE, kind: 'advertising' }] })).toHaveLength(1);
    expect(faults({ purposes: [PURPOSE, { ...PURPOSE, id: 'advertising', kind: 'advertising' }] })).toEqual([]);
  });
});
