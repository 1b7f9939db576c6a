import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addPeriod as reference, isoDay } from '../../shared/notice/period.ts';
import { addPeriod } from './expiry.ts';

describe('addPeriod', () => {
  it('gives the day that shared/notice/period.ts gives, for any day and period', () => {
    const part = (unit: string, max: number) => fc.integer({ min: 0, max }).map((n) => (n ? `${n}${unit}` : ''));
    const period = fc.tuple(part('Y', 3), part('M', 30), part('W', 60), part('D', 500)).map((parts) => `P${parts.join('')}`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), period, (days, text) => {
        fc.pre(text !== 'P');
        const day = isoDay(days * 86_400_000);
        expect(addPeriod(day, text)).toBe(reference(day, text));
      }),
    );
  });

  it('ends on the last day of a shorter month', () => {
    expect(addPeriod('2026-08-31', 'P6M')).toBe('2027-02-28');
    expect(addPeriod('2027-08-31', 'P6M')).toBe('2028-02-29');
  });
});
