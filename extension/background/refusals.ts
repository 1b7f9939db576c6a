// What "Refuse for me" did, site by site, newest first. Kept on the device; of private windows in memory only.
import * as v from 'valibot';

import { readKey, type Area } from './store.ts';

const KEY = 'refusals';
const MOST = 500;

export const Refusal = v.object({
  /** Host of the page. */
  host: v.string(),
  /** ISO instant. */
  at: v.string(),
  /** The platform's name, as the rules have it. */
  platform: v.string(),
  /**
   * `refused`: everything that is not essential; `failed`: the dialog was met and could not be answered; `left`: you had pressed
   * something on the page before the dialog was met, so that it may be yours.
   */
  outcome: v.picklist(['refused', 'failed', 'left']),
  /** Whether the platform itself says afterwards that all is refused; null where it cannot be asked. */
  confirmed: v.nullable(v.boolean()),
  /** Another browser noted it, and it came in a file. */
  imported: v.optional(v.literal(true)),
});
export type Refusal = v.InferOutput<typeof Refusal>;

/** Newest first. What cannot be read is left out. */
export async function allRefusals(area: Area): Promise<Refusal[]> {
  const kept = await readKey(area, KEY);
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((one: unknown) => {
    const read = v.safeParse(Refusal, one);
    return read.success ? [read.output] : [];
  });
}

/** One entry for each time: one that says more of what was noted a moment ago takes its place. */
export async function noteRefusal(area: Area, refusal: Refusal, instead: (other: Refusal) => boolean): Promise<void> {
  const [newest, ...rest] = await allRefusals(area);
  const kept = newest && !instead(newest) ? [newest, ...rest] : rest;
  await area.set({ [KEY]: [refusal, ...kept].slice(0, MOST) });
}
