// Which channels a sender has confirmed by mail before a consent counts (double opt-in).
import type { Channel } from '../notice/schema.ts';
import type { SiteConfiguration } from '../site/configuration.ts';

/** A mail shows who reads the mailbox. Who holds a telephone or lives at an address it does not show. */
export const BY_MAIL: readonly Channel[] = ['email'];

/** Of a sender that no opt-in names: none. */
export const confirmedChannels = ({ marketing }: Pick<SiteConfiguration, 'marketing'>, sender: string): readonly Channel[] =>
  marketing.some(({ senders }) => senders.some(({ id, doubleOptIn }) => id === sender && doubleOptIn === true)) ? BY_MAIL : [];
