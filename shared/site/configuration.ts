// What a site owner sets for a site: who may post, what is asked, in which mode where. Content-addressed like a notice.
import * as v from 'valibot';

import { isPeriod } from '../notice/period.ts';
import { CHANNELS, NOTICE_KINDS, PURPOSE_KINDS, Slug } from '../notice/schema.ts';

const label = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));
const period = v.pipe(v.string(), v.check(isPeriod, 'must be an ISO 8601 period such as P6M'));

/**
 * How a purpose is asked for in a place: `info_only` runs and is explained; `opt_in` waits for "given"; `opt_out` runs unless
 * objected to (GB statistics and appearance under the exceptions of PECR Schedule A1).
 */
export const MODES = ['info_only', 'opt_in', 'opt_out'] as const;
export type Mode = (typeof MODES)[number];

/** ISO 3166 country, or EU; `unknown` is asked the strictest way. */
export const Jurisdiction = v.pipe(v.string(), v.regex(/^([A-Z]{2}(-[A-Z0-9]{1,3})?|EU|unknown)$/));

export const StorageItem = v.strictObject({
  name: label,
  kind: v.picklist(['cookie', 'local_storage', 'session_storage', 'indexed_db', 'other']),
  lifetime: label,
});

export const Purpose = v.strictObject({
  id: Slug,
  kind: v.picklist(PURPOSE_KINDS),
  label,
  description: text,
  /** Raised when its meaning changes: asks people again. */
  revision: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  activity: v.strictObject({ notice: v.picklist(NOTICE_KINDS), activity: Slug }),
  recipients: v.optional(v.array(label), []),
  storage: v.optional(v.array(StorageItem), []),
  modes: v.optional(
    v.pipe(
      v.record(Jurisdiction, v.picklist(MODES)),
      v.check((modes) => Object.keys(modes).length <= 300),
    ),
    {},
  ),
});
export type Purpose = v.InferOutput<typeof Purpose>;

/** A marketing opt-in that the site's own forms may hold: one box per sender and channel. */
export const MarketingOptIn = v.strictObject({
  /** The notice's activity that the messages belong to; `data-activity` of the fieldset. */
  activity: Slug,
  label,
  senders: v.pipe(v.array(v.strictObject({ id: Slug, name: label })), v.minLength(1), v.maxLength(20)),
  channels: v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1)),
  howToStop: label,
});

/** How long a record is kept: by a period from when it began or ended, or by a retention rule of a published notice. */
export const Keeping = v.union([
  v.strictObject({ period, from: v.optional(v.picklist(['start', 'end']), 'end') }),
  v.strictObject({
    notice: v.picklist(NOTICE_KINDS),
    activity: Slug,
    /** Which of the activity's rules, by what it covers; without it the first. */
    covers: v.optional(label),
  }),
]);
export type Keeping = v.InferOutput<typeof Keeping>;

const URL_ORIGIN = /^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/;
const origin = v.pipe(
  v.string(),
  v.check((value) => URL_ORIGIN.test(value), 'must be an origin such as https://example.org, without a path'),
);

export const SiteConfiguration = v.pipe(
  v.strictObject({
    schema: v.literal(1),
    site: Slug,
    name: label,
    origins: v.pipe(v.array(origin), v.minLength(1), v.maxLength(50)),
    languages: v.optional(v.pipe(v.array(v.string()), v.minLength(1)), ['en']),
    layout: v.optional(v.picklist(['bar', 'box', 'corner']), 'box'),
    theme: v.optional(v.picklist(['light', 'dark', 'system']), 'system'),
    /** Where visitors are taken to be. */
    jurisdiction: v.optional(Jurisdiction, 'unknown'),
    validity: v.optional(v.strictObject({ given: period, refused: period }), { given: 'P6M', refused: 'P6M' }),
    refusals: v.optional(v.picklist(['service', 'local']), 'service'),
    /** The service's own records: choices (their proof, after they stopped to hold) and requests. Not said: nothing is purged, and that is reported. */
    keeping: v.optional(v.strictObject({ choices: v.optional(Keeping), requests: v.optional(Keeping) })),
    cookieDomain: v.optional(v.nullable(v.string()), null),
    /** Keep the widget's own "Privacy choices" control on every page. */
    control: v.optional(v.boolean(), true),
    consentMode: v.optional(v.boolean(), true),
    purposes: v.pipe(v.array(Purpose), v.minLength(1), v.maxLength(50)),
    marketing: v.optional(v.array(MarketingOptIn), []),
  }),
  v.check(({ purposes }) => new Set(purposes.map(({ id }) => id)).size === purposes.length, 'two purposes share an id'),
);
export type SiteConfiguration = v.InferOutput<typeof SiteConfiguration>;
export type SiteConfigurationInput = v.InferInput<typeof SiteConfiguration>;

/** The mode of a purpose where the visitor is. What is not configured is asked for: the strictest. Security and service purposes may be configured `info_only`. */
export const modeOf = (purpose: Purpose, jurisdiction: string): Mode =>
  (Object.hasOwn(purpose.modes, jurisdiction) ? purpose.modes[jurisdiction] : purpose.modes['unknown']) ?? 'opt_in';
