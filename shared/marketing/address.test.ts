import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normaliseAddress } from './address.ts';
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

  it.each([
    ['07700 900123', '44'],
    ['+44 7700 900123', '44'],
    ['+44 (0)7700 900123', '44'],
    ['+44 07700 900123', '44'],
    ['0044 7700 900123', '44'],
    ['7700 900123', '44'],
  ])('R45 %j in country %s is looked up as it may have been kept before its country was known', (typed, callingCode) => {
    const texts = normaliseAddress('phone', typed, { callingCode }).map(({ text }) => text);
    expect(texts[0]).toBe('+447700900123');
    expect(texts).toEqual(expect.arrayContaining(['07700900123', '7700900123']));
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
