// Travels with the interface, because nobody chooses without it. A choice, in this order: written durably, mirrored, announced,
// and only then sent. What cannot be written stays in the mirror cookie, and `candour:sync` says why.
import { mirrorValue, shortTerms, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import {
  askedPurposes,
  expiryOf,
  grants,
  holds,
  isBinding,
  isSignalled,
  stateFor,
  statusOf,
  type BootPurpose,
  type Status,
} from './choices.ts';
import { mirrorCookie, setUnwritten, writeMirror } from './cookies.ts';
import { endedBefore, noteEnded } from './ended-note.ts';
import { today } from './expiry.ts';
import type { LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import type { Recorder } from './recorder.ts';
import type { Choice, ChoiceStates, Widget } from './widget.ts';
import type * as WithdrawalChunk from './withdrawal.ts';
import type { Ends } from './withdrawal.ts';
import { within } from './within.ts';

/**
 * The cookie after a choice. A choice about some purposes only never makes the others last longer. What was refused, withdrawn or
 * objected to before stays so, however old or for whatever terms: it stops what would run without a choice. So does what single
 * companies were refused (keys that begin with a dash), unless `anew` says it as a whole.
 */
export function mirrorAfter(
  boot: WidgetBoot,
  before: Mirror | null,
  states: Record<string, MirrorState>,
  today: string,
  anew?: Mirror['choices'],
): Mirror {
  const said = Object.entries(before?.choices ?? {}).filter(([id]) => id[0] === '-');
  const choices: Record<string, MirrorState> = { ...(anew ?? Object.fromEntries(said)), ...states };
  let day = today;
  const status = statusOf(boot, before, today);
  for (const { id } of boot.purposes) {
    const state = before?.choices[id];
    if (!state || !before || states[id] || (grants(state) && !holds(status[id]))) continue;
    choices[id] = state;
    if (holds(status[id]) && state !== 'objected') day = before.day;
  }
  return { terms: shortTerms(boot.terms), day, until: expiryOf(boot, day, Object.values(choices)), choices };
}

/** ms. Who has clicked waits no longer for what should have been there before the click. */
const CHUNK_PATIENCE = 5000;
/** ms. A disk may be slow; a database, or another tab's lock, that never answers is as good as broken. */
const WRITE_PATIENCE = 10_000;

/** The choice survives in the cookie alone. `restore`: the next page records it as restored, so that the loss is seen. */
async function writeCookieAlone(boot: WidgetBoot, after: () => Mirror, restore: boolean): Promise<void> {
  const write = (): void => {
    writeMirror(boot.site, after(), boot.cookieDomain);
    if (restore) setUnwritten(boot.site, true);
  };
  await within(
    locked(ledgerLock(boot.site), async () => write()),
    CHUNK_PATIENCE,
  ).catch(write);
}

/** The event, or why there is none. `after` makes the mirror at the moment of writing. */
async function write(widget: Widget, choice: Choice, after: () => Mirror): Promise<LedgerEvent | string> {
  const { boot, recorder } = widget;
  const { method, purposes, screen, actor, vendors } = choice;
  if (boot.refusals === 'local' && Object.values(purposes).every((state) => state === 'refused')) {
    await within(recorder(), CHUNK_PATIENCE)
      .then((loaded) => within(loaded.keep(after), WRITE_PATIENCE))
      .catch(() => writeCookieAlone(boot, after, true));
    return 'REFUSALS_LOCAL';
  }
  if (!globalThis.crypto?.subtle) return 'INSECURE_CONTEXT';
  let loaded: Recorder;
  try {
    loaded = await within(recorder(), CHUNK_PATIENCE);
  } catch {
    return 'SERVICE_UNREACHABLE';
  }
  try {
    const presentation = await loaded.presentation(screen, Object.keys(purposes));
    return await within(loaded.record({ method, purposes, vendors: vendors?.said, presentation, actor }, after), WRITE_PATIENCE);
  } catch (error) {
    return error instanceof Error && error.name === 'QuotaExceededError' ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE';
  }
}

/** What was stored for ended purposes goes at once, and on the next page once more. Resolves to what can't be deleted from here. */
async function end(widget: Widget, ended: readonly string[]): Promise<string[]> {
  if (ended.length === 0) return [];
  const { site } = widget.boot;
  noteEnded(site, [...new Set([...(endedBefore(site)?.split(' ') ?? []), ...ended])].join(' '));
  try {
    const { deleteStored } = await within(widget.load<typeof WithdrawalChunk>('withdrawal'), CHUNK_PATIENCE);
    return await within(deleteStored(widget, ended), CHUNK_PATIENCE);
  } catch {
    // Neither here nor to be had: the next page does it.
    return [];
  }
}

/** Does something run that ends with the page only: a script that was held back, or one that listens to what tag managers are told? */
const runsOn = ({ hasRun }: Widget, ended: readonly string[]): boolean =>
  ended.some(hasRun) || (ended.length > 0 && !!window.dataLayer && window.dataLayer.push !== Array.prototype.push);

/** `isKept`: another page will know of it. Whose browser keeps nothing is not told that it is saved. */
function say(widget: Widget, ended: readonly string[], ends: Ends, kept: readonly string[], isKept = true): void {
  const said =
    ended.length > 0
      ? widget.load<typeof WithdrawalChunk>('withdrawal').then(({ tellEnded }) => tellEnded(widget, ends, kept))
      : isKept
        ? widget.banner().then(({ words }) => widget.announce(words.saved))
        : widget.details().then(({ words }) => widget.announce(words.pageOnly));
  said.catch(() => undefined);
}

/**
 * What a choice in another tab has ended ends here as it does there: what was stored goes, and what runs goes with one reload. Resolves
 * to whether this page goes.
 */
export async function endHere(widget: Widget, ended: readonly string[]): Promise<boolean> {
  if (ended.length === 0) return false;
  const reloads = runsOn(widget, ended) && widget.boot.reload !== false;
  const kept = await end(widget, ended);
  if (reloads) location.reload();
  else say(widget, ended, runsOn(widget, ended) ? 'next-page' : 'already', kept);
  return reloads;
}

/** Makes choices one at a time. */
export function createDecide(widget: Widget): (choice: Choice) => Promise<void> {
  const { boot, status } = widget;
  let last = Promise.resolve();
  const decide = async (choice: Choice): Promise<void> => {
    const { method, purposes, vendors } = choice;
    let mirror: Mirror | null = null;
    // What another tab chose meanwhile stands in the cookie, not in this tab's memory; what the cookie said all along does not count.
    const now = (): Mirror | null => {
      const [stored, known] = [mirrorCookie(boot.site), widget.cookie?.()];
      return stored && !(known && mirrorValue(known) === mirrorValue(stored)) ? stored : widget.mirror();
    };
    const after = (): Mirror => (mirror = mirrorAfter(boot, now(), purposes, today(), vendors?.kept));
    const written = await write(widget, choice, after);
    const event = typeof written === 'string' ? null : written;
    if (typeof written === 'string' && written !== 'REFUSALS_LOCAL')
      await writeCookieAlone(boot, after, written !== 'INSECURE_CONTEXT');
    // What was stored while it ran goes, also where the choice that let it run has expired, or was made where other rules hold. As of now:
    // on the word of a ledger that was read late it may have begun while this choice was being written.
    const before = widget.mirror()?.choices ?? {};
    const isEnd = (id: string): boolean =>
      purposes[id] !== undefined && !grants(purposes[id]) && (grants(before[id]) || widget.mayRun(id));
    const ended = boot.purposes.map(({ id }) => id).filter(isEnd);
    const ran = runsOn(widget, ended);
    widget.adopt(mirror ?? after());
    const kept = await end(widget, ended);
    const isKept = event !== null || mirrorCookie(boot.site) !== null;
    // A page that forgets the choice would begin again what has just ended.
    const ends: Ends = !ran ? 'already' : isKept && boot.reload !== false ? 'reload' : 'next-page';
    say(widget, ended, ends, kept, isKept);
    widget.decided({ method, purposes, status: status(), event: event?.event.id ?? null, kept, ends });
    // Its request is on its way, and outlives the page, before the page goes.
    if (event) await widget.recorder().then((recorder) => void recorder.deliver(event));
    else widget.sync({ state: 'local', reason: isKept ? (written as string) : 'NOT_KEPT', events: [] });
    if (ends === 'reload') location.reload();
  };
  return (choice) => {
    const done = last.then(() => decide(choice));
    // One that throws, in the page's own code for one, ends no later choice.
    last = done.catch(() => undefined);
    return done;
  };
}

/**
 * A purpose stands for all its services: what is said of it is said of each that is not named, and where one is off the purpose as a
 * whole is not on any more.
 */
function withServices(asked: readonly BootPurpose[], on: Readonly<Record<string, boolean>>, before: Record<string, Status>) {
  const answers: Record<string, boolean> = { ...on };
  for (const { id, of, mode } of asked) {
    if (of === undefined) continue;
    if (answers[id] === undefined && on[of] !== undefined) answers[id] = on[of];
    if (answers[id] === false && (on[of] || grants(before[of]) || mode === 'opt_out')) answers[of] = false;
  }
  return answers;
}

/** The states that answers for some purposes and services mean. Throws RangeError for one that is not asked about. */
export function statesOf({ boot, gpc, status }: Widget, on: Readonly<Record<string, boolean>>): ChoiceStates {
  const before = status();
  const asked = askedPurposes(boot);
  const unknown = Object.keys(on).find((name) => !asked.some(({ id }) => id === name));
  if (unknown !== undefined) throw new RangeError(`this site asks nothing about the purpose "${unknown}"`);
  const answers = withServices(asked, on, before);
  return Object.fromEntries(
    asked.flatMap((purpose) => {
      const { id, mode } = purpose;
      const overSignal = gpc && isBinding(boot) && isSignalled(purpose);
      return answers[id] === undefined ? [] : [[id, stateFor(mode, answers[id], before[id], overSignal)]];
    }),
  );
}
