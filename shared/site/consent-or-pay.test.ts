import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { LOCALES } from '../../widget/messages/locales.ts';
import { ConsentOrPay } from './consent-or-pay.ts';
import { wordsWith, type Words } from './words.ts';

const answer = (of: string) => `What was found of ${of} in May.`;
const whole = {
  assessment: {
    id: 'DPIA-2026-014',
    day: '2026-05-01',
    powerImbalance: answer('power'),
    fee: answer('the fee'),
    equivalence: answer('equivalence'),
    privacyByDesign: answer('design'),
  },
  price: '£3 a month',
  offer: '/subscribe',
};
const accepts = (value: unknown): boolean => v.safeParse(ConsentOrPay, value).success;

describe('consent or pay', () => {
  it('R10 L35 is taken whole, and refused without an assessment, its id, its day or any of its four answers', () => {
    expect(accepts(whole)).toBe(true);
    expect(accepts({ ...whole, assessment: undefined })).toBe(false);
    for (const name of Object.keys(whole.assessment))
      for (const value of [undefined, '', ' '])
        expect([name, value, accepts({ ...whole, assessment: { ...whole.assessment, [name]: value } })]).toEqual([
          name,
          value,
          false,
        ]);
  });

  it.each(['£3 a month', '2,99 € im Monat', 'EUR 4', '4 CHF', '€ 3'])('R10 L36 takes the price %j', (price) => {
    expect(accepts({ ...whole, price })).toBe(true);
  });

  it.each([undefined, '', 'a little', 'three pounds', '3'])('R10 L36 refuses the price %j', (price) => {
    expect(accepts({ ...whole, price })).toBe(false);
  });

  it.each(['javascript:alert(1)', 'http://example.org/pay', '//example.org/pay', '/a b', '', 'subscribe', '/\\example.org'])(
    'R10 refuses the offer %j',
    (offer) => {
      expect(accepts({ ...whole, offer })).toBe(false);
    },
  );

  it.each(Object.keys(LOCALES))(
    'R10 L36 %s says the price beside the choice, and not that the site works either way',
    (language) => {
      const words = LOCALES[language] as Words;
      const paid = wordsWith(words, {}, 'GB', '£3 & $& a month');
      expect(paid.free).toContain('£3 & $& a month');
      expect([paid.free, paid.rejectAll]).toEqual([paid.free, words['rejectAll.pay']]);
      expect(paid.free).not.toBe(words.free);
      expect(paid.rejectAll.length).toBeLessThanOrEqual(25);
      expect(wordsWith(words, {}, 'GB').free).toBe(words.free);
    },
  );
});
