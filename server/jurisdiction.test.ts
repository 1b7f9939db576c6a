import { describe, expect, it } from 'vitest';

import { askedUnder, NO_PLACE, placeOf } from './jurisdiction.ts';

const NAMES = { country: 'CF-IPCountry', region: 'CF-Region-Code' };
const headers = (country?: string, region?: string): Headers =>
  new Headers({
    ...(country !== undefined && { 'cf-ipcountry': country }),
    ...(region !== undefined && { 'cf-region-code': region }),
  });

describe('the place of a visitor', () => {
  it.each<[string | undefined, string | undefined, string]>([
    ['GB', undefined, 'GB'],
    ['gb', undefined, 'GB'],
    ['US', 'CA', 'US-CA'],
    ['GB', 'ENG', 'GB-ENG'],
    ['US', 'California', 'US'],
    ['US', '', 'US'],
    [undefined, 'CA', 'unknown'],
    [undefined, undefined, 'unknown'],
    ['', undefined, 'unknown'],
    ['XX', undefined, 'unknown'],
    ['T1', undefined, 'unknown'],
    ['A1', undefined, 'unknown'],
    ['EU', undefined, 'unknown'],
    ['UK', undefined, 'unknown'],
    ['GBR', undefined, 'unknown'],
    ['GB, FR', undefined, 'unknown'],
    ['US', 'CA, TX', 'US'],
    ['unknown', undefined, 'unknown'],
    ['<script>', undefined, 'unknown'],
    ['Great Britain', undefined, 'unknown'],
  ])('R21 country %j and region %j: %s', (country, region, place) => {
    expect(placeOf(headers(country, region), NAMES)).toBe(place);
  });

  it('is unknown where no header is configured, whatever a visitor sends', () => {
    expect(placeOf(headers('US', 'CA'), NO_PLACE)).toBe('unknown');
  });
});

describe('what an answer was made for', () => {
  const purposes = [] as never[];

  it('is told to caches where the visitor’s place decides, and shared by no cache', () => {
    const site = { jurisdiction: 'GB', jurisdictionFrom: 'visitor' as const, purposes };
    const asked = { vary: ['CF-IPCountry', 'CF-Region-Code'], isShared: false };
    expect(askedUnder(site, headers('FR'), NAMES)).toEqual({ jurisdiction: 'EU', ...asked });
    expect(askedUnder(site, headers(), NAMES)).toEqual({ jurisdiction: 'unknown', ...asked });
    expect(askedUnder(site, headers('FR'), NO_PLACE)).toEqual({ jurisdiction: 'unknown', vary: [], isShared: true });
  });

  it('is the same for everyone where the configuration decides', () => {
    expect(askedUnder({ jurisdiction: 'GB', purposes }, headers('FR'), NAMES)).toEqual({
      jurisdiction: 'GB',
      vary: [],
      isShared: true,
    });
  });
});
