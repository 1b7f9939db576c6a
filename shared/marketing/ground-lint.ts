// What grounds that an operator states lack, as rules: a soft opt-in without all of its evidence (L46), a charity's for details that
// were obtained too early (L47). What each ground needs is in ground.ts; a ground with a finding permits nothing.
import { CHARITY_SOFT_OPT_IN_FROM, groundProblems, type Ground, type GroundContext } from './ground.ts';

export interface GroundFinding {
  rule: 'L46' | 'L47';
  severity: 'error';
  /** Place in the list: "3". */
  where: string;
  /** "place in the evidence: what". */
  found: string;
}

export const lintGrounds = (grounds: readonly Ground[], context: GroundContext): GroundFinding[] =>
  grounds.flatMap((ground, i): GroundFinding[] => {
    if (ground.reason !== 'soft_opt_in' && ground.reason !== 'charity_soft_opt_in') return [];
    const { obtainedOn } = Object(ground.evidence) as { obtainedOn?: unknown };
    const early =
      ground.reason === 'charity_soft_opt_in' && typeof obtainedOn === 'string' && obtainedOn < CHARITY_SOFT_OPT_IN_FROM;
    return groundProblems(ground, context).map((found) => ({
      rule: early && found.startsWith('obtainedOn:') ? 'L47' : 'L46',
      severity: 'error',
      where: `${i}`,
      found,
    }));
  });
