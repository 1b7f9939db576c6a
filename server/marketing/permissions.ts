// Whether addresses may be written to: all that is known of many of them, read at once, and the fold of shared/marketing over each.
import { BY_MAIL, confirmedOf } from '../../shared/marketing/confirmed.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import {
  mayProfile,
  permission,
  waitingYeses,
  type Permission,
  type Rules,
  type Waiting,
} from '../../shared/marketing/permission.ts';
import type { Sending, Suppression } from '../../shared/marketing/suppression.ts';
import type { Said } from '../../shared/marketing/word.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import { regimeOf } from '../rights/working-days.ts';
import type { SiteContext } from '../site-context.ts';
import type { ContactStatement, StoredContact } from '../store/contacts.ts';
import type { Bounce } from '../store/marketing-mail.ts';
import type { Store } from '../store/store.ts';
import { marketingWordsOf } from './contact-words.ts';
import { addressKeys, openContact, vaultOf, type ContactBook } from './contacts.ts';
import { openStatements, statedBy } from './statements.ts';

export interface PermissionsDesk extends ContactBook {
  store: Store;
}

/** About one address or one contact. */
export interface Question {
  channel: Channel;
  sender: string;
  address?: string | undefined;
  contact?: string | undefined;
  callingCode?: string | undefined;
}

/** All that is known of the contacts and addresses of some questions. */
interface Known {
  contacts: ReadonlyMap<string, StoredContact>;
  /** Of those that were asked about by their id. */
  keysOf: ReadonlyMap<string, readonly string[]>;
  byKey: ReadonlyMap<string, StoredContact>;
  suppressions: ReadonlyMap<string, readonly Suppression[]>;
  said: ReadonlyMap<string, readonly Said[]>;
  statements: ReadonlyMap<string, readonly ContactStatement[]>;
  /** The newest of each address. */
  bounces: ReadonlyMap<string, Bounce>;
  /** Restricted subjects (Art. 18), with since when. */
  restricted: ReadonlyMap<string, number>;
}

/** Every version and spelling of a contact's address: the list may hold a no under an older one than the contact is found by. */
function keysOfContact(desk: PermissionsDesk, { site }: SiteContext, contact: StoredContact): string[] {
  const channel = contact.kind === 'email' ? 'email' : contact.kind === 'phone' ? 'sms' : null;
  if (channel === null || contact.sealed === null) return [contact.key];
  const vault = vaultOf(desk);
  const typed = openContact(vault, site, contact)?.address ?? '';
  return [contact.key, ...addressKeys(vault, site, { channel, address: typed })];
}

async function readKnown(desk: PermissionsDesk, context: SiteContext, keys: readonly string[], ids: readonly string[]) {
  const [{ store }, { site }] = [desk, context];
  const contacts = new Map((await store.contacts.find(site, keys)).map((contact) => [contact.id, contact]));
  for (const id of ids) {
    const contact = contacts.has(id) ? null : await store.contacts.get(site, id);
    if (contact) contacts.set(id, contact);
  }
  const all = [...contacts.values()];
  const found = [...contacts.keys()];
  const keysOf = new Map(
    ids.map((id) => {
      const contact = contacts.get(id);
      return [id, contact ? keysOfContact(desk, context, contact) : []] as const;
    }),
  );
  const under = [...new Set([...keys, ...all.map(({ key }) => key), ...[...keysOf.values()].flat()])];
  const known: Known = {
    contacts,
    keysOf,
    byKey: new Map(all.map((contact) => [contact.key, contact])),
    suppressions: Map.groupBy(await store.suppressions.of(site, under), ({ key }) => key),
    bounces: new Map((await store.marketingMail.bouncesOf(site, under)).map((one) => [one.key, one])),
    said: await marketingWordsOf(store, site, found),
    statements: Map.groupBy(await store.contacts.statements(site, found), ({ contact }) => contact),
    restricted: new Map((await store.rights.restrictions(site)).map(({ subject, since }) => [subject, since])),
  };
  return known;
}

const rulesFor = (
  { configuration, configurations, marketing }: SiteContext,
  sender: string,
  now: number,
): Omit<Rules, 'subscriber'> => ({
  ...marketing,
  confirmed: confirmedOf(configurations, sender),
  answering: BY_MAIL,
  regime: regimeOf(configuration.jurisdiction) === 'uk' ? 'uk' : 'other',
  now,
});

const restrictedSince = (said: readonly Said[], { restricted }: Known): number | null =>
  said.reduce<number | null>((since, one) => {
    const about = one.kind === 'attestation' ? one.attestation.about : null;
    const subject = one.kind === 'event' ? one.subject : about?.kind === 'subject' ? about.subject : '';
    return since ?? restricted.get(subject) ?? null;
  }, null);

