// The answer to an access request (Art. 15): the data that the service has of a subject, and what the notices say of it.
import { fromBase64Url } from '../../shared/bytes.ts';
import { normaliseAddress } from '../../shared/marketing/address.ts';
import type { ContactDetails } from '../../shared/marketing/api.ts';
import type { RequestDetails } from '../../shared/rights/api.ts';
import { status, type PurposeStatus } from '../../shared/consent/status.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { REQUEST_KIND_FACTS } from '../../shared/rights/request.ts';
import { contactDetails } from '../marketing/contact-details.ts';
import { openContact } from '../marketing/contacts.ts';
import { eventOf, receiptOf } from '../receipts.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredRequest } from '../store/requests.ts';
import type { LoggedEvent, Store } from '../store/store.ts';
import type { AttestationReceipt } from '../../shared/consent/attestation.ts';
import { attestationReceipt, attestedAbout } from '../attest/attest.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { controllerFacts, processingFacts, type ActivityFacts, type ControllerFacts } from './processing.ts';
import { addressKeysOf, detailsOf, type Register } from './register.ts';

export interface PackEvent {
  event: ConsentEvent;
  receivedAt: string;
  index: number;
  /** With the words shown, the proof and the signature: checkable by anyone, without this service. */
  receipt: Receipt;
}

export interface AccessPack {
  schema: 'candour-access-pack/1';
  madeAt: string;
  site: { id: string; name: string; log: string };
  /** Thumbprints of keys: how the service knows a browser. */
  subject: string | null;
  controller: ControllerFacts;
  data: {
    events: PackEvent[];
    /** What the controller's people entered for the subject: their word, with its proof. */
    attested: AttestationReceipt[];
    /** What holds now, by purpose. */
    status: Record<string, PurposeStatus>;
    requests: RequestDetails[];
    /** Since when only storing is allowed; null: not restricted. */
    restrictedSince: string | null;
    /** Addresses for marketing: all of those that the request shows to be theirs. */
    contacts: ContactDetails[];
    /** Addresses that came with this browser's opt-ins. Nothing shows that they are the same person's: what others said of them stays out. */
    addresses: { kind: string; address: string; events: string[] }[];
    /** `sender`: null is every sender of the site. */
    suppressions: { channel: string; sender: string | null; since: string; reason: string }[];
  };
  processing: ActivityFacts[];
  notes: string[];
}

const NOTES = [
  'This is what the consent service of this site has. Other systems of the controller are not in it.',
  'The service keeps no IP address and no description of the browser. It knows a browser by the thumbprint of a key that was made there.',
  'Each receipt can be checked without trusting this service: it holds the signed event, its proof in the log and the log’s key.',
  `Further rights: ${Object.values(REQUEST_KIND_FACTS)
    .map(({ label, article }) => `${label.toLowerCase()} (${article})`)
    .join('; ')}.`,
];

const received = ({ leaf }: LoggedEvent): string => ('receivedAt' in leaf ? leaf.receivedAt : '');

function statusNow({ configuration, terms }: SiteContext, logged: readonly LoggedEvent[], now: number) {
  const events = logged.map((one) => ({
    event: eventOf(one),
    hash: one.leaf.kind === 'event' || one.leaf.kind === 'attestation' ? one.leaf.event : '',
    received: 'skew' in one.leaf ? { at: Date.parse(one.leaf.receivedAt), skew: one.leaf.skew } : null,
  }));
  const purposes = configuration.purposes.map(({ id }) => id);
  return status(events, now, { terms, purposes, validity: configuration.validity });
}

/** Requests of the subject, and those made with the same address. */
async function ownRequests(register: Register, context: SiteContext, subject: string | null, request: StoredRequest | null) {
  const { store } = register;
  const keys = request ? await addressKeysOf(register, context, request) : [];
  const found = [...(subject === null ? [] : await store.rights.list(context.site, { subject })), ...(request ? [request] : [])];
  for (const key of keys) found.push(...(await store.rights.byLookup(context.site, fromBase64Url(key))));
  return {
    requests: [...new Map(found.filter(({ state }) => state !== 'unconfirmed').map((one) => [one.id, one])).values()],
    suppressions: await store.suppressions.of(context.site, keys),
  };
}

/** As they are normalised: how somebody else spelt one is not told. */
async function ownAddresses({ store, vault }: Register, { site }: SiteContext, subject: string | null) {
  if (subject === null || !vault) return [];
  const found: AccessPack['data']['addresses'] = [];
  for (const contact of await store.contacts.ofSubject(site, subject)) {
    const opened = openContact(vault, site, contact);
    const [normal] = opened ? normaliseAddress(opened.kind, opened.address) : [];
    if (!normal) continue;
    const events = (await store.contacts.mentions(site, [contact.id])).filter((mention) => mention.subject === subject);
    found.push({ kind: contact.kind, address: normal.text, events: events.map(({ event }) => event) });
  }
  return found;
}

export async function receiptsOf(store: Store, context: SiteContext, logged: readonly LoggedEvent[], publicUrl: string) {
  const events: PackEvent[] = [];
  for (const one of logged)
    events.push({
      event: eventOf(one),
      receivedAt: received(one),
      index: one.index,
      receipt: await receiptOf(store, context, one, publicUrl),
    });
  return events;
}

/** `request`: the one that is answered, if any; its address finds others of the same person. */
export async function accessPack(
  register: Register & { publicUrl: string },
  context: SiteContext,
  { subject, request }: { subject: string | null; request: StoredRequest | null },
): Promise<AccessPack> {
  const { store, now, publicUrl } = register;
  const { site } = context;
  const logged = subject === null ? [] : await store.subjectEvents(site, subject);
  const attested = subject === null ? [] : await attestedAbout(store, site, { kind: 'subject', subject });
  const { requests, suppressions } = await ownRequests(register, context, subject, request);
  const details: RequestDetails[] = [];
  for (const one of requests) details.push(await detailsOf(register, context, one));
  const restriction = (await store.rights.restrictions(site)).find((one) => one.subject === subject);
  const contacts = request ? await store.contacts.find(site, await addressKeysOf(register, context, request)) : [];
  const ofRequest: ContactDetails[] = [];
  for (const contact of contacts) ofRequest.push(await contactDetails(register, context, contact));
  return {
    schema: 'candour-access-pack/1',
    madeAt: now().toISOString(),
    site: { id: site.id, name: site.name, log: site.log },
    subject,
    controller: controllerFacts(context),
    data: {
      events: await receiptsOf(store, context, logged, publicUrl),
      attested: await Promise.all(attested.map((one) => attestationReceipt(store, context, one, publicUrl))),
      status: statusNow(context, logged, now().getTime()),
      requests: details,
      restrictedSince: restriction ? new Date(restriction.since).toISOString() : null,
      contacts: ofRequest,
      addresses: await ownAddresses(register, context, subject),
      suppressions: suppressions.map(({ channel, sender, since, reason }) => ({
        channel,
        sender,
        since,
        reason,
      })),
    },
    processing: processingFacts(context),
    notes: NOTES,
  };
}
