// What a webhook says: the choice as it was signed, without contact values, or what was erased, or who is not to be written to.
import { fromBase64Url } from '../../shared/bytes.ts';
import type { ErasureLeaf, EventLeaf } from '../../shared/log/leaf.ts';
import { aboutOf, attestationOf, isAttested } from '../attest/attested-subject.ts';
import { eventOf } from '../receipts.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import type { Sending } from '../../shared/marketing/suppression.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import type { Site, Store } from '../store/store.ts';
import { CHANGED, CHANGES, STATED, type WebhookMessage } from '../store/webhooks.ts';

/**
 * Which channels an address is not written to any more. The address itself is in no message: it is known by its keyed hash, and by
 * the requests that came with it, which say it to whoever may read them.
 */
async function suppressionBody(store: Store, site: Site, { type, subject, createdAt }: WebhookMessage): Promise<string | null> {
  const lookup = fromBase64Url(subject);
  const found = await store.suppressions.of(site, [subject]);
  if (found.length === 0) return null;
  const requests = await store.rights.byLookup(site, lookup);
  const data = {
    site: site.id,
    address: subject,
    suppressions: found.map(({ channel, sender, since, reason }) => ({
      channel,
      /** Null: every sender of the site. */
      sender,
      since,
      reason,
    })),
    requests: requests.filter(({ kind }) => kind === 'direct_marketing_objection').map(({ id }) => id),
  };
  return JSON.stringify({ type, timestamp: new Date(createdAt).toISOString(), data });
}

/** What is told of a contact beside what was said: for whoever sends. */
export interface ContactSurroundings {
  permissions: PermissionAnswer[];
  /** Only where the operator set it (CANDOUR_WEBHOOK_ADDRESSES). */
  address?: string;
}
/** Null where there is no such contact any more. `stated`: of all that a ground was ever stated for; `asked`: and of all that the site asks for. */
export type AboutContact = (
  site: Site,
  contact: string,
  sendings: readonly Sending[] | 'stated' | 'asked',
) => Promise<ContactSurroundings | null>;

const RANK = ['objected', 'withdrawn', 'given', 'refused', 'not_objected'] as const;

/** What an operator stated of a contact. It is sealed: that something changed is told, and what may be sent now. */
async function statedBody(
  store: Store,
  site: Site,
  { type, index, subject: key }: WebhookMessage,
  about: AboutContact | undefined,
): Promise<string | null> {
  const [contact] = await store.contacts.find(site, [key]);
  const statement = contact && (await store.contacts.statements(site, [contact.id])).find(({ number }) => number === index);
  if (!contact || !statement) return null;
  const at = new Date(statement.at).toISOString();
  const surroundings = await about?.(site, contact.id, 'stated');
  const data = { site: site.id, contact: contact.id, key, change: 'stated', version: index, at, ...surroundings };
  return JSON.stringify({ type, timestamp: at, data });
}

/** That something about the person changed, and what may be sent now. */
async function changedBody(
  store: Store,
  site: Site,
  { type, index, subject: key, createdAt }: WebhookMessage,
  about: AboutContact | undefined,
): Promise<string | null> {
  const [contact] = await store.contacts.find(site, [key]);
  if (!contact) return null;
  const at = new Date(createdAt).toISOString();
  const surroundings = await about?.(site, contact.id, 'asked');
  const data = { site: site.id, contact: contact.id, key, change: CHANGES[index], at, ...surroundings };
  return JSON.stringify({ type, timestamp: at, data });
}

/** What was said with the address, and what may be sent now: at the moment of the attempt, so that an old message tells nothing old. */
async function permissionBody(
  store: Store,
  site: Site,
  { type, epoch, index, subject: key }: WebhookMessage,
  about: AboutContact | undefined,
): Promise<string | null> {
  const logged = await store.history.eventAt(site, { epoch, index });
  const [contact] = await store.contacts.find(site, [key]);
  if (!logged || !contact) return null;
  const { receivedAt } = logged.leaf as EventLeaf;
  const said = isAttested(logged) ? attestationOf(logged) : null;
  const signed = said ? null : eventOf(logged);
  const { id, at } = signed ?? attestationOf(logged);
  const changes = Object.entries(said?.attested.channels ?? signed?.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, states]) =>
      CHANNELS.flatMap((channel) => {
        const state = states[channel];
        return state && CHANNEL_FACTS[channel].address === contact.kind ? [{ activity, sender, channel, state }] : [];
      }),
    ),
  );
  const change =
    said?.medium === 'double_opt_in'
      ? 'confirmed'
      : (RANK.find((state) => changes.some((one) => one.state === state)) ?? 'objected');
  const surroundings = await about?.(site, contact.id, changes);
  return JSON.stringify({
    type,
    timestamp: receivedAt,
    data: {
      site: site.id,
      contact: contact.id,
      key,
      change,
      event: id,
      at,
      attested: said !== null,
      medium: said?.medium ?? null,
      changes,
      ...surroundings,
    },
  });
}

const erasedBody = (site: Site, { type, subject: key, createdAt }: WebhookMessage): string =>
  JSON.stringify({ type, timestamp: new Date(createdAt).toISOString(), data: { site: site.id, key, change: 'erased' } });

/** The body, the same at each attempt but for what may be sent; null: what it was to tell was erased meanwhile. */
export async function messageBody(
  store: Store,
  site: Site,
  message: WebhookMessage,
  contact?: AboutContact,
): Promise<string | null> {
  const { type, epoch, index, subject } = message;
  if (type === 'suppression.added') return suppressionBody(store, site, message);
  if (type === 'permission.changed' && epoch === STATED) return statedBody(store, site, message, contact);
  if (type === 'permission.changed' && epoch === CHANGED) return changedBody(store, site, message, contact);
  if (type === 'permission.changed') return permissionBody(store, site, message, contact);
  if (type === 'contact.erased') return erasedBody(site, message);
  const about = { site: site.id, log: site.log, subject, epoch, index };
  const body = (at: string, data: object): string => JSON.stringify({ type, timestamp: at, data: { ...about, ...data } });
  if (type === 'events.erased') {
    const [stored] = await store.leaves(site, epoch, index, index + 1);
    const leaf = stored?.leaf as ErasureLeaf | undefined;
    return leaf?.kind === 'erasure' ? body(leaf.at, { by: leaf.by, leaves: leaf.leaves.length }) : null;
  }
  const logged = await store.history.eventAt(site, { epoch, index });
  if (!logged) return null;
  const { receivedAt } = logged.leaf as EventLeaf;
  if (isAttested(logged)) {
    const { id, at, method, actor, medium, attested, follows } = attestationOf(logged);
    const whom = { subject: aboutOf(logged), event: id };
    return body(receivedAt, { ...whom, attested: true, at, receivedAt, method, actor, medium, ...attested, follows });
  }
  const { id, seq, at, method, actor, purposes, channels, gpc, start, terms, presentation } = eventOf(logged);
  return body(receivedAt, {
    event: id,
    seq,
    at,
    receivedAt,
    method,
    actor,
    purposes,
    ...(channels ? { channels } : {}),
    gpc,
    ...(start ? { start: start.kind } : {}),
    terms,
    presentation,
  });
}
