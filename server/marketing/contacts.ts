// Who is written to: an address under a key of its own, found by a keyed hash of its normalised text. The key is wrapped under one
// that CANDOUR_SECRET derives (rights/contact-vault.ts); erasing the wrapped key erases the person wherever else the address lies.
import { uuidv7 } from 'uuidv7';
import * as v from 'valibot';

import { clean, normaliseAddress, otherSpellings, type NormalisedAddress } from '../../shared/marketing/address.ts';
import type { NewContacts } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS, type AddressKind } from '../../shared/marketing/channel.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import { ProblemError } from '../problem.ts';
import type { ContactVault } from '../rights/contact-vault.ts';
import type { NewContact, StoredContact } from '../store/contacts.ts';
import type { Site, Store } from '../store/store.ts';

export interface ContactBook {
  store: Pick<Store, 'contacts'>;
  /** Null without CANDOUR_SECRET: no address can be taken then. */
  vault: ContactVault | null;
  now: () => Date;
}

/** An address as it came in. */
export interface AddressInput {
  channel: Channel;
  address: string;
  /** BCP 47; null: not known. */
  language?: string | null;
  /** Digits of the country that telephone numbers without one are of, such as 44; null or not said: the site's. */
  callingCode?: string | null;
}

const ContactText = v.object({ address: v.string(), language: v.nullable(v.string()) });
/** What is sealed of a contact. */
export interface ContactAddress {
  id: string;
  kind: AddressKind;
  /** As it was typed, without outer blanks and invisible marks. */
  address: string;
  language: string | null;
}

export const contactPlace = (site: Pick<Site, 'id'>, id: string): string => `${site.id}/contact/${id}`;

/** How attestations name a contact that no browser's key is known of. */
export const contactReference = (id: string): string => `contact/${id}`;
/** Id of the contact that a reference names; null: it names none. */
export const contactNamed = (reference: string): string | null => /^contact\/(.+)$/.exec(reference)?.[1] ?? null;

export function vaultOf({ vault }: Pick<ContactBook, 'vault'>): ContactVault {
  if (!vault) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: no address can be taken here');
  return vault;
}

/** What is wrong with one, in words that repeat none of it. */
export const notAddress = (channel: Channel): string =>
  CHANNEL_FACTS[channel].address === 'email'
    ? 'is no e-mail address such as ada@example.org: no name beside it, no "mailto:", no quotes that are not needed'
    : `is no address of ${channel}`;

/** What is missing where it is not sure which number one is, as "place: what". */
export const LACKS_COUNTRY = 'callingCode: it is not sure of which country the number is';

type NumberedSite = Pick<Site, 'id' | 'callingCode'>;
interface TypedAddress extends Pick<AddressInput, 'address' | 'callingCode'> {
  kind: AddressKind;
}
const normalised = (site: NumberedSite, { kind, address, callingCode }: TypedAddress): NormalisedAddress[] =>
  normaliseAddress(kind, address, { callingCode: callingCode ?? site.callingCode ?? null });

/** Newest first; empty where the text is no address of that channel's kind. */
export const addressKeys = (vault: ContactVault, site: NumberedSite, { channel, ...input }: AddressInput): string[] =>
  vault.keys(site.id, normalised(site, { ...input, kind: CHANNEL_FACTS[channel].address }));

/** Under what is looked up of an address. A no stops every number that it may have meant, a yes permits the one that it surely meant. */
export interface AskedKeys {
  /** Newest first: the first is what is stored under. */
  own: string[];
  /** Of the very same number, from before its country was known. */
  earlier: string[];
  /** Only a no counts that lies under one of them. */
  possible: string[];
  /** False of a telephone number whose country nobody knows. */
  sure: boolean;
}

/** `versions`: of the address, where they are known already. */
export function askedKeys(
  vault: ContactVault,
  site: NumberedSite,
  address: TypedAddress,
  versions: readonly NormalisedAddress[] = normalised(site, address),
): AskedKeys {
  const own = vault.keys(site.id, versions);
  if (address.kind !== 'phone') return { own, earlier: [], possible: [], sure: true };
  const country = site.callingCode ?? null;
  const { sure, ...other } = otherSpellings(address.address, { callingCode: address.callingCode ?? country, own: country });
  return { own, earlier: vault.keys(site.id, other.earlier), possible: vault.keys(site.id, other.possible), sure };
}

/** 32 hexadecimal digits, rising: of a list of a million the newest stand together in each index, and one page takes many of them. */
const newContactId = (): string => uuidv7().replaceAll('-', '');

/** As it was typed; but a number that would be another one here with the country that it came with. */
function kept(site: NumberedSite, kind: AddressKind, address: string, text: string): string {
  if (kind === 'phone' && normalised(site, { kind, address })[0]?.text !== text) return text;
  return kind === 'post' ? address : clean(address);
}

