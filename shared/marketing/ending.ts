// What goes onto the suppression list when somebody says no. It is written with the event, so that nothing is left to do at an erasure.
import { CHANNELS } from '../notice/schema.ts';
import { stopDirectMarketing, type Suppression } from './suppression.ts';
import { objectsToAll, wordOf, type MarketingPurposes, type Said } from './word.ts';

/** A wrong clock may name any year: nothing was said after it arrived. */
const momentOf = (said: Said): string => {
  if (said.kind === 'attestation') return new Date(said.receivedAt).toISOString();
  const { event, received } = said.stored;
  return received ? new Date(received.at).toISOString() : event.at;
};

/** `key`: of the contact's address. Dated with the latest moment at which it can have been said. */
export function suppressionsFrom(said: Said, key: string, marketing: MarketingPurposes): Suppression[] {
  const { channels, id } = said.kind === 'event' ? said.stored.event : { ...said.attestation.attested, id: said.attestation.id };
  const senders = [...new Set(Object.values(channels ?? {}).flatMap((bySender) => Object.keys(bySender)))];
  const reason =
    said.kind === 'attestation' && said.attestation.medium === 'one_click_unsubscribe' ? 'unsubscribe' : ('withdrawal' as const);
  if (objectsToAll(said, marketing)) return stopDirectMarketing(key, momentOf(said), id);
  return senders.flatMap((sender) =>
    CHANNELS.flatMap((channel) => {
      const word = wordOf(said, { channel, sender }, marketing);
      return word?.says === 'ends' ? [{ key, channel, sender, since: momentOf(said), reason, event: id }] : [];
    }),
  );
}
