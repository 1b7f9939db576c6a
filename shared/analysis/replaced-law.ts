// Law that notices still name although it was replaced: said neutrally, with the year (R89). Facts about a text, no verdict.

export interface ReplacedLaw {
  trigger: RegExp;
  /** How it is told. */
  says: string;
}

export const REPLACED_LAW: readonly ReplacedLaw[] = [
  {
    trigger: /\b(?:Data Protection Act(?: of)?|DPA) 1998\b/i,
    says: 'The text refers to the Data Protection Act 1998, replaced in 2018.',
  },
  {
    trigger: /\b(?:Data Protection Act(?: of)?|DPA) 1984\b/i,
    says: 'The text refers to the Data Protection Act 1984, replaced in 2000.',
  },
  { trigger: /\bDirective 95\/46\b|\b95\/46\/E[CG]\b/i, says: 'The text refers to Directive 95/46/EC, replaced in 2018.' },
  {
    trigger: /\bBundesdatenschutzgesetz(?:es)? alter Fassung\b|\bBDSG a\. ?F\./i,
    says: 'The text refers to the German data protection act (BDSG) as it was before 2018.',
  },
  { trigger: /\bPrivacy Shield\b/i, says: 'The text refers to the Privacy Shield, annulled in 2020.' },
  {
    trigger: /\bsafe harbou?r (?:framework|principles|agreement)\b/i,
    says: 'The text refers to the Safe Harbour decision, annulled in 2015.',
  },
];

/** What the text says of replaced law, once each. `plain` without markup. */
export const replacedLaw = (plain: string): string[] =>
  REPLACED_LAW.filter(({ trigger }) => trigger.test(plain)).map(({ says }) => says);
