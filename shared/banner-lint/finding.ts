// A finding of the banner lint: a fact with its place and evidence, never a verdict.
import { BANNER_RULES, type BannerRuleId, type Severity } from './rules.ts';

export type Evidence = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What a check reports; the rest stands in the table of rules. */
export interface Found {
  rule: BannerRuleId;
  /** A place in the configuration (`purposes/2/label`) or a selector in the page. */
  where: string;
  /** The fact, in a sentence. */
  found: string;
  evidence?: Evidence;
}

export interface BannerFinding extends Required<Found> {
  severity: Severity;
  /** What would make it right. */
  right: string;
  source: string;
}

/** In the order of the rules; the same fact at the same place once. */
export function findingsOf(found: readonly Found[]): BannerFinding[] {
  const order = Object.keys(BANNER_RULES);
  const unique = new Map(found.map((one) => [JSON.stringify([one.rule, one.where, one.found]), one]));
  return [...unique.values()]
    .toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule))
    .map(({ rule, where, found: fact, evidence = {} }) => {
      const { severity, right, source } = BANNER_RULES[rule];
      return { rule, severity, where, found: fact, evidence, right, source };
    });
}
