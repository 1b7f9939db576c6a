// Ids of the rules of lint.ts, for what names them without applying them.
export const LINT_RULES = ['L49', 'L50', 'L51', 'L52', 'L53', 'L54', 'L55', 'R74', 'R75', 'R78'] as const;
export type LintRuleId = (typeof LINT_RULES)[number];
