// An objection to direct marketing (Art. 21(2)): it is taken whatever else is so, stops every channel of every sender and profiling
// for it, and goes into the log as the operator's word in the transaction that puts the addresses onto the suppression list.
import { randomBytes } from 'node:crypto';

import { uuidv7 } from 'uuidv7';

import type { NewObjection, ObjectionMade } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { stopDirectMarketing } from '../../shared/marketing/suppression.ts';
import type { AttestedChoices } from '../../shared/consent/attestation.ts';
import { newAttestation, type AttestationWriter } from '../attest/attest.ts';
import { ProblemError } from '../problem.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredContact } from '../store/contacts.ts';
import type { Store } from '../store/store.ts';
import { askedKeys, contactReference, newContact, vaultOf, type AskedKeys, type ContactBook } from './contacts.ts';
import { personOf } from './person.ts';

export interface ObjectionDesk extends ContactBook {
  store: Store;
  attestations: AttestationWriter;
}

/** As many states as one attestation holds; the list stops what does not fit. */
const MOST = 64;

/** What the site has names for; null: nothing. */
function choicesOf({ marketing, configuration }: SiteContext): AttestedChoices | null {
  const purposes = Object.fromEntries(marketing.purposes.slice(0, MOST).map((purpose) => [purpose, 'objected' as const]));
  const channels = Object.fromEntries(
    configuration.marketing.map(({ activity, senders, channels: by }) => [
      activity,
      Object.fromEntries(senders.map(({ id }) => [id, Object.fromEntries(by.map((channel) => [channel, 'objected' as const]))])),
    ]),
  );
  const some = configuration.marketing.length > 0;
  if (marketing.purposes.length === 0 && !some) return null;
  return { purposes, ...(some ? { channels } : {}) };
}

const keysOf = (desk: ObjectionDesk, { site }: SiteContext, addresses: NewObjection['addresses']): AskedKeys[] =>
  addresses.map(({ channel, address, callingCode = null }) =>
    askedKeys(vaultOf(desk), site, { kind: CHANNEL_FACTS[channel].address, address, callingCode }),
  );

/**
 * The contacts that the objection is about, and the other ones of the same people: who objects in a mail is not rung up either. As on
 * somebody's own page, another address of the same kind may be somebody else's.
 */
async function theirContacts(
  desk: ObjectionDesk,
  context: SiteContext,
  { addresses, contacts }: Pick<NewObjection, 'addresses' | 'contacts'>,
): Promise<StoredContact[]> {
  const keys = new Set(keysOf(desk, context, addresses).flatMap(({ own, earlier }) => [...own, ...earlier]));
  for (const id of contacts) {
    const contact = await desk.store.contacts.get(context.site, id);
    if (contact) keys.add(contact.key);
  }
  const all = new Map<string, StoredContact>();
  for (const key of keys) for (const one of (await personOf(desk, context, key))?.all ?? []) all.set(one.id, one);
  return [...all.values()];
}

/**
 * Throws ProblemError for what is badly formed, and NOT_FOUND where it names contacts alone and none of them is there; never because
 * of what the objection says. `by`: who enters it.
 */
export async function objectToMarketing(
  desk: ObjectionDesk,
  context: SiteContext,
  { addresses, contacts, subject, reference, medium, at }: NewObjection,
  by: string,
): Promise<ObjectionMade> {
  const { store } = desk;
  const { site } = context;
  const vault = vaultOf(desk);
  const now = desk.now();
  const made = addresses.map((one) => newContact(vault, site, { ...one, callingCode: one.callingCode ?? null }));
  // Nobody is to be written to: of a new address only the keyed hash is kept.
  const fresh = made.flatMap((one) => (one ? [{ ...one, seal: null }] : []));
  const notAddresses = addresses.length - fresh.length;
  const choices = choicesOf(context);
  const [contact] = contacts;
  const theirs = await theirContacts(desk, context, { addresses, contacts });
  // Under an id that is gone nobody would be stopped, and the answer would say that they were heard.
  if (addresses.length === 0 && subject === undefined && theirs.length === 0)
    throw new ProblemError(
      'NOT_FOUND',
      'There is no such contact, or it was erased: nothing was recorded. Send the address (addresses), and it is stopped. ' +
        'A no that came before an erasure stays on the suppression list.',
    );
  if (choices) {
    const about =
      subject === undefined
        ? {
            reference:
              reference ?? (contact === undefined ? `objection/${randomBytes(12).toString('hex')}` : contactReference(contact)),
          }
        : { subject };
    const id = uuidv7();
    const wanted = { id, ...about, medium, actor: 'self' as const, choices, ...(at === undefined ? {} : { at }) };
    const attestation = await newAttestation(store, context, wanted, { by, now });
    await desk.attestations.add(site, attestation, now, {
      marketing: context.marketing,
      contacts: [...new Set([...contacts, ...theirs.map(({ id: one }) => one)])],
      addresses: fresh,
      objectsToAll: true,
    });
    const known = subject === undefined ? [] : await store.contacts.ofSubject(site, subject);
    // Of a contact that is not there nothing is on the list, and whoever asks is to know.
    const there = new Set([...known, ...theirs].map(({ key }) => key));
    const unknown = fresh.filter(({ keys }) => !keys.some((key) => there.has(key)));
    return { event: id, addresses: there.size + new Set(unknown.map(({ keys }) => keys[0])).size, notAddresses };
  }
  const keys = new Set(keysOf(desk, context, addresses).flatMap(({ own: [newest] }) => newest ?? []));
  for (const { key } of theirs) keys.add(key);
  if (subject !== undefined) for (const { key } of await store.contacts.ofSubject(site, subject)) keys.add(key);
  await store.suppressions.add(
    site,
    [...keys].flatMap((key) => stopDirectMarketing(key, now.toISOString(), null)),
  );
  return { event: null, addresses: keys.size, notAddresses };
}
