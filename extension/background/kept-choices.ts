// "Mine": the choices that this person made, site by site, on this device only and never from a private window. Of our own sites the
// receipts are kept, which prove themselves; of other platforms what the page was seen to hold.
import * as v from 'valibot';

import type { ConsentEvent } from '../../shared/consent/event.ts';
import { readEvent } from '../../shared/consent/receipt.ts';
import { CAPS } from '../caps.ts';
import type { MineChoice, MineSite, MineView, ReceiptView } from '../messages.ts';
import { parseRaw } from './choices.ts';
import { siteOf } from './discover.ts';
import { readAll, readKey, type Area } from './store.ts';

const origin = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^https?:/),
  v.check((text) => URL.canParse(text) && new URL(text).origin === text),
);
const instant = v.pipe(v.string(), v.maxLength(40), v.isoTimestamp());
const short = v.pipe(v.string(), v.maxLength(300));
/** It came in a file, and this device has not seen it for itself. */
const imported = v.optional(v.literal(true));

const KeptReceipt = v.strictObject({
  from: v.literal('candour'),
  origin,
  id: short,
  at: instant,
  receipt: v.pipe(v.string(), v.maxLength(CAPS.receipt)),
  imported,
});

/** What a platform that is not ours was seen to hold: the newest state of each kind of signal. */
const KeptPlatform = v.strictObject({
  from: v.literal('platform'),
  origin,
  /** The kind of signal: one entry a site and kind. */
  id: short,
  /** When it was last seen to change. */
  at: instant,
  firstSeen: instant,
  platform: v.nullable(short),
  states: v.pipe(v.array(v.strictObject({ id: short, name: short, state: short })), v.maxLength(100)),
  imported,
});

export const KeptChoice = v.variant('from', [KeptReceipt, KeptPlatform]);
export type KeptChoice = v.InferOutput<typeof KeptChoice>;
export type KeptPlatform = v.InferOutput<typeof KeptPlatform>;

export const MINE = 'mine:';
const DROPPED = 'mine-dropped';
const MOST_OF_A_SITE = 20;
const MOST = 400;
/** Of one site under all its names, which may be ever new ones: so much, and no more of everybody's room. */
const MOST_OF_A_DOMAIN = 60;
const ROOM_OF_A_DOMAIN = 600_000;
/** In characters of JSON, of the 10 MB that the browser gives an extension. */
const MOST_ROOM = 4_000_000;

const keyOf = ({ origin: of, id }: Pick<KeptChoice, 'origin' | 'id'>): string => `${MINE}${of} ${id}`;

const newestFirst = (one: { at: string; id: string }, two: { at: string; id: string }): number =>
  two.at.localeCompare(one.at) || two.id.localeCompare(one.id);

/** Newest first. */
export async function allChoices(area: Area): Promise<KeptChoice[]> {
  return (await readAll(area, MINE))
    .flatMap(([key, value]) => {
      const read = v.safeParse(KeptChoice, value);
      return read.success && keyOf(read.output) === key ? [read.output] : [];
    })
    .sort(newestFirst);
}

export const choicesOf = async (area: Area, of: string): Promise<KeptChoice[]> =>
  (await allChoices(area)).filter((choice) => choice.origin === of);

/** The oldest make room: of a site that has many, then of all. */
async function makeRoom(area: Area): Promise<void> {
  const counts = new Map<string, number>();
  const shares = new Map<string, { kept: number; room: number }>();
  let [kept, room] = [0, 0];
  const gone: string[] = [];
  // What came in a file makes room for what was seen here, whatever day it claims.
  const all = (await allChoices(area)).toSorted((a, b) => Number(a.imported ?? false) - Number(b.imported ?? false));
  for (const choice of all) {
    const count = (counts.get(choice.origin) ?? 0) + 1;
    const size = JSON.stringify(choice).length;
    const domain = siteOf(new URL(choice.origin).hostname);
    const share = shares.get(domain) ?? { kept: 0, room: 0 };
    const isOver = share.kept >= MOST_OF_A_DOMAIN || share.room + size > ROOM_OF_A_DOMAIN;
    if (isOver || count > MOST_OF_A_SITE || kept >= MOST || room + size > MOST_ROOM) {
      gone.push(keyOf(choice));
      continue;
    }
    counts.set(choice.origin, count);
    shares.set(domain, { kept: share.kept + 1, room: share.room + size });
    kept += 1;
    room += size;
  }
  if (gone.length === 0) return;
  await area.remove(gone);
  await area.set({ [DROPPED]: (await droppedCount(area)) + gone.length });
}

