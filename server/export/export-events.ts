// All consent events of a site as a file, in the order of the log: read and written a page at a time, whatever their number.
import { setImmediate as othersFirst } from 'node:timers/promises';

import type { ConsentEvent } from '../../shared/consent/event.ts';
import { formatLogKey } from '../../shared/log/checkpoint.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { choiceNodes, consentRecord } from '../../shared/consent/receipt-json-ld.ts';
import { Presentation } from '../../shared/consent/presentation.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { CONTEXT, type Node } from '../../shared/notice/dpv.ts';
import * as v from 'valibot';
import { paths } from '../../shared/api.ts';
import { aboutOf, attestationJws, attestationOf, isAttested } from '../attest/attested-subject.ts';
import { eventOf, jwsOf } from '../receipts.ts';
import { shownDetails } from '../shown-details.ts';
import type { SiteContext } from '../site-context.ts';
import { checkpointNote } from '../log/key.ts';
import { inclusionProofs } from '../log/receipts.ts';
import type { Checkpoint, LoggedEvent, LogKey, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { csvRows } from './export-csv.ts';

export const EVENT_FORMATS = ['csv', 'jsonl', 'jsonld'] as const;
export type EventFormat = (typeof EVENT_FORMATS)[number];
export const EVENT_MEDIA: Record<EventFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
  jsonld: 'application/ld+json',
};

export interface ExportSource {
  store: Store;
  context: SiteContext;
  /** The service's URL. */
  service: string;
  /** Events a page. */
  page?: number;
  /** Only what was received from then (ms, inclusive) until then (exclusive). */
  received?: { from: number; until: number };
}

/** The order of the log is not the order of clocks: each event is asked for its own time. */
const isWithin = ({ leaf }: LoggedEvent, { from, until }: { from: number; until: number }): boolean => {
  const at = Date.parse((leaf as EventLeaf).receivedAt);
  return at >= from && at < until;
};

/** Up to the head at the start: what arrives meanwhile is not in it. */
async function* pages({ store, context: { site }, page = 100, received }: ExportSource): AsyncGenerator<LoggedEvent[]> {
  const head = await store.head(site);
  for (const epoch of (await store.history.epochs(site)).filter((one) => one <= head.epoch)) {
    for (let index = -1; ;) {
      const events = await store.history.eventsAfter(site, { epoch, index }, page);
      const known = epoch === head.epoch ? events.filter((event) => event.index < head.size) : events;
      const wanted = received ? known.filter((event) => isWithin(event, received)) : known;
      if (wanted.length > 0) yield wanted;
      if (events.length < page || known.length < events.length) break;
      index = events.at(-1)?.index ?? index;
      // SQLite answers at once and a fast reader is always ready: without this, nobody else would be served until the end.
      await othersFirst();
    }
  }
}

const COLUMNS = [
  'epoch',
  'index',
  'received_at',
  'chosen_at',
  'subject',
  'event',
  'number',
  'method',
  'actor',
  'kind',
  'purpose',
  'sender',
  'channel',
  'state',
  'origin',
  'gpc',
  'start',
  'presentation',
  'terms',
  'attested',
] as const;

const choicesOf = ({
  purposes,
  channels = {},
  vendors,
}: Pick<ConsentEvent, 'purposes' | 'channels' | 'vendors'>): [string, string, string, string, string][] => [
  ...Object.entries(purposes).map(([id, state]): [string, string, string, string, string] => ['purpose', id, '', '', state]),
  ...Object.entries(channels).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, states]) =>
      Object.entries(states).map(([channel, state]): [string, string, string, string, string] => [
        'marketing',
        activity,
        sender,
        channel,
        state,
      ]),
    ),
  ),
  // Whose numbers they are, says the version of the list.
  ...(['refused', 'objected'] as const).flatMap((state): [string, string, string, string, string][] =>
    vendors?.[state] ? [['vendors', vendors[state], `list ${vendors.list ?? 'unknown'}`, '', state]] : [],
  ),
];

