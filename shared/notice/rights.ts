// The data subject's rights as code and data name them, and which of them an activity's lawful bases give.
import { LAWFUL_BASIS_FACTS, type LawfulBasis } from './lawful-basis.ts';

export const RIGHTS = [
  'informed',
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'object',
  'object_direct_marketing',
  'withdraw_consent',
  'automated_decisions',
  'complaint',
  'other',
] as const;
export type Right = (typeof RIGHTS)[number];

const ALWAYS: readonly Right[] = ['informed', 'access', 'rectification', 'restriction', 'complaint'];

/**
 * The rights that follow for one activity. Several bases: a right that any of them gives is listed, as the data subject
 * may use it for that part. Direct marketing adds the absolute objection of Article 21(2) whatever the basis.
 */
export function rightsThatFollow(bases: readonly LawfulBasis[], directMarketing: boolean): Right[] {
  const given = new Set<Right>([...ALWAYS, ...bases.flatMap((basis) => LAWFUL_BASIS_FACTS[basis].gives)]);
  if (directMarketing) given.add('object_direct_marketing');
  return RIGHTS.filter((right) => given.has(right));
}
