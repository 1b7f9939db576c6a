// The log keys and heads that this device has seen: what makes a changed key or a rewritten log visible.
import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { readAll, readKey, type Area } from './store.ts';

const instant = v.string();

export const Pin = v.object({
  log: v.string(),
  /** The site on whose pages it was seen. */
  origin: v.string(),
  /** Verifier keys, the first one first. */
  keys: v.array(v.string()),
  firstSeen: instant,
  /** When the keys were last compared with the service's. */
  checkedAt: v.nullable(instant),
  /** The newest head that was shown to continue all earlier ones. */
  head: v.nullable(v.object({ origin: v.string(), size: v.number(), root: Hash })),
  alarm: v.nullable(v.object({ code: v.picklist(['KEY_CHANGED', 'ROLLED_BACK', 'INCONSISTENT', 'BAD_HEAD']), at: instant })),
  /** It came in a file: what another browser saw, and no evidence of anything here. */
  imported: v.optional(v.literal(true)),
});
export type Pin = v.InferOutput<typeof Pin>;

/** By site and log: otherwise any page could show a made-up key for another site's log first, and so raise an alarm there. */
const pinKey = (origin: string, log: string): string => `pin:${origin} ${log}`;

/** What this device saw for itself. */
export async function readPin(area: Area, origin: string, log: string): Promise<Pin | null> {
  const read = v.safeParse(Pin, await readKey(area, pinKey(origin, log)));
  return read.success && !read.output.imported ? read.output : null;
}

export const writePin = (area: Area, pin: Pin): Promise<void> => area.set({ [pinKey(pin.origin, pin.log)]: pin });

/** Logs that are kept of one site: a page could name ever new ones. Those that were seen first stay. */
const MOST_OF_A_SITE = 12;

/** Keeps what is there: a key is pinned at first sight and never replaced by showing another one. */
export async function pinAtFirstSight(area: Area, origin: string, log: string, key: string, at: string): Promise<Pin> {
  const known = await readPin(area, origin, log);
  if (known) return known;
  const pin: Pin = { log, origin, keys: [key], firstSeen: at, checkedAt: null, head: null, alarm: null };
  if ((await allPins(area)).filter((one) => one.origin === origin && !one.imported).length < MOST_OF_A_SITE)
    await writePin(area, pin);
  return pin;
}

export async function allPins(area: Area): Promise<Pin[]> {
  return (await readAll(area, 'pin:')).flatMap(([, value]) => {
    const read = v.safeParse(Pin, value);
    return read.success ? [read.output] : [];
  });
}

export const hasAlarm = async (area: Area, origin: string): Promise<boolean> =>
  (await allPins(area)).some((pin) => pin.origin === origin && pin.alarm !== null);

/** As it may be taken from a file: a reminder of a key, without what was ever concluded from it. */
export const importedPin = ({ log, origin, keys, firstSeen }: Pin): Pin => ({
  log,
  origin,
  keys,
  firstSeen,
  checkedAt: null,
  head: null,
  alarm: null,
  imported: true,
});
