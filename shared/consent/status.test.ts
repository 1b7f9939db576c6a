import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ConsentEvent, PurposeState } from './event.ts';
import { hasForked, status, vendorsHeld, type StoredEvent } from './status.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const current = { terms: 'T', purposes: ['statistics', 'advertising'], validity: { given: 'P6M', refused: 'P6M' } };

const stored = (
  seq: number,
  prev: string | null,
  purposes: Record<string, PurposeState>,
  more: Partial<ConsentEvent> & { hash?: string; received?: StoredEvent['received'] } = {},
): StoredEvent => {
  const { hash = `h${seq}`, received = null, ...event } = more;
  return {
    hash,
    received,
    event: {
      seq,
      prev,
      purposes,
      terms: 'T',
      at: new Date(NOW - DAY).toISOString(),
      id: hash,
      method: 'save_choices',
      ...event,
    } as ConsentEvent,
  };
};
const state = (events: StoredEvent[], purpose = 'statistics', now = NOW) => status(events, now, current)[purpose]?.state;

describe('what single companies are refused', () => {
  const said = (refused: string, objected = '') => ({ vendors: { list: 17, refused, objected } });

  it('R33 is what the newest event that speaks of them says, as a whole', () => {
    const first = stored(1, null, {}, said('5 8', '9'));
    expect(vendorsHeld([])).toEqual({ refused: '', objected: '' });
    expect(vendorsHeld([first, stored(2, 'h1', {})])).toEqual({ refused: '5 8', objected: '9' });
    expect(vendorsHeld([stored(2, 'h1', {}, said('8')), first])).toEqual({ refused: '8', objected: '' });
  });

  it('of a forked history whatever one branch says', () => {
    const fork = [
      stored(1, null, {}),
      stored(2, 'h1', {}, said('5-6')),
      stored(2, 'h1', {}, { ...said('7', '2'), hash: 'other' }),
    ];
    expect(vendorsHeld(fork)).toEqual({ refused: '5-7', objected: '2' });
  });
});

