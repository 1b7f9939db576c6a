// Below which age somebody else decides (GDPR Art. 8): for a site that children use. Nobody is ever asked for a birth date; the
// banner says the age, and who decides for a child says so.
import * as v from 'valibot';

import { described } from '../notice/schema.ts';
import { isInEea, placesAround, PlaceName } from './place.ts';

/** Years. UK GDPR Art. 8; GDPR Art. 8(1) where a country has set none lower; 16 CFR 312; anywhere else the highest of them. */
const AGES: Readonly<Record<string, number>> = { GB: 13, EU: 16, US: 13, unknown: 16 };

/** What GDPR Art. 8(1) leaves to a Member State. */
const MEMBER_STATES = [13, 16] as const;

const isEuropean = (place: string): boolean => place === 'EU' || isInEea(place);

export const Children = v.strictObject({
  ages: v.optional(
    described(
      v.pipe(
        v.record(PlaceName, v.pipe(v.number(), v.integer(), v.minValue(13), v.maxValue(18))),
        v.check((ages) => Object.keys(ages).length <= 100, 'has more than 100 places'),
        v.check(
          (ages) =>
            Object.entries(ages).every(
              ([place, age]) => !isEuropean(place) || (age >= MEMBER_STATES[0] && age <= MEMBER_STATES[1]),
            ),
          'in the EU the age is 13 to 16',
        ),
      ),
      'By country (GB, FR, EU, unknown), in years, 13 to 18; in the EU 13 to 16. Not said: GB 13, US 13, EU 16, elsewhere 16.',
    ),
    {},
  ),
});
export type Children = v.InferOutput<typeof Children>;

/** Years: who is younger does not decide alone at `place` (ISO 3166, EU or `unknown`). */
export function ageIn({ ages }: Children, place: string): number {
  const known: Readonly<Record<string, number>> = { ...AGES, ...ages };
  return placesAround(place).flatMap((one) => known[one] ?? [])[0] ?? Math.max(...Object.values(AGES));
}
