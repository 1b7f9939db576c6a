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
import type { StoredContact } from '../store/contacts.ts';
import type { Bounce } from '../store/marketing-mail.ts';
import type { Store } from '../store/store.ts';
import { marketingWordsOf } from './contact-words.ts';
import { askedKeys, keysOfContact, LACKS_COUNTRY, vaultOf, type AskedKeys, type ContactBook } from './contacts.ts';
import { openStatements, statedBy, type OpenedStatement, type Stated } from './statements.ts';

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
  keysOf: ReadonlyMap<string, AskedKeys>;
  byKey: ReadonlyMap<string, StoredContact>;
  suppressions: ReadonlyMap<string, readonly Suppression[]>;
  said: ReadonlyMap<string, readonly Said[]>;
  statements: ReadonlyMap<string, readonly OpenedStatement[]>;
  /** The newest of each address. */
  bounces: ReadonlyMap<string, Bounce>;
  /** Restricted subjects (Art. 18), with since when. */
  restricted: ReadonlyMap<string, number>;
}

/** Of a contact that is not there. */
const NOBODY: AskedKeys = { own: [], earlier: [], possible: [], sure: true };
const allOf = ({ own, earlier, possible }: AskedKeys): string[] => [...own, ...earlier, ...possible];

async function readKnown(
  desk: PermissionsDesk,
  context: SiteContext,
  addresses: readonly AskedKeys[],
  ids: readonly string[],
): Promise<Known> {
  const [{ store }, { site }] = [desk, context];
  const vault = vaultOf(desk);
  const keys = new Set(addresses.flatMap(({ own, earlier }) => [...own, ...earlier]));
  const contacts = new Map((await store.contacts.find(site, [...keys])).map((contact) => [contact.id, contact]));
  for (const id of ids) {
    const contact = contacts.has(id) ? null : await store.contacts.get(site, id);
    if (contact) contacts.set(id, contact);
  }
  const keysOf = new Map(
    ids.flatMap((id) => {
      const contact = contacts.get(id);
      return contact ? [[id, keysOfContact(vault, site, contact)] as const] : [];
    }),
  );
  const asked = [...addresses, ...keysOf.values()];
  // What a number that is not known here was called otherwise changes nothing, besides what is on the list.
  const there = new Set([...contacts.values()].map(({ key }) => key));
  const other = asked.flatMap((one) => (one.possible.length > 0 && allOf(one).some((key) => there.has(key)) ? allOf(one) : []));
  for (const contact of await store.contacts.find(
    site,
    other.filter((key) => !keys.has(key)),
  ))
    contacts.set(contact.id, contact);
  const all = [...contacts.values()];
  const found = [...contacts.keys()];
  const own = new Set([...asked.flatMap((one) => one.own), ...all.map(({ key }) => key)]);
  const under = [...new Set([...own, ...asked.flatMap(allOf)])];
  const statements = Map.groupBy(await store.contacts.statements(site, found), ({ contact }) => contact);
  return {
    contacts,
    keysOf,
    byKey: new Map(all.map((contact) => [contact.key, contact])),
    suppressions: Map.groupBy(await store.suppressions.of(site, under), ({ key }) => key),
    bounces: new Map((await store.marketingMail.bouncesOf(site, [...own])).map((one) => [one.key, one])),
    said: await marketingWordsOf(store, site, found),
    statements: new Map(
      all.map((contact) => [contact.id, openStatements(vault, site, contact, statements.get(contact.id) ?? [])]),
    ),
    restricted: new Map((await store.rights.restrictions(site)).map(({ subject, since }) => [subject, since])),
  };
}

/** All that bears on what was asked: `contacts` are those of the very address, the one that is answered about first. */
interface About {
  contacts: StoredContact[];
  said: Said[];
  suppressions: Suppression[];
  stated: Stated;
}