/** The operator's own word, in the same columns: what only a browser says stays empty. */
function attestedRows(logged: LoggedEvent): (string | number | boolean)[][] {
  const { id, at, method, actor, attested, terms } = attestationOf(logged);
  const { receivedAt } = logged.leaf as EventLeaf;
  const who = [aboutOf(logged), id, logged.seq, method, actor];
  return choicesOf(attested).map((choice) => [
    ...[logged.epoch, logged.index, receivedAt, at, ...who, ...choice],
    ...['', '', '', '', terms, true],
  ]);
}

/** One row a choice. */
function csvOf(logged: LoggedEvent): (string | number | boolean)[][] {
  if (isAttested(logged)) return attestedRows(logged);
  const event = eventOf(logged);
  const { receivedAt } = logged.leaf as EventLeaf;
  return choicesOf(event).map((choice) => [
    logged.epoch,
    logged.index,
    receivedAt,
    event.at,
    logged.subject,
    event.id,
    event.seq,
    event.method,
    event.actor,
    ...choice,
    event.origin,
    event.gpc,
    event.start?.kind ?? '',
    event.presentation ?? '',
    event.terms,
    false,
  ]);
}

const lineOf = (logged: LoggedEvent, keys: readonly LogKey[]): string => {
  const { epoch, index, subject, leaf } = logged;
  if (isAttested(logged)) {
    const jws = attestationJws(logged, leaf as EventLeaf, keys);
    const about = aboutOf(logged);
    return `${JSON.stringify({ epoch, index, subject: about, leaf, attested: true, attestation: attestationOf(logged), jws })}\n`;
  }
  return `${JSON.stringify({ epoch, index, subject, leaf, event: eventOf(logged), jws: jwsOf(logged) })}\n`;
};

/** Details of what was shown, which few presentations of a site share. */
function detailsReader({ store, context }: ExportSource) {
  const known = new Map<string, { presentation: Presentation | null; details: Awaited<ReturnType<typeof shownDetails>> }>();
  return async (hash: string | null) => {
    if (hash === null) return { presentation: null, details: null };
    const found = known.get(hash);
    if (found) return found;
    const body = await store.presentation(hash);
    const presentation = body === null ? null : v.parse(Presentation, JSON.parse(body));
    const details = await shownDetails(store, context, { presentation });
    if (known.size >= 200) known.clear();
    known.set(hash, { presentation, details });
    return { presentation, details };
  };
}

type Proven = Pick<Receipt, 'proof' | 'checkpoint' | 'logKey'>;

/** Proofs of a page's events, with one read of the tree's nodes: all of an epoch are under one head, the newest when it is first met. */
function prover({ store, context: { site, keys } }: ExportSource) {
  const heads = new Map<number, Checkpoint>();
  return async (events: readonly LoggedEvent[]): Promise<Proven[]> => {
    const epoch = events[0]?.epoch ?? 0;
    const last = Math.max(...events.map(({ index }) => index));
    const known = heads.get(epoch);
    const head = known && known.size > last ? known : await store.checkpoint(site, epoch);
    const key =
      keys.find(({ number }) => number === head?.keyNumber) ??
      (await store.logKeys(site)).find(({ number }) => number === head?.keyNumber);
    if (!head || !key || head.size <= last) throw new RangeError(`leaf ${last} is under no signed head`);
    heads.set(epoch, head);
    const checkpoint = await checkpointNote(site, [key], head);
    const logKey = await formatLogKey(site.log, key.publicKey, sha256);
    const indices = events.map(({ index }) => index);
    const proofs = await inclusionProofs(store, site, epoch, indices, head.size);
    return indices.map((index) => ({ proof: proofs.get(index) ?? [], checkpoint, logKey }));
  };
}

