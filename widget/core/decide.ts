// Travels with the interface, because nobody chooses without it. A choice, in this order: written durably, mirrored, announced,
// and only then sent. What cannot be written stays in the mirror cookie, and `candour:sync` says why.
import { shortTerms, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { askedPurposes, expiryOf, grants, holds, stateFor, statusOf, type BootPurpose } from './choices.ts';
import { mirrorCookie, setUnwritten, writeMirror } from './cookies.ts';
import { today } from './expiry.ts';
import type { LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import type { Recorder } from './recorder.ts';
import type { Choice, ChoiceStates, Widget } from './widget.ts';

/**
 * The cookie after a choice. A choice about some purposes only never makes the others last longer. What was refused, withdrawn or
 * objected to before stays so, however old or for whatever terms: it stops what would run without a choice.
 */
export function mirrorAfter(boot: WidgetBoot, before: Mirror | null, states: Record<string, MirrorState>, today: string): Mirror {
  const choices: Record<string, MirrorState> = { ...states };
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

/** The choice survives in the cookie alone. `restore`: the next page records it as restored, so that the loss is seen. */
const writeCookieAlone = (boot: WidgetBoot, after: () => Mirror, restore: boolean): Promise<void> =>
  locked(ledgerLock(boot.site), async () => {
    writeMirror(boot.site, after(), boot.cookieDomain);
    if (restore) setUnwritten(boot.site, true);
  });

/** The event, or why there is none. `after` makes the mirror at the moment of writing. */
async function write(widget: Widget, choice: Choice, after: () => Mirror): Promise<LedgerEvent | string> {
  const { boot, recorder } = widget;
  const { method, purposes, screen } = choice;
  if (boot.refusals === 'local' && Object.values(purposes).every((state) => state === 'refused')) {
    await recorder()
      .then((loaded) => loaded.keep(after))
      .catch(() => writeCookieAlone(boot, after, true));
    return 'REFUSALS_LOCAL';
  }
  if (!globalThis.crypto?.subtle) return 'INSECURE_CONTEXT';
  let loaded: Recorder;
  try {
    loaded = await recorder();
  } catch {
    return 'SERVICE_UNREACHABLE';
  }
  try {
    const presentation = await loaded.presentation(screen, Object.keys(purposes));
    return await loaded.record({ method, purposes, presentation }, after);
  } catch {
    return 'STORAGE_UNAVAILABLE';
  }
}

/** Withdrawn where it was in force: what was stored for it goes, and what can't be deleted from here is named. */
async function clear(widget: Widget, ended: readonly BootPurpose[]): Promise<string[]> {
  const items = ended.flatMap(({ storage }) => storage);
  if (items.length === 0) return [];
  try {
    return await (await widget.recorder()).deleteItems(items);
  } catch {
    return items.map(({ name }) => name);
  }
}

/** Makes choices one at a time. */
export function createDecide(widget: Widget): (choice: Choice) => Promise<void> {
  const { boot, status } = widget;
  let last = Promise.resolve();
  const decide = async (choice: Choice): Promise<void> => {
    const { method, purposes } = choice;
    const before = status();
    const ended = boot.purposes.filter(({ id }) => grants(before[id]) && purposes[id] && !grants(purposes[id]));
    let mirror: Mirror | null = null;
    // What another tab chose meanwhile stands in the cookie, not in this tab's memory.
    const after = (): Mirror => (mirror = mirrorAfter(boot, mirrorCookie(boot.site) ?? widget.mirror(), purposes, today()));
    const written = await write(widget, choice, after);
    const event = typeof written === 'string' ? null : written;
    if (typeof written === 'string' && written !== 'REFUSALS_LOCAL')
      await writeCookieAlone(boot, after, written !== 'INSECURE_CONTEXT');
    widget.adopt(mirror ?? after());
    const kept = await clear(widget, ended);
    widget.announce(widget.words()[ended.length > 0 ? 'withdrawn' : 'saved']);
    widget.decided({ method, purposes, status: status(), event: event?.event.id ?? null, kept });
    if (event) void widget.recorder().then((recorder) => recorder.deliver(event));
    else widget.sync({ state: 'local', reason: written as string, events: [] });
  };
  return (choice) => {
    const done = last.then(() => decide(choice));
    // One that throws, in the page's own code for one, ends no later choice.
    last = done.catch(() => undefined);
    return done;
  };
}

/** The states that answers for some purposes mean. Throws RangeError for a purpose that is not asked about. */
export function statesOf({ boot, status }: Widget, on: Readonly<Record<string, boolean>>): ChoiceStates {
  const before = status();
  return Object.fromEntries(
    Object.keys(on).map((name) => {
      const purpose = askedPurposes(boot).find(({ id }) => id === name);
      if (!purpose) throw new RangeError(`this site asks nothing about the purpose "${name}"`);
      return [name, stateFor(purpose.mode, on[name] === true, before[name])];
    }),
  );
}
