import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { VendorChoice } from './event.ts';
import { mirrorValue, readMirror } from './mirror.ts';
import {
  inRanges,
  MOST_RANGES,
  oneSpelling,
  rangesOf,
  rangesText,
  readRanges,
  vendorChoices,
  vendorsIn,
} from './vendor-ranges.ts';

const id = fc.integer({ min: 1, max: 65_535 });
const text = (ids: readonly number[], offered = ids): string => rangesText(rangesOf(ids, offered));

describe('numbers of companies as ranges', () => {
  it('joins neighbours and nothing else', () => {
    expect(text([9, 2, 3, 4, 3, 12, 13])).toBe('2-4 9 12-13');
    expect(text([])).toBe('');
    expect(readRanges('2-4 9')).toEqual([
      [2, 4],
      [9, 9],
    ]);
  });

  it('R33 says of every offered number what was said, as long as the limit lets it, and never less than was said', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 500 }), fc.infiniteStream(fc.boolean()), (offered, coins) => {
        const said = offered.filter(() => coins.next().value);
        const ranges = text(said, offered);
        const covers = inRanges(ranges);
        expect(said.every(covers)).toBe(true);
        expect(readRanges(ranges).length).toBeLessThanOrEqual(MOST_RANGES);
        if (said.length <= MOST_RANGES) expect(offered.filter(covers).sort()).toEqual([...said].sort());
        expect(v.is(VendorChoice, { list: 1, refused: ranges, objected: '' })).toBe(true);
      }),
    );
  });

  it('all of a long list with gaps fits, exactly', () => {
    const offered = Array.from({ length: 700 }, (_, i) => 3 * i + 1);
    const covers = inRanges(text(offered, offered));
    expect(offered.every(covers)).toBe(true);
  });

  it('R17 goes through the mirror and its cookie unchanged', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 120 }), fc.array(id, { maxLength: 120 }), (a, b) => {
        const refusals = { refused: text(a), objected: text(b) };
        const mirror = {
          terms: 'AAAAAAAAAAAAAAAA',
          day: '2026-11-22',
          until: '2027-05-22',
          choices: { statistics: 'given' as const, ...vendorChoices(refusals) },
        };
        const value = mirrorValue(mirror);
        expect(value.length).toBeLessThan(3800);
        const read = readMirror(value);
        expect(read).toEqual(mirror);
        expect(vendorsIn(read?.choices ?? {})).toEqual(refusals);
      }),
    );
  });

  it('R33 whatever a cookie says that another host of the domain has written comes out in the spelling that the event takes', () => {
    const odd = (...keys: string[]) => vendorsIn(Object.fromEntries(keys.map((key) => [key, 'refused' as const])));
    expect(odd('-9-3', '-5')).toEqual({ refused: '5', objected: '' });
    expect(odd('-2-6', '-4-9', '--7', '--8-9', '--8')).toEqual({ refused: '2-9', objected: '7-9' });
    expect(odd('-65535-99999', '-70000', '-0', '-3-', '-1e9', '-4-x', '---5', '-')).toEqual({ refused: '65535', objected: '' });
    const key = fc.string({ unit: fc.constantFrom(...Array.from('0123456789-ex')), maxLength: 12 }).map((text) => `-${text}`);
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
        const said = odd(...keys);
        expect(v.is(VendorChoice, { list: null, ...said })).toBe(true);
        expect(vendorsIn(vendorChoices(said))).toEqual(said);
      }),
    );
  });

  it('R33 many that are far apart are joined where that takes in the fewest others', () => {
    const apart = Array.from({ length: MOST_RANGES + 1 }, (_, i) => ({ from: 10 * i + 1 }));
    const ranges = apart.map(({ from }, i): [number, number] => (i === 40 ? [from - 7, from] : [from, from]));
    const said = readRanges(oneSpelling(ranges));
    expect(said).toHaveLength(MOST_RANGES);
    expect(said).toContainEqual([391, 401]);
  });

  it('the event takes one spelling only', () => {
    const takes = (refused: string): boolean => v.is(VendorChoice, { list: 17, refused, objected: '' });
    expect(['', '5', '2-5 8', '1-65535'].every(takes)).toBe(true);
    expect(
      ['0', '5-5', '5-2', '8 2', '2 3', '2-5 5', '2-5 6', ' 5', '5 ', '05', '5,8', '65536', 'x', '5--8', '1e3'].filter(takes),
    ).toEqual([]);
    expect(takes(Array.from({ length: MOST_RANGES + 1 }, (_, i) => 2 * i + 1).join(' '))).toBe(false);
    for (const list of [0, 1.5, 65_536, '17', undefined])
      expect(v.is(VendorChoice, { list, refused: '', objected: '' })).toBe(false);
    expect(v.is(VendorChoice, { list: null, refused: '5', objected: '', more: 1 })).toBe(false);
  });
});
