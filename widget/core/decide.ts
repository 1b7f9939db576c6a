// Travels with the interface, because nobody chooses without it. A choice, in this order: written durably, mirrored, announced, and only then sent. What cannot be written stays in the mirror
// cookie, and `candour:sync` says why.
import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { outcome } from '../messages/en.ts';
import { askedPurposes, expiryOf, grants, holds, stateFor, statusOf, type BootPurpose } from './choices.ts';
import { setPending, writeMirror } from './cookies.ts';
import { today } from './expiry.ts';
import type { LedgerEvent } from './ledger.ts';
import type { Recorder } from './recorder.ts';
import type { Choice, ChoiceStates, Widget } from './widget.ts';

/** The cookie after a choice. A choice about some purposes only never makes the others last longer. */
export function mirrorAfter(boot: WidgetBoot, before: Mirror | null, states: Record<string, MirrorState>, today: string): Mirror {
  const choices: Record<string, MirrorState> = { ...states };
  let day = today;
  for (const [id, state] of Object.entries(statusOf(boot, before, today)))
    if (before && holds(state) && !states[id]) {
      choices[id] = state;
      day = before.day;
    }
  return { terms: boot.terms.slice(0, 16), day, until: expiryOf(boot, day, Object.values(choices)), choices };
}

/** The event, or why there is none. */
async function write({ boot, recorder }: Widget, { method, purposes, screen }: Choice): Promise<LedgerEvent | string> {
  if (boot.refusals === 'local' && Object.values(purposes).every((state) => state === 'refused')) return 'REFUSALS_LOCAL';
  if (!globalThis.crypto?.subtle) return 'INSECURE_CONTEXT';
  let loaded: Recorder;
  try {
    loaded = await recorder();
  } catch {
    // The choice survives in the cookie; the next page records it as restored, so that the loss is seen.
    setPending(boot.site, true);
    return 'SERVICE_UNREACHABLE';
  }
  try {
    return await loaded.record({ method, purposes, presentation: await loaded.presentation(screen, Object.keys(purposes)) });
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

/** Makes choices one at a time. Never rejects: a choice that is made holds. */
export function createDecide(widget: Widget): (choice: Choice) => Promise<void> {
  const { boot, status } = widget;
  let last = Promise.resolve();
  const decide = async (choice: Choice): Promise<void> => {
    const { method, purposes } = choice;
    const before = status();
    const ended = boot.purposes.filter(({ id }) => grants(before[id]) && purposes[id] && !grants(purposes[id]));
    const written = await write(widget, choice);
    const event = typeof written === 'string' ? null : written;
    const mirror = mirrorAfter(boot, widget.mirror(), purposes, today());
    writeMirror(boot.site, mirror, boot.cookieDomain);
    widget.adopt(mirror);
    const kept = await clear(widget, ended);
    widget.announce(ended.length > 0 ? outcome.withdrawn : outcome.saved);
    widget.decided({ method, purposes, status: status(), event: event?.event.id ?? null, kept });
    if (event) void widget.recorder().then((recorder) => recorder.deliver(event));
    else widget.sync({ state: 'local', reason: written as string, events: [] });
  };
  return (choice) => (last = last.then(() => decide(choice)));
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
