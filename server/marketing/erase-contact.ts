// Erases a person whom the service knows by an address: the key goes, and with it all that was sealed under it. What they said no to
// stays on the suppression list, as a keyed hash.
import { attestedSubject } from '../attest/attested-subject.ts';
import type { LogWriter } from '../log/writer.ts';
import type { Site, Store } from '../store/store.ts';
import { contactReference } from './contacts.ts';

export interface ContactErasure {
  /** False: there was no such contact. */
  erased: boolean;
  /** What the operator attested of it: bodies that went from the log. */
  attestations: number;
  /** Whether it stays on the suppression list. */
  suppressed: boolean;
}

export async function eraseContact(
  { store, log }: { store: Store; log: LogWriter },
  site: Site,
  id: string,
  at: Date,
): Promise<ContactErasure> {
  const contact = await store.contacts.get(site, id);
  if (!contact) return { erased: false, attestations: 0, suppressed: false };
  const subject = attestedSubject(site.log, { kind: 'reference', reference: contactReference(id) });
  const { erased: attestations } = await log.erase(site, { subject, by: 'controller', at });
  // The log's erasure takes a contact along of which nothing else is left.
  const erased = (await store.contacts.erase(site, id, at.getTime())) || (await store.contacts.get(site, id)) === null;
  await store.forget();
  return { erased, attestations, suppressed: (await store.suppressions.of(site, [contact.key])).length > 0 };
}
