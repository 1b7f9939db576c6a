// Gathers the evidence for a question: (subject, receipt, event or leaf; purpose; moment) -> what held then and what shows it (R56).
import * as v from 'valibot';

import { AttestationReceipt } from '../../shared/consent/attestation.ts';
import { ConsentEvent } from '../../shared/consent/event.ts';
import { BadJws, EVENT_TYP, jwsHash, parseJws, thumbprint } from '../../shared/consent/jws.ts';
import { Presentation } from '../../shared/consent/presentation.ts';
import { Receipt } from '../../shared/consent/receipt.ts';
import type { StoredEvent } from '../../shared/consent/status.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { attestedAbout, provenAttestation } from '../attest/attest.ts';
import { aboutOf, isAttested } from '../attest/attested-subject.ts';
import { eventOf, jwsOf } from '../receipts.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import type { Erased, Place } from '../store/history.ts';
import type { LogKey, LoggedEvent, Site, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { answerOf, type Material } from '../../shared/evidence/answer.ts';
import type { ErasedEvent, Evidence, ProvenEvent } from '../../shared/evidence/evidence.ts';
import { provenLeaf } from './proven-leaf.ts';

/** Exactly one of subject, event (with a subject where two share an id), receipt and leaf says whom it is about. */
export interface Asked {
  subject?: string | undefined;
  event?: string | undefined;
  /** A receipt as it was given out, parsed as JSON. */
  receipt?: unknown;
  leaf?: Place | undefined;
  purpose: string | null;
  /** Null: when the event was received; about a subject: now. */
  at: Date | null;
}

export interface Prover {
  store: Store;
  site: Site;
  keys: readonly LogKey[];
  /** The service's URL. */
  service: string;
  now: Date;
}

/** There is nothing that the question could be answered about; its message says why and holds nothing personal. */
export class NothingToProve extends Error {
  override name = 'NothingToProve';
  readonly kind: 'unknown' | 'unclear';

  constructor(kind: 'unknown' | 'unclear', message: string) {
    super(message);
    this.kind = kind;
  }
}

interface Found {
  subject: string | null;
  event: LoggedEvent | null;
  id: string | null;
  erased: Erased | null;
}

const UNKNOWN_EVENT =
  'The service holds no such event. If it was erased, the receipt or the number of its leaf shows that it was.';

/** What was attested is found under whom it is about. */
const foundOf = (event: LoggedEvent): Found => ({
  subject: isAttested(event) ? aboutOf(event) : event.subject,
  event,
  id: event.id,
  erased: null,
});

const UNKNOWN_RECEIPT =
  'The log holds no such event and no erasure that names it. If the receipt verifies, check the log with it: candour log verify --receipt.';

/** A receipt of the operator's word: nobody else's key is in it, so that its leaf says whom it is about. */
async function byAttestation({ store, site }: Prover, receipt: AttestationReceipt): Promise<Found> {
  const { log, attestation, epoch, index } = receipt;
  if (log !== site.log) throw new NothingToProve('unclear', `The receipt is of the log ${log}.`);
  const hash = await jwsHash(attestation, sha256);
  const event = await store.history.eventAt(site, { epoch, index });
  if (event && (event.leaf as EventLeaf).event === hash) return foundOf(event);
  const erased = await store.history.erasedEvent(site, hash);
  if (erased) return { subject: null, event: null, id: null, erased };
  throw new NothingToProve('unknown', UNKNOWN_RECEIPT);
}

async function byReceipt(prover: Prover, input: unknown): Promise<Found> {
  const { store, site } = prover;
  const attested = v.safeParse(AttestationReceipt, input);
  if (attested.success) return byAttestation(prover, attested.output);
  const read = v.safeParse(Receipt, input);
  if (!read.success)
    throw new NothingToProve('unclear', 'This is no receipt: it takes the JSON of one, of a choice or of an attestation.');
  if (read.output.log !== site.log) throw new NothingToProve('unclear', `The receipt is of the log ${read.output.log}.`);
  try {
    const jws = parseJws(read.output.event, EVENT_TYP);
    const { id } = v.parse(ConsentEvent, jws.payload);
    const subject = await thumbprint(jws.key, sha256);
    const event = await store.event(site, subject, id);
    const hash = await jwsHash(read.output.event, sha256);
    if (event && (event.leaf as EventLeaf).event === hash) return { subject, event, id, erased: null };
    const erased = await store.history.erasedEvent(site, hash);
    if (erased) return { subject, event: null, id, erased };
  } catch (error) {
    if (error instanceof BadJws || error instanceof v.ValiError)
      throw new NothingToProve('unclear', 'The receipt holds no event.');
    throw error;
  }
  throw new NothingToProve('unknown', UNKNOWN_RECEIPT);
}

async function byLeaf({ store, site }: Prover, place: Place): Promise<Found> {
  const event = await store.history.eventAt(site, place);
  if (event) return foundOf(event);
  const erased = await store.history.erasedAt(site, place);
  if (!erased) throw new NothingToProve('unknown', 'The log has no event at that leaf.');
  return { subject: null, event: null, id: null, erased };
}

async function byId({ store, site }: Prover, id: string, subject: string | undefined): Promise<Found> {
  const found = subject === undefined ? await store.history.eventsById(site, id) : [await store.event(site, subject, id)];
  const [event] = found;
  if (!event) throw new NothingToProve('unknown', UNKNOWN_EVENT);
  if (found.length > 1) throw new NothingToProve('unclear', 'Several subjects have an event with that id: name the subject too.');
  return foundOf(event);
}

async function find(prover: Prover, asked: Asked): Promise<Found> {
  if (asked.receipt !== undefined) return byReceipt(prover, asked.receipt);
  if (asked.leaf) return byLeaf(prover, asked.leaf);
  if (asked.event !== undefined) return byId(prover, asked.event, asked.subject);
  if (asked.subject === undefined) throw new NothingToProve('unclear', 'Name a subject, an event, a receipt or a leaf.');
  return { subject: asked.subject, event: null, id: null, erased: null };
}

const receivedAt = ({ leaf }: LoggedEvent): number => Date.parse((leaf as EventLeaf).receivedAt);

export const storedEventOf = (logged: LoggedEvent): StoredEvent => {
  const { event, skew } = logged.leaf as EventLeaf;
  return { event: eventOf(logged), hash: event, received: { at: receivedAt(logged), skew } };
};

async function erasedEvent({ store, site, keys }: Prover, erased: Erased): Promise<ErasedEvent> {
  const leaf = await provenLeaf(store, site, keys, erased);
  const erasure = await provenLeaf(store, site, keys, erased.erasure);
  return { ...leaf, erasure } as ErasedEvent;
}

/** What is known to be gone before the events that are there: each says the hash of the one that it follows. */
async function erasedBefore({ store, site }: Prover, events: readonly StoredEvent[]): Promise<Erased[]> {
  const there = new Set(events.map(({ hash }) => hash));
  const gone = events.flatMap(({ event }) => (event.prev !== null && !there.has(event.prev) ? [event.prev] : []));
  const found = await Promise.all([...new Set(gone)].map((hash) => store.history.erasedEvent(site, hash)));
  return found.filter((erased) => erased !== null);
}

async function presentationsOf(store: Store, events: readonly StoredEvent[]): Promise<Map<string, Presentation>> {
  const presentations = new Map<string, Presentation>();
  for (const { event } of events) {
    if (event.presentation === null || presentations.has(event.presentation)) continue;
    const body = await store.presentation(event.presentation);
    if (body !== null) presentations.set(event.presentation, v.parse(Presentation, JSON.parse(body)));
  }
  return presentations;
}

/** Throws NothingToProve; RangeError where the log is damaged. */
export async function gatherEvidence(prover: Prover, asked: Asked): Promise<Evidence> {
  const { store, site, keys, service, now } = prover;
  const found = await find(prover, asked);
  const at = asked.at ?? (found.event ? new Date(receivedAt(found.event)) : now);
  const known = found.subject === null ? [] : await store.subjectEvents(site, found.subject);
  const all = known.filter((one) => !isAttested(one));
  const attested = [
    ...known.filter(isAttested),
    ...(found.subject === null ? [] : await attestedAbout(store, site, { kind: 'subject', subject: found.subject })),
  ].filter((one) => receivedAt(one) <= at.getTime());
  if (all.length === 0 && attested.length === 0 && !found.erased)
    throw new NothingToProve('unknown', 'The service holds no event of that subject: there was none, or all were erased.');
  const logged = all.filter((one) => receivedAt(one) <= at.getTime());
  const events = logged.map(storedEventOf);
  const published = await store.documents(site);
  const publications = (await store.history.publications(site)).map((one) => ({ ...one, at: new Date(one.at).toISOString() }));
  const presentations = await presentationsOf(store, events);
  const material: Material = {
    events,
    publications,
    documents: new Map(published.map(({ hash, body }) => [hash, JSON.parse(body) as unknown])),
    presentations,
  };
  const answer = await answerOf(material, asked.purpose, at.getTime(), sha256);
  if (asked.purpose !== null && events.length > 0 && attested.length === 0 && answer.choices.length === 0)
    throw new NothingToProve(
      'unknown',
      'No choice about that purpose was received by then, and the site’s configuration of that moment does not have it.',
    );
  const cited = new Set([
    ...(answer.configuration === null ? [] : [answer.configuration]),
    ...Object.values(answer.notices),
    ...[...presentations.values()].flatMap(({ configuration, notices }) => [configuration, ...notices]),
  ]);
  const gone = [...(found.erased ? [found.erased] : []), ...(await erasedBefore(prover, events))];
  const provenEvent = async (one: LoggedEvent): Promise<ProvenEvent> =>
    ({ ...(await provenLeaf(store, site, keys, one)), event: jwsOf(one) }) as ProvenEvent;
  return {
    v: 1,
    kind: 'candour-evidence',
    made: { at: now.toISOString(), service, version: SERVICE_VERSION },
    question: {
      site: site.id,
      log: site.log,
      subject: found.subject,
      event: found.id,
      purpose: asked.purpose,
      at: at.toISOString(),
    },
    answer,
    events: await Promise.all(logged.map(provenEvent)),
    erased: await Promise.all(gone.map((one) => erasedEvent(prover, one))),
    ...(attested.length > 0 ? { attested: await Promise.all(attested.map((one) => provenAttestation(store, prover, one))) } : {}),
    presentations: [...presentations.values()],
    documents: published
      .filter(({ hash }) => cited.has(hash))
      .map(({ hash, kind, body }) => ({ hash, kind, document: JSON.parse(body) as unknown })),
    publications,
  };
}
