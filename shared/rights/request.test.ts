import { describe, expect, it } from 'vitest';

import { LAWFUL_BASES } from '../notice/lawful-basis.ts';
import { portabilityOf } from './portability.ts';
import {
  isClosed,
  nextState,
  possibleActions,
  REQUEST_ACTIONS,
  REQUEST_KINDS,
  REQUEST_STATES,
  type RequestState,
} from './request.ts';

describe('the states of a request', () => {
  it('R65 nothing stands between a person and the end of marketing or of a consent', () => {
    for (const kind of ['direct_marketing_objection', 'withdrawal'] as const)
      for (const state of REQUEST_STATES)
        for (const action of ['refuse', 'ask_identity', 'ask_fee', 'ask_clarification', 'extend'] as const)
          expect(nextState(kind, state, action), `${kind} ${state} ${action}`).toBeNull();
  });

  it('a request that is closed stays closed', () => {
    for (const kind of REQUEST_KINDS)
      for (const state of ['fulfilled', 'refused', 'retracted'] as const) {
        expect(isClosed(state)).toBe(true);
        expect(possibleActions(kind, state)).toEqual([]);
      }
  });

  it('what nobody confirmed can only be confirmed or dropped', () => {
    for (const kind of REQUEST_KINDS) expect(possibleActions(kind, 'unconfirmed')).toEqual(['confirm', 'retract']);
  });

  it.each(REQUEST_KINDS)('every state of a request of kind %s that can be reached has a way to an answer', (kind) => {
    const reached = new Set<RequestState>(['unconfirmed']);
    for (const state of reached)
      for (const action of REQUEST_ACTIONS) {
        const next = nextState(kind, state, action);
        if (next) reached.add(next);
      }
    const answered = (state: RequestState, seen: readonly RequestState[] = []): boolean =>
      state === 'fulfilled' ||
      possibleActions(kind, state).some((action) => {
        const next = nextState(kind, state, action) as RequestState;
        return !seen.includes(next) && next !== state && answered(next, [...seen, state]);
      });
    expect([...reached].filter((state) => !isClosed(state) && !answered(state))).toEqual([]);
  });
});

describe('portability', () => {
  it.each(LAWFUL_BASES)('R62 of what rests on %s', (basis) => {
    const found = portabilityOf([basis]);
    expect(found.portable).toBe(basis === 'consent' || basis === 'contract');
    if (!found.portable) expect(found.reason).toMatch(/consent or contract only/);
  });

  it('R62 one basis that gives it is enough, and none stated is a reason of its own', () => {
    expect(portabilityOf(['legitimate_interests', 'contract'])).toEqual({ portable: true, basis: 'contract' });
    expect(portabilityOf([])).toMatchObject({
      portable: false,
      reason: expect.stringMatching(/states no lawful basis/) as string,
    });
  });
});
