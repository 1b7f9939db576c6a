import { describe, expect, it } from 'vitest';

import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { askedPurposes, currentMirror, expiryOf, mayRun, mustAsk, prevailing, stateFor, statusOf } from './choices.ts';
import { mirrorAfter } from './decide.ts';
import { exampleBoot, TERMS } from '../../test/support/example-widget.ts';

const boot = exampleBoot();
const optOut = exampleBoot({ modes: { statistics: 'opt_out' } });
const mirror = (choices: Record<string, MirrorState>, more: Partial<Mirror> = {}): Mirror => ({
  terms: TERMS.slice(0, 16),
  day: '2026-11-22',
  until: '2027-05-22',
  choices,
  ...more,
});
const refused = mirror({ statistics: 'refused', advertising: 'refused' });
const runs = (id: string, stored: Mirror | null, day: string, gpc = false, of = boot): boolean =>
  mayRun(
    of.purposes.find((purpose) => purpose.id === id),
    stored,
    statusOf(of, stored, day),
    gpc,
  );

describe('the status of a choice', () => {
  it('R19 is unknown without a cookie, and unknown is not given', () => {
    expect(statusOf(boot, null, '2026-11-22')).toEqual({ statistics: 'unknown', advertising: 'unknown' });
    expect(runs('statistics', null, '2026-11-22')).toBe(false);
    expect(runs('security', null, '2026-11-22')).toBe(true);
    expect(runs('not-configured', refused, '2026-11-22')).toBe(false);
  });

  it('R25 holds for six months, refused as long as given, and then asks again', () => {
    const given = mirror({ statistics: 'given', advertising: 'refused' });
    expect(mustAsk(boot, statusOf(boot, given, '2027-05-21'))).toBe(false);
    expect(runs('statistics', given, '2027-05-21')).toBe(true);
    expect(statusOf(boot, given, '2027-05-22')).toEqual({ statistics: 'expired', advertising: 'expired' });
    expect(runs('statistics', given, '2027-05-22')).toBe(false);
    expect(mustAsk(boot, statusOf(boot, given, '2027-05-22'))).toBe(true);
  });

  it('R25 remembers a refusal longer than consent where the owner says so', () => {
    const longer = exampleBoot({ lasts: { given: [3, 0], refused: [12, 0] } });
    const both = mirror({ statistics: 'given', advertising: 'refused' });
    expect(statusOf(longer, both, '2027-02-22')).toEqual({ statistics: 'expired', advertising: 'refused' });
    expect(expiryOf(longer, '2026-11-22', ['given', 'refused'])).toBe('2027-11-22');
  });

  it('R24 is superseded by changed terms only', () => {
    const changed = exampleBoot({ terms: 'B'.repeat(43) });
    const given = mirror({ statistics: 'given', advertising: 'given' });
    expect(statusOf(changed, given, '2026-11-23')).toEqual({ statistics: 'superseded', advertising: 'superseded' });
    expect(runs('statistics', given, '2026-11-23', false, changed)).toBe(false);
    expect(mustAsk(exampleBoot({ version: 'B'.repeat(16) }), statusOf(boot, given, '2026-11-23'))).toBe(false);
  });
});

describe('an objection', () => {
  it('does not expire, and its cookie lasts as long as a browser lets it', () => {
    const objected = mirror({ statistics: 'objected', advertising: 'refused' });
    expect(statusOf(optOut, objected, '2029-11-22')).toEqual({ statistics: 'objected', advertising: 'expired' });
    expect(expiryOf(optOut, '2026-11-22', ['objected', 'refused'])).toBe('2027-12-27');
  });
});

describe('of two mirrors', () => {
  const given = mirror({ statistics: 'given' });
  const withdrawn = mirror({ statistics: 'withdrawn' });

  it('R18 the newer holds, and of one day the one that grants less, whatever their order', () => {
    expect([prevailing(given, withdrawn), prevailing(withdrawn, given)]).toEqual([withdrawn, withdrawn]);
    const later = { ...given, day: '2026-11-23' };
    expect([prevailing(later, withdrawn), prevailing(withdrawn, later)]).toEqual([later, later]);
    const without = mirror({ ...given.choices, '-5': 'refused' });
    expect([prevailing(given, without), prevailing(without, given)]).toEqual([without, without]);
    expect([prevailing(null, given), prevailing(given, null), prevailing(null, null)]).toEqual([given, given, null]);
  });

  it('the ledger is believed, but not against a choice that never reached it, nor a later one, nor another host of the domain', () => {
    expect(currentMirror(boot, given, withdrawn, false)).toEqual(withdrawn);
    expect(currentMirror(boot, withdrawn, given, false)).toEqual(given);
    expect(currentMirror(boot, withdrawn, given, true)).toEqual(withdrawn);
    expect(currentMirror(boot, { ...withdrawn, day: '2026-11-23' }, given, false)).toMatchObject({ choices: withdrawn.choices });
    const shared = exampleBoot({ cookieDomain: 'example.org' });
    expect(currentMirror(shared, withdrawn, given, false)).toEqual(withdrawn);
    expect(currentMirror(boot, null, given, false)).toEqual(given);
    expect(currentMirror(boot, given, null, false)).toEqual(given);
  });
});

