import fc from 'fast-check';
import { it } from 'vitest';

import { fromBase64Url, toBase64Url } from '../shared/bytes.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';

const outcome = (decode: (text: string) => Uint8Array, text: string): string => {
  try {
    return Buffer.from(decode(text)).toString('hex');
  } catch (error) {
    return (error as Error).name;
  }
};

it('takes and refuses what the form for every platform takes and refuses', () => {
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 70 }).map(toBase64Url),
    fc.base64String({ maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'w', '_', '-', '+', '/', '=', ' ', '\n', 'é'), maxLength: 12 }),
  );
  fc.assert(
    fc.property(texts, (text) => outcome(decodeBase64Url, text) === outcome(fromBase64Url, text)),
    {
      numRuns: 2000,
    },
  );
});

it('writes what the form for every platform writes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => encodeBase64Url(bytes) === toBase64Url(bytes)));
});
