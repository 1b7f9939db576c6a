// What an event says, in the words of the page.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import type { Change, OwnEvent } from '../core/own-record.ts';
import { fill } from '../core/fill.ts';
import { longDay } from './day.ts';

const stateWords = (state: string, { words }: SpokenDetails): string => words[`state.${state}` as WordId] ?? state;

export function methodWords({ method, actor, restored }: OwnEvent, { words }: SpokenDetails): string {
  if (restored !== null) return fill(words.restored, { day: longDay(restored, words.language) });
  const how = words[`method.${method}` as WordId] ?? method;
  return actor === 'parent' ? `${how} · ${words.byParent}` : how;
}

/** As it was named when the choice was made, else as it is named now. */
function labelOf(id: string, { purposes }: SpokenDetails, shown: Presentation | null | undefined): string {
  const then = shown?.words.find((word) => word.id === `${id}-label`)?.text;
  if (then !== undefined) return then;
  const services = purposes.flatMap((purpose) => purpose.services ?? []);
  return purposes.find((purpose) => purpose.id === id)?.label ?? services.find((service) => service.id === id)?.name ?? id;
}

export interface ChangeWords {
  what: string;
  state: string;
  /** Null where it was the same before, or nothing. */
  before: string | null;
}

export function changeWords(change: Change, details: SpokenDetails, shown?: Presentation | null): ChangeWords {
  const { id, channel, vendors, state, before } = change;
  const { words, marketing } = details;
  const sender = (ids: NonNullable<Change['channel']>): string =>
    marketing.find(({ activity }) => activity === ids.activity)?.senders.find((one) => one.id === ids.sender)?.name ?? ids.sender;
  return {
    what: vendors
      ? fill(words['tcf.vendors'], { count: vendors })
      : channel
        ? fill(words.box, { channel: words[`channel.${id}` as WordId] ?? id, sender: sender(channel) })
        : labelOf(id, details, shown),
    state: stateWords(state, details),
    before: before === null || before === state ? null : fill(words.before, { state: stateWords(before, details) }),
  };
}
