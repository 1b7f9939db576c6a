import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import { addLasting } from './expiry.ts';

describe('addLasting', () => {
  it('gives the day that shared/notice/period.ts gives, for any day and period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.nat(66), fc.nat(900), (since, months, days) => {
        const day = isoDay(since * 86_400_000);
        expect(addLasting(day, [months, days])).toBe(addPeriod(day, `P${months}M${days}D`));
      }),
    );
  });

  it('ends on the last day of a shorter month', () => {
    expect(addLasting('2026-08-31', [6, 0])).toBe('2027-02-28');
    expect(addLasting('2027-08-31', [6, 0])).toBe('2028-02-29');
  });
});
