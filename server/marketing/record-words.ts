// Writes what somebody said about marketing down with the event that says it, in one transaction: which contact it is about, and
// what it puts onto the suppression list. An address that came without a yes is kept as its keyed hash only.
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { Attestation } from '../../shared/consent/attestation.ts';
import { suppressionsFrom } from '../../shared/marketing/ending.ts';
import { stopDirectMarketing, type Suppression } from '../../shared/marketing/suppression.ts';
import { GRANTING_METHODS, type MarketingPurposes, type Said } from '../../shared/marketing/word.ts';
import { attestationOf, attestedSubject } from '../attest/attested-subject.ts';
import type { Mention, NewContact } from '../store/contacts.ts';
import type { Site, SiteTransaction } from '../store/store.ts';
import { CONFIRM_DAYS, type Confirming, type ToConfirm } from './confirming.ts';
import { contactNamed } from './contacts.ts';

const CONFIRM_MS = CONFIRM_DAYS * 86_400_000;

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
  // What came before, and comes again once its mail is forgotten, is not asked about anew: by a link that was used, or is over.
  const isOver = (isNew: boolean, { at: said }: ConsentEvent): boolean => !isNew && at.getTime() - Date.parse(said) > CONFIRM_MS;
  const named = about.flatMap(({ subject, event, hash, isNew, contacts }) =>
    event.channels === undefined
      ? []
      : contacts.map((contact) => ({
          subject,
          event: event.id,
          contact: keptOf(contact, event),
          said: {
            ...{ hash, saidAt: Date.parse(event.at) },
            channels: GRANTING_METHODS.includes(event.method) && !isOver(isNew, event) ? event.channels : undefined,
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

interface AttestedWord {
  attestation: Attestation;
  hash: string;
  /** Under which it is stored. */
  name: string;
  at: Date;
}

/**
 * The same for what the operator attests, of many at once with as few statements as of one. `contacts` and `addresses` are those of
 * each of them.
 */
export async function recordAttested(
  transaction: SiteTransaction,
  words: readonly AttestedWord[],
  { marketing, contacts = [], addresses = [], objectsToAll: toAll = false, confirming = null, also }: AttestedAbout,
): Promise<void> {
  await also?.(transaction);
  const idsOf = ({ attestation: { about } }: AttestedWord): string[] => {
    const named = about.kind === 'reference' ? contactNamed(about.reference) : null;
    return [...new Set([...contacts, ...(named === null ? [] : [named])])];
  };
  const stored = new Map((await transaction.contacts([...new Set(words.flatMap(idsOf))])).map((one) => [one.id, one]));
  const subjects = [...new Set(words.flatMap(({ attestation: { about } }) => (about.kind === 'subject' ? [about.subject] : [])))];
  const ofSubjects = subjects.length > 0 ? await transaction.contactsOf(subjects) : [];
  const mentions: Mention[] = [];
  const named: NamedAddress[] = [];
  const keysOf = new Map<AttestedWord, Set<string>>();
  for (const word of words) {
    const { attestation, hash, name, at } = word;
    const { about, attested, id } = attestation;
    const said = { hash, channels: attested.channels, saidAt: Date.parse(attestation.at) };
    const known = idsOf(word).flatMap((one) => stored.get(one) ?? []);
    const same = ofSubjects.filter(({ subject }) => about.kind === 'subject' && subject === about.subject);
    keysOf.set(word, new Set([...known, ...same].map(({ key }) => key)));
    for (const contact of known) {
      mentions.push({ contact: contact.id, subject: name, event: id, at: at.getTime() });
      const mail = confirming?.({ contact, subject: name, ...said, at });
      if (mail) await transaction.addConfirmationMail(mail);
    }
    for (const contact of addresses) named.push({ subject: name, event: id, contact: keptOf(contact, attested), said });
  }
  if (mentions.length > 0) await transaction.mention(mentions);
  const [first] = words;
  const remembered =
    named.length > 0 && first ? await remember(transaction, named, first.at, confirming) : new Map<string, Set<string>>();
  const endedBy = (said: Said & { kind: 'attestation' }, keys: Iterable<string>): Suppression[] =>
    toAll
      ? [...keys].flatMap((key) => stopDirectMarketing(key, new Date(said.receivedAt).toISOString(), said.attestation.id))
      : endings([said], keys, marketing);
  const said = ({ attestation, hash, at }: AttestedWord) => ({
    kind: 'attestation' as const,
    hash,
    attestation,
    receivedAt: at.getTime(),
  });
  // A no reaches every address of its case, whatever else was said in the same breath.
  const noes = words.filter((word) => endedBy(said(word), [word.name]).length > 0);
  const ofCases = noes.length > 0 ? await transaction.contactsOf([...new Set(noes.map(({ name }) => name))]) : [];
  const entries = words.flatMap((word) => {
    const ofCase = ofCases.filter(({ subject }) => subject === word.name).map(({ key }) => key);
    return endedBy(said(word), new Set([...(keysOf.get(word) ?? []), ...(remembered.get(word.name) ?? []), ...ofCase]));
  });
  // And an address that came now is under what was said of its case before there was one.
  const written = new Set(words.map(({ hash }) => hash));
  for (const { subject, hash, ...entry } of remembered.size > 0 ? await transaction.histories([...remembered.keys()]) : []) {
    if (written.has(hash) || !first) continue;
    const attestation = attestationOf(entry);
    entries.push(
      ...endings(
        [{ kind: 'attestation', hash, attestation, receivedAt: first.at.getTime() }],
        remembered.get(subject) ?? [],
        marketing,
      ),
    );
  }
  if (entries.length > 0) await transaction.suppress(entries);
}
