// Everything that the service has of one contact, for whoever may read it.
import type { ContactDetails } from '../../shared/marketing/api.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredContact } from '../store/contacts.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import { keysOfContact, openContact, vaultOf } from './contacts.ts';
import { permissionsOf, type PermissionsDesk } from './permissions.ts';
import { openStatements } from './statements.ts';

/** Every channel that reaches this kind of address, of every sender that the configuration names now. */
const sendingsFor = ({ configuration }: SiteContext, { kind }: StoredContact) => {
  const senders = [...new Set(configuration.marketing.flatMap((optIn) => optIn.senders.map(({ id }) => id)))];
  return CHANNELS.filter((channel) => CHANNEL_FACTS[channel].address === kind).flatMap((channel) =>
    senders.map((sender) => ({ channel, sender })),
  );
};

export async function contactDetails(
  desk: PermissionsDesk,
  context: SiteContext,
  contact: StoredContact,
): Promise<ContactDetails> {
  const vault = vaultOf(desk);
  const { site } = context;
  const { id } = contact;
  const opened = openContact(vault, site, contact);
  const statements = openStatements(vault, site, contact, await desk.store.contacts.statements(site, [id]));
  const mentions = await desk.store.contacts.mentions(site, [id]);
  // As in the answer whether it may be written to: a no under another spelling of a number stops this one too.
  const { own, earlier, possible } = keysOfContact(vault, site, contact);
  const suppressions = await desk.store.suppressions.of(site, [...new Set([contact.key, ...own, ...earlier, ...possible])]);
  return {
    contact: id,
    kind: contact.kind,
    address: opened?.address ?? null,
    language: opened?.language ?? null,
    createdAt: new Date(contact.createdAt).toISOString(),
    mentions: mentions.map(({ event, at }) => ({ event, at: new Date(at).toISOString() })),
    statements: statements.map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() })),
    suppressions: suppressions.map(({ key: _, ...entry }) => entry),
    permissions: await permissionsOf(
      desk,
      context,
      sendingsFor(context, contact).map((sending) => ({ ...sending, contact: id })),
    ),
  };
}
