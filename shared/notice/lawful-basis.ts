// The lawful bases of Article 6(1) GDPR and UK GDPR, and which rights follow from each.
import type { Right } from './rights.ts';

export const LAWFUL_BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'recognised_legitimate_interests',
  'legitimate_interests',
] as const;
export type LawfulBasis = (typeof LAWFUL_BASES)[number];

export interface LawfulBasisFacts {
  /** Where the basis stands in the law. */
  article: string;
  label: string;
  /** Which laws know it. */
  regimes: readonly ('eu_gdpr' | 'uk_gdpr')[];
  /** Rights that this basis gives beyond those that every basis gives. */
  gives: readonly Right[];
  /** Rights that this basis does not give. */
  withholds: readonly Right[];
}

const EVERYWHERE = ['eu_gdpr', 'uk_gdpr'] as const;

export const LAWFUL_BASIS_FACTS: Record<LawfulBasis, LawfulBasisFacts> = {
  consent: {
    article: 'Art. 6(1)(a)',
    label: 'Consent',
    regimes: EVERYWHERE,
    gives: ['withdraw_consent', 'erasure', 'portability'],
    withholds: ['object'],
  },
  contract: {
    article: 'Art. 6(1)(b)',
    label: 'Contract',
    regimes: EVERYWHERE,
    gives: ['portability', 'erasure'],
    withholds: ['object', 'withdraw_consent'],
  },
  legal_obligation: {
    article: 'Art. 6(1)(c)',
    label: 'Legal obligation',
    regimes: EVERYWHERE,
    gives: [],
    withholds: ['erasure', 'portability', 'object', 'withdraw_consent'],
  },
  vital_interests: {
    article: 'Art. 6(1)(d)',
    label: 'Vital interests',
    regimes: EVERYWHERE,
    gives: ['erasure'],
    withholds: ['portability', 'object', 'withdraw_consent'],
  },
  public_task: {
    article: 'Art. 6(1)(e)',
    label: 'Public task',
    regimes: EVERYWHERE,
    gives: ['object'],
    withholds: ['erasure', 'portability', 'withdraw_consent'],
  },
  recognised_legitimate_interests: {
    article: 'Art. 6(1)(ea)',
    label: 'Recognised legitimate interests',
    regimes: ['uk_gdpr'],
    gives: ['object', 'erasure'],
    withholds: ['portability', 'withdraw_consent'],
  },
  legitimate_interests: {
    article: 'Art. 6(1)(f)',
    label: 'Legitimate interests',
    regimes: EVERYWHERE,
    gives: ['object', 'erasure'],
    withholds: ['portability', 'withdraw_consent'],
  },
};

/** What a notice says of an activity's lawful basis: "not stated" is an answer, not an absence. */
export type LawfulBasisStatus = 'stated' | 'document_only' | 'not_stated';
