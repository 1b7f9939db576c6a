// What the extension keeps on this device, as one file, and back from such a file. A file is hostile until each entry in it was parsed;
// what is here already stays as it is, and no file switches on anything that asks the network. What was found in notices in prose is not in
// it: it is found again when the notice is opened, and only the rules that found it can say that it was found.

import * as v from 'valibot';

import { readEvent } from '../../shared/consent/receipt.ts';
import { CAPS } from '../caps.ts';
import { parseRaw } from './choices.ts';
import { History, HISTORY } from './history.ts';
import { KeptChoice, MINE } from './kept-choices.ts';
import { Declared, Kept } from './notices.ts';
import { Pin } from './pins.ts';
import { Refusal } from './refusals.ts';
import type { Area } from './store.ts';

const MOST_ENTRIES = 5000;
const MOST_KEY = 2400;

/** What may stand under a key of this kind; null: this entry may not. */
type Reads = (rest: string, value: unknown) => unknown;
const parsed =
  (schema: v.GenericSchema): Reads =>
  (_rest, value) => {
    const read = v.safeParse(schema, value);
    return read.success ? read.output : null;
  };

/** The key says what the entry says, and a receipt's event what the entry says of it. */
function isOwnChoice(rest: string, choice: KeptChoice): boolean {
  if (rest !== `${choice.origin} ${choice.id}`) return false;
  if (choice.from === 'platform') return true;
  const receipt = parseRaw(choice.receipt) as { event?: unknown } | null;
  const event = typeof receipt?.event === 'string' ? readEvent(receipt.event) : null;
  return event?.id === choice.id && event.at === choice.at && event.origin === choice.origin;
}

const KINDS: Record<string, Reads> = {
  [MINE]: (rest, value) => {
    const read = v.safeParse(KeptChoice, value);
    return read.success && isOwnChoice(rest, read.output) ? read.output : null;
  },
  'pin:': (rest, value) => {
    const read = v.safeParse(Pin, value);
    return read.success && rest === `${read.output.origin} ${read.output.log}` ? read.output : null;
  },
  'notice:': parsed(Kept),
  'declared:': parsed(Declared),
  [HISTORY]: parsed(History),
};
const SINGLE: Record<string, Reads> = {
  refusals: parsed(v.pipe(v.array(Refusal), v.maxLength(1000))),
  'setting:language': parsed(v.pipe(v.string(), v.maxLength(20))),
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

function readerOf(key: string): ((value: unknown) => unknown) | null {
  const single = Object.hasOwn(SINGLE, key) ? SINGLE[key] : undefined;
  if (single) return (value) => single('', value);
  const prefix = Object.keys(KINDS).find((kind) => key.startsWith(kind));
  const reads = prefix === undefined ? undefined : KINDS[prefix];
  return reads && prefix !== undefined && key.length <= MOST_KEY ? (value) => reads(key.slice(prefix.length), value) : null;
}

/** Null for what is no such file: then nothing was changed. `left`: entries that are malformed, unknown, or here already. */
export async function importAll(area: Area, text: string): Promise<{ taken: number; left: number } | null> {
  const file = text.length > CAPS.file ? null : v.safeParse(File, parseRaw(text));
  if (!file?.success) return null;
  const here = await area.get(null);
  const entries = Object.entries(file.output.items);
  const taken: [string, unknown][] = [];
  for (const [key, value] of entries.slice(0, MOST_ENTRIES)) {
    const read = Object.hasOwn(here, key) ? null : readerOf(key);
    const kept = read ? read(value) : null;
    if (kept !== null) taken.push([key, kept]);
  }
  await area.set(Object.fromEntries(taken));
  return { taken: taken.length, left: entries.length - taken.length };
}
