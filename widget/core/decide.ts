// A choice, in this order: written durably, mirrored, announced, and only then sent. What cannot be written stays in the mirror
// cookie, and `candour:sync` says why.
import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SyncDetail } from './api.ts';
import { askedPurposes, expiryOf, statusOf } from './choices.ts';
import type { Recorder, RecordedEvent } from './recorder.ts';
import type { Choice, Screen } from './widget.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';

export interface Decider {
  boot: WidgetBoot;
  mirror(): Mirror | null;
  recorder(): Promise<Recorder>;
  presentation(screen: Screen, purposes: readonly string[]): Promise<Presentation>;
  pending(is: boolean): void;
  sync(detail: SyncDetail): void;
  /** The mirror cookie, the gate and the signals follow; `candour:decision` fires. */
  apply(mirror: Mirror, choice: Choice, event: string | null): void;
}

/** The cookie after a choice. A choice about some purposes only never makes the others last longer. */
export function mirrorAfter(boot: WidgetBoot, before: Mirror | null, states: Record<string, MirrorState>, now: number): Mirror {
  const today = isoDay(now);
  const holding = Object.entries(statusOf(boot, before, today)).filter(
    (entry): entry is [string, MirrorState] =>
      !/^(unknown|expired|superseded)$/.test(entry[1]) && !Object.hasOwn(states, entry[0]),
  );
  const day = before && holding.length > 0 ? before.day : today;
  const choices = { ...Object.fromEntries(holding), ...states };
  return { terms: boot.terms.slice(0, 16), day, until: expiryOf(boot, day, Object.values(choices)), choices };
}

async function write(decider: Decider, choice: Choice): Promise<RecordedEvent | string> {
  const { boot } = decider;
  if (boot.refusals === 'local' && Object.values(choice.purposes).every((state) => state === 'refused')) return 'REFUSALS_LOCAL';
  if (!globalThis.crypto?.subtle) return 'INSECURE_CONTEXT';
  let recorder: Recorder;
  try {
    recorder = await decider.recorder();
  } catch {
    // The choice survives in the cookie; the next page records it as restored, so that the loss is seen.
    decider.pending(true);
    return 'SERVICE_UNREACHABLE';
  }
  try {
    const presentation = await decider.presentation(choice.screen, Object.keys(choice.purposes));
    return await recorder.record({ method: choice.method, purposes: choice.purposes, presentation });
  } catch {
    return 'STORAGE_UNAVAILABLE';
  }
}

/** Makes choices one at a time. Never rejects: a choice that is made holds. */
export function createDecide(decider: Decider): (choice: Choice) => Promise<void> {
  let last = Promise.resolve();
  const decide = async (choice: Choice): Promise<void> => {
    const written = await write(decider, choice);
    const event = typeof written === 'string' ? null : written;
    decider.apply(mirrorAfter(decider.boot, decider.mirror(), choice.purposes, Date.now()), choice, event?.id ?? null);
    if (event) void decider.recorder().then((recorder) => recorder.deliver(event));
    else decider.sync({ state: 'local', reason: written as string, events: [] });
  };
  return (choice) => (last = last.then(() => decide(choice)));
}

/** Every purpose that is asked about, with the state that one answer to all of them means. */
export const everyPurpose = (boot: WidgetBoot, state: (purpose: WidgetBoot['purposes'][number]) => MirrorState) =>
  Object.fromEntries(askedPurposes(boot).map((purpose) => [purpose.id, state(purpose)]));
