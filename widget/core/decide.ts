// A choice, in this order: written durably, mirrored, announced, and only then sent. What cannot be written stays in the mirror
// cookie, and `candour:sync` says why.
import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { expiryOf, holds, statusOf } from './choices.ts';
import type { LedgerEvent } from './ledger.ts';
import type { Recorder } from './recorder.ts';
import type { Choice, Widget } from './widget.ts';

/** The mirror cookie, the gate and the signals follow; resolves when `candour:decision` has fired. */
type Apply = (mirror: Mirror, choice: Choice, event: string | null) => Promise<void>;

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
async function write({ boot, recorder, pending }: Widget, { method, purposes, screen }: Choice): Promise<LedgerEvent | string> {
  if (boot.refusals === 'local' && Object.values(purposes).every((state) => state === 'refused')) return 'REFUSALS_LOCAL';
  if (!globalThis.crypto?.subtle) return 'INSECURE_CONTEXT';
  let loaded: Recorder;
  try {
    loaded = await recorder();
  } catch {
    // The choice survives in the cookie; the next page records it as restored, so that the loss is seen.
    pending(true);
    return 'SERVICE_UNREACHABLE';
  }
  try {
    return await loaded.record({ method, purposes, presentation: await loaded.presentation(screen, Object.keys(purposes)) });
  } catch {
    return 'STORAGE_UNAVAILABLE';
  }
}

/** Makes choices one at a time. Never rejects: a choice that is made holds. */
export function createDecide(widget: Widget, apply: Apply): (choice: Choice) => Promise<void> {
  let last = Promise.resolve();
  const decide = async (choice: Choice): Promise<void> => {
    const written = await write(widget, choice);
    const event = typeof written === 'string' ? null : written;
    const mirror = mirrorAfter(widget.boot, widget.mirror(), choice.purposes, isoDay(Date.now()));
    await apply(mirror, choice, event?.event.id ?? null);
    if (event) void widget.recorder().then((recorder) => recorder.deliver(event));
    else widget.sync({ state: 'local', reason: written as string, events: [] });
  };
  return (choice) => (last = last.then(() => decide(choice)));
}
