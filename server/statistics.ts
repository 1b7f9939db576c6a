// The roll-ups that are written with the events, so that the dashboard never reads the log to count it.
import type { ConsentEvent, PurposeState } from '../shared/consent/event.ts';
import { isoDay } from '../shared/notice/period.ts';
import type { CountChanges, DayCounts } from './store/store.ts';

export type Choices = Pick<ConsentEvent, 'purposes' | 'channels'>;
/** Of one subject, by seq and then by index. */
export type History = readonly Choices[];

const NO_COUNTS: DayCounts = { events: 0, given: 0, refused: 0, withdrawn: 0, objected: 0 };

const channelStates = ({ channels = {} }: Choices): PurposeState[] =>
  Object.values(channels).flatMap((senders) => Object.values(senders).flatMap((byChannel) => Object.values(byChannel)));

/** Choices, not events: a refusal of three purposes counts three. */
function dayCounts(added: readonly Choices[], events: number): DayCounts {
  const counts = { ...NO_COUNTS, events };
  for (const event of added)
    for (const state of [...Object.values(event.purposes), ...channelStates(event)])
      if (state !== 'not_objected') counts[state]++;
  return counts;
}

/** What the subject last said of each purpose. */
const latestStates = (history: History): Map<string, PurposeState> =>
  new Map(history.flatMap(({ purposes }) => Object.entries(purposes)));

/** What changes when each subject's history goes from `before` to `after`. `events`: how many were recorded, attested ones too, whose choices are not counted. */
export function countChanges(
  subjects: readonly { before: History; after: History }[],
  added: readonly Choices[],
  now: number,
  events = added.length,
): CountChanges {
  const changes = new Map<string, { purpose: string; state: string; change: number }>();
  const add = (history: History, change: number): void => {
    for (const [purpose, state] of latestStates(history)) {
      const entry = changes.get(`${purpose} ${state}`) ?? { purpose, state, change: 0 };
      entry.change += change;
      changes.set(`${purpose} ${state}`, entry);
    }
  };
  for (const { before, after } of subjects) {
    add(before, -1);
    add(after, 1);
  }
  return {
    day: isoDay(now),
    counts: dayCounts(added, events),
    purposes: [...changes.values()].filter(({ change }) => change !== 0),
    latestAt: events > 0 ? now : null,
  };
}
