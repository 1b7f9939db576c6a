import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { OwnTexts } from './words.ts';

const refused = (texts: unknown): boolean => !v.safeParse(OwnTexts, texts).success;

describe('own texts', () => {
  it('may change any of ours, in any language', () => {
    const texts = { cy: { title: 'Cwcis', asks: '{controller}: {purposes}?' }, en: { acceptAll: 'Accept' } };
    expect(v.parse(OwnTexts, texts)).toEqual(texts);
  });

  it('R6 may not leave out who asks, or for what, or how to come back', () => {
    expect(refused({ en: { asks: 'We ask about {purposes}.' } })).toBe(true);
    expect(refused({ en: { asks: '{controller} asks.' } })).toBe(true);
    expect(refused({ en: { withdraw: 'You can withdraw.' } })).toBe(true);
  });

  it('are refused where nothing would ever show them', () => {
    expect(refused({ en: { acceptEverything: 'Yes' } })).toBe(true);
    expect(refused({ 'en-GB': { acceptAll: 'Yes' } })).toBe(true);
    expect(refused({ en: { acceptAll: ' ' } })).toBe(true);
    expect(refused({ en: { acceptAll: 'Accept {everything}' } })).toBe(true);
  });
});