describe('status', () => {
  it('is unknown without a choice, and unknown is not given', () => {
    expect(status([], NOW, current)).toEqual({
      statistics: { state: 'unknown', since: null, until: null, event: null },
      advertising: { state: 'unknown', since: null, until: null, event: null },
    });
  });

  it('is what the newest event that offered the purpose says', () => {
    const events = [stored(1, null, { statistics: 'given', advertising: 'given' }), stored(2, 'h1', { statistics: 'withdrawn' })];
    expect(state(events)).toBe('withdrawn');
    expect(state(events, 'advertising')).toBe('given');
    expect(status(events, NOW, current)['statistics']).toMatchObject({ event: 'h2', since: '2026-11-21', until: '2027-05-21' });
  });

  it('R25 of a restored choice counts from the day on which it was made, and never from a later one', () => {
    const restored = (day: string) =>
      status(
        [stored(1, null, { statistics: 'given' }, { start: { kind: 'restored', day, choices: { statistics: 'given' } } })],
        NOW,
        current,
      )['statistics'];
    expect(restored('2026-09-01')).toMatchObject({ state: 'given', since: '2026-09-01', until: '2027-03-01' });
    expect(restored('2026-05-01')).toMatchObject({ state: 'expired', chosen: 'given' });
    expect(restored('2030-01-01')).toMatchObject({ since: '2026-11-21' });
  });

  it('R51 keeps to seq whatever the order of arrival: a late "given" cannot beat a newer refusal', () => {
    const events = [
      stored(1, null, { statistics: 'given' }),
      stored(2, 'h1', { statistics: 'given' }),
      stored(3, 'h2', { statistics: 'refused' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 3 }), (arrived) => {
        expect(state(arrived)).toBe('refused');
      }),
    );
    expect(state([events[2] as StoredEvent, events[0] as StoredEvent])).toBe('refused');
  });

  it('R51 lets the branch that grants less hold after a fork, purpose by purpose', () => {
    const events = [
      stored(1, null, { statistics: 'refused', advertising: 'given' }),
      stored(2, 'h1', { statistics: 'given', advertising: 'given' }, { hash: 'a' }),
      stored(2, 'h1', { statistics: 'given', advertising: 'withdrawn' }, { hash: 'b' }),
      stored(3, 'a', { statistics: 'given', advertising: 'given' }),
    ];
    expect(hasForked(events)).toBe(true);
    expect(state(events)).toBe('given');
    expect(state(events, 'advertising')).toBe('withdrawn');
  });

  it('does not take a gap for a fork', () => {
    const events = [
      stored(1, null, { statistics: 'given' }),
      stored(2, 'h1', { statistics: 'refused' }),
      stored(5, 'h4', { statistics: 'given' }),
    ];
    expect(hasForked(events)).toBe(false);
    expect(state(events)).toBe('given');
    expect(hasForked([stored(1, null, {}), stored(2, 'h1', {}, { hash: 'x' }), stored(3, 'y', {})])).toBe(false);
  });

  it('R25 expires given and refused by the calendar, each after its own period', () => {
    const at = { at: '2026-05-22T12:00:00.000Z' };
    expect(state([stored(1, null, { statistics: 'given' }, at)], 'statistics', Date.parse('2026-11-21T23:59:59Z'))).toBe('given');
    const expired = status([stored(1, null, { statistics: 'given' }, at)], Date.parse('2026-11-22T00:00:00Z'), current)[
      'statistics'
    ];
    expect(expired).toMatchObject({ state: 'expired', chosen: 'given' });
    const shorter = { ...current, validity: { given: 'P6M', refused: 'P13M' } };
    expect(status([stored(1, null, { statistics: 'refused' }, at)], NOW, shorter)['statistics']?.state).toBe('refused');
  });

  it('keeps an objection for good', () => {
    expect(
      status([stored(1, null, { statistics: 'objected' }, { at: '2016-01-01T00:00:00.000Z' })], NOW, current)['statistics'],
    ).toMatchObject({ state: 'objected', until: null });
  });

  it('R24 is superseded by changed terms and by nothing else', () => {
    expect(state([stored(1, null, { statistics: 'given' }, { terms: 'OLD' })])).toBe('superseded');
    expect(state([stored(1, null, { statistics: 'given' }, { presentation: 'other' })])).toBe('given');
  });

  it('R50 counts validity from the corrected clock, but never from later than the arrival', () => {
    const receivedAt = Date.parse('2026-11-20T00:00:00Z');
    const slow = stored(
      1,
      null,
      { statistics: 'given' },
      { at: '2025-11-20T00:00:00.000Z', received: { at: receivedAt, skew: 365 * DAY } },
    );
    expect(status([slow], NOW, current)['statistics']).toMatchObject({ state: 'given', since: '2026-11-20' });
    const fast = stored(
      1,
      null,
      { statistics: 'given' },
      { at: '2027-11-20T00:00:00.000Z', received: { at: receivedAt, skew: 0 } },
    );
    expect(status([fast], NOW, current)['statistics']).toMatchObject({ state: 'given', since: '2026-11-20' });
  });

  it('R51 never grants more with a refusal added at the end, in any history', () => {
    const choice = fc.constantFrom<PurposeState>('given', 'refused', 'withdrawn', 'objected', 'not_objected');
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 8 }), fc.nat(), (choices, drop) => {
        const events = choices.map((one, i) => stored(i + 1, i === 0 ? null : `h${i}`, { statistics: one }));
        const last = stored(choices.length + 1, choices.length === 0 ? null : `h${choices.length}`, { statistics: 'refused' });
        const arrived = [...events.filter((_, i) => i !== drop % (choices.length + 1)), last];
        expect(state(arrived)).toBe('refused');
      }),
    );
  });
});
