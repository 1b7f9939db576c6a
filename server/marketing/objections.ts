// An objection to direct marketing (Art. 21(2)): it is taken whatever else is so, stops every channel of every sender and profiling
// for it, and goes into the log as the operator's word in the transaction that puts the addresses onto the suppression list.
import { randomBytes } from 'node:crypto';

import { uuidv7 } from 'uuidv7';

import type { NewObjection, ObjectionMade } from '../../shared/marketing/api.ts';
import { stopDirectMarketing } from '../../shared/marketing/suppression.ts';
import type { AttestedChoices } from '../../shared/consent/attestation.ts';
import { newAttestation, type AttestationWriter } from '../attest/attest.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { addressKeys, contactReference, newContact, vaultOf, type ContactBook } from './contacts.ts';

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

/** Throws ProblemError for what is badly formed, and never because of what the objection says. `by`: who enters it. */
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
      contacts,
      addresses: fresh,
      objectsToAll: true,
    });
    const known = subject === undefined ? [] : await store.contacts.ofSubject(site, subject);
    const stopped = new Set([...fresh.map(({ keys }) => keys[0]), ...known.map(({ key }) => key)]);
    // Of a contact that is not there nothing is on the list, and whoever asks is to know.
    for (const one of contacts) {
      const key = (await store.contacts.get(site, one))?.key;
      if (key !== undefined) stopped.add(key);
    }
    return { event: id, addresses: stopped.size, notAddresses };
  }
  const keys = new Set(
    addresses.flatMap((one) => addressKeys(vault, site, { ...one, callingCode: one.callingCode ?? null }).slice(0, 1)),
  );
  for (const id of contacts) {
    const key = (await store.contacts.get(site, id))?.key;
    if (key !== undefined) keys.add(key);
  }
  if (subject !== undefined) for (const { key } of await store.contacts.ofSubject(site, subject)) keys.add(key);
  await store.suppressions.add(
    site,
    [...keys].flatMap((key) => stopDirectMarketing(key, now.toISOString(), null)),
  );
  return { event: null, addresses: keys.size, notAddresses };
}
