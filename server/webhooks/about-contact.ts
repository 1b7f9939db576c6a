// What webhooks tell of a contact beside what was said: what may be sent now and, only where the operator set it, the address.
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import type { Sending } from '../../shared/marketing/suppression.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import { contactAddress, vaultOf, type ContactBook } from '../marketing/contacts.ts';
import { permissionsOf } from '../marketing/permissions.ts';
import { openStatements } from '../marketing/statements.ts';
import type { SiteContext, SiteRegistry } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import type { AboutContact } from './message.ts';

export interface ContactsToTell extends ContactBook {
  store: Store;
  sites: SiteRegistry;
}

async function statedOf(desk: ContactsToTell, { site }: SiteContext, id: string): Promise<Sending[]> {
  const contact = await desk.store.contacts.get(site, id);
  if (!contact) return [];
  const statements = openStatements(vaultOf(desk), site, contact, await desk.store.contacts.statements(site, [id]));
  return statements.flatMap(({ statement }) => ('sender' in statement ? [statement] : []));
}

/** All that the site asks, or ever asked, that kind of address for. */
async function askedOf({ store }: ContactsToTell, { site, senders }: SiteContext, id: string): Promise<Sending[]> {
  const contact = await store.contacts.get(site, id);
  const channels = CHANNELS.filter((channel) => CHANNEL_FACTS[channel].address === contact?.kind);
  return [...senders].flatMap((named) => channels.map((channel) => ({ channel, sender: named.split(' ')[1] ?? '' })));
}

/** `addresses`: CANDOUR_WEBHOOK_ADDRESSES. */
export const aboutContact =
  (desk: ContactsToTell, { addresses }: { addresses: boolean }): AboutContact =>
  async (site, contact, sendings) => {
    const context = await desk.sites.get(site.id);
    const about = typeof sendings === 'string' ? await statedOf(desk, context, contact) : sendings;
    const asked = sendings === 'asked' ? await askedOf(desk, context, contact) : [];
    const questions = [
      ...new Map(
        [...about, ...asked].map(({ channel, sender }) => [`${channel} ${sender}`, { channel, sender, contact }]),
      ).values(),
    ];
    const permissions = await permissionsOf(desk, context, questions);
    const known = addresses ? await contactAddress(desk, site, contact) : null;
    return { permissions, ...(known ? { address: known.address } : {}) };
  };
