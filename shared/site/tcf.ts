// What an owner who registered a consent platform with IAB Europe sets for the Transparency and Consent Framework 2.3.
import * as v from 'valibot';

import { described, Slug } from '../notice/schema.ts';

const id = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const ids = (most: number) => v.pipe(v.array(id(most)), v.minLength(1), v.maxLength(2000));

/** Purposes of the framework's policies, version 5. */
const LAST_PURPOSE = 11;
/** The policies leave storage (1) and what makes and uses profiles (3 to 6) to consent. */
const OWN_INTERESTS = [2, 7, 8, 9, 10, 11] as const;

export const Tcf = v.pipe(
  v.strictObject({
    cmpId: described(
      v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4095)),
      'The number that IAB Europe assigned to your consent platform.',
    ),
    cmpVersion: described(id(4095), 'The version of your platform, as you count it.'),
    vendorList: described(
      v.pipe(
        v.string(),
        v.maxLength(500),
        v.check(
          (value) => /^(\/(?!\/)|https:\/\/[\w.-]+(:\d+)?\/)\S*$/.test(value),
          'must be a path of the site or an https address',
        ),
      ),
      'Where your copy of the Global Vendor List is (version 3 of its form): a path on the site, or an https address of yours.',
    ),
    vendors: described(ids(65_535), 'The numbers of the vendors that you work with. Visitors are shown each by name.'),
    purposes: described(
      v.record(Slug, v.pipe(ids(LAST_PURPOSE), v.maxLength(LAST_PURPOSE))),
      'Which purposes of the framework (1 to 11) each of your purposes stands for. One that no purpose stands for is never granted.',
    ),
    legitimateInterests: v.optional(
      described(
        v.pipe(v.array(v.picklist(OWN_INTERESTS)), v.minLength(1), v.maxLength(OWN_INTERESTS.length)),
        'Purposes of the framework for which vendors may claim a legitimate interest, where the answer to your purpose is yes and nobody objects: 2 and 7 to 11 only. Without it nothing rests on legitimate interests.',
      ),
    ),
    publisherCountry: described(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country such as GB')), 'Your country.'),
  }),
  v.check(({ purposes }) => {
    const all = Object.values(purposes).flat();
    return new Set(all).size === all.length;
  }, 'two purposes stand for the same purpose of the framework'),
);
export type Tcf = v.InferOutput<typeof Tcf>;
