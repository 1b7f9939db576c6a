// What a site owner sets for a site: who may post, what is asked, in which mode where. Content-addressed like a notice.
import * as v from 'valibot';

import { isPeriod } from '../notice/period.ts';
import { CHANNELS, described, NOTICE_KINDS, PURPOSE_KINDS, Slug } from '../notice/schema.ts';
import { Children } from './children.ts';
import { ConsentOrPay } from './consent-or-pay.ts';
import { MODES } from './mode.ts';
import { MovingIn } from './moving-in.ts';
import { PlaceName } from './place.ts';
import { Tcf } from './tcf.ts';
import { OwnTexts } from './words.ts';

const label = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));
const period = v.pipe(v.string(), v.check(isPeriod, 'must be an ISO 8601 period such as P6M'));

export type Mode = (typeof MODES)[number];

export const LAYOUTS = ['bar', 'box', 'corner', 'modal', 'inline'] as const;

/** What PECR Schedule A1 paragraph 5 asks of statistics that nobody is asked about first; the owner answers each. */
export const STATISTICS_CONDITIONS = [
  'solePurpose',
  'aggregate',
  'notShared',
  'providerIsProcessor',
  'clearInformation',
  'freeObjection',
] as const;

const condition = (what: string) => v.optional(described(v.boolean(), what));

export const StorageItem = v.strictObject({
  name: described(label, 'Its name on the device, such as _ga.'),
  kind: described(
    v.picklist(['cookie', 'local_storage', 'session_storage', 'indexed_db', 'cache_storage', 'other']),
    'What it is.',
  ),
  lifetime: described(label, 'How long it stays, as people read it behind a comma: "14 months", "until you close the browser".'),
  provider: v.optional(described(label, 'Who sets or reads it. Not said: the provider of its service, if it belongs to one.')),
  path: v.optional(
    described(
      v.pipe(v.string(), v.regex(/^\/[^;\s]*$/, 'must be a path such as /shop')),
      'The path of a cookie, if it is neither / nor one above the page.',
    ),
  ),
  setBy: v.optional(
    described(
      v.picklist(['page', 'server', 'third_party']),
      'page (not said): a script of the page, so it is deleted on withdrawal; server: an HttpOnly cookie; third_party: of another site. Those two are named to the visitor as not deleted.',
    ),
  ),
});

const webAddress = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[^\s"<>]*)?$/i, 'must be an https address'),
);

/** Somebody whose content or tool serves a purpose, and about whom visitors choose on its own (services.ts). */
export const Service = v.strictObject({
  id: described(Slug, 'What data-purpose="…" in the page names; no purpose and no other service has it.'),
  name: described(label, 'The name of the product or service, as people know it.'),
  provider: described(label, 'Who receives the data: the company, by its name.'),
  description: v.optional(described(text, 'What it does here, in plain words, where the purpose does not say it already.')),
  privacy: v.optional(described(webAddress, "The address of the provider's own privacy notice.")),
  retention: v.optional(described(label, 'How long the provider keeps the data, as people read it.')),
  country: v.optional(
    described(
      v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country such as GB or US')),
      'Where the data goes: ISO 3166, such as IE or US.',
    ),
  ),
  storage: v.optional(described(v.array(StorageItem), 'What it stores on the device; deleted when consent is withdrawn.'), []),
});
export type Service = v.InferOutput<typeof Service>;

