// Writes what somebody said about marketing down with the event that says it, in one transaction: which contact it is about, and
// what it puts onto the suppression list. An address that came without a yes is kept as its keyed hash only.
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { Attestation } from '../../shared/consent/attestation.ts';
import { suppressionsFrom } from '../../shared/marketing/ending.ts';
import { stopDirectMarketing, type Suppression } from '../../shared/marketing/suppression.ts';
import { GRANTING_METHODS, objectsToAll, type MarketingPurposes, type Said } from '../../shared/marketing/word.ts';
import { attestationOf, attestedSubject } from '../attest/attested-subject.ts';
import type { Mention, NewContact } from '../store/contacts.ts';
import type { Site, SiteTransaction } from '../store/store.ts';
import type { Confirming, ToConfirm } from './confirming.ts';

/** An event that is stored now, or was before and came again with an address. */
export interface HeardEvent {
  subject: string;
  event: ConsentEvent;
  hash: string;
  /** It is stored with this commit. */
  isNew: boolean;
  /** Addresses that came beside it. */
  contacts: readonly NewContact[];
}

/** Events of the same browsers that are stored, with this commit or before. */
type Earlier = (subject: string) => readonly { event: ConsentEvent; hash: string }[];

const states = ({ channels = {} }: Pick<ConsentEvent, 'channels'>) =>
  Object.values(channels).flatMap((senders) => Object.values(senders).flatMap((one) => Object.values(one)));
const grants = (said: Pick<ConsentEvent, 'channels'>): boolean => states(said).includes('given');

/** Whether it can concern a contact at all: most events are of a banner, and cost nothing here. */
export const isAboutMarketing = (event: Pick<ConsentEvent, 'channels' | 'purposes'>, { purposes }: MarketingPurposes): boolean =>
  states(event).length > 0 || purposes.some((purpose) => event.purposes[purpose] === 'objected');

const saidNow = (subject: string, { event, hash }: { event: ConsentEvent; hash: string }, at: Date): Said => ({
  kind: 'event',
  subject,
  stored: { event, hash, received: { at: at.getTime(), skew: 0 } },
});

/** The address itself is kept where something was said yes to; of everybody else the keyed hash is enough to keep to their no. */
const keptOf = (contact: NewContact, said: Pick<ConsentEvent, 'channels'>): NewContact =>
  grants(said) ? contact : { ...contact, seal: null };

interface NamedAddress {
  subject: string;
  event: string;
  contact: NewContact;
  /** The words that it came with. */
  said: Pick<ToConfirm, 'hash' | 'channels' | 'saidAt'>;
}

async function remember(
  transaction: SiteTransaction,
  named: readonly NamedAddress[],
  at: Date,
  confirming: Confirming | null,
): Promise<Map<string, Set<string>>> {
  const stored = await transaction.rememberContacts(
    named.map(({ contact }) => contact),
    at.getTime(),
  );
  const mentions: Mention[] = [];
  const keys = new Map<string, Set<string>>();
  for (const [i, { subject, event, said }] of named.entries()) {
    const contact = stored[i];
    if (!contact) continue;
    mentions.push({ contact: contact.id, subject, event, at: at.getTime() });
    keys.set(subject, (keys.get(subject) ?? new Set()).add(contact.key));
    const mail = confirming?.({ contact, subject, ...said, at });
    if (mail) await transaction.addConfirmationMail(mail);
  }
  await transaction.mention(mentions);
  return keys;
}

const endings = (said: readonly Said[], keys: Iterable<string>, marketing: MarketingPurposes): Suppression[] =>
  [...keys].flatMap((key) => said.flatMap((one) => suppressionsFrom(one, key, marketing)));

/** What the operator attested of these browsers before an address of theirs was known. */
async function attestedBefore(transaction: SiteTransaction, site: Site, subjects: readonly string[], at: Date) {
  const names = new Map(subjects.map((subject) => [attestedSubject(site.log, { kind: 'subject', subject }), subject]));
  const bySubject = new Map<string, Said[]>();
  for (const entry of await transaction.histories([...names.keys()])) {
    const subject = names.get(entry.subject) ?? '';
    const said: Said = { kind: 'attestation', hash: entry.hash, attestation: attestationOf(entry), receivedAt: at.getTime() };
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), said]);
  }
  return bySubject;
}

