import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plain, plainText, safeHref } from './plain-text.ts';

describe('text that others wrote', () => {
  it('R88 loses bidi controls, zero-width characters, tags and controls, and nothing that a reader sees', () => {
    expect(plainText('pay\u202Elad\u202C \u2066x\u2069\u200B\u200D\u2060\uFEFF\u00AD\u061C\u{E0041}\u0000\u0007\u2028')).toBe(
      'paylad x',
    );
    expect(plainText('Zürich – “naïve”\tعربي\n日本 👍 €')).toBe('Zürich – “naïve”\tعربي\n日本 👍 €');
  });

  it('R88 keeps no invisible character of any text', () => {
    const keeps = fc.check(
      fc.property(
        // Mostly around the blocks where the invisible ones are; fast-check's own tables of all characters take seconds to make.
        fc
          .array(
            fc.oneof(
              fc.integer({ min: 0x2000, max: 0x20ff }),
              fc.integer({ min: 0, max: 0xd7ff }),
              fc.integer({ min: 0xe000, max: 0x10ffff }),
            ),
          )
          .map((points) => String.fromCodePoint(...points)),
        (text) => !/[\u202A-\u202E\u2066-\u2069\u200B-\u200F\u061C\uFEFF\u2060]/.test(plainText(text)),
      ),
    );
    expect(keeps.counterexample).toBeNull();
  });

  it('is plain in every depth of a value, whose prototype nobody reaches', () => {
    const hostile = JSON.parse('{"a":["x\\u202e",{"b":"\\u200by"}],"__proto__":{"polluted":"yes\\u200b"}}') as object;
    const safe = plain(hostile) as { a: unknown };
    expect(safe.a).toEqual(['x', { b: 'y' }]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(safe)).toBe(Object.prototype);
  });

  it('R88 makes links of web addresses only', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      'data:text/html,x',
      'file:///etc/passwd',
      'blob:https://a/b',
      'https://user:pass@a.example/',
      'nonsense',
      `https://a.example/${'x'.repeat(3000)}`,
    ])
      expect(safeHref(href)).toBeNull();
    expect(safeHref('/privacy', 'https://a.example/b')).toBe('https://a.example/privacy');
  });
});
