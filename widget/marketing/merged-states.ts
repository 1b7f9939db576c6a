// What one form says of an activity that several of its fieldsets ask about, such as a copy for small screens that is hidden by a style.
import type { Channels } from '../core/channels.ts';

/** A tick in any of them counts, a no before a yes: an empty copy says nothing against either. */
const WEIGHT = ['refused', 'not_objected', 'given', 'objected'];
const weight = (state: string): number => WEIGHT.indexOf(state);

/** By activity, sender and channel. */
export function mergedStates(own: readonly { activity: string; states: Channels[string] }[]): Channels {
  const merged: Channels = {};
  for (const { activity, states } of own) {
    const senders = (merged[activity] ??= {});
    for (const [sender, channels] of Object.entries(states)) {
      const said = (senders[sender] ??= {});
      for (const [name, state] of Object.entries(channels)) {
        const channel = name as keyof typeof said;
        const before = said[channel];
        if (before === undefined || weight(state) > weight(before)) said[channel] = state;
      }
    }
  }
  return merged;
}
