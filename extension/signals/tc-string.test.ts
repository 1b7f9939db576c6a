import { GVL, PurposeRestriction, RestrictionType, Segment, TCModel, TCString } from '@iabtechlabtcf/core';
import { describe, expect, it } from 'vitest';

import { decodeTcf } from './tc-string.ts';

const model = (): TCModel => {
  const made = new TCModel();
  Object.assign(made, {
    cmpId: 31,
    cmpVersion: 2,
    consentScreen: 1,
    vendorListVersion: 17,
    policyVersion: 4,
    isServiceSpecific: true,
  });
  made.publisherCountryCode = 'GB';
  return made;
};
/** The library wants a vendor list to encode; what is read here does not. */
const encode = (made: TCModel): string => {
  made.gvl = new GVL({
    gvlSpecificationVersion: 3,
    vendorListVersion: 17,
    tcfPolicyVersion: 4,
    lastUpdated: '2023-09-07T16:07:28Z',
    purposes: Object.fromEntries(
      [...Array(11).keys()].map((i) => [i + 1, { id: i + 1, name: '', description: '', illustrations: [] }]),
    ),
    specialPurposes: {},
    features: {},
    specialFeatures: { 1: { id: 1, name: '', description: '', illustrations: [] } },
    stacks: {},
    dataCategories: {},
    vendors: Object.fromEntries(
      [1, 2, 5, 700].map((id) => [
        id,
        {
          id,
          name: `V${id}`,
          purposes: [1, 2, 3],
          legIntPurposes: [7, 9],
          flexiblePurposes: [2],
          specialPurposes: [],
          features: [],
          specialFeatures: [],
        },
      ]),
    ),
  } as never);
  return TCString.encode(made, { segments: [Segment.CORE, Segment.VENDORS_DISCLOSED] });
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const bits = (value: number, count: number): string => value.toString(2).padStart(count, '0');
const base64 = (text: string): string =>
  (text.match(/.{1,6}/g) ?? []).map((six) => ALPHABET[parseInt(six.padEnd(6, '0'), 2)]).join('');
const head = `${bits(2, 6)}${'0'.repeat(72)}${bits(31, 12)}${bits(1, 12)}${bits(1, 6)}${bits(269, 12)}${bits(17, 12)}${bits(4, 6)}00${'0'.repeat(61)}${bits(269, 12)}`;
const ranges = (count: number, [start, end]: [number, number]): string =>
  bits(count, 12) + `1${bits(start, 16)}${bits(end, 16)}`.repeat(count);

/** Milliseconds of processor time of this thread: a busy machine is no failure. */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

describe('a TC string', () => {
  it('R86 gives consent and legitimate interest for each purpose and vendor, those disclosed, and what the publisher restricts', () => {
    const made = model();
    made.purposeConsents.set([1, 3]);
    made.purposeLegitimateInterests.set([7, 9]);
    made.specialFeatureOptins.set([1]);
    made.vendorConsents.set([1, 700]);
    made.vendorLegitimateInterests.set([2]);
    made.vendorsDisclosed.set([1, 2, 700]);
    made.publisherRestrictions.add(2, new PurposeRestriction(2, RestrictionType.REQUIRE_LI));
    made.lastUpdated = made.created = new Date('2026-03-04T00:00:00Z');
    expect(decodeTcf(encode(made))).toEqual({
      cmpId: 31,
      policyVersion: 4,
      vendorListVersion: 17,
      lastUpdated: '2026-03-04',
      publisherCountry: 'GB',
      serviceSpecific: true,
      purposeConsents: [1, 3],
      purposeLegitimateInterests: [7, 9],
      specialFeatures: [1],
      vendorConsents: [1, 700],
      vendorLegitimateInterests: [2],
      vendorsDisclosed: [1, 2, 700],
      restrictedPurposes: [2],
    });
  });

  it.each([
    ['nothing', ''],
    ['another version', 'BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA'],
    ['no base64url', 'C<script>'],
    ['a vendor’s number backwards', base64(head + bits(9, 16) + '1' + ranges(1, [9, 3]))],
    ['more segments than there are kinds', `${'C'.repeat(60)}${'.I'.repeat(2000)}`],
    ['ten thousand ranges over all vendors', base64(head + bits(65_535, 16) + '1' + ranges(4095, [1, 65_535]))],
    [
      'restrictions of all vendors again and again',
      base64(head + '0'.repeat(34) + bits(700, 12) + (bits(2, 6) + '00' + ranges(1, [1, 65_535])).repeat(700)),
    ],
  ])('R88 is refused at once where it is %s', (_, text) => {
    const before = spent();
    expect(decodeTcf(text.slice(0, 30_000))).toBeNull();
    expect(spent() - before).toBeLessThan(250);
  });

  it('R88 is let through only where nothing of that is in it', () => {
    expect(decodeTcf(base64(head + bits(9, 16) + '1' + ranges(1, [3, 9]) + '0'.repeat(29)))?.vendorConsents).toEqual([
      3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('R88 takes no longer than a moment at the largest that is let through', () => {
    const all = bits(65_535, 16) + '1' + ranges(1, [1, 65_535]);
    const restricted = bits(1, 12) + bits(2, 6) + '00' + ranges(1, [1, 20_000]);
    const before = spent();
    const decoded = decodeTcf([base64(head + all + all + restricted), base64(`001${all}`), base64(`010${all}`)].join('.'));
    expect(decoded?.vendorConsents.length).toBe(65_535);
    expect(spent() - before).toBeLessThan(1500);
  });
});
