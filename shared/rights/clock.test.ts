import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { daysBetween, requestClock, type ClockInput, type Regime } from './clock.ts';
import { REQUEST_KINDS, type RequestAction, type RequestKind } from './request.ts';

const weekday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());
const clock = (regime: Regime, received: string, steps: [RequestAction, string][] = [], more: Partial<ClockInput> = {}) =>
  requestClock({
    regime,
    kind: 'access',
    received,
    steps: steps.map(([action, day]) => ({ action, day })),
    today: received,
    isWorkingDay: () => true,
    ...more,
  });

describe('the clock of Article 12', () => {
  it.each<[Regime, string, string]>([
    ['uk', '2026-09-03', '2026-10-03'],
    ['eu', '2026-09-03', '2026-10-03'],
    ['uk', '2026-01-31', '2026-02-28'],
    ['uk', '2028-01-31', '2028-02-29'],
    ['eu', '2028-02-29', '2028-03-29'],
    ['uk', '2026-12-31', '2027-01-31'],
    ['eu', '2026-03-31', '2026-04-30'],
  ])('R63 %s: received %s, due %s: the corresponding day of the next month', (regime, received, due) => {
    expect(clock(regime, received).answer).toEqual({ day: due, counted: due });
  });

  it.each([
    ['2026-01-31', '2026-04-28'],
    ['2028-01-31', '2028-04-29'],
    ['2026-11-30', '2027-02-28'],
    ['2026-06-03', '2026-09-03'],
  ])('R63 received %s and extended: due %s, two further months from the end of the first', (received, due) => {
    for (const regime of ['uk', 'eu'] as const) {
      const read = clock(regime, received, [['extend', received]]);
      expect(read).toMatchObject({ extended: true, extendBy: null });
      expect(read.answer?.counted).toBe(due);
    }
  });

  it('R63 an extension told after the first month does not count', () => {
    const late = clock('eu', '2026-01-31', [['extend', '2026-03-01']]);
    expect(late).toMatchObject({ extended: false, extendBy: '2026-02-28', answer: { counted: '2026-02-28' } });
    expect(late.notes).toContain('extension_late');
    expect(clock('eu', '2026-01-31', [['extend', '2026-02-28']]).extended).toBe(true);
  });

  it('R63 UK: begins when the identity and the fee that were asked for are in; EU: runs on', () => {
    const asked: [RequestAction, string][] = [
      ['ask_identity', '2026-05-04'],
      ['ask_fee', '2026-05-05'],
    ];
    expect(clock('uk', '2026-05-01', asked)).toMatchObject({ starts: null, waitingFor: ['identity', 'fee'], answer: null });
    const one: [RequestAction, string][] = [...asked, ['receive_identity', '2026-05-20']];
    expect(clock('uk', '2026-05-01', one)).toMatchObject({ starts: null, waitingFor: ['fee'] });
    const both: [RequestAction, string][] = [...one, ['receive_fee', '2026-05-11']];
    expect(clock('uk', '2026-05-01', both)).toMatchObject({ starts: '2026-05-20', answer: { day: '2026-06-20' } });
    const eu = clock('eu', '2026-05-01', both);
    expect(eu).toMatchObject({ starts: '2026-05-01', answer: { day: '2026-06-01' } });
    expect(eu.notes).toContain('no_pause');
  });

  it('R63 UK: stands still while an access request is being clarified, and only an access request', () => {
    const steps: [RequestAction, string][] = [
      ['ask_clarification', '2026-05-11'],
      ['receive_clarification', '2026-05-18'],
    ];
    expect(clock('uk', '2026-05-01', steps)).toMatchObject({
      pausedDays: 7,
      extendBy: '2026-06-08',
      answer: { counted: '2026-06-08' },
    });
    expect(clock('uk', '2026-05-01', steps, { kind: 'erasure' })).toMatchObject({
      pausedDays: 0,
      answer: { counted: '2026-06-01' },
    });
    expect(clock('eu', '2026-05-01', steps)).toMatchObject({ pausedDays: 0, answer: { counted: '2026-06-01' } });
    const open = clock('uk', '2026-05-01', steps.slice(0, 1), { today: '2026-05-31' });
    expect(open).toMatchObject({ waitingFor: ['clarification'], pausedDays: 20, answer: { counted: '2026-06-21' } });
    expect(open.notes).toContain('paused');
  });

  it('R63 what was clarified before the period began shortens nothing and adds nothing', () => {
    const steps: [RequestAction, string][] = [
      ['ask_identity', '2026-05-02'],
      ['ask_clarification', '2026-05-02'],
      ['receive_clarification', '2026-05-09'],
      ['receive_identity', '2026-05-10'],
    ];
    expect(clock('uk', '2026-05-01', steps)).toMatchObject({
      starts: '2026-05-10',
      pausedDays: 0,
      answer: { day: '2026-06-10' },
    });
  });

  it('R63 a last day without work moves to the next working day, and both are shown', () => {
    const saturday = clock('uk', '2026-09-03', [], { isWorkingDay: weekday });
    expect(saturday.answer).toEqual({ counted: '2026-10-03', day: '2026-10-05' });
    expect(saturday.notes).toContain('rolled');
    const christmas = clock('uk', '2026-11-25', [], {
      isWorkingDay: (day) => weekday(day) && !['2026-12-25', '2026-12-28'].includes(day),
    });
    expect(christmas.answer).toEqual({ counted: '2026-12-25', day: '2026-12-29' });
  });

  it('R66 UK: a complaint is acknowledged within 30 days of which the day of receipt is the first', () => {
    expect(clock('uk', '2026-07-01', [], { kind: 'complaint' })).toMatchObject({
      acknowledge: { day: '2026-07-30', counted: '2026-07-30' },
      answer: null,
      notes: ['complaint_uk'],
    });
    const acknowledged = clock('uk', '2026-07-01', [['acknowledge', '2026-07-20']], { kind: 'complaint' });
    expect(acknowledged, 'nothing with a day is left').toMatchObject({ acknowledge: null, answer: null, notes: ['no_period'] });
    expect(clock('eu', '2026-07-01', [], { kind: 'complaint' })).toMatchObject({ acknowledge: null, notes: ['no_period'] });
  });

  it('R65 a withdrawal has no period to wait for, and marketing ends at once', () => {
    expect(clock('uk', '2026-07-01', [], { kind: 'withdrawal' })).toMatchObject({ answer: null, notes: ['no_period'] });
    expect(clock('eu', '2026-07-01', [], { kind: 'direct_marketing_objection' }).notes).toEqual(['at_once']);
  });

  it('R63 the EU clock never ends after the UK clock, whatever happened', () => {
    const day = fc.nat({ max: 400 }).map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
    const action = fc.constantFrom<RequestAction>(
      'ask_identity',
      'receive_identity',
      'ask_fee',
      'receive_fee',
      'ask_clarification',
      'receive_clarification',
    );
    const kinds = REQUEST_KINDS.filter((kind): kind is RequestKind => !['complaint', 'withdrawal'].includes(kind));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(fc.tuple(action, day), { maxLength: 8 }), (kind, steps) => {
        const sorted = steps.sort((a, b) => (a[1] < b[1] ? -1 : 1));
        const more = { kind, today: '2027-03-01', isWorkingDay: weekday };
        const uk = clock('uk', '2026-01-01', sorted, more);
        const eu = clock('eu', '2026-01-01', sorted, more);
        expect(eu.answer?.day).toBe('2026-02-02');
        if (uk.answer) expect(daysBetween(eu.answer?.day ?? '', uk.answer.day)).toBeGreaterThanOrEqual(0);
        else expect(uk.waitingFor).not.toEqual([]);
      }),
    );
  });
});