/** The operator's word: indicated by the controller, and not by the data subject. */
function attestedRecord(
  logged: LoggedEvent,
  proven: Proven,
  { context: { site, keys }, service }: { context: Pick<SiteContext, 'site' | 'keys'>; service: string },
): Node {
  const { id, at, about, medium, attested } = attestationOf(logged);
  const { epoch, index } = logged;
  const leaf = logged.leaf as EventLeaf;
  const compact = attestationJws(logged, leaf, keys);
  const subject =
    about.kind === 'subject'
      ? { '@id': `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${about.subject}`, '@type': 'dpv:DataSubject' }
      : { '@type': 'dpv:DataSubject', 'dct:identifier': about.reference };
  return {
    '@type': 'dpv:ConsentRecord',
    '@id': `${service}/v1/admin/sites/${site.id}/attestations#${id}`,
    'candour:shape': 'ISO/IEC TS 27560:2023',
    'candour:attested': true,
    'dct:identifier': `${site.log}#${index}`,
    'dct:created': { '@value': leaf.receivedAt, '@type': 'xsd:dateTime' },
    'dpv:hasDataSubject': subject,
    'dpv:hasProcess': choiceNodes(attested),
    'dpv:isIndicatedBy': { '@type': 'dpv:DataController' },
    'dpv:isIndicatedAtTime': { '@value': at, '@type': 'xsd:dateTime' },
    'dpv:hasIndicationMethod': medium,
    'candour:proof': { service, site: site.id, log: site.log, epoch, index, leaf, attestation: compact, ...proven },
  };
}

/** A consent record of ISO/IEC TS 27560's shape. Its proof is a receipt but for what was shown, which the record names by its hash. */
async function recordOf(
  logged: LoggedEvent,
  proven: Proven,
  { context: { site, keys }, service }: ExportSource,
  read: ReturnType<typeof detailsReader>,
): Promise<Node> {
  if (isAttested(logged)) return attestedRecord(logged, proven, { context: { site, keys }, service });
  const event = eventOf(logged);
  const { presentation, details } = await read(event.presentation);
  const leaf = logged.leaf as EventLeaf;
  const { subject, index } = logged;
  const record = consentRecord({ event, subject, presentation, service, log: site.log, index }, details);
  return {
    ...record,
    '@id': service + paths.receipt(site.id, event.id),
    'dct:created': { '@value': leaf.receivedAt, '@type': 'xsd:dateTime' },
    'candour:withdrawalPoint': { '@id': `${event.origin}/#candour` },
    'candour:proof': {
      v: 1,
      service,
      site: site.id,
      log: site.log,
      event: jwsOf(logged),
      index,
      leaf,
      ...proven,
      epoch: logged.epoch,
    },
  };
}

/** Characters. Texts of more than 128 KiB V8 keeps apart, until it next looks through all that is old. */
const PIECE = 32_768;

/** The texts of a page in pieces of about that size. */
async function* inPieces(
  events: readonly LoggedEvent[],
  textOf: (logged: LoggedEvent, i: number) => string | Promise<string>,
): AsyncGenerator<string> {
  let piece = '';
  for (const [i, logged] of events.entries()) {
    piece += await textOf(logged, i);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* jsonLd(source: ExportSource): AsyncGenerator<string> {
  const read = detailsReader(source);
  const prove = prover(source);
  yield `{"@context":${JSON.stringify(CONTEXT)},"@graph":[`;
  let separator = '\n';
  for await (const events of pages(source)) {
    const proven = await prove(events);
    yield* inPieces(events, async (logged, i) => {
      const text = separator + JSON.stringify(await recordOf(logged, proven[i] as Proven, source, read));
      separator = ',\n';
      return text;
    });
  }
  yield '\n]}\n';
}

/** The file, piece by piece. */
export async function* exportEvents(format: EventFormat, source: ExportSource): AsyncGenerator<string> {
  if (format === 'jsonld') return yield* jsonLd(source);
  if (format === 'csv') yield csvRows([COLUMNS]);
  for await (const events of pages(source))
    if (format === 'csv') yield csvRows(events.flatMap(csvOf));
    else yield* inPieces(events, (one) => lineOf(one, source.context.keys));
}
