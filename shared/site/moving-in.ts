// What a site owner says about the consent platform that the site used before, so that nobody who refused there is asked again.
import * as v from 'valibot';

import { described, Slug } from '../notice/schema.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** Names of cookies and of keys in local storage. */
const storeName = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'must be the name of a cookie, such as cc_cookie'));

export const MovingIn = v.strictObject({
  stores: v.optional(
    described(
      v.strictObject({
        'vanilla-cookieconsent': v.optional(
          described(storeName, 'vanilla-cookieconsent’s: cc_cookie unless named.'),
          'cc_cookie',
        ),
        osano: v.optional(
          described(storeName, 'Osano’s cookieconsent: cookieconsent_status unless named.'),
          'cookieconsent_status',
        ),
        klaro: v.optional(described(storeName, 'klaro’s: klaro unless named.'), 'klaro'),
        tarteaucitron: v.optional(described(storeName, 'tarteaucitron’s: tarteaucitron unless named.'), 'tarteaucitron'),
      }),
      'The name of each platform’s cookie (or key in local storage), where it was not the usual one.',
    ),
    {},
  ),
  purposes: v.optional(
    described(
      v.pipe(
        v.record(Slug, v.pipe(v.array(name), v.minLength(1), v.maxLength(50))),
        v.check((purposes) => Object.keys(purposes).length <= 64, 'has more than 64 entries'),
      ),
      'By the id of a purpose here: what the same thing was called there, all of it ("analytics", or the names of the services). Consent is taken over only for what stands here; without it usual names carry a refusal over.',
    ),
    {},
  ),
  necessary: v.optional(
    described(
      v.pipe(v.array(name), v.maxLength(50)),
      'Categories and services there that were always on, if named otherwise than "necessary" or "essential".',
    ),
    [],
  ),
  changedOver: v.optional(
    described(
      v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/, 'must be a day such as 2026-11-30'))),
      'The day on which the site changed over. A consent without a date of its own holds as if it had been given on it; null: it is asked for again.',
    ),
    null,
  ),
  revision: v.optional(
    described(
      v.nullable(v.pipe(v.number(), v.integer())),
      'The last revision there (vanilla-cookieconsent): consent to an earlier one is asked for again.',
    ),
    null,
  ),
});
export type MovingIn = v.InferOutput<typeof MovingIn>;
