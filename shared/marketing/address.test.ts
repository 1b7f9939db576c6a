import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normaliseAddress, otherSpellings } from './address.ts';
import { ADDRESS_KINDS, type AddressKind } from './channel.ts';

const newest = (kind: AddressKind, typed: string, callingCode?: string) =>
  normaliseAddress(kind, typed, callingCode === undefined ? {} : { callingCode })[0]?.text ?? null;

describe('one address has one normalised text', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada@Example.ORG \n', 'ada@example.org'],
    ['\u200bada@\u00adexample.org\ufeff', 'ada@example.org'],
    ['a.d.a+news@gmail.com', 'a.d.a+news@gmail.com'],
    ['ada@googlemail.com', 'ada@googlemail.com'],
    ['info@B\u00dcCHER.example', 'info@xn--bcher-kva.example'],
    ['info@bu\u0308cher.example', 'info@xn--bcher-kva.example'],
    ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
    ['Jose\u0301@example.org', 'jos\u00e9@example.org'],
    ['JOS\u00c9@example.org', 'jos\u00e9@example.org'],
    ['ada@example.org.', 'ada@example.org'],
    ['ada@\u4f8b\u3048\u3002\u30c6\u30b9\u30c8', 'ada@xn--r8jz45g.xn--zckzah'],
    ['"ada lovelace"@example.org', '"ada lovelace"@example.org'],
    ['"ada\\"lovelace"@example.org', '"ada\\"lovelace"@example.org'],
    ['ada@[192.0.2.1]', 'ada@[192.0.2.1]'],
    ['a..d.@example.org', 'a..d.@example.org'],
    ['ada', null],
    ['@example.org', null],
    ['ada@', null],
    ['ada lovelace@example.org', null],
    ['Ada <ada@example.org>', null],
    ['ada@example.org, eve@example.org', null],
    ['"ada"@example.org', null],
    ['"a..d."@example.org', null],
    ['"ada\\ lovelace"@example.org', null],
    ['"ada" lovelace"@example.org', null],
    ['""@example.org', null],
    ['mailto:ada@example.org', null],
    ['ada\u061c@example.org', null],
    ['ada\ufe0f@example.org', null],
    ['ada\0@example.org', null],
    ['MAILTO:ada@example.org?subject=stop', null],
    ['ada(work)@example.org', null],
    ['ada@example.org(work)', null],
    ['ada@example.org;', null],
    ['<ada@example.org>', null],
    ['"Ada Lovelace" <ada@example.org>', null],
    ['ada\\@example.org', null],
    ['ada@example.org/path', null],
    ['ada@example.org:25', null],
    ['ada@127.1', null],
    [`${'a'.repeat(65)}@example.org`, null],
  ])('e-mail %j', (typed, text) => {
    expect(newest('email', typed)).toBe(text);
  });

  it.each([
    ['+44 7700 900123', undefined, '+447700900123'],
    ['+44 (0)7700 900-123', undefined, '+447700900123'],
    ['tel:+44-7700-900123', undefined, '+447700900123'],
    ['\uff0b\uff14\uff14 7700\u2011900\u00a0123', undefined, '+447700900123'],
    ['+\u0664\u0664\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663', undefined, '+447700900123'],
    ['07700 900123', undefined, '07700900123'],
    ['0044 7700 900123', undefined, '00447700900123'],
    ['07700 900123', '44', '+447700900123'],
    ['0044 7700 900123', '44', '+447700900123'],
    ['+44 07700 900123', '44', '+447700900123'],
    ['+33 6 12 34 56 78', '44', '+33612345678'],
    ['06 1234 5678', '39', '+390612345678'],
    ['1 (212) 555-0123', '1', '+12125550123'],
    ['(212) 555-0123', '1', '+12125550123'],
    ['+39 06 1234 5678', undefined, '+390612345678'],
    ['+44 7700 900123 ext. 5', undefined, null],
    ['+0 7700 900123', undefined, null],
    ['+1234567890123456', undefined, null],
    ['call me', undefined, null],
    ['', undefined, null],
  ])('telephone %j in country %j', (typed, callingCode, text) => {
    expect(newest('phone', typed, callingCode)).toBe(text);
  });

  it('leaves post as it is, and of a handle cuts only the blanks around it', () => {
    expect(newest('post', ' 1 High Street\nOLD TOWN ')).toBe(' 1 High Street\nOLD TOWN ');
    expect(newest('handle', ' @Ada ')).toBe('@Ada');
    expect(newest('post', '')).toBeNull();
  });

  it('looks e-mail addresses up in the first version too, exactly as it was hashed then', () => {
    expect(normaliseAddress('email', ' Info@B\u00dcCHER.example')).toEqual([
      { version: 2, kind: 'email', text: 'info@xn--bcher-kva.example' },
      { version: 1, kind: 'email', text: 'info@b\u00fccher.example' },
    ]);
    expect(normaliseAddress('phone', '+447700900123').map(({ version }) => version)).toEqual([2]);
  });

  it('gives the same again for what it gave', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.emailAddress(),
      fc.string({ unit: fc.constantFrom(...Array.from('+0123456789 ()-.@aA\u0130\u1e9e\u03a3')), maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ADDRESS_KINDS), typed, (kind, text) => {
        const once = newest(kind, text);
        if (once !== null) expect(newest(kind, once)).toBe(once);
      }),
    );
  });
});

