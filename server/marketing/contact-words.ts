// What was said about marketing by and for a contact, as shared/marketing/permission.ts reads it: the events that came with the
// address, whatever else the same browsers said, and what the operator attested.
import type { Said } from '../../shared/marketing/word.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { attestationOf, attestedSubject, isAttested } from '../attest/attested-subject.ts';
import { eventOf } from '../receipts.ts';
import type { LoggedEvent, Site, Store } from '../store/store.ts';

/** Null for what is neither: its leaf is no event's. */
export function saidOf(logged: LoggedEvent, named: boolean): Said | null {
  const { leaf } = logged;
  if (leaf.kind !== 'event' && leaf.kind !== 'attestation') return null;
  const { event: hash, skew } = leaf satisfies EventLeaf;
  const receivedAt = Date.parse(leaf.receivedAt);
  if (isAttested(logged)) return { named, kind: 'attestation', hash, attestation: attestationOf(logged), receivedAt };
  const stored = { event: eventOf(logged), hash, received: { at: receivedAt, skew } };
  return { named, kind: 'event', subject: logged.subject, stored };
}

/** Everything of each contact, in no order. */
export async function marketingWordsOf(
  store: Pick<Store, 'contacts' | 'eventsOfSubjects'>,
  site: Site,
  contacts: readonly string[],
): Promise<Map<string, Said[]>> {
  const byContact = Map.groupBy(await store.contacts.mentions(site, contacts), ({ contact }) => contact);
  const mentioned = [...new Set([...byContact.values()].flat().map(({ subject }) => subject))];
  // What the operator attested of a browser's key stands under a name of its own.
  const nameOf = new Map(mentioned.map((subject) => [subject, attestedSubject(site.log, { kind: 'subject', subject })]));
  const logged = Map.groupBy(
    await store.eventsOfSubjects(site, [...new Set([...mentioned, ...nameOf.values()])]),
    ({ subject }) => subject,
  );
  return new Map(
    contacts.map((contact) => {
      const mentions = byContact.get(contact) ?? [];
      const named = new Set(mentions.map(({ subject, event }) => `${subject} ${event}`));
      const subjects = new Set(mentions.flatMap(({ subject }) => [subject, nameOf.get(subject) ?? subject]));
      const said = [...subjects].flatMap((subject) =>
        (logged.get(subject) ?? []).flatMap((one) => saidOf(one, named.has(`${one.subject} ${one.id}`)) ?? []),
      );
      return [contact, said];
    }),
  );
}