/** To be called in the transaction that stores the events, before its head is signed. */
export async function recordHeard(
  transaction: SiteTransaction,
  site: Site,
  heard: readonly HeardEvent[],
  {
    marketing,
    at,
    earlier,
    confirming,
  }: { marketing: MarketingPurposes; at: Date; earlier: Earlier; confirming: Confirming | null },
): Promise<void> {
  const about = heard.filter(({ event }) => isAboutMarketing(event, marketing));
  if (about.length === 0) return;
  const named = about.flatMap(({ subject, event, hash, contacts }) =>
    event.channels === undefined
      ? []
      : contacts.map((contact) => ({
          subject,
          event: event.id,
          contact: keptOf(contact, event),
          said: {
            ...{ hash, saidAt: Date.parse(event.at) },
            channels: GRANTING_METHODS.includes(event.method) ? event.channels : undefined,
          },
        })),
  );
  const subjects = [...new Set(about.map(({ subject }) => subject))];
  const known = await transaction.contactsOf(subjects);
  const entries: Suppression[] = [];
  for (const { subject, event, hash, isNew } of about) {
    if (!isNew) continue;
    const keys = known.filter((contact) => contact.subject === subject).map(({ key }) => key);
    entries.push(...endings([saidNow(subject, { event, hash }, at)], keys, marketing));
  }
  if (named.length > 0) {
    // A new address of somebody who said no before any address of theirs was known.
    const keysOf = await remember(transaction, named, at, confirming);
    const attested = await attestedBefore(transaction, site, [...keysOf.keys()], at);
    for (const [subject, keys] of keysOf) {
      const fresh = about.filter((one) => one.subject === subject);
      const all = new Map([...earlier(subject), ...fresh].map((one) => [one.hash, saidNow(subject, one, at)]));
      entries.push(...endings([...all.values(), ...(attested.get(subject) ?? [])], keys, marketing));
    }
  }
  if (entries.length > 0) await transaction.suppress(entries);
}

export interface AttestedAbout {
  marketing: MarketingPurposes;
  /** Ids of contacts that it is about. */
  contacts?: readonly string[];
  /** Addresses that it is about. */
  addresses?: readonly NewContact[];
  /** It objects to all direct marketing, whatever purposes and senders the site has a name for. */
  objectsToAll?: boolean;
  /** Asks for a confirmation of a yes by mail. Not said: nothing is asked. */
  confirming?: Confirming | null;
  /** What else is done in the same transaction, first. */
  also?: (transaction: SiteTransaction) => Promise<void>;
}

/** The same for what the operator attests. `name`: under which it is stored. */
export async function recordAttested(
  transaction: SiteTransaction,
  { attestation, hash, name, at }: { attestation: Attestation; hash: string; name: string; at: Date },
  { marketing, contacts = [], addresses = [], objectsToAll: toAll = false, confirming = null, also }: AttestedAbout,
): Promise<void> {
  await also?.(transaction);
  const said: Said = { kind: 'attestation', hash, attestation, receivedAt: at.getTime() };
  const { about, attested, id } = attestation;
  const byReference = about.kind === 'reference' ? [about.reference.replace(/^contact\//, '')] : [];
  const ids = [...new Set([...contacts, ...byReference])];
  const stored = await transaction.contacts(ids);
  const keys = new Set(stored.map(({ key }) => key));
  const { channels } = attested;
  const saidAt = Date.parse(attestation.at);
  const named = addresses.map((contact) => ({
    subject: name,
    event: id,
    contact: keptOf(contact, attested),
    said: { hash, channels, saidAt },
  }));
  await transaction.mention(stored.map((contact) => ({ contact: contact.id, subject: name, event: id, at: at.getTime() })));
  for (const contact of stored) {
    const mail = confirming?.({ contact, subject: name, hash, channels, saidAt, at });
    if (mail) await transaction.addConfirmationMail(mail);
  }
  if (named.length > 0)
    for (const each of (await remember(transaction, named, at, confirming)).values()) for (const key of each) keys.add(key);
  if (about.kind === 'subject') for (const { key } of await transaction.contactsOf([about.subject])) keys.add(key);
  const entries =
    toAll || objectsToAll(said, marketing)
      ? [...keys].flatMap((key) => stopDirectMarketing(key, at.toISOString(), id))
      : endings([said], keys, marketing);
  if (entries.length > 0) await transaction.suppress(entries);
}