describe('a purpose that runs unless objected to', () => {
  it('R21 runs before a choice, but not against an objection, however old', () => {
    expect(runs('statistics', null, '2026-11-22', false, optOut)).toBe(true);
    const objected = mirror({ statistics: 'objected', advertising: 'refused' });
    expect(runs('statistics', objected, '2026-11-22', false, optOut)).toBe(false);
    expect(runs('statistics', objected, '2029-11-22', false, optOut)).toBe(false);
    expect(runs('statistics', { ...objected, terms: 'B'.repeat(16) }, '2026-11-22', false, optOut)).toBe(false);
    expect(runs('statistics', refused, '2026-11-22', false, optOut)).toBe(false);
  });

  it('R46 does not run under Global Privacy Control, unless this site was told otherwise', () => {
    expect(runs('statistics', null, '2026-11-22', true, optOut)).toBe(false);
    expect(runs('statistics', mirror({ statistics: 'not_objected' }), '2026-11-22', true, optOut)).toBe(true);
    expect(runs('statistics', null, '2026-11-22', true)).toBe(false);
  });

  it('that becomes an opt-in is asked about again', () => {
    const before = mirror({ statistics: 'not_objected', advertising: 'refused' });
    expect(mustAsk(optOut, statusOf(optOut, before, '2026-11-22'))).toBe(false);
    expect(mustAsk(boot, statusOf(boot, before, '2026-11-22'))).toBe(true);
    expect(runs('statistics', before, '2026-11-22')).toBe(false);
  });
});

describe('what a switch means', () => {
  it('off is a withdrawal only where something was given', () => {
    expect(stateFor('opt_in', true, 'refused')).toBe('given');
    expect(stateFor('opt_in', false, 'unknown')).toBe('refused');
    expect(stateFor('opt_in', false, 'expired')).toBe('refused');
    expect(stateFor('opt_in', false, 'given')).toBe('withdrawn');
    expect(stateFor('opt_out', false, 'unknown')).toBe('objected');
    expect(stateFor('opt_out', true, 'objected')).toBe('not_objected');
  });
});

describe('the mirror after a choice', () => {
  it('R17 equal choices on one day give equal cookies, whatever was chosen before', () => {
    const states = Object.fromEntries(askedPurposes(boot).map(({ id }) => [id, 'refused' as const]));
    const first = mirrorAfter(boot, null, states, '2026-11-22');
    expect(first).toEqual(refused);
    expect(mirrorAfter(boot, mirror({ statistics: 'given' }, { day: '2026-10-01' }), states, '2026-11-22')).toEqual(first);
  });

  it('a choice about one purpose keeps the others and does not make them last longer', () => {
    const after = mirrorAfter(boot, { ...refused, day: '2026-10-01' }, { statistics: 'given' }, '2026-11-22');
    expect(after).toEqual({
      terms: TERMS.slice(0, 16),
      day: '2026-10-01',
      until: '2027-04-01',
      choices: { statistics: 'given', advertising: 'refused' },
    });
  });

  it('R19 what was given for other terms, or too long ago, is not carried over', () => {
    const given = mirror({ statistics: 'given', advertising: 'given' });
    for (const old of [
      { ...given, terms: 'B'.repeat(16) },
      { ...given, day: '2026-01-01' },
    ])
      expect(mirrorAfter(boot, old, { statistics: 'given' }, '2026-11-22').choices).toEqual({ statistics: 'given' });
  });

  it('an objection that was not answered now goes on stopping its tags, however old and for whatever terms', () => {
    const objected = mirror({ statistics: 'objected', advertising: 'given' });
    for (const old of [
      { ...objected, terms: 'B'.repeat(16) },
      { ...objected, day: '2020-01-01' },
    ]) {
      const after = mirrorAfter(optOut, old, { advertising: 'given' }, '2026-11-22');
      expect(after).toMatchObject({ day: '2026-11-22', choices: { statistics: 'objected', advertising: 'given' } });
      expect(runs('statistics', after, '2026-11-22', false, optOut)).toBe(false);
      expect(runs('advertising', after, '2026-11-22', false, optOut)).toBe(true);
    }
    const withdrawn = mirror({ statistics: 'withdrawn' }, { day: '2020-01-01' });
    expect(mirrorAfter(optOut, withdrawn, { advertising: 'refused' }, '2026-11-22').choices).toEqual({
      statistics: 'withdrawn',
      advertising: 'refused',
    });
  });
});
