// Names of places, and which lies in which.
import * as v from 'valibot';

/** ISO 3166 country or region, or EU; `unknown` is asked the strictest way. */
export const PlaceName = v.pipe(
  v.string(),
  v.regex(/^([A-Z]{2}(-[A-Z0-9]{1,3})?|EU|unknown)$/, 'must be a country such as GB, EU or unknown'),
);

/** European Union and European Economic Area: Directive 2002/58/EC Art. 5(3). */
const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');

export const isInEea = (place: string): boolean => EEA.includes(place);

/** FR lies in EU, US-CA in US, GB-SCT in GB. */
const placeAround = (place: string): string => (isInEea(place) ? 'EU' : (/^([A-Z]{2})-/.exec(place)?.[1] ?? 'unknown'));
/** The place and those around it, from the narrowest to `unknown`, which is everywhere. */
export function placesAround(place: string): string[] {
  const around = place === 'unknown' ? null : placeAround(place);
  return around === null ? [place] : [place, ...placesAround(around)];
}