function aboutOf(known: Known, asked: AskedKeys, named: StoredContact | null): About {
  const under = (keys: readonly string[]): StoredContact[] => keys.flatMap((key) => known.byKey.get(key) ?? []);
  const all = new Set([...(named ? [named] : []), ...under(asked.own), ...under(asked.earlier)]);
  const [first] = all;
  const contacts = [...all].filter(({ kind }) => kind === first?.kind);
  const others = under(asked.possible).filter((one) => !all.has(one));
  const keys = new Set([...allOf(asked), ...contacts.map(({ key }) => key)]);
  const statements = contacts.flatMap(({ id }) => known.statements.get(id) ?? []);
  return {
    contacts,
    said: [
      ...contacts.flatMap(({ id }) => known.said.get(id) ?? []),
      // Of numbers that this one may have been meant by: their noes count, and no yes.
      ...others.flatMap(({ id }) => (known.said.get(id) ?? []).map((one) => ({ ...one, named: false }))),
    ],
    suppressions: [...keys].flatMap((key) => known.suppressions.get(key) ?? []),
    stated: statedBy((contacts.length > 1 ? statements.toSorted((a, b) => a.at - b.at) : statements).map((one) => one.statement)),
  };
}

/** Whatever was said of a telephone number whose country nobody knows: it permits nothing, as there is no knowing whose number it is. */
function ofKnownCountry(answer: Permission, { sure }: AskedKeys): Permission {
  if (sure) return answer;
  if (answer.may) return { may: false, why: 'evidence_missing', since: answer.since, missing: [LACKS_COUNTRY] };
  return answer.why === 'evidence_missing' ? { ...answer, missing: [...answer.missing, LACKS_COUNTRY] } : answer;
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
  const asked = known.keysOf.get(contact.id) ?? NOBODY;
  const { said, suppressions, stated } = aboutOf(known, asked, contact);
  const { grounds, subscriber } = stated;
  const restricted = restrictedSince(said, known);
  return sendings.map((sending) => {
    const own = CHANNEL_FACTS[sending.channel].address === contact.kind;
    const about = { said, suppressions, grounds: own ? grounds : [] };
    const rules = { ...rulesFor(context, sending.sender, desk.now().getTime()), subscriber };
    const permitted = permission(about, sending, rules);
    const answer = own ? ofKnownCountry(permitted, asked) : permitted;
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
  const now = desk.now().getTime();
  const addresses = questions.map(({ channel, address, callingCode }) =>
    address === undefined
      ? null
      : askedKeys(vault, context.site, { kind: CHANNEL_FACTS[channel].address, address, callingCode: callingCode ?? null }),
  );
  const ids = questions.flatMap(({ contact }) => contact ?? []);
  const known = await readKnown(
    desk,
    context,
    addresses.filter((one) => one !== null),
    [...new Set(ids)],
  );
  const rules = new Map([...new Set(questions.map(({ sender }) => sender))].map((one) => [one, rulesFor(context, one, now)]));
  return questions.map(({ channel, sender, contact: id = '' }, i): PermissionAnswer => {
    const asked = addresses[i] ?? known.keysOf.get(id) ?? NOBODY;
    const { contacts, said, suppressions, stated } = aboutOf(known, asked, known.contacts.get(id) ?? null);
    const [contact = null] = contacts;
    const keys = new Set([...asked.own, ...contacts.map(({ key }) => key)]);
    const about = { channel, sender, contact: contact?.id ?? null, ...bouncedOf(channel, keys, known) };
    // Of another kind of address this one says nothing: a no lies under the number that would be rung.
    if (addresses[i]?.own.length === 0 || (contact && contact.kind !== CHANNEL_FACTS[channel].address))
      return { ...about, may: false, why: 'no_address', since: null, profiling: false };
    const { grounds, subscriber } = stated;
    const answer = ofKnownCountry(
      permission(
        { said, suppressions, grounds },
        { channel, sender },
        { ...(rules.get(sender) ?? rulesFor(context, sender, now)), subscriber },
      ),
      asked,
    );
    const restricted = restrictedSince(said, known);
    const profiling = restricted === null && mayProfile({ said, suppressions }, context.marketing);
    if (restricted !== null && answer.may)
      return { ...about, may: false, why: 'restricted', since: new Date(restricted).toISOString(), profiling };
    return { ...about, ...answer, profiling };
  });
}
