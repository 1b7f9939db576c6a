import { describe, expect, it } from 'vitest';

import { regimeOf, workingDays } from './working-days.ts';

describe('working days', () => {
  it.each<[string, string, boolean]>([
    ['GB', '2026-11-23', true],
    ['GB', '2026-11-22', false],
    ['GB', '2026-12-25', false],
    ['GB', '2026-12-28', false],
    ['GB', '2027-12-28', false],
    ['GB', '2026-04-03', false],
    ['GB-SCT', '2026-05-04', false],
    ['DE', '2026-10-01', true],
    ['DE', '2026-05-01', false],
    ['EU', '2026-05-01', true],
    ['unknown', '2026-12-25', true],
    ['unknown', '2026-12-26', false],
  ])('R63 in %s, %s: %s', async (jurisdiction, day, works) => {
    expect((await workingDays(jurisdiction))(day)).toBe(works);
  });

  it('R63 the law’s clock is that of the place, and the one without pauses where no place is known', () => {
    expect(['GB', 'GB-SCT', 'EU', 'FR', 'unknown', 'US'].map(regimeOf)).toEqual(['uk', 'uk', 'eu', 'eu', 'eu', 'eu']);
  });
});
