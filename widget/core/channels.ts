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

/** Unticked is refused only where nothing is given: it never withdraws (R39). */
export function withoutUnticked(said: Channels, before: Channels): Channels {
  const left: Channels = {};
  for (const [activity, senders] of Object.entries(said))
    for (const [sender, channels] of Object.entries(senders))
      for (const [channel, state] of Object.entries(channels))
        if (state !== 'refused' || before[activity]?.[sender]?.[channel] !== 'given')
          ((left[activity] ??= {})[sender] ??= {})[channel] = state;
  return left;
}
