import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { ageIn, Children } from './children.ts';

describe('the age below which a parent or guardian decides', () => {
  it.each([
    ['GB', 13],
    ['GB-SCT', 13],
    ['FR', 16],
    ['EU', 16],
    ['NO', 16],
    ['US', 13],
    ['US-CA', 13],
    ['BR', 16],
    ['unknown', 16],
  ])('R14 is that of the place where nothing else is said: %s, %i', (place, age) => {
    expect(ageIn(v.parse(Children, {}), place)).toBe(age);
  });

  it('R14 is configured by place, the narrowest first', () => {
    const children = v.parse(Children, { ages: { FR: 15, EU: 14, GB: 18, unknown: 17 } });
    expect(['FR', 'AT', 'EU', 'GB-SCT', 'BR', 'unknown', 'US'].map((place) => ageIn(children, place))).toEqual([
      15, 14, 14, 18, 17, 17, 13,
    ]);
  });

  it.each([
    [{ EU: 12 }, 'ages'],
    [{ DE: 17 }, 'in the EU the age is 13 to 16'],
    [{ NO: 18 }, 'in the EU the age is 13 to 16'],
    [{ GB: 19 }, 'ages'],
    [{ GB: 13.5 }, 'ages'],
    [{ Britain: 13 }, 'must be a country'],
  ])('R14 refuses %j', (ages, said) => {
    const { issues } = v.safeParse(Children, { ages });
    expect(JSON.stringify((issues ?? []).map((issue) => [v.getDotPath(issue), issue.message]))).toContain(said);
  });
});
