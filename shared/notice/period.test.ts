import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

import { addPeriod, isoDay, isPeriod } from './period.ts';

const day = fc
  .date({ min: new Date('1600-01-01T00:00:00Z'), max: new Date('2400-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const part = (max: number, unit: string) =>
  fc.option(fc.nat({ max }), { nil: undefined }).map((n) => (n === undefined ? '' : `${n}${unit}`));
const period = fc
  .tuple(part(99, 'Y'), part(999, 'M'), part(999, 'W'), part(9999, 'D'))
  .map((parts) => `P${parts.join('')}`)
  .filter((text) => text !== 'P');

describe('periods on the calendar', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2024-02-29', 'P7Y', '2031-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2026-12-31', 'P1D', '2027-01-01'],
    ['2026-03-28', 'P1W', '2026-04-04'],
    ['2026-01-31', 'P1Y1M', '2027-02-28'],
    ['2026-11-22', 'P0D', '2026-11-22'],
    ['1899-12-31', 'P200Y', '2099-12-31'],
  ])('R57 %s + %s is %s, never so many times 24 hours', (from, length, to) => {
    expect(addPeriod(from, length)).toBe(to);
  });

  it('R57 agrees with Temporal on every day and period', () => {
    fc.assert(
      fc.property(day, period, (from, length) => {
        expect(addPeriod(from, length)).toBe(Temporal.PlainDate.from(from).add(length).toString());
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', 'P', 'P1', '1Y', 'P1Y ', 'PT1H', 'P-1Y', 'P1.5Y', 'P1D1Y', 'P12345Y'])('takes no %j for a period', (text) => {
    expect(isPeriod(text)).toBe(false);
    expect(() => addPeriod('2026-11-22', text)).toThrow(RangeError);
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', 'today', ''])('takes no %j for a day', (text) => {
    expect(() => addPeriod(text, 'P1D')).toThrow(RangeError);
  });

  it('stays within the years that an ISO day can write, whatever a clock says', () => {
    expect(addPeriod('9999-06-01', 'P1Y')).toBe('9999-12-31');
    expect(isoDay(8.64e15)).toBe('9999-12-31');
    expect(isoDay(-8.64e15)).toBe('0000-01-01');
    expect(addPeriod(isoDay(-8.64e15), 'P6M')).toBe('0000-07-01');
  });
});
