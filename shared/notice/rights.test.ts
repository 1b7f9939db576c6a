import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LAWFUL_BASES, LAWFUL_BASIS_FACTS, type LawfulBasis } from './lawful-basis.ts';
import { RIGHTS, rightsThatFollow, type Right } from './rights.ts';

const ALWAYS: Right[] = ['informed', 'access', 'rectification', 'restriction', 'complaint'];
const beyond = (basis: LawfulBasis): Right[] => rightsThatFollow([basis], false).filter((right) => !ALWAYS.includes(right));

describe('the rights that follow from a lawful basis', () => {
  it.each<[LawfulBasis, Right[]]>([
    ['consent', ['erasure', 'portability', 'withdraw_consent']],
    ['contract', ['erasure', 'portability']],
    ['legal_obligation', []],
    ['vital_interests', ['erasure']],
    ['public_task', ['object']],
    ['recognised_legitimate_interests', ['erasure', 'object']],
    ['legitimate_interests', ['erasure', 'object']],
  ])('%s gives %j besides those that every basis gives', (basis, rights) => {
    expect(beyond(basis)).toEqual(rights);
  });

  it('gives portability for consent and contract only', () => {
    expect(LAWFUL_BASES.filter((basis) => beyond(basis).includes('portability'))).toEqual(['consent', 'contract']);
  });

  it('gives an objection to direct marketing whatever the basis', () => {
    for (const basis of LAWFUL_BASES) {
      expect(rightsThatFollow([basis], true)).toContain('object_direct_marketing');
      expect(rightsThatFollow([basis], false)).not.toContain('object_direct_marketing');
    }
  });

  it('gives the rights of each basis where there are several, in one order', () => {
    fc.assert(
      fc.property(fc.subarray([...LAWFUL_BASES]), fc.boolean(), (bases, marketing) => {
        const rights = rightsThatFollow(bases, marketing);
        expect(rights).toEqual(RIGHTS.filter((right) => rights.includes(right)));
        expect(rights).toEqual(expect.arrayContaining(ALWAYS));
        for (const basis of bases) expect(rights).toEqual(expect.arrayContaining(rightsThatFollow([basis], marketing)));
      }),
    );
  });

  it('neither gives nor withholds a right twice, and knows recognised legitimate interests in UK law only', () => {
    for (const basis of LAWFUL_BASES) {
      const { gives, withholds } = LAWFUL_BASIS_FACTS[basis];
      expect(gives.filter((right) => withholds.includes(right))).toEqual([]);
    }
    const british = LAWFUL_BASES.filter((basis) => !LAWFUL_BASIS_FACTS[basis].regimes.includes('eu_gdpr'));
    expect(british).toEqual(['recognised_legitimate_interests']);
  });
});
