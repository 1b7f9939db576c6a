// Which rules hold where the visitor is, and so how each purpose is asked about there (the table of docs/jurisdiction.md). The owner's
// `modes` may always be stricter than the rules of a place, never laxer.
import type { PurposeKind } from '../notice/schema.ts';
import { STATISTICS_CONDITIONS, type Mode, type Purpose, type SiteConfiguration } from './configuration.ts';
import { placesAround } from './place.ts';

/** From the laxest to the strictest. */
const STRICTNESS: readonly Mode[] = ['info_only', 'opt_out', 'opt_in'];
export const strictest = (modes: readonly Mode[]): Mode => STRICTNESS.findLast((mode) => modes.includes(mode)) ?? 'opt_in';

/** What the exception of each kind asks of the owner: PECR Schedule A1, paragraphs 5 and 6. */
const EXCEPTION: Partial<Record<PurposeKind, readonly (typeof STATISTICS_CONDITIONS)[number][]>> = {
  statistics: STATISTICS_CONDITIONS,
  appearance: ['solePurpose', 'clearInformation', 'freeObjection'],
};

const mayBeExcepted = ({ kind, conditions }: Purpose): boolean =>
  EXCEPTION[kind]?.every((condition) => conditions?.[condition] === true) === true;
const isExempt = ({ kind, exemptions }: Purpose, places: readonly string[]): boolean =>
  EXCEPTION[kind] !== undefined && places.some((place) => Object.hasOwn(exemptions ?? {}, place));

/** The laxest mode that the law of the place lets a technology of that kind have. */
function ruleFor(kind: PurposeKind, purpose: Purpose, places: readonly string[]): Mode {
  if (kind === 'service' || kind === 'security' || kind === 'legal') return 'info_only';
  if (places.includes('US')) return 'opt_out';
  const own = kind === purpose.kind;
  if (places.includes('GB')) return own && mayBeExcepted(purpose) ? 'opt_out' : 'opt_in';
  if (places.includes('EU')) return own && isExempt(purpose, places) ? 'opt_out' : 'opt_in';
  // A country whose rules are not known here: the owner may know them, and then names the country.
  return purpose.modes[places[0] ?? 'unknown'] && places.length > 1 ? 'info_only' : 'opt_in';
}

/**
 * The mode of a purpose by itself in a place (a country, a region such as US-CA, EU or `unknown`). What nobody is asked about is never
 * assumed: it is so where the owner says so and the rules of the place let it.
 */
export function modeOf(purpose: Purpose, place: string): Mode {
  const places = placesAround(place);
  const kinds = [purpose.kind, ...(purpose.alsoFor ?? [])];
  const rule = strictest(kinds.map((kind) => ruleFor(kind, purpose, places)));
  const said = places.find((name) => Object.hasOwn(purpose.modes, name));
  return strictest([rule, (said === undefined ? undefined : purpose.modes[said]) ?? (rule === 'opt_out' ? 'opt_out' : 'opt_in')]);
}

/** The mode of each purpose by its id. A technology that serves two purposes takes the strictest rule: they share a storage item. */
export function modesIn({ purposes }: Pick<SiteConfiguration, 'purposes'>, place: string): Record<string, Mode> {
  const modes = Object.fromEntries(purposes.map((purpose) => [purpose.id, modeOf(purpose, place)]));
  const items = new Map<string, string[]>();
  for (const { id, storage, services } of purposes)
    for (const { name, kind } of [...storage, ...services.flatMap((service) => service.storage)])
      items.set(`${kind} ${name}`, [...(items.get(`${kind} ${name}`) ?? []), id]);
  // What one takes over from a second may hold for a third: as often as there are purposes at the most.
  for (let round = 0; round < purposes.length; round++)
    for (const sharing of items.values()) {
      const mode = strictest(sharing.map((id) => modes[id] ?? 'opt_in'));
      for (const id of sharing) modes[id] = mode;
    }
  return modes;
}

/**
 * Whose rules a visitor at `place` (ISO 3166 country or region, or `unknown`) is asked by. As coarse as the rules allow, because it is
 * recorded with each choice: a country of the EU is EU, a country without rules of its own `unknown`.
 */
export function jurisdictionFor(
  {
    jurisdiction,
    jurisdictionFrom,
    purposes,
    children,
  }: Pick<SiteConfiguration, 'jurisdiction' | 'jurisdictionFrom' | 'purposes' | 'children'>,
  place: string,
): string {
  if (jurisdictionFrom !== 'visitor') return jurisdiction;
  const named = new Set(['GB', 'EU', 'US', 'unknown', ...Object.keys(children?.ages ?? {})]);
  for (const { modes, exemptions } of purposes) for (const name of Object.keys({ ...modes, ...exemptions })) named.add(name);
  return placesAround(place).find((name) => named.has(name)) ?? 'unknown';
}
