// What somebody says through a link of their own: it is put into the log as an attested event about their contact, in the transaction
// that writes it onto the suppression list or asks for its confirmation.
import { randomBytes } from 'node:crypto';

import { uuidv7 } from 'uuidv7';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { About, AttestedChoices, Attestation } from '../../shared/consent/attestation.ts';
import { CHANNEL_FACTS, type AddressKind } from '../../shared/marketing/channel.ts';
import { covers, stopDirectMarketing } from '../../shared/marketing/suppression.ts';
import { BY_SERVICE } from '../../shared/marketing/word.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import { attestationOf } from '../attest/attested-subject.ts';
import type { AttestationWriter } from '../attest/attest.ts';
import type { SiteContext } from '../site-context.ts';
import type { ConfirmationMail } from '../store/marketing-mail.ts';
import type { NewContact } from '../store/contacts.ts';
import type { Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { confirmingOf, tokenHash } from './confirming.ts';
import { contactPlace, contactReference, vaultOf, type ContactBook } from './contacts.ts';
import type { Links } from './links.ts';
import { activitiesOf, offersOf, type Offer } from './offers.ts';
import { personOf, type Person } from './person.ts';
import { permissionsOf } from './permissions.ts';

export interface OwnDesk extends ContactBook {
  store: Store;
  attestations: AttestationWriter;
  links: Links | null;
}

/** A channel of a sender, in every activity that the site ever offered it in. */
export interface OneKind {
  channel: Channel;
  sender: string;
}

interface OwnWord {
  about: About;
  medium: Attestation['medium'];
  attested: AttestedChoices;
  method: Attestation['method'];
  follows?: string;
  /** Hash of what was shown. */
  presentation?: string;
}

const newWord = ({ site, terms }: SiteContext, now: Date, { follows, presentation, ...word }: OwnWord): Attestation => ({
  v: 1,
  id: uuidv7(),
  log: site.log,
  at: now.toISOString(),
  nonce: randomBytes(16).toString('base64url'),
  actor: 'self',
  follows: follows ?? null,
  notice: null,
  ...(presentation === undefined ? {} : { presentation }),
  terms,
  by: BY_SERVICE,
  purposes: {},
  ...word,
});

/** Of whom nothing is known but the keyed hash of an address: enough to keep to their no. */
function unknownContact(desk: OwnDesk, { site }: SiteContext, key: string, kind: AddressKind): NewContact {
  const id = randomBytes(16).toString('hex');
  const wrapped = vaultOf(desk).makeKey(contactPlace(site, id));
  return { id, kind, keys: [key], wrapped, seal: null };
}

/** The address that a link went to. */
export interface LinkedAddress {
  /** Its keyed hash. */
  key: string;
  address: AddressKind;
}

/** The same for a contact that is known, one that was erased and one that never was. */
async function sayNo(
  desk: OwnDesk,
  context: SiteContext,
  { key, address, person }: LinkedAddress & { person: Person | null },
  word: Pick<OwnWord, 'attested' | 'medium'> & { toAll?: boolean },
): Promise<void> {
  const { site, marketing } = context;
  const now = desk.now();
  // Also of a contact that is known: it may be erased before this is written, and the no is kept under the key all the same.
  const fresh = unknownContact(desk, context, key, person?.contact.kind ?? address);
  const about: About = { kind: 'reference', reference: contactReference(person?.contact.id ?? fresh.id) };
  const { toAll = false, ...rest } = word;
  await desk.attestations.add(site, newWord(context, now, { about, method: 'withdraw', ...rest }), now, {
    marketing,
    contacts: person?.all.map(({ id }) => id) ?? [],
    addresses: [fresh],
    objectsToAll: toAll,
  });
}

function withdrawnFrom(context: SiteContext, channel: Channel, senders: readonly string[]): AttestedChoices {
  const channels: Record<string, Record<string, Record<string, 'withdrawn'>>> = {};
  for (const sender of senders)
    for (const activity of activitiesOf(context, sender)) (channels[activity] ??= {})[sender] = { [channel]: 'withdrawn' };
  return { purposes: {}, channels };
}

/** Whether a no to it already stands, and nothing was said since: whoever presses twice says it once. */
async function hasEnded(
  desk: OwnDesk,
  context: SiteContext,
  person: Person | null,
  { channel, sender }: OneKind,
): Promise<boolean> {
  if (person === null) return false;
  const contacts = person.all.filter(({ kind }) => kind === CHANNEL_FACTS[channel].address);
  const answers = await permissionsOf(
    desk,
    context,
    contacts.map(({ id }) => ({ channel, sender, contact: id })),
  );
  const mentions = await desk.store.contacts.mentions(
    context.site,
    contacts.map(({ id }) => id),
  );
  // Behind the no somebody may have ticked a box that only waits for its confirmation.
  const spoke = mentions.reduce((latest, { at }) => Math.max(latest, at), 0);
  // One under another spelling that may have meant the number is lifted by whoever said it.
  const keys = contacts.map(({ key }) => key);
  const own = (await desk.store.suppressions.of(context.site, keys)).filter((one) => covers(one, { channel, sender }));
  return (
    answers.length > 0 &&
    answers.every(
      ({ may, why, since }) => !may && (why === 'ended' || why === 'suppressed') && Date.parse(since ?? '') >= spoke,
    ) &&
    keys.every((key) => own.some((one) => one.key === key && Date.parse(one.since) >= spoke))
  );
}

/** Unsubscribe (RFC 8058), or the button on somebody's own page. It holds when this resolves. */
export async function stopMessages(
  desk: OwnDesk,
  context: SiteContext,
  { key, address, channel, senders }: LinkedAddress & { channel: Channel; senders: readonly string[] },
  medium: 'one_click_unsubscribe' | 'server',
): Promise<void> {
  // The site has no name for what is stopped any more: then nothing is to come.
  if (senders.length === 0) return stopEverything(desk, context, { key, address });
  const person = await personOf(desk, context, key);
  const open: string[] = [];
  for (const sender of senders) if (!(await hasEnded(desk, context, person, { channel, sender }))) open.push(sender);
  if (open.length === 0) return;
  await sayNo(desk, context, { key, address, person }, { medium, attested: withdrawnFrom(context, channel, open) });
}

/** The same of an objection to everything. */
async function hasObjected(desk: OwnDesk, { site }: SiteContext, key: string, person: Person | null): Promise<boolean> {
  const keys = [...new Set([key, ...(person?.all ?? []).map((one) => one.key)])];
  const mentions = person
    ? await desk.store.contacts.mentions(
        site,
        person.all.map(({ id }) => id),
      )
    : [];
  const spoke = mentions.reduce((latest, { at }) => Math.max(latest, at), 0);
  const standing = new Set(
    (await desk.store.suppressions.of(site, keys)).flatMap((one) =>
      one.reason === 'objection' && one.sender === null && Date.parse(one.since) >= spoke ? [`${one.key} ${one.channel}`] : [],
    ),
  );
  return keys.every((one) => CHANNELS.every((channel) => standing.has(`${one} ${channel}`)));
}

/** Art. 21(2): there is no step in which it could be turned down. */
export async function stopEverything(desk: OwnDesk, context: SiteContext, { key, address }: LinkedAddress): Promise<void> {
  const person = await personOf(desk, context, key);
  if (await hasObjected(desk, context, key, person)) return;
  const channels: Record<string, Record<string, Record<string, 'objected'>>> = {};
  for (const { activity, sender, channel } of offersOf(context))
    ((channels[activity] ??= {})[sender] ??= {})[channel] = 'objected';
  const purposes = Object.fromEntries(context.marketing.purposes.slice(0, 64).map((purpose) => [purpose, 'objected' as const]));
  if (Object.keys(purposes).length === 0 && Object.keys(channels).length === 0) {
    // The site has no name for anything that is objected to: the list alone says it.
    const keys = new Set([key, ...(person?.all ?? []).map((one) => one.key)]);
    const since = desk.now().toISOString();
    await desk.store.suppressions.add(
      context.site,
      [...keys].flatMap((one) => stopDirectMarketing(one, since, null)),
    );
    return;
  }
  await sayNo(desk, context, { key, address, person }, { medium: 'server', attested: { purposes, channels }, toAll: true });
}

/** What the service itself showed when a box of its own page was ticked. */
export interface Shown {
  hash: string;
  /** Canonical JSON. */
  body: string;
}

/** Asks for messages again. They begin when the mail that this sends was confirmed: whoever has a link need not have the mailbox. */
export async function wantMessages(
  desk: OwnDesk,
  context: SiteContext,
  person: Person,
  { sender, channel, offers }: OneKind & { offers: readonly Pick<Offer, 'activity'>[] },
  shown: Shown,
): Promise<boolean> {
  const { site, marketing } = context;
  const { links } = desk;
  const contacts = person.all.filter(({ kind, id }) => id === person.contact.id || kind === CHANNEL_FACTS[channel].address);
  if (!links || !contacts.some(({ kind, sealed }) => kind === 'email' && sealed !== null)) return false;
  const now = desk.now();
  const attested: AttestedChoices = {
    purposes: {},
    channels: Object.fromEntries(offers.map(({ activity }) => [activity, { [sender]: { [channel]: 'given' } }])),
  };
  const about: About = { kind: 'reference', reference: contactReference(person.contact.id) };
  const word = { about, medium: 'server', method: 'api', attested, presentation: shown.hash } as const;
  await desk.attestations.add(site, newWord(context, now, word), now, {
    marketing,
    contacts: contacts.map(({ id }) => id),
    confirming: confirmingOf(links, context, { everything: true }),
    also: (transaction) => transaction.addPresentations([shown]),
  });
  return true;
}

/** Somebody else was quicker with the same link. */
class TokenUsed extends Error {
  override name = 'TokenUsed';
}

/** What the token confirms is confirmed by this, once. Null: it is unknown, used or out of date. */
export async function confirmOptIn(desk: OwnDesk, context: SiteContext, token: string): Promise<ConfirmationMail | null> {
  const { store } = desk;
  const { site, marketing } = context;
  const now = desk.now();
  const hash = tokenHash(token);
  const mail = await store.marketingMail.byToken(site, hash, now.getTime());
  const contact = mail && (await store.contacts.get(site, mail.contact));
  if (!mail || !contact) return null;
  const words = await store.eventsOfSubjects(site, [mail.subject]);
  const asked = words.find(({ leaf }) => leaf.kind === 'attestation' && leaf.event === mail.event);
  // Of what was attested, the confirmation is about whom that was about.
  const about: About = asked ? attestationOf(asked).about : { kind: 'subject', subject: mail.subject };
  const kinds = new Set(
    offersOf(context).flatMap(({ activity, sender, channel }) =>
      mail.asked[activity]?.[sender]?.[channel] === undefined ? [] : [CHANNEL_FACTS[channel].address],
    ),
  );
  const others = (await store.contacts.ofSubject(site, mail.subject)).filter(
    ({ id, kind }) => id !== contact.id && kind !== 'email' && kinds.has(kind),
  );
  const attested: AttestedChoices = { purposes: {}, channels: mail.asked };
  const word = { about, medium: 'double_opt_in', method: 'api', attested, follows: mail.event } as const;
  try {
    await desk.attestations.add(site, newWord(context, now, word), now, {
      marketing,
      contacts: [contact.id, ...others.map(({ id }) => id)],
      async also(transaction) {
        if (!(await transaction.useMailToken(hash, now.getTime()))) throw new TokenUsed();
      },
    });
  } catch (error) {
    if (error instanceof TokenUsed) return null;
    throw error;
  }
  return mail;
}

/** Names the service where a widget would name its build. */
export const serviceBuild = (version: string): string => toBase64Url(sha256(utf8(`candour service ${version}`)));
