// What a site's configuration offers: one line for each channel of each sender of each opt-in, by the names that people read.
import type { Channel } from '../../shared/notice/schema.ts';
import type { SiteContext } from '../site-context.ts';

export interface Offer {
  activity: string;
  sender: string;
  channel: Channel;
  senderName: string;
  label: string;
  why: string | null;
  howOften: string | null;
  howToStop: string;
}

export const offersOf = ({ configuration }: Pick<SiteContext, 'configuration'>): Offer[] =>
  configuration.marketing.flatMap(({ activity, label, senders, channels, howToStop, why = null, howOften = null }) =>
    senders.flatMap(({ id, name }) =>
      channels.map((channel) => ({ activity, sender: id, channel, senderName: name, label, why, howOften, howToStop })),
    ),
  );

/** A channel of a sender, with every opt-in that offers it: what is permitted, and what is stopped, is never a part of one. */
export interface Kind extends Pick<Offer, 'sender' | 'channel' | 'senderName'> {
  offers: readonly Offer[];
}

export const kindsOf = (context: Pick<SiteContext, 'configuration'>): Kind[] =>
  [...Map.groupBy(offersOf(context), ({ channel, sender }) => `${channel} ${sender}`).values()].flatMap((offers) =>
    offers.slice(0, 1).map(({ sender, channel, senderName }) => ({ sender, channel, senderName, offers })),
  );

export const firstOffer = (context: Pick<SiteContext, 'configuration'>): Offer | undefined => offersOf(context)[0];

/** The name that people know a sender by; of one that is offered no more, its own id. */
export const senderNameOf = ({ configuration }: Pick<SiteContext, 'configuration'>, sender: string): string =>
  configuration.marketing.flatMap(({ senders }) => senders).find(({ id }) => id === sender)?.name ?? sender;

/** Activities that the site ever offered that sender in. */
export const activitiesOf = ({ senders }: Pick<SiteContext, 'senders'>, sender: string): string[] =>
  [...senders].flatMap((pair) => {
    const [activity = '', id] = pair.split(' ');
    return id === sender ? [activity] : [];
  });
