import fc from 'fast-check';
import { expect, it } from 'vitest';

import { canonicalJson } from '../../shared/canonical.ts';
import { canonicalText } from './canonical-text.ts';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.option(tie('value'), { nil: undefined })),
  ),
}));

it('R50 writes plain JSON exactly as the canonical form of the service has it', () => {
  fc.assert(
    fc.property(plain.value, (value) => {
      expect(canonicalText(value)).toBe(canonicalJson(value));
    }),
  );
});

it('throws on half a surrogate pair, as the service does', () => {
  for (const text of ['\ud800', 'a\udc00b']) {
    expect(() => canonicalText({ text })).toThrow(TypeError);
    expect(() => canonicalText({ [text]: 1 })).toThrow(TypeError);
  }
  expect(canonicalText('\ud83d\ude00')).toBe(canonicalJson('\ud83d\ude00'));
});