/** What is stored if none of the keys is known yet. `address`: as it was typed; `text`: its newest normalised text. */
export function contactUnder(
  vault: ContactVault,
  site: NumberedSite,
  {
    kind,
    keys,
    language,
    ...one
  }: Pick<NewContact, 'kind' | 'keys'> & { address: string; text: string; language: string | null },
): NewContact {
  const id = newContactId();
  const own = vault.newKey(contactPlace(site, id));
  const text = JSON.stringify({ address: kept(site, kind, one.address, one.text), language });
  const seal: NewContact['seal'] = (contact) =>
    contact.id === id ? own.seal(text) : vault.seal(contact.wrapped, contactPlace(site, contact.id), text);
  return { id, kind, keys, wrapped: own.wrapped, seal };
}

/** The same of an address of that channel; null where it is none. */
export function newContact(
  vault: ContactVault,
  site: NumberedSite,
  { channel, address, callingCode, language = null }: AddressInput,
): NewContact | null {
  const { address: kind } = CHANNEL_FACTS[channel];
  const versions = normalised(site, { kind, address, callingCode });
  const [newest] = versions;
  if (!newest) return null;
  return contactUnder(vault, site, { kind, keys: vault.keys(site.id, versions), address, text: newest.text, language });
}

/** Throws ProblemError BAD_REQUEST for one that is no address of its channel. */
export function newContacts(vault: ContactVault, site: NumberedSite, contacts: NewContacts): NewContact[] {
  return contacts.map(({ channel, address, language = null, callingCode = null }, i) => {
    const made = newContact(vault, site, { channel, address, language, callingCode });
    if (!made) throw new ProblemError('BAD_REQUEST', `contacts.${i}.address: ${notAddress(channel)}`);
    return made;
  });
}

/**
 * Ids of addresses that came with the event of that id, which was there already. Throws ProblemError ID_REUSED where it came with
 * others: what they said would be taken for done, and be lost.
 */
export async function sameContacts(
  { store }: Pick<ContactBook, 'store'>,
  site: Site,
  event: string,
  contacts: readonly NewContact[],
): Promise<void> {
  const keys = contacts.map((one) => one.keys);
  const known = await store.contacts.find(site, keys.flat());
  const mentions = await store.contacts.mentions(
    site,
    known.map(({ id }) => id),
  );
  const named = new Set(mentions.flatMap((one) => (one.event === event ? [one.contact] : [])));
  const said = new Set(known.flatMap(({ id, key }) => (named.has(id) ? [key] : [])));
  if (!keys.every((own) => own.some((key) => said.has(key)))) throw new ProblemError('ID_REUSED');
}

/** Gives the contact's id, new or known; null where it is no address of the channel's kind. */
export async function rememberContact(book: ContactBook, site: Site, input: AddressInput): Promise<string | null> {
  return (await rememberContacts(book, site, [input]))[0] ?? null;
}

/** Many in one transaction. In order. */
export async function rememberContacts(
  book: ContactBook,
  site: Site,
  inputs: readonly AddressInput[],
): Promise<(string | null)[]> {
  const vault = vaultOf(book);
  const made = inputs.map((input) => newContact(vault, site, input));
  const ids = await book.store.contacts.remember(
    site,
    made.filter((one) => one !== null),
  );
  const inOrder = ids.values();
  return made.map((one) => (one === null ? null : (inOrder.next().value ?? null)));
}

/** Null: it is not known, or no address of the channel's kind. */
export async function findContact(book: ContactBook, site: Site, input: AddressInput): Promise<StoredContact | null> {
  const { own, earlier } = askedKeys(vaultOf(book), site, { ...input, kind: CHANNEL_FACTS[input.channel].address });
  const found = new Map((await book.store.contacts.find(site, [...own, ...earlier])).map((one) => [one.key, one]));
  return [...own, ...earlier].flatMap((key) => found.get(key) ?? [])[0] ?? null;
}

/** Opens what was sealed; null where only the keyed hash is kept. Throws where key and address are not of this contact. */
export function openContact(
  vault: ContactVault,
  site: Pick<Site, 'id'>,
  { id, kind, wrapped, sealed }: StoredContact,
): ContactAddress | null {
  if (sealed === null) return null;
  const text = v.parse(ContactText, JSON.parse(vault.open(wrapped, contactPlace(site, id), sealed)));
  return { id, kind, ...text };
}

/** Of what its address reads as: the list may hold a no under an older version than the contact is found by, or under another spelling. */
export function keysOfContact(vault: ContactVault, site: NumberedSite, contact: StoredContact): AskedKeys {
  const { kind, key, sealed } = contact;
  const alone: AskedKeys = { own: [key], earlier: [], possible: [], sure: kind !== 'phone' };
  if (sealed === null || (kind !== 'email' && kind !== 'phone')) return alone;
  const asked = askedKeys(vault, site, { kind, address: openContact(vault, site, contact)?.address ?? '' });
  if (kind === 'email') return { ...asked, own: [key, ...asked.own] };
  if (asked.own.includes(key) || asked.earlier.includes(key)) return asked;
  // It came with another country than the site has now: whoever rings its digits from here rings somebody else.
  return { ...alone, possible: [...asked.own, ...asked.earlier, ...asked.possible] };
}

/** Null where the contact was erased, or never was, or its address is not kept. Whoever asks writes it into the audit log. */
export async function contactAddress(book: ContactBook, site: Site, id: string): Promise<ContactAddress | null> {
  const stored = await book.store.contacts.get(site, id);
  return stored && openContact(vaultOf(book), site, stored);
}
