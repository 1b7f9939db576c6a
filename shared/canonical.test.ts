import { describe, expect, it } from 'vitest';

import { canonicalJson, hashOf } from './canonical.ts';
import { webCryptoVerifier } from './web-crypto.ts';

const { sha256 } = webCryptoVerifier(crypto.subtle);

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units and writes numbers as RFC 8785 does', () => {
    // The value of RFC 8785 section 3.2.2 and its canonical form from section 3.2.3.
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
  });

  it('gives the hash of a document whatever the order of its keys', async () => {
    expect(await hashOf({ b: 1, a: [2] }, sha256)).toBe(await hashOf({ a: [2], b: 1 }, sha256));
    expect(await hashOf({}, sha256)).toBe('RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o');
  });

  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
    expect(() => canonicalJson({ a: Number.NaN })).toThrow();
  });
});
