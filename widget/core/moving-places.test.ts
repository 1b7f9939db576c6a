// Somebody chooses where one country's rules hold, and comes back where another's do: the terms are the same, the modes are not.
import { describe, expect, it } from 'vitest';

import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { exampleBoot, TERMS } from '../../test/support/example-widget.ts';
import { isBinding, mayRun, mustAsk, stateFor, statusOf } from './choices.ts';
import { mirrorAfter } from './decide.ts';

const IN_GB = exampleBoot({ modes: { statistics: 'opt_out' } });
const IN_EU = exampleBoot();
const IN_US = exampleBoot({ version: `${'V'.repeat(16)}.US-CA`, modes: { statistics: 'opt_out', advertising: 'opt_out' } });
const DAY = '2026-11-22';

const mirror = (choices: Record<string, MirrorState>): Mirror => ({
  terms: TERMS.slice(0, 16),
  day: DAY,
  until: '2027-05-22',
  choices,
});
const at = (boot: typeof IN_GB, stored: Mirror | null, { gpc = false, day = DAY } = {}) => {
  const status = statusOf(boot, stored, day);
  return {
    status,
    asks: mustAsk(boot, status, gpc),
    running: boot.purposes
      .filter((purpose) => purpose.mode !== 'info_only' && mayRun(purpose, stored, status, gpc, isBinding(boot)))
      .map(({ id }) => id),
  };
};

describe('from one place to another', () => {
  it('R21 R24 not having objected in GB is no consent in the EU: it is asked again, and nothing runs or is called in force', () => {
    const stored = mirror({ statistics: 'not_objected', advertising: 'refused' });
    expect(at(IN_GB, stored)).toEqual({
      status: { statistics: 'not_objected', advertising: 'refused' },
      asks: false,
      running: ['statistics'],
    });
    expect(at(IN_EU, stored)).toEqual({ status: { statistics: 'superseded', advertising: 'refused' }, asks: true, running: [] });
  });

  it('R21 what was given in the EU holds in GB and in the US, and nobody is asked again', () => {
    const stored = mirror({ statistics: 'given', advertising: 'given' });
    for (const boot of [IN_EU, IN_GB, IN_US])
      expect(at(boot, stored)).toMatchObject({ asks: false, running: ['statistics', 'advertising'] });
  });

  it.each<MirrorState>(['refused', 'withdrawn', 'objected'])('R21 what was %s in one place stays off in every other', (state) => {
    const stored = mirror({ statistics: state, advertising: state });
    for (const boot of [IN_EU, IN_GB, IN_US]) expect(at(boot, stored)).toMatchObject({ asks: false, running: [] });
  });

  it('a new choice in the EU replaces what was said in GB, and going back to GB changes nothing', () => {
    const stored = mirror({ statistics: 'not_objected', advertising: 'refused' });
    const after = mirrorAfter(IN_EU, stored, { statistics: 'refused', advertising: 'refused' }, DAY);
    expect(at(IN_GB, after)).toMatchObject({ asks: false, running: [] });
  });
});

describe('Global Privacy Control', () => {
  const all = { statistics: 'not_objected', advertising: 'not_objected' } as const;

  it('R46 answers about what would run without a choice: nobody is asked, nothing runs, nothing is stored', () => {
    expect(at(IN_US, null)).toMatchObject({ asks: true, running: ['statistics', 'advertising'] });
    expect(at(IN_US, null, { gpc: true })).toMatchObject({ asks: false, running: [] });
  });

  it('R46 answers about no consent: what is opt-in is asked as ever', () => {
    expect(at(IN_GB, null, { gpc: true })).toMatchObject({ asks: true, running: [] });
    expect(at(IN_EU, mirror({ statistics: 'given', advertising: 'given' }), { gpc: true }).running).toHaveLength(2);
  });

  it('R46 binds in the United States over an earlier "not objected", and in GB does not undo a choice made on this site', () => {
    expect(at(IN_US, mirror(all)).running).toHaveLength(2);
    expect(at(IN_US, mirror(all), { gpc: true }).running).toEqual([]);
    const inGb = mirror({ statistics: 'not_objected', advertising: 'refused' });
    expect(at(IN_GB, inGb, { gpc: true }).running).toEqual(['statistics']);
  });

  it('R46 somebody who is told of it and switches on nevertheless has consented, which the signal never does by itself', () => {
    expect(stateFor('opt_out', true, 'unknown', true)).toBe('given');
    expect(stateFor('opt_out', false, 'unknown', true)).toBe('objected');
    expect(at(IN_US, mirror({ statistics: 'given', advertising: 'objected' }), { gpc: true }).running).toEqual(['statistics']);
  });
});
