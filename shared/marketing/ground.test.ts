import { describe, expect, it } from 'vitest';

import { CHANNELS } from '../notice/schema.ts';
import { CHANNEL_FACTS, REASONS, SUBSCRIBERS, subscriberType } from './channel.ts';
import { groundProblems, type Ground, type GroundContext } from './ground.ts';
import { ACTIVITY, CHARITY_SOFT_OPT_IN, SOFT_OPT_IN } from './said.fixture.ts';

const CONTEXT: GroundContext = { subscriber: 'unknown', regime: 'uk', today: '2026-11-22' };
const problems = (ground: Partial<Ground>, context: Partial<GroundContext> = {}) =>
  groundProblems(
    { reason: 'soft_opt_in', channel: 'email', sender: 'acme', since: '2026-05-01', evidence: SOFT_OPT_IN, ...ground },
    { ...CONTEXT, ...context },
  );
const without = (evidence: object, field: string) =>
  Object.fromEntries(Object.entries(evidence).filter(([name]) => name !== field));

describe('grounds for marketing', () => {
  it.each(Object.keys(SOFT_OPT_IN))('R35 the soft opt-in permits nothing without %s', (field) => {
    expect(problems({})).toEqual([]);
    expect(problems({ evidence: without(SOFT_OPT_IN, field) })).toHaveLength(1);
    expect(problems({ evidence: { ...SOFT_OPT_IN, [field]: false } })).not.toEqual([]);
  });

  it.each(Object.keys(CHARITY_SOFT_OPT_IN))('R36 the charity soft opt-in permits nothing without %s', (field) => {
    const charity = { reason: 'charity_soft_opt_in', evidence: CHARITY_SOFT_OPT_IN } as const;
    expect(problems(charity)).toEqual([]);
    expect(problems({ ...charity, evidence: without(CHARITY_SOFT_OPT_IN, field) })).toHaveLength(1);
  });

  it.each([
    ['2026-02-04', 1],
    ['2026-02-05', 0],
    ['2026-11-22', 0],
    ['2026-11-23', 1],
  ])('the charity soft opt-in, details obtained on %s: %i problems', (obtainedOn, count) => {
    const evidence = { ...CHARITY_SOFT_OPT_IN, obtainedOn };
    expect(problems({ reason: 'charity_soft_opt_in', evidence })).toHaveLength(count);
  });

  it('R37 whoever is not known, sole traders and partnerships are individuals', () => {
    expect(SUBSCRIBERS.filter((one) => subscriberType(one) === 'individual')).toEqual([
      'individual',
      'sole_trader',
      'partnership',
      'unknown',
    ]);
    const corporate = {
      reason: 'corporate_subscriber',
      evidence: { record: 'company-123', on: '2026-01-05', ...ACTIVITY },
    } as const;
    expect(problems(corporate, { subscriber: 'company' })).toEqual([]);
    expect(problems(corporate, { subscriber: 'unknown' })).toEqual(['subscriber: is not known to be corporate']);
    expect(problems(corporate, { subscriber: 'sole_trader' })).not.toEqual([]);
  });

  it.each([
    ['tps', '2026-10-25', false, 'unknown', 0],
    ['tps', '2026-10-24', false, 'unknown', 1],
    ['tps', '2026-11-20', true, 'unknown', 1],
    ['ctps', '2026-11-20', false, 'unknown', 1],
    ['ctps', '2026-11-20', false, 'company', 0],
    ['tps', '2026-11-20', false, 'company', 1],
  ] as const)(
    'a live call needs a look at the right register: %s on %s, listed %s, to a subscriber %s: %i problems',
    (register, on, listed, subscriber, count) => {
      const evidence = { ...ACTIVITY, screening: { register, on, listed } };
      expect(problems({ reason: 'no_pecr_rule', channel: 'live_call', evidence }, { subscriber })).toHaveLength(count);
    },
  );

  it('R38 a live call without a look at the register is not permitted; post needs none', () => {
    expect(problems({ reason: 'no_pecr_rule', channel: 'live_call', evidence: ACTIVITY })).toEqual(['screening: is missing']);
    expect(problems({ reason: 'no_pecr_rule', channel: 'post', evidence: ACTIVITY })).toEqual([]);
  });

  it('R38 automated calls have consent and no other ground', () => {
    expect(CHANNEL_FACTS.auto_call.reasons).toEqual(['consent']);
    const evidences = { soft_opt_in: SOFT_OPT_IN, charity_soft_opt_in: CHARITY_SOFT_OPT_IN, no_pecr_rule: ACTIVITY } as const;
    for (const [reason, evidence] of Object.entries(evidences))
      expect(problems({ reason: reason as Ground['reason'], channel: 'auto_call', evidence })).toEqual([
        'reason: is none for auto_call',
      ]);
  });

  it('R34 a reason that is not stated permits nothing on any channel', () => {
    for (const channel of CHANNELS) expect(problems({ reason: 'not_stated', channel })).toEqual(['reason: none is stated']);
    for (const channel of CHANNELS) expect(CHANNEL_FACTS[channel].reasons).not.toContain('not_stated');
    expect(REASONS).toContain('not_stated');
  });

  it('what only the law of the United Kingdom allows is no ground elsewhere', () => {
    const elsewhere = { regime: 'other' } as const;
    expect(problems({ reason: 'charity_soft_opt_in', evidence: CHARITY_SOFT_OPT_IN }, elsewhere)).toHaveLength(1);
    expect(problems({ reason: 'no_pecr_rule', channel: 'live_call', evidence: ACTIVITY }, elsewhere)).toHaveLength(1);
    expect(problems({}, elsewhere)).toEqual([]);
  });

  it('a fact that nobody asked for is refused, and so is a consent as lawful basis of what needs none', () => {
    expect(problems({ evidence: { ...SOFT_OPT_IN, email: 'ada@example.org' } })).not.toEqual([]);
    const evidence = { ...ACTIVITY, lawfulBasis: 'consent' };
    expect(problems({ reason: 'no_pecr_rule', channel: 'post', evidence })).not.toEqual([]);
  });
});