async function droppedCount(area: Area): Promise<number> {
  const count = await readKey(area, DROPPED);
  return typeof count === 'number' ? count : 0;
}

/** What fails by itself is nobody's choice; a key that was not compared yet is. */
const isOwn = ({ check }: ReceiptView, of: string): boolean =>
  check.event?.origin === of && check.steps.every(({ step, result }) => result !== 'fails' || step === 'log_key');

/** Keeps the receipts that hold and were made on this origin. Those that are kept already cost one read; one of a file is now seen here. */
export async function keepReceipts(area: Area, of: string, views: readonly ReceiptView[]): Promise<void> {
  const known = new Set((await choicesOf(area, of)).filter((one) => !one.imported).map(({ id }) => id));
  const given = views.flatMap((view): KeptChoice[] => {
    const { event } = view.check;
    return event && isOwn(view, of) ? [{ from: 'candour', origin: of, id: event.id, at: event.at, receipt: view.raw }] : [];
  });
  // Older ones would have to go again at once.
  const fresh = given
    .sort(newestFirst)
    .slice(0, MOST_OF_A_SITE)
    .filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return;
  await area.set(Object.fromEntries(fresh.map((choice) => [keyOf(choice), choice])));
  await makeRoom(area);
}

/** Keeps what a platform was seen to hold; writes only where it changed. */
export async function keepPlatform(area: Area, seen: Omit<KeptPlatform, 'from' | 'firstSeen'>): Promise<void> {
  const read = v.safeParse(KeptPlatform, await readKey(area, keyOf(seen)));
  const before = read.success ? read.output : null;
  if (
    before &&
    !before.imported &&
    before.platform === seen.platform &&
    JSON.stringify(before.states) === JSON.stringify(seen.states)
  )
    return;
  const entry = v.safeParse(KeptPlatform, {
    ...seen,
    from: 'platform',
    firstSeen: before && !before.imported ? before.firstSeen : seen.at,
  });
  if (!entry.success) return;
  await area.set({ [keyOf(seen)]: entry.output });
  await makeRoom(area);
}

export async function forgetSite(area: Area, of: string): Promise<void> {
  await area.remove((await choicesOf(area, of)).map(keyOf));
}

/** Purposes, then each channel of each sender, as the event has them; ids are the site's. */
export function statesOf(event: Pick<ConsentEvent, 'purposes' | 'channels'>): MineChoice['states'] {
  const purposes = Object.entries(event.purposes).map(([id, state]) => ({ id, name: id, state }));
  const channels = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, by]) =>
      Object.entries(by).map(([channel, state]) => ({
        id: `${activity} ${sender} ${channel}`,
        name: `${activity}, ${channel}, ${sender}`,
        state,
      })),
    ),
  );
  return [...purposes, ...channels];
}

function mineChoice(kept: KeptChoice): MineChoice {
  if (kept.from === 'platform')
    return {
      id: kept.id,
      at: kept.at,
      from: 'platform',
      method: null,
      platform: kept.platform,
      states: kept.states,
      imported: kept.imported === true,
    };
  const receipt = parseRaw(kept.receipt) as { event?: unknown } | null;
  const event = typeof receipt?.event === 'string' ? readEvent(receipt.event) : null;
  return {
    id: kept.id,
    at: kept.at,
    from: 'candour',
    method: event?.method ?? null,
    platform: null,
    states: event ? statesOf(event) : [],
    imported: kept.imported === true,
  };
}

/** Every site with a choice on this device. `alarmed`: origins whose log does not hold. */
export async function viewMine(area: Area, alarmed: ReadonlySet<string>): Promise<MineView> {
  const sites = new Map<string, MineSite>();
  for (const kept of await allChoices(area)) {
    const choice = mineChoice(kept);
    const site = sites.get(kept.origin);
    if (site) site.choices.push(choice);
    else sites.set(kept.origin, { origin: kept.origin, at: kept.at, choices: [choice], alarm: alarmed.has(kept.origin) });
  }
  return { sites: [...sites.values()], dropped: await droppedCount(area) };
}
