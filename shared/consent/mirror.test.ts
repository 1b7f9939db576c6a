import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mirrorValue, readMirror, type Mirror } from './mirror.ts';

const mirror: Mirror = {
  terms: 'abcdefghijklmnop',
  day: '2026-11-22',
  until: '2027-05-22',
  choices: { statistics: 'refused', advertising: 'given' },
};

describe('the mirror cookie', () => {
  it('R17 equal choices on one day give equal cookies, whatever the order they were made in', () => {
    expect(mirrorValue(mirror)).toBe('1.abcdefghijklmnop.2026-11-22.2027-05-22.advertising:g~statistics:r');
    expect(mirrorValue({ ...mirror, choices: { advertising: 'given', statistics: 'refused' } })).toBe(mirrorValue(mirror));
  });

  it('R17 holds choices, terms, day and expiry day and nothing that could tell people apart', () => {
    expect(Object.keys(readMirror(mirrorValue(mirror)) ?? {}).sort()).toEqual(['choices', 'day', 'terms', 'until']);
  });

  it('comes back as it was written', () => {
    const ids = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
    const states = fc.constantFrom('given', 'refused', 'withdrawn', 'objected', 'not_objected');
    fc.assert(
      fc.property(fc.dictionary(ids, states), (choices) => {
        const written = { ...mirror, choices } as Mirror;
        expect(readMirror(mirrorValue(written))?.choices).toEqual({ ...choices });
      }),
    );
  });

  it.each([
    undefined,
    '',
    'x',
    '1.short.2026-11-22.2027-05-22.',
    '1.abcdefghijklmnop.2026-13-45.2027-05-22.advertising:g',
    mirrorValue(mirror) + ' ',
    mirrorValue(mirror).replace(':g', ':z'),
    `${mirrorValue(mirror)}; x`,
    '2' + mirrorValue(mirror).slice(1),
  ])('reads %j as no choice', (value) => {
    expect(readMirror(value)).toBeNull();
  });
});
