// What the page's world said, parsed: every value is the page's own and may be anything. What has another form than it should counts as not
// readable, never as absent.
import * as v from 'valibot';

import type { PageSignals, Platform, Seen, TcfSignal } from '../../shared/signals/signals.ts';
import { PageSignalsRaw } from '../messages.ts';
import type { Reading } from '../page-world/channel.ts';
import { readConsentMode } from './consent-mode.ts';
import { readClarity, readCookiebot, readOneTrust } from './own-states.ts';
import { SIGNAL_NAMES, type SignalName } from './recipes.ts';
import { decodeTcf } from './tc-string.ts';
import { readUet } from './uet.ts';

/** Characters of a TC string; those of real platforms have a few hundred to a few thousand. */
const MOST_TC_STRING = 30_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const short = v.pipe(v.string(), v.maxLength(60));
const orNull = <T extends v.GenericSchema>(schema: T) => v.optional(v.fallback(v.nullable(schema), null), null);

const Tcf = v.pipe(
  v.object({
    tcString: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(MOST_TC_STRING))), null),
    eventStatus: orNull(short),
    cmpId: orNull(count),
    gdprApplies: orNull(v.boolean()),
  }),
  v.transform(({ tcString: text, ...tcf }): TcfSignal => {
    const decoded = text ? decodeTcf(text) : null;
    return { ...tcf, tcString: decoded ? 'decoded' : text ? 'unreadable' : 'none', decoded };
  }),
);
const Gpp = v.pipe(
  v.object({
    gppString: v.pipe(v.string(), v.maxLength(MOST_TC_STRING)),
    supportedAPIs: v.optional(v.pipe(v.array(short), v.maxLength(60)), []),
    applicableSections: v.optional(v.pipe(v.array(v.number()), v.maxLength(60)), []),
  }),
  v.transform(({ supportedAPIs, applicableSections }) => ({
    sections: supportedAPIs,
    applicable: applicableSections.filter((section) => section > 0),
  })),
);
const Candour = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(64)), short),
  v.transform((statuses) => ({
    purposes: Object.entries(statuses)
      .slice(0, 60)
      .map(([id, status]) => ({ id, status })),
  })),
);

type Readings = Record<SignalName, Reading>;

/** Null where the page's world did not answer as it should. */
function readingsOf(json: string | null): Readings | null {
  try {
    const read: unknown = JSON.parse(json ?? 'null');
    if (!Array.isArray(read) || read.length !== SIGNAL_NAMES.length) return null;
    const isReading = (one: unknown): one is Reading => one === 0 || one === null || (Array.isArray(one) && one.length === 1);
    if (!read.every(isReading)) return null;
    return Object.fromEntries(SIGNAL_NAMES.map((name, i) => [name, read[i]])) as Readings;
  } catch {
    return null;
  }
}

function seen<T>(reading: Reading, schema: v.GenericSchema<unknown, T>): Seen<T> {
  if (reading === null) return { state: 'none' };
  const read = reading === 0 ? null : v.safeParse(schema, reading[0]);
  return read?.success ? { state: 'read', value: read.output } : { state: 'unreadable' };
}

/** Null where the message is none of a content script's. `platformOf` names what was found. */
export function readSignals(message: unknown, platformOf: (id: string) => Platform | null): PageSignals | null {
  const parsed = v.safeParse(PageSignalsRaw, message);
  if (!parsed.success) return null;
  const { gpc, platforms, stored, readings } = parsed.output;
  const read = readingsOf(readings);
  const of = (name: SignalName): Reading => (read ? read[name] : 0);
  const page = of('gpc');
  return {
    platforms: platforms.map(platformOf).filter((platform) => platform !== null),
    tcf: seen(of('tcf'), Tcf),
    gpp: seen(of('gpp'), Gpp),
    consentMode: readConsentMode(of('dataLayer'), of('googleState')),
    uet: readUet(of('uet')),
    cookiebot: readCookiebot(of('cookiebot')),
    oneTrust: readOneTrust(of('oneTrust'), of('oneTrustClosed')),
    clarity: readClarity(of('clarity')),
    candour: seen(of('candour'), Candour),
    gpc: { browser: gpc, page: page && typeof page[0] === 'boolean' ? page[0] : null },
    stored,
    answered: read !== null,
  };
}
