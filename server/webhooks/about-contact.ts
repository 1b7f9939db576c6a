// What webhooks tell of a contact beside what was said: what may be sent now and, only where the operator set it, the address.
import { contactAddress, type ContactBook } from '../marketing/contacts.ts';
import { permissionsOf } from '../marketing/permissions.ts';
import type { SiteRegistry } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import type { AboutContact } from './message.ts';

export interface ContactsToTell extends ContactBook {
  store: Store;
  sites: SiteRegistry;
}

/** `addresses`: CANDOUR_WEBHOOK_ADDRESSES. */
export const aboutContact =
  (desk: ContactsToTell, { addresses }: { addresses: boolean }): AboutContact =>
  async (site, contact, sendings) => {
    const context = await desk.sites.get(site.id);
    const questions = [
      ...new Map(sendings.map(({ channel, sender }) => [`${channel} ${sender}`, { channel, sender, contact }])).values(),
    ];
    const permissions = await permissionsOf(desk, context, questions);
    const known = addresses ? await contactAddress(desk, site, contact) : null;
    return { permissions, ...(known ? { address: known.address } : {}) };
  };
