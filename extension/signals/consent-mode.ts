// Google Consent Mode as a page's queue and Google's own script show it: which commands came, in which order beside the tags, and what
// holds now. (developers.google.com/tag-platform/security/guides/consent)
import * as v from 'valibot';

import {
  CONSENT_TYPES,
  type ConsentCommand,
  type ConsentModeSignal,
  type ConsentType,
  type Grant,
  type Seen,
} from '../../shared/signals/signals.ts';
import type { Reading } from '../page-world/channel.ts';

/** Entries of a queue that are looked at, and commands that are shown. */
const MOST_ENTRIES = 2000;
const MOST_COMMANDS = 20;

const Region = v.union([
  v.pipe(
    v.string(),
    v.maxLength(10),
    v.transform((one) => [one]),
  ),
  v.pipe(v.array(v.pipe(v.string(), v.maxLength(10))), v.maxLength(300)),
]);
const Given = v.record(v.string(), v.unknown());
const Queue = v.array(v.unknown());

const isGrant = (value: unknown): value is Grant => value === 'granted' || value === 'denied';
const own = (from: Record<string, unknown>, key: string): unknown => (Object.hasOwn(from, key) ? from[key] : undefined);

function typesIn(from: Record<string, unknown>, grantOf: (value: unknown) => unknown): Partial<Record<ConsentType, Grant>> {
  const found: Partial<Record<ConsentType, Grant>> = {};
  for (const type of CONSENT_TYPES) {
    const grant = grantOf(own(from, type));
    if (isGrant(grant)) found[type] = grant;
  }
  return found;
}

/** Commands that make Google's tags work: a tag is set up, or an event is told. */
const TAG_COMMANDS = ['config', 'event', 'get'];
const TAG_EVENT = /^gtm\./;

function readQueue(queue: unknown[]): Pick<ConsentModeSignal, 'commands' | 'firstTag'> {
  const commands: ConsentCommand[] = [];
  let firstTag: number | null = null;
  for (const [at, entry] of queue.slice(0, MOST_ENTRIES).entries()) {
    const read = v.safeParse(Given, entry);
    if (!read.success) continue;
    const [name, command, given] = ['0', '1', '2'].map((key) => own(read.output, key));
    const event = own(read.output, 'event');
    if (TAG_COMMANDS.includes(String(name)) || (typeof event === 'string' && TAG_EVENT.test(event))) firstTag ??= at;
    if (name !== 'consent' || (command !== 'default' && command !== 'update') || commands.length >= MOST_COMMANDS) continue;
    const types = v.safeParse(Given, given);
    if (!types.success) continue;
    const region = v.safeParse(Region, own(types.output, 'region'));
    const wait = own(types.output, 'wait_for_update');
    commands.push({
      command,
      at,
      types: typesIn(types.output, (grant) => grant),
      region: region.success ? region.output : null,
      waitForUpdate: typeof wait === 'number' && wait >= 0 && wait <= 600_000 ? wait : null,
    });
  }
  return { commands, firstTag };
}

/** What Google's script holds: an update goes before a default, and true means granted. */
function grantOf(entry: unknown): Grant | null {
  const read = v.safeParse(Given, entry);
  if (!read.success) return null;
  const held = own(read.output, 'update') ?? own(read.output, 'default');
  return typeof held === 'boolean' ? (held ? 'granted' : 'denied') : null;
}

export function readConsentMode(dataLayer: Reading, googleState: Reading): Seen<ConsentModeSignal> {
  if (dataLayer === 0) return { state: 'unreadable' };
  const queue = dataLayer === null ? null : v.safeParse(Queue, dataLayer[0]);
  if (queue && !queue.success) return { state: 'unreadable' };
  const told = readQueue(queue ? queue.output : []);
  const state = v.safeParse(Given, googleState ? googleState[0] : null);
  const entries = state.success ? v.safeParse(Given, own(state.output, 'entries')) : null;
  const now = entries?.success ? typesIn(entries.output, grantOf) : {};
  if (told.commands.length === 0 && Object.keys(now).length === 0) return { state: 'none' };
  const late = state.success ? own(state.output, 'wasSetLate') : null;
  return { state: 'read', value: { ...told, now, lateByGoogle: typeof late === 'boolean' ? late : null } };
}