export const Purpose = v.strictObject({
  id: described(Slug, 'What data-purpose="…" in the page names; by custom the same as its kind.'),
  kind: described(v.picklist(PURPOSE_KINDS), 'The kind of purpose, as in the notice.'),
  label: described(label, 'Its name in the preference centre.'),
  description: described(text, 'What happens, in plain words.'),
  /** Asks people again. */
  revision: v.optional(
    described(v.pipe(v.number(), v.integer(), v.minValue(1)), 'Raised when its meaning changes: visitors are asked again.'),
    1,
  ),
  activity: described(
    v.strictObject({
      notice: described(v.picklist(NOTICE_KINDS), 'The kind of the notice.'),
      activity: described(Slug, 'The id of the activity in it.'),
    }),
    'The processing activity of a published notice that it belongs to.',
  ),
  recipients: v.optional(described(v.array(label), 'Who receives data, besides those that the notice names.'), []),
  storage: v.optional(described(v.array(StorageItem), 'What is stored on the device; deleted when consent is withdrawn.'), []),
  modes: v.optional(
    described(
      v.pipe(
        v.record(PlaceName, v.picklist(MODES)),
        v.check((modes) => Object.keys(modes).length <= 300),
      ),
      'By country (GB, EU, unknown): opt_in waits for consent, opt_out runs unless objected to, info_only runs and is explained. Not said: opt_in.',
    ),
    {},
  ),
  conditions: v.optional(
    described(
      v.strictObject({
        solePurpose: condition('It is used for this purpose and nothing else.'),
        aggregate: condition('What comes out of it is about visitors together, not about any one.'),
        notShared: condition('Nobody gets the data but who helps you with this.'),
        providerIsProcessor: condition('Whoever provides it works for you as a processor.'),
        clearInformation: condition('Visitors are told clearly and fully what it is for.'),
        freeObjection: condition('Objecting is simple, costs nothing and is not left to browser settings.'),
      }),
      'GB: what the exceptions for statistics (all six) and appearance (solePurpose, clearInformation, freeObjection) ask, each true where you can show that it is so: then opt_out there. One that is false or not said: consent. docs/jurisdiction.md says what each means.',
    ),
  ),
  exemptions: v.optional(
    described(
      v.pipe(
        v.record(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country such as FR')), label),
        v.check((countries) => Object.keys(countries).length <= 40),
      ),
      'EU: countries whose own exemption for statistics or appearance you use, each with the rule that you rely on: then opt_out there.',
    ),
  ),
  alsoFor: v.optional(
    described(
      v.pipe(v.array(v.picklist(PURPOSE_KINDS)), v.maxLength(PURPOSE_KINDS.length)),
      'Other kinds of purpose that the same technology serves: the strictest rule holds.',
    ),
  ),
  services: v.optional(
    described(v.array(Service), 'Services that serve it, each with a control of its own under that of the purpose.'),
    [],
  ),
});
export type Purpose = v.InferOutput<typeof Purpose>;

/** A marketing opt-in, or a way to opt out, that the site's own forms may hold: one box per sender and channel. */
export const MarketingOptIn = v.strictObject({
  activity: described(Slug, 'The notice’s activity that the messages belong to; data-activity of the fieldset.'),
  label: described(label, 'The legend over the boxes.'),
  box: v.optional(
    described(
      v.picklist(['opt_in', 'opt_out']),
      'opt_in (also when not said): a tick is a consent. opt_out: a tick is an objection, and a box left empty permits nothing by itself.',
    ),
  ),
  why: v.optional(
    described(label, 'What the messages are for. Not said: what the notice says of the marketing purposes of the activity.'),
  ),
  howOften: v.optional(described(label, 'How often messages come, as it stands under the boxes.')),
  senders: described(
    v.pipe(
      v.array(
        v.strictObject({
          id: described(Slug, 'The sender’s name for programs.'),
          name: described(label, 'The sender’s name for people: never "partners".'),
          address: v.optional(
            described(
              label,
              'Who that is, at the foot of mails: the full name and the postal address. Not said: what the notice says of the controller.',
            ),
          ),
          doubleOptIn: v.optional(
            described(
              v.boolean(),
              'An opt-in to e-mail counts only after the link in a mail to that address was followed and confirmed; needs CANDOUR_SMTP (docs/marketing.md).',
            ),
          ),
        }),
      ),
      v.minLength(1),
      v.maxLength(20),
    ),
    'Who sends: a box for each sender and channel.',
  ),
  channels: described(v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1)), 'By what: a box for each sender and channel.'),
  howToStop: described(label, 'How somebody stops the messages, as it stands under the boxes.'),
});

/** How long a record is kept: by a period from when it began or ended, or by a retention rule of a published notice. */
export const Keeping = v.union([
  v.strictObject({
    period: described(period, 'ISO 8601: P6M, P3Y.'),
    from: v.optional(described(v.picklist(['start', 'end']), 'From when the record began or ended.'), 'end'),
  }),
  v.strictObject({
    notice: described(v.picklist(NOTICE_KINDS), 'The kind of the notice.'),
    activity: described(Slug, 'The id of the activity in it.'),
    covers: v.optional(described(label, 'Which of the activity’s retention rules, by what it covers; without it the first.')),
  }),
]);
export type Keeping = v.InferOutput<typeof Keeping>;

/** As many states as one event holds. */
const MOST_CHOICES = 64;

const URL_ORIGIN = /^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/;
const origin = v.pipe(
  v.string(),
  v.check((value) => URL_ORIGIN.test(value), 'must be an origin such as https://example.org, without a path'),
);