/**
 * What one contact may see of itself: of channels of its own kind of address what holds; of the others only what was said together
 * with it. What is known of a number that somebody typed beside a mailbox, the mailbox has not proven to be its own.
 */
export async function ownAnswers(
  desk: PermissionsDesk,
  context: SiteContext,
  contact: StoredContact,
  sendings: readonly Sending[],
): Promise<{ answer: Permission; waiting: Waiting[] }[]> {
  const known = await readKnown(desk, context, [], [contact.id]);
  const said = known.said.get(contact.id) ?? [];
  const keys = new Set([contact.key, ...(known.keysOf.get(contact.id) ?? [])]);
  const suppressions = [...keys].flatMap((key) => known.suppressions.get(key) ?? []);
  const statements = openStatements(vaultOf(desk), context.site, contact, known.statements.get(contact.id) ?? []);
  const { grounds, subscriber } = statedBy(statements.map(({ statement }) => statement));
  const restricted = restrictedSince(said, known);
  return sendings.map((sending) => {
    const own = CHANNEL_FACTS[sending.channel].address === contact.kind;
    const about = { said, suppressions, grounds: own ? grounds : [] };
    const rules = { ...rulesFor(context, sending.sender, desk.now().getTime()), subscriber };
    const answer = permission(about, sending, rules);
    if (restricted !== null && answer.may)
      return { answer: { may: false, why: 'restricted', since: new Date(restricted).toISOString() }, waiting: [] };
    return { answer, waiting: answer.may ? [] : waitingYeses(about, sending, rules) };
  });
}

/** That mail came back, as a fact beside the answer: it says nothing of what anybody wants. */
function bouncedOf(channel: Channel, keys: Iterable<string>, { bounces }: Known): Pick<PermissionAnswer, 'bounced'> {
  if (channel !== 'email') return {};
  const [latest] = [...keys].flatMap((key) => bounces.get(key) ?? []).toSorted((a, b) => b.at - a.at);
  return latest ? { bounced: { at: new Date(latest.at).toISOString(), status: latest.status } } : {};
}

/** In order. Read in one go: some hundreds at a time. */
export async function permissionsOf(
  desk: PermissionsDesk,
  context: SiteContext,
  questions: readonly Question[],
): Promise<PermissionAnswer[]> {
  const vault = vaultOf(desk);
  const { site } = context;
  const now = desk.now().getTime();
  const keysOf = questions.map(({ channel, address, callingCode }) =>
    address === undefined ? [] : addressKeys(vault, site, { channel, address, callingCode: callingCode ?? null }),
  );
  const ids = questions.flatMap(({ contact }) => contact ?? []);
  const known = await readKnown(desk, context, [...new Set(keysOf.flat())], [...new Set(ids)]);
  const stated = new Map(
    [...known.contacts].map(([id, contact]) => [
      id,
      statedBy(openStatements(vault, site, contact, known.statements.get(id) ?? []).map(({ statement }) => statement)),
    ]),
  );
  const rules = new Map([...new Set(questions.map(({ sender }) => sender))].map((one) => [one, rulesFor(context, one, now)]));
  return questions.map(({ channel, sender, contact: id, address }, i): PermissionAnswer => {
    const keys = keysOf[i] ?? [];
    const byKey = keys.map((key) => known.byKey.get(key)).find((one) => one !== undefined);
    const contact = (id === undefined ? byKey : known.contacts.get(id)) ?? null;
    const under = new Set([...keys, ...(contact ? [contact.key] : []), ...(known.keysOf.get(id ?? '') ?? [])]);
    const about = { channel, sender, contact: contact?.id ?? null, ...bouncedOf(channel, under, known) };
    // Of another kind of address this one says nothing: a no lies under the number that would be rung.
    if ((address !== undefined && keys.length === 0) || (contact && contact.kind !== CHANNEL_FACTS[channel].address))
      return { ...about, may: false, why: 'no_address', since: null, profiling: false };
    const said = contact ? (known.said.get(contact.id) ?? []) : [];
    const suppressions = [...under].flatMap((key) => known.suppressions.get(key) ?? []);
    const { grounds, subscriber } = (contact && stated.get(contact.id)) ?? statedBy([]);
    const answer = permission(
      { said, suppressions, grounds },
      { channel, sender },
      { ...(rules.get(sender) ?? rulesFor(context, sender, now)), subscriber },
    );
    const restricted = restrictedSince(said, known);
    const profiling = restricted === null && mayProfile({ said, suppressions }, context.marketing);
    if (restricted !== null && answer.may)
      return { ...about, may: false, why: 'restricted', since: new Date(restricted).toISOString(), profiling };
    return { ...about, ...answer, profiling };
  });
}
