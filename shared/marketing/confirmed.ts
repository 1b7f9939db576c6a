// Which channels a sender has confirmed by mail before a consent counts (double opt-in), and since when: what held when a yes was
// given decides about it for good. Switched off, it does not make a yes count that waits; switched on, it takes none away.
import type { Channel } from '../notice/schema.ts';
import type { SiteConfiguration } from '../site/configuration.ts';

/** A mail shows who reads the mailbox. Who holds a telephone or lives at an address it does not show. */
export const BY_MAIL: readonly Channel[] = ['email'];

/** ms that a process may go on with the configuration before. */
const BEHIND = 500;

/** `from`: ms since 1970; the first one of a list holds from ever. */
export interface HeldConfiguration {
  from: number;
  configuration: Pick<SiteConfiguration, 'marketing'>;
}
export interface ConfirmedFrom {
  from: number;
  channels: readonly Channel[];
}

/** Of a sender that no opt-in names: none. */
const confirmedChannels = ({ marketing }: Pick<SiteConfiguration, 'marketing'>, sender: string): readonly Channel[] =>
  marketing.some(({ senders }) => senders.some(({ id, doubleOptIn }) => id === sender && doubleOptIn === true)) ? BY_MAIL : [];

/** Oldest first, as `held` is. */
export const confirmedOf = (held: readonly HeldConfiguration[], sender: string): ConfirmedFrom[] =>
  held.map(({ from, configuration }) => ({ from, channels: confirmedChannels(configuration, sender) }));

/** Whether a yes that was said between these two (ms) waits for its confirmation: where any time of these asks for one. */
export const isAsked = (
  confirmed: readonly ConfirmedFrom[],
  channel: Channel,
  { earliest, latest }: { earliest: number; latest: number },
): boolean =>
  confirmed.some(({ from, channels }, i) => {
    const until = confirmed[i + 1]?.from ?? Infinity;
    return channels.includes(channel) && until > earliest - BEHIND && (i === 0 || from <= latest);
  });
