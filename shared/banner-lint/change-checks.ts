// L22: whether a new version of a configuration asks people again without a reason that they could see.
import { canonicalJson } from '../canonical.ts';
import type { Found } from './finding.ts';
import { purposesOf, type CheckedConfiguration, type PurposeInPlace } from './configuration-checks.ts';

/** All of a purpose that visitors see, and who is behind it. */
const meaningOf = ({ purpose: { revision: _, ...purpose }, activity, notice }: PurposeInPlace): string =>
  canonicalJson({
    purpose,
    activity: activity ? JSON.parse(JSON.stringify(activity)) : null,
    controller: notice?.controller.name ?? null,
  });

export function changeFindings(before: CheckedConfiguration, after: CheckedConfiguration): Found[] {
  const earlier = new Map(purposesOf(before).map((one) => [one.purpose.id, one]));
  return purposesOf(after).flatMap((one): Found[] => {
    const was = earlier.get(one.purpose.id);
    if (!was || one.purpose.revision === was.purpose.revision || meaningOf(one) !== meaningOf(was)) return [];
    return [
      {
        rule: 'L22',
        where: `${one.at}/revision`,
        found: `The revision went from ${was.purpose.revision} to ${one.purpose.revision}; words, purposes and parties are the same.`,
        evidence: { purpose: one.purpose.id },
      },
    ];
  });
}
