// What was said about marketing channels, from the events on this device.
import type { MirrorState } from '../../shared/consent/mirror.ts';
import type { LedgerEvent } from './ledger.ts';

/** activity -> sender -> channel -> state */
export type Channels = Record<string, Record<string, Record<string, MirrorState>>>;

/** What was last said about each channel. A new key is still the same person at the same device. */
export function channelsOf(events: readonly LedgerEvent[]): Channels {
  const said: Channels = {};
  const inTime = [...events].sort((a, b) =>
    a.subject === b.subject ? a.seq - b.seq : Date.parse(a.event.at) - Date.parse(b.event.at),
  );
  for (const { event } of inTime)
    for (const [activity, senders] of Object.entries(event.channels ?? {}))
      for (const [sender, channels] of Object.entries(senders)) Object.assign(((said[activity] ??= {})[sender] ??= {}), channels);
  return said;
}

/**
 * A box left alone takes nothing back (R39): in an opt-in it is a refusal only where nothing is given, and in an opt-out it says
 * something only where nothing was said before.
 */
export function withoutUnticked(said: Channels, before: Channels): Channels {
  const left: Channels = {};
  for (const [activity, senders] of Object.entries(said))
    for (const [sender, channels] of Object.entries(senders))
      for (const [channel, state] of Object.entries(channels)) {
        const last = before[activity]?.[sender]?.[channel];
        if (state === 'refused' ? last !== 'given' : state !== 'not_objected' || !last)
          ((left[activity] ??= {})[sender] ??= {})[channel] = state;
      }
  return left;
}
