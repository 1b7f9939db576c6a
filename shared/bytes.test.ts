import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromBase64, fromBase64Url, toBase64, toBase64Url, utf8, utf8Text } from './bytes.ts';

describe('base64url', () => {
  it('agrees with the platform on any bytes, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect([...fromBase64Url(text)]).toEqual([...bytes]);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect([...fromBase64(toBase64(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  it.each(['A', 'AB', 'AA=', 'A+8', 'AA A', 'AAAAA'])('refuses %j, which is no canonical form of any bytes', (text) => {
    expect(() => fromBase64Url(text)).toThrow(SyntaxError);
  });

  it.each(['AA', 'AB==', 'A-8=', 'AAAA====', '!'])('refuses %j as padded base64', (text) => {
    expect(() => fromBase64(text)).toThrow(SyntaxError);
  });
});

describe('UTF-8', () => {
  it('refuses bytes that are not UTF-8, and keeps a byte order mark', () => {
    expect(() => utf8Text(new Uint8Array([0xc3, 0x28]))).toThrow(TypeError);
    expect(utf8Text(utf8('\ufeffa'))).toBe('\ufeffa');
  });
});
