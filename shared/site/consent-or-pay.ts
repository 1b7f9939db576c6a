// For a site that people may use by consenting or by paying: only with an assessment that was made and recorded before (R10).
import * as v from 'valibot';

import { described } from '../notice/schema.ts';

const answer = (what: string) =>
  described(v.pipe(v.string(), v.trim(), v.minLength(20), v.maxLength(2000)), `What the assessment found of ${what}`);

/** An amount with its currency: £3, 2,99 €, EUR 4. */
export const PRICE = /[€£$]\s?\d|\d\s?[€£$]|\b[A-Z]{3}\s?\d|\d\s?[A-Z]{3}\b/;

export const ConsentOrPay = v.strictObject({
  assessment: described(
    v.strictObject({
      id: described(
        v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
        'Where the assessment is recorded: the number of a file or of a document.',
      ),
      day: described(v.pipe(v.string(), v.isoDate()), 'The day on which it was made: 2026-05-01.'),
      powerImbalance: answer('the balance of power: whether people can do without the site.'),
      fee: answer('the fee: why it is appropriate.'),
      equivalence: answer('equivalence: what who pays gets, against who consents.'),
      privacyByDesign: answer('privacy by design: how the choice is put, and what is collected from who consents.'),
    }),
    'The recorded assessment; without one there is no consent or pay.',
  ),
  price: described(
    v.pipe(v.string(), v.trim(), v.maxLength(60), v.regex(PRICE, 'must hold an amount with its currency, such as £3 a month')),
    'What who rejects pays, as people read it: £3 a month.',
  ),
  offer: described(
    v.pipe(
      v.string(),
      v.maxLength(500),
      v.regex(/^(\/(?!\/)|https:\/\/[\w.-]+(:\d{1,5})?(\/|$))[^\s"<>\\]*$/, 'must be a path of the site or an https address'),
    ),
    'Where people pay: a path of the site, or an https address. "Reject all and pay" leads there.',
  ),
});
export type ConsentOrPay = v.InferOutput<typeof ConsentOrPay>;
