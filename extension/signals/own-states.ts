// What platforms say in their own way, beside the common frameworks: Cookiebot's categories, OneTrust's active groups, and what a page has
// queued for Microsoft Clarity. (support.cookiebot.com, "Cookiebot JavaScript API"; my.onetrust.com, "OnetrustActiveGroups" and "IsAlertBoxClosed";
// learn.microsoft.com/clarity, "Consent API v2")
import * as v from 'valibot';

import type { CategoriesSignal, Category, Grant, Seen } from '../../shared/signals/signals.ts';
import type { Reading } from '../page-world/channel.ts';

const MOST_GROUPS = 40;
const grantOf = (is: boolean): Grant => (is ? 'granted' : 'denied');

function seen<T>(reading: Reading, schema: v.GenericSchema<unknown, T>): Seen<T> {
  if (reading === null) return { state: 'none' };
  const read = reading === 0 ? null : v.safeParse(schema, reading[0]);
  return read?.success ? { state: 'read', value: read.output } : { state: 'unreadable' };
}

const Cookiebot = v.pipe(
  v.object({
    // False until the person has answered: then the categories are only what holds without an answer.
    hasResponse: v.boolean(),
    consent: v.object({ preferences: v.boolean(), statistics: v.boolean(), marketing: v.boolean() }),
  }),
  v.transform(({ hasResponse, consent }): CategoriesSignal => ({
    answered: hasResponse,
    categories: [
      { id: 'preferences', state: grantOf(consent.preferences) },
      { id: 'statistics', state: grantOf(consent.statistics) },
      { id: 'advertising', state: grantOf(consent.marketing) },
    ],
  })),
);
export const readCookiebot = (reading: Reading): Seen<CategoriesSignal> => seen(reading, Cookiebot);

/** The groups that OneTrust comes with; a site may have others, which are named by their id. C0001 is strictly necessary. */
const GROUPS: Readonly<Record<string, Category['id']>> = {
  C0002: 'statistics',
  C0003: 'preferences',
  C0004: 'advertising',
  C0005: 'social',
};
const Active = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.transform((text): Category[] => {
    const active = text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '' && id !== 'C0001');
    return [...new Set(active)].slice(0, MOST_GROUPS).map((id): Category => {
      const known = Object.hasOwn(GROUPS, id) ? GROUPS[id] : undefined;
      return { id: known ?? id.slice(0, 60), state: 'granted' };
    });
  }),
);

/** `active` names what is active, whether or not anybody has answered; `closed`: whether its dialog was answered (OneTrust.IsAlertBoxClosed). */
export function readOneTrust(active: Reading, closed: Reading): Seen<CategoriesSignal> {
  const categories = seen(active, Active);
  if (categories.state !== 'read') return categories;
  const answered = closed && typeof closed[0] === 'boolean' ? closed[0] : null;
  return { state: 'read', value: { answered, categories: categories.value } };
}

const grant = v.picklist(['granted', 'denied']);
const Given = v.object({ ad_Storage: v.optional(grant), analytics_Storage: v.optional(grant) });
const Command = v.looseObject({ 0: v.picklist(['consent', 'consentv2']) });

/** The newest command that stands in its queue; what its script took out of it is not known any more. */
export function readClarity(reading: Reading): Seen<CategoriesSignal> {
  const queue = seen(reading, v.pipe(v.array(v.unknown()), v.maxLength(2000)));
  if (queue.state !== 'read') return queue;
  let said: CategoriesSignal | null = null;
  for (const entry of queue.value) {
    const command = v.safeParse(Command, entry);
    if (!command.success) continue;
    const { 0: name, 1: given } = command.output;
    if (name === 'consent') {
      // The first version: one word for all, and true where it is left out.
      said = { answered: true, categories: [{ id: 'statistics', state: grantOf(given !== false) }] };
      continue;
    }
    const states = v.safeParse(Given, given);
    if (!states.success) continue;
    const { ad_Storage: advertising, analytics_Storage: statistics } = states.output;
    said = {
      answered: true,
      categories: [
        ...(statistics ? [{ id: 'statistics', state: statistics }] : []),
        ...(advertising ? [{ id: 'advertising', state: advertising }] : []),
      ],
    };
  }
  return said ? { state: 'read', value: said } : { state: 'none' };
}
