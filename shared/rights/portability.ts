// What Article 20 covers: only what is processed by consent or for a contract, each exclusion with its reason (R62).
import { LAWFUL_BASIS_FACTS, type LawfulBasis } from '../notice/lawful-basis.ts';

export type Portability = { portable: true; basis: LawfulBasis } | { portable: false; reason: string };

const gives = (basis: LawfulBasis): boolean => LAWFUL_BASIS_FACTS[basis].gives.includes('portability');

/** Of one activity, by the bases that its notice states. Several: a basis that gives the right is enough for that part. */
export function portabilityOf(bases: readonly LawfulBasis[]): Portability {
  const basis = bases.find(gives);
  if (basis) return { portable: true, basis };
  if (bases.length === 0)
    return {
      portable: false,
      reason: 'The notice states no lawful basis for this, and portability follows from consent or contract only.',
    };
  const named = bases.map((each) => `${LAWFUL_BASIS_FACTS[each].label} (${LAWFUL_BASIS_FACTS[each].article})`).join(', ');
  return { portable: false, reason: `It rests on ${named}; portability follows from consent or contract only (Art. 20(1)(a)).` };
}
