import { describe, expect, it } from 'vitest';

import type { Ground, GroundContext } from './ground.ts';
import { lintGrounds } from './ground-lint.ts';
import { ACTIVITY, CHARITY_SOFT_OPT_IN, SOFT_OPT_IN } from './said.fixture.ts';

const CONTEXT: GroundContext = { subscriber: 'unknown', regime: 'uk', today: '2026-11-22' };
const ground = (reason: Ground['reason'], evidence: unknown): Ground => ({
  reason,
  channel: 'email',
  sender: 'acme',
  since: '2026-05-01',
  evidence,
});
const rules = (...grounds: Ground[]) => lintGrounds(grounds, CONTEXT).map(({ rule, where, found }) => [rule, where, found]);

describe('the lint of grounds', () => {
  it('L46 L47 finds nothing in a soft opt-in, or a charity’s, with all of its evidence', () => {
    expect(rules(ground('soft_opt_in', SOFT_OPT_IN), ground('charity_soft_opt_in', CHARITY_SOFT_OPT_IN))).toEqual([]);
  });

  it.each(Object.keys(SOFT_OPT_IN))('L46 R35 finds a soft opt-in without %s', (name) => {
    const { [name as keyof typeof SOFT_OPT_IN]: _, ...less } = SOFT_OPT_IN;
    const found = rules(ground('soft_opt_in', SOFT_OPT_IN), ground('soft_opt_in', less));
    expect(found).toEqual([['L46', '1', expect.stringMatching(new RegExp(`^${name}: `))]]);
  });

  it('L47 R36 finds a charity’s soft opt-in for details obtained on the last day before the law', () => {
    const early = { ...CHARITY_SOFT_OPT_IN, obtainedOn: '2026-02-04' };
    expect(rules(ground('charity_soft_opt_in', early))).toEqual([
      ['L47', '0', expect.stringMatching(/^obtainedOn: .*2026-02-05/)],
    ]);
    const { charity: _, ...less } = early;
    expect(new Set(rules(ground('charity_soft_opt_in', less)).map(([rule]) => rule))).toEqual(new Set(['L46', 'L47']));
  });

  it('L46 says nothing of other reasons', () => {
    expect(rules(ground('corporate_subscriber', ACTIVITY), ground('not_stated', {}))).toEqual([]);
  });
});
