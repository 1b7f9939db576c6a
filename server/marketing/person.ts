// Who stands behind a link: the contact of that address, and the other addresses that came from the same browsers.
import type { SiteContext } from '../site-context.ts';
import type { StoredContact } from '../store/contacts.ts';
import type { Store } from '../store/store.ts';

export interface Person {
  contact: StoredContact;
  /** The contact and those others. */
  all: StoredContact[];
}

/** Null: the address is not known, or was erased. `key`: its keyed hash. */
export async function personOf(
  { store }: { store: Pick<Store, 'contacts'> },
  { site }: Pick<SiteContext, 'site'>,
  key: string,
): Promise<Person | null> {
  const [contact] = await store.contacts.find(site, [key]);
  if (!contact) return null;
  const subjects = new Set((await store.contacts.mentions(site, [contact.id])).map(({ subject }) => subject));
  const all = new Map([[contact.id, contact]]);
  for (const subject of subjects)
    for (const { id, kind, ...rest } of await store.contacts.ofSubject(site, subject))
      // Another e-mail address may be another person at the same machine.
      if (kind !== contact.kind) all.set(id, { id, kind, ...rest });
  return { contact, all: [...all.values()] };
}
