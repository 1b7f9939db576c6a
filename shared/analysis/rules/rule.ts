// The one form of every rule of the analysis: what it says, what triggers it, what takes it back, and examples that are run as tests.

import { matches } from '../trigger.ts';

export const RULE_LANGUAGES = ['en', 'de', 'fr'] as const;
export type RuleLanguage = (typeof RULE_LANGUAGES)[number];

export interface Rule<Says extends string = string> {
  /** Unique among all rules; stands in the output. */
  id: string;
  says: Says;
  /** What `trigger` is matched against, in plain form (plain-form.ts). */
  scope: 'words' | 'sentence' | 'heading' | 'lead-in' | 'column';
  trigger: RegExp;
  /** Any of them matching the same text takes the rule back. */
  negators?: readonly RegExp[];
  examples: { match: readonly string[]; not: readonly string[] };
}

export const holds = ({ trigger, negators = [] }: Pick<Rule, 'trigger' | 'negators'>, text: string): boolean =>
  matches(trigger, text) && !negators.some((negator) => matches(negator, text));

const globals = new WeakMap<RegExp, RegExp>();
/** The trigger as a global expression, for matchAll. */
export function everywhere(trigger: RegExp): RegExp {
  const known = globals.get(trigger);
  if (known) return known;
  const made = new RegExp(trigger.source, `${trigger.flags}g`);
  globals.set(trigger, made);
  return made;
}
