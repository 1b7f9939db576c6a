// Where a visitor is, as the operator's own proxy says. Nothing else is asked: no address is looked up anywhere.
import type { SiteConfiguration } from '../shared/site/configuration.ts';
import { jurisdictionFor } from '../shared/site/jurisdiction.ts';

/** Names of request headers that the operator's proxy sets over whatever a visitor sends; null: there is none. */
export interface PlaceHeaders {
  country: string | null;
  /** Of the region alone, such as CA for California. */
  region: string | null;
}

export const NO_PLACE: PlaceHeaders = { country: null, region: null };

/** What proxies say for a place that they do not know (XX, ZZ) and for networks that are in none (A1, A2, T1). */
const NO_COUNTRY = /^(XX|ZZ|EU|AP|UK)$/;

/** `GB`, `US-CA` or `unknown`: ISO 3166. Anything else in the header, or more than one country, is `unknown`. */
export function placeOf(headers: Headers, names: PlaceHeaders): string {
  const said = (name: string | null): string => (name && headers.get(name)?.trim().toUpperCase()) || '';
  const country = said(names.country);
  if (!/^[A-Z]{2}$/.test(country) || NO_COUNTRY.test(country)) return 'unknown';
  const region = said(names.region);
  return /^[A-Z0-9]{1,3}$/.test(region) ? `${country}-${region}` : country;
}

/** Whose rules hold for this request, and what the answer to it has to say to caches. */
export function askedUnder(
  configuration: Pick<SiteConfiguration, 'jurisdiction' | 'jurisdictionFrom' | 'purposes'>,
  headers: Headers,
  names: PlaceHeaders,
): { jurisdiction: string; vary: string[]; isShared: boolean } {
  const place = placeOf(headers, names);
  const vary = configuration.jurisdictionFrom === 'visitor' ? [names.country, names.region].filter((name) => name !== null) : [];
  return {
    jurisdiction: jurisdictionFor(configuration, place),
    vary,
    // Not every shared cache heeds Vary: no country gets what was made for another.
    isShared: vary.length === 0,
  };
}
