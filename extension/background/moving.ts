// What the extension keeps on this device, as one file, and back from such a file. A file is hostile until each entry in it was parsed, and
// no evidence even then: a receipt or a notice must prove itself, and all of it is marked until this device sees the same. What is here
// already stays as it is, and no file switches on anything that asks the network. What was found in notices in prose is not in it: it is
// found again when the notice is opened, and only the rules that found it can say that it was found. Nor is what an address answered.

import * as v from 'valibot';

import { hashOf } from '../../shared/canonical.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import type { Sha256, Verifier } from '../../shared/crypto.ts';
import { CAPS } from '../caps.ts';
import { parseRaw } from './choices.ts';
import { History, HISTORY } from './history.ts';
import { KeptChoice, MINE } from './kept-choices.ts';
import { Kept } from './notices.ts';
import { importedPin, Pin } from './pins.ts';
import { Refusal } from './refusals.ts';
import type { Area } from './store.ts';

const MOST_ENTRIES = 5000;
const MOST_KEY = 2400;

interface Deps {
  verifier: Verifier;
  sha256: Sha256;
}

/** What may stand under a key of this kind; null: this entry may not. */
type Reads = (deps: Deps, rest: string, value: unknown) => Promise<unknown>;

/** As Mine keeps it: made on that origin, and whole but for the log's key, which only the service can confirm. */
async function isOwnReceipt({ verifier }: Deps, choice: Extract<KeptChoice, { from: 'candour' }>): Promise<boolean> {
  const { verified, event } = await verifyReceipt(parseRaw(choice.receipt), null, verifier);
  return verified !== 'false' && event?.id === choice.id && event.at === choice.at && event.origin === choice.origin;
}

const KINDS: Record<string, Reads> = {
  async [MINE](deps, rest, value) {
    const read = v.safeParse(KeptChoice, value);
    if (!read.success || rest !== `${read.output.origin} ${read.output.id}`) return null;
    const choice = read.output;
    return choice.from === 'platform' || (await isOwnReceipt(deps, choice)) ? { ...choice, imported: true } : null;
  },
  'pin:': async (_deps, rest, value) => {
    const read = v.safeParse(Pin, value);
    return read.success && rest === `${read.output.origin} ${read.output.log}` ? importedPin(read.output) : null;
  },
  'notice:': async ({ sha256 }, rest, value) => {
    const read = v.safeParse(Kept, value);
    if (!read.success) return null;
    // As it was published: reading it fills in what it leaves out, and so makes another hash of it.
    const { notice } = value as { notice: unknown };
    return (await hashOf(notice, sha256).catch(() => null)) === rest ? { ...read.output, notice, imported: true } : null;
  },
  [HISTORY]: async (_deps, _rest, value) => {
    const read = v.safeParse(History, value);
    if (!read.success) return null;
    const { now, before, ...when } = read.output;
    const imported = true as const;
    return { ...when, now: { ...now, imported }, before: before && { ...before, imported } };
  },
};
const SINGLE: Record<string, Reads> = {
  refusals: async (_deps, _rest, value) => {
    const read = v.safeParse(v.pipe(v.array(Refusal), v.maxLength(1000)), value);
    return read.success ? read.output.map((one) => ({ ...one, imported: true })) : null;
  },
  'setting:language': async (_deps, _rest, value) => (typeof value === 'string' && value.length <= 20 ? value : null),
};

const File = v.strictObject({
  candour: v.literal('extension'),
  v: v.literal(1),
  at: v.pipe(v.string(), v.maxLength(40)),
  items: v.record(v.string(), v.unknown()),
});

/** `at`: ISO instant. Of the settings, the language; the others say what this browser may do. */
export async function exportAll(area: Area, at: string): Promise<string> {
  const all = Object.entries(await area.get(null)).filter(([key]) => readerOf(key) !== null);
  const items = Object.fromEntries(all.toSorted(([one], [two]) => (one < two ? -1 : 1)));
  return `${JSON.stringify({ candour: 'extension', v: 1, at, items }, null, 1)}\n`;
}

function readerOf(key: string): ((deps: Deps, value: unknown) => Promise<unknown>) | null {
  const single = Object.hasOwn(SINGLE, key) ? SINGLE[key] : undefined;
  if (single) return (deps, value) => single(deps, '', value);
  const prefix = Object.keys(KINDS).find((kind) => key.startsWith(kind));
  const reads = prefix === undefined ? undefined : KINDS[prefix];
  return reads && prefix !== undefined && key.length <= MOST_KEY
    ? (deps, value) => reads(deps, key.slice(prefix.length), value)
    : null;
}

/** Null for what is no such file: then nothing was changed. `left`: entries that do not prove themselves, are unknown, or are here already. */
export async function importAll(deps: Deps, area: Area, text: string): Promise<{ taken: number; left: number } | null> {
  const file = text.length > CAPS.file ? null : v.safeParse(File, parseRaw(text));
  if (!file?.success) return null;
  const here = await area.get(null);
  const entries = Object.entries(file.output.items);
  const taken: [string, unknown][] = [];
  for (const [key, value] of entries.slice(0, MOST_ENTRIES)) {
    const read = Object.hasOwn(here, key) ? null : readerOf(key);
    const kept = read ? await read(deps, value) : null;
    if (kept !== null) taken.push([key, kept]);
  }
  await area.set(Object.fromEntries(taken));
  return { taken: taken.length, left: entries.length - taken.length };
}