describe('R41 R45 what a telephone number may have been kept as besides', () => {
  const texts = (typed: string, callingCode: string | null, own: string | null = callingCode) => {
    const { sure, earlier, possible } = otherSpellings(typed, { callingCode, own });
    const textsOf = (all: readonly { text: string }[]) => all.map(({ text }) => text);
    return { sure, earlier: textsOf(earlier), possible: textsOf(possible) };
  };
  const all = (typed: string, callingCode: string | null, own: string | null): ReadonlySet<string> => {
    const { earlier, possible } = texts(typed, callingCode, own);
    return new Set([newest('phone', typed, callingCode ?? undefined) ?? '', ...earlier, ...possible]);
  };

  it.each(['07700 900123', '+44 7700 900123', '+44 (0)7700 900123', '+44 07700 900123', '0044 7700 900123', '7700 900123'])(
    '%s in the site’s own country, from before that was known',
    (typed) => {
      expect(newest('phone', typed, '44')).toBe('+447700900123');
      expect(texts(typed, '44')).toMatchObject({
        sure: true,
        earlier: ['00447700900123', '07700900123', '7700900123', '+4407700900123'],
      });
    },
  );

  it.each([
    ['07700 900123', '44', null],
    ['+44 7700 900123', null, null],
    ['+44 7700 900123', '33', '33'],
    ['07700 900123', '44', '33'],
  ])('%s is of no country of the site’s (%s there, %s here): only a no may have meant it', (typed, callingCode, own) => {
    const { sure, earlier, possible } = texts(typed, callingCode, own);
    expect(sure).toBe(true);
    expect(earlier).toEqual(own === null ? [] : ['00447700900123']);
    expect([...earlier, ...possible]).toEqual(
      expect.arrayContaining(['07700900123', '7700900123', '00447700900123', '447700900123', '+4407700900123']),
    );
  });

  it('where no country is known nothing is sure', () => {
    for (const typed of ['07700 900123', '0044 7700 900123', '7700900123'])
      expect(texts(typed, null)).toMatchObject({ sure: false, earlier: [] });
    expect(texts('0044 7700 900123', null).possible).toContain('+447700900123');
    expect(texts('7700 900123', null).possible).toContain('07700900123');
    expect(texts('no number', '44')).toEqual({ sure: false, earlier: [], possible: [] });
  });

  it.each([
    ['+36 30 123 4567', '36', '06 30 123 4567'],
    ['+7 912 345 67 89', '7', '8 912 345-67-89'],
    ['+375 29 123 45 67', '375', '8029 123 45 67'],
    ['+39 06 1234 5678', '39', '06 1234 5678'],
    ['+225 07 12 34 56 78', '225', '07 12 34 56 78'],
    ['+1 212 555 0123', '1', '1 212 555 0123'],
    ['+44 7700 900123', '44', '44 7700 900123'],
  ])(
    '%s is met by %s typed as %s there, before and since its country is known, and meets it',
    (international, code, national) => {
      for (const own of [null, '44', code]) {
        const asked = all(international, null, own);
        expect(asked, `typed before, asked on a site of ${own}`).toContain(newest('phone', national));
      }
      expect(all(international, code, code)).toContain(newest('phone', national, code));
      expect(all(national, code, code)).toContain(newest('phone', international));
      expect(all(national, code, code)).toContain(newest('phone', national));
    },
  );

  it.each([
    ['44 7700 900123', '44', false],
    ['7700 900123', '44', true],
    ['33 6 12 34 56 78', '33', false],
    ['392 123 4567', '39', true],
    ['1 212 555 0123', '1', true],
  ])('whether %s in %s is sure, as its first digits may be its country’s: %s', (typed, callingCode, sure) => {
    expect(texts(typed, callingCode)).toMatchObject({ sure });
  });

  it('where the code of a part of a country is named, its numbers are met without it', () => {
    expect(all('+1 242 322 1234', '1242', '1242')).toContain('3221234');
    expect(all('322 1234', '1242', '1242')).toContain('2423221234');
  });

  it('one number is met however the other one is spelt, and a spelling is there once', () => {
    const digits = fc.stringMatching(/^[1-9]\d{8,9}$/);
    const code = fc.constantFrom('1', '7', '33', '44', '353', '370');
    const spelt = (one: string, national: string) => [
      ...[`+${one}${national}`, `+${one} (0)${national}`, `+${one} 0${national}`, `00${one}${national}`],
      ...[`${one}${national}`, `0${national}`, national],
    ];
    fc.assert(
      fc.property(
        code,
        digits,
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        fc.boolean(),
        fc.boolean(),
        (one, national, a, b, then, now) => {
          const [said, asked] = [spelt(one, national)[a] ?? '', spelt(one, national)[b] ?? ''];
          // Without a country only what begins with + can be permitted at all.
          fc.pre(now || asked.startsWith('+'));
          const keptAs = newest('phone', said, then ? one : undefined);
          // Sixteen digits are no number.
          fc.pre(keptAs !== null && newest('phone', asked, now ? one : undefined) !== null);
          expect([...all(asked, now ? one : null, now ? one : null)], `${said} ${then}, ${asked} ${now}`).toContain(keptAs);
          const { earlier, possible } = texts(asked, now ? one : null);
          expect(new Set([...earlier, ...possible]).size).toBe(earlier.length + possible.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