export const SiteConfiguration = v.pipe(
  v.strictObject({
    schema: described(v.literal(1), 'The version of this form: 1.'),
    site: described(Slug, 'The id of the site; `candour site create` fills it in.'),
    name: described(label, 'The name that visitors and the dashboard read; `candour site create` fills it in.'),
    origins: described(
      v.pipe(v.array(origin), v.minLength(1), v.maxLength(50)),
      'Where the site’s pages are: https://www.example.org; `candour site create` fills it in. Others cannot send choices.',
    ),
    languages: v.optional(
      described(
        v.pipe(v.array(v.string()), v.minLength(1)),
        'Languages of the site. The first is that of the labels and descriptions here, and of the banner where a page names none; else the page’s own lang decides.',
      ),
      ['en'],
    ),
    texts: v.optional(described(OwnTexts, 'The interface’s texts in the site’s own words, by language (docs/languages.md).')),
    layout: v.optional(
      described(
        v.picklist(LAYOUTS),
        'How the banner stands: bar, box and corner float over the page, modal is a dialog in front of it, inline stands in the page’s own <div data-candour="banner">.',
      ),
      'box',
    ),
    theme: v.optional(described(v.picklist(['light', 'dark', 'system']), 'Its colours.'), 'system'),
    jurisdiction: v.optional(
      described(PlaceName, 'Where visitors are taken to be: GB, EU, unknown (asked the strictest way).'),
      'unknown',
    ),
    jurisdictionFrom: v.optional(
      described(
        v.picklist(['configuration', 'visitor']),
        'visitor: by the rules of where each visitor is, as the service’s own proxy tells it (CANDOUR_COUNTRY_HEADER), and the strictest where it does not. configuration, or not said: the jurisdiction above for everyone.',
      ),
    ),
    callingCode: v.optional(
      described(
        v.nullable(v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, 'must be digits such as 44'))),
        'Of which country telephone numbers are that are typed without one, as the digits that callers dial: 44. Not said: 44 where the jurisdiction is GB, else none; null: none. Where there is none, only numbers that begin with + can be permitted.',
      ),
    ),
    children: v.optional(
      described(
        Children,
        'For a site that children use: below an age a parent or guardian decides, which the banner and the preference centre say, and the record then names (docs/children.md). {} takes the ages of each place.',
      ),
    ),
    consentOrPay: v.optional(
      described(
        ConsentOrPay,
        'For a site that people use by consenting or by paying: the banner says the price, its refusal leads to the offer, and a modal banner stays until it is answered. Only with a recorded assessment (docs/consent-or-pay.md).',
      ),
    ),
    validity: v.optional(
      described(
        v.strictObject({
          given: described(period, 'Until somebody who agreed is asked again.'),
          refused: described(period, 'Until somebody who refused is asked again.'),
        }),
        'How long a choice holds, ISO 8601.',
      ),
      { given: 'P6M', refused: 'P6M' },
    ),
    refusals: v.optional(
      described(v.picklist(['service', 'local']), 'Whether refusals are recorded by the service or stay on the device.'),
      'service',
    ),
    keeping: v.optional(
      described(
        v.strictObject({
          choices: v.optional(described(Keeping, 'Choices and their proof, after they stopped to hold.')),
          requests: v.optional(described(Keeping, 'Requests of data subjects, after they were closed.')),
        }),
        'How long the service keeps its own records. Not said: nothing is purged, and that is reported.',
      ),
    ),
    reloadOnWithdrawal: v.optional(
      described(
        v.boolean(),
        'Whether a page on which something of a withdrawn purpose runs is loaded once more; false: it runs until the next page, and the visitor is told so.',
      ),
      true,
    ),
    cookieDomain: v.optional(
      described(v.nullable(v.string()), 'The domain of the choices’ cookie, for several hosts; null: the page’s host alone.'),
      null,
    ),
    control: v.optional(described(v.boolean(), 'Keep the widget’s own "Privacy choices" control on every page.'), true),
    controlSide: v.optional(
      described(v.picklist(['start', 'end']), 'In which lower corner that control stands: where lines begin or where they end.'),
      'start',
    ),
    movingIn: v.optional(
      described(
        MovingIn,
        'Takes over what the consent platform before this one stored in visitors’ browsers (docs/moving-in.md).',
      ),
    ),
    consentMode: v.optional(
      described(v.boolean(), 'Tell Google’s tags by Consent Mode, and tag managers by events in the data layer.'),
      true,
    ),
    microsoft: v.optional(
      described(
        v.pipe(v.array(v.picklist(['uet', 'clarity'])), v.maxLength(2)),
        'Tell Microsoft’s tags: uet (Microsoft Advertising), clarity.',
      ),
    ),
    tcf: v.optional(described(Tcf, 'IAB TCF 2.3, for who has registered a consent platform with IAB Europe (docs/signals.md).')),
    purposes: described(
      v.pipe(v.array(Purpose), v.minLength(1), v.maxLength(50)),
      'What visitors are asked, or told, in the banner and the preference centre.',
    ),
    marketing: v.optional(
      described(
        v.array(MarketingOptIn),
        'Opt-ins to direct marketing, and boxes to opt out, in the site’s own forms; never part of the banner.',
      ),
      [],
    ),
  }),
  v.check(({ purposes }) => {
    const ids = purposes.flatMap(({ id, services }) => [id, ...services.map((service) => service.id)]);
    return new Set(ids).size === ids.length;
  }, 'two purposes or services share an id'),
  v.check(
    ({ purposes }) => purposes.reduce((sum, { services }) => sum + 1 + services.length, 0) <= MOST_CHOICES,
    'has more than 64 purposes and services together',
  ),
);
export type SiteConfiguration = v.InferOutput<typeof SiteConfiguration>;
export type SiteConfigurationInput = v.InferInput<typeof SiteConfiguration>;

/** Digits of the country of telephone numbers that name none; null: no country is guessed, and they stay as they were typed. */
export const callingCodeOf = ({ callingCode, jurisdiction }: SiteConfiguration): string | null =>
  callingCode === undefined ? (jurisdiction === 'GB' ? '44' : null) : callingCode;
