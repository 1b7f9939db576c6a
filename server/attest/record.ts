// An attestation with all that belongs to it, over HTTP and on the command line: who entered it is written down first, addresses go
// beside it, and what it says of a case reaches the addresses of that case.
import type { Attestation } from '../../shared/consent/attestation.ts';
import { confirmingOf, type Confirming } from '../marketing/confirming.ts';
import { contactNamed, newContacts, sameContacts, vaultOf } from '../marketing/contacts.ts';
import type { Links } from '../marketing/links.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Operator } from '../credentials.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import type { ContactVault } from '../rights/contact-vault.ts';
import type { SiteContext } from '../site-context.ts';
import type { LoggedEvent, Store } from '../store/store.ts';
import { newAttestation, type AttestationWriter, type NewAttestation } from './attest.ts';
import { attestedSubject } from './attested-subject.ts';

export interface AttestationDesk {
  store: Store;
  vault: ContactVault | null;
  mailer: Mailer | null;
  links: Links | null;
  attestations: AttestationWriter;
  now: () => Date;
}

/** Whoever what it follows, or ends, was about: the addresses of the same case. Of a browser they are found by its key. */
async function followedContacts({ store }: AttestationDesk, { site }: SiteContext, { about, follows, method }: Attestation) {
  if (about.kind === 'subject' || (follows === null && method !== 'withdraw')) return [];
  return (await store.contacts.ofSubject(site, attestedSubject(site.log, about))).map(({ id }) => id);
}

function confirmingFor({ links, mailer }: AttestationDesk, context: SiteContext): Confirming {
  if (!links || !mailer) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SMTP is not set: no mail can ask for a confirmation');
  return confirmingOf(links, context);
}

/** Durable when it resolves. `duplicate`: it was there already. Throws ProblemError. */
export async function recordAttestation(
  desk: AttestationDesk,
  context: SiteContext,
  wanted: NewAttestation,
  operator: Pick<Operator, 'actor' | 'role'>,
): Promise<{ logged: LoggedEvent; duplicate: boolean }> {
  const { store } = desk;
  const { site, marketing } = context;
  const now = desk.now();
  const attestation = await newAttestation(store, context, wanted, { by: operator.actor, now });
  await audit(desk, operator, 'attestation.create', { site, object: attestation.id });
  // A mention under a case's name says nothing of what that browser signs: its next no would not reach the address.
  if (wanted.contacts && attestation.about.kind === 'subject')
    throw new ProblemError('BAD_REQUEST', 'contacts belong to a reference of your own, not to a subject; nothing was recorded');
  // A no under an id that is gone would reach nobody, and its receipt would say that it was heard.
  const contact = attestation.about.kind === 'reference' ? contactNamed(attestation.about.reference) : null;
  if (contact !== null && !wanted.contacts && (await store.contacts.get(site, contact)) === null)
    throw new ProblemError(
      'NOT_FOUND',
      'There is no such contact, or it was erased. Send the address (contacts); nothing was recorded.',
    );
  const addresses = wanted.contacts ? newContacts(vaultOf(desk), site, wanted.contacts) : [];
  const confirming = wanted.confirm ? confirmingFor(desk, context) : null;
  const { duplicate, ...place } = await desk.attestations.add(site, attestation, now, {
    ...{ marketing, addresses, confirming },
    contacts: await followedContacts(desk, context, attestation),
  });
  if (duplicate && addresses.length > 0) await sameContacts(desk, site, attestation.id, addresses);
  const logged = await store.history.eventAt(site, place);
  if (!logged) throw new ProblemError('NOT_FOUND', 'It was erased.');
  return { logged, duplicate };
}
