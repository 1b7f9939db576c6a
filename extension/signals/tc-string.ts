// A transparency and consent string (IAB TCF 2.2 and 2.3) in words of ours. The framework's own library decodes it; before that it is
// looked through once, because 22 KB of overlapping ranges would keep that library busy for minutes.
import { TCString, type TCModel, type Vector } from '@iabtechlabtcf/core';

import type { DecodedTcf } from '../../shared/signals/signals.ts';
import { Bits } from './bits.ts';

/** Bits before the vendors: version to publisher's country. */
const HEAD = 213;
/** Vendors that restrictions name in all; the real ones name some hundreds. */
const MOST_RESTRICTED = 20_000;

/** Ranges have to rise, as the specification has them. Gives how many numbers they cover. */
function risingRanges(bits: Bits): number {
  const entries = bits.read(12);
  let last = 0;
  let covered = 0;
  for (let i = 0; i < entries; i++) {
    const isRange = bits.read(1) === 1;
    const start = bits.read(16);
    const end = isRange ? bits.read(16) : start;
    if (start <= last || end < start || bits.left < 0) throw new RangeError('ranges that do not rise');
    last = end;
    covered += end - start + 1;
  }
  return covered;
}

function vendorSection(bits: Bits): void {
  const most = bits.read(16);
  if (bits.read(1) === 1) risingRanges(bits);
  else bits.skip(most);
}

function restrictions(bits: Bits): void {
  const count = bits.read(12);
  let covered = 0;
  for (let i = 0; i < count; i++) {
    bits.skip(8);
    covered += risingRanges(bits);
    if (covered > MOST_RESTRICTED) throw new RangeError('too many restrictions');
  }
}

const SEGMENT_BITS = 3;
const isVendorSegment = (segment: string): boolean => [1, 2].includes(new Bits(segment.slice(0, 1)).read(SEGMENT_BITS));

/** Throws where the string is none that can be decoded in reasonable time. */
function lookThrough(text: string): void {
  const [core = '', ...others] = text.split('.');
  if (others.length > 3) throw new RangeError('too many segments');
  const bits = new Bits(core);
  if (bits.read(6) !== 2) throw new RangeError('another version than 2');
  bits.skip(HEAD - 6);
  vendorSection(bits);
  vendorSection(bits);
  restrictions(bits);
  for (const other of others) {
    const segment = new Bits(other);
    segment.skip(SEGMENT_BITS);
    if (isVendorSegment(other)) vendorSection(segment);
  }
}

const ids = (vector: Vector): number[] => [...vector].filter(([, set]) => set).map(([id]) => id);

const described = (model: TCModel): DecodedTcf => ({
  cmpId: Number(model.cmpId),
  policyVersion: Number(model.policyVersion),
  vendorListVersion: Number(model.vendorListVersion),
  lastUpdated: model.lastUpdated.toISOString().slice(0, 10),
  publisherCountry: model.publisherCountryCode,
  serviceSpecific: model.isServiceSpecific,
  purposeConsents: ids(model.purposeConsents),
  purposeLegitimateInterests: ids(model.purposeLegitimateInterests),
  specialFeatures: ids(model.specialFeatureOptins),
  vendorConsents: ids(model.vendorConsents),
  vendorLegitimateInterests: ids(model.vendorLegitimateInterests),
  vendorsDisclosed: ids(model.vendorsDisclosed),
  restrictedPurposes: [...new Set(model.publisherRestrictions.getRestrictions().map(({ purposeId }) => Number(purposeId)))],
});

/** Null where it can't be decoded. `text` is at most as long as read-signals.ts lets it be. */
export function decodeTcf(text: string): DecodedTcf | null {
  try {
    lookThrough(text);
    return described(TCString.decode(text));
  } catch {
    return null;
  }
}
