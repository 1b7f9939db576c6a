// The one write path: a request with consent events in, receipts out, and nothing acknowledged before it is durable.
import * as v from 'valibot';

import { EventsRequest, MAX_EVENTS, PostedContact, type EventResult, type EventsAnswer } from '../shared/api.ts';
import { utf8 } from '../shared/bytes.ts';
import { canonicalJson, hashOf } from '../shared/canonical.ts';
import { MAX_PRESENTATION, Presentation } from '../shared/consent/presentation.ts';
import type { Acknowledgement } from '../shared/consent/receipt.ts';
import type { EventLeaf } from '../shared/log/leaf.ts';
import { checkPurposes, type Checked } from './event-check.ts';
import { checkpointNote } from './log/key.ts';
import { acknowledge, type Recorded } from './log/receipts.ts';
import { eventOf, type EventsResult, type Outcome, type ParsedEntry } from './log/writer.ts';
import { confirmingOf } from './marketing/confirming.ts';
import { newContact } from './marketing/contacts.ts';
import { problem, ProblemError } from './problem.ts';
import type { ContactVault } from './rights/contact-vault.ts';
import type { ServiceContext } from './service-context.ts';
import { issueLine } from './schema-issue.ts';
import type { SiteContext } from './site-context.ts';
import type { NewContact } from './store/contacts.ts';
import type { Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

const MAX_MISSING = 100;

function parseRequest(body: string): EventsRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not JSON');
  }
  const read = v.safeParse(EventsRequest, json);
  if (!read.success) throw new ProblemError('BAD_REQUEST', issueLine(read.issues[0]));
  if (read.output.events.length > MAX_EVENTS) throw new ProblemError('TOO_MANY_EVENTS');
  return read.output;
}
type EventsRequest = v.InferOutput<typeof EventsRequest>;

/** The well-formed ones by hash; whether an event cites them is asked when they are stored. */
async function readPresentations(inputs: readonly unknown[]): Promise<Map<string, string>> {
  const presentations = new Map<string, string>();
  for (const input of inputs) {
    const read = v.safeParse(Presentation, input);
    if (!read.success) continue;
    const body = canonicalJson(read.output);
    if (utf8(body).length <= MAX_PRESENTATION) presentations.set(await hashOf(read.output, sha256), body);
  }
  return presentations;
}

/** The well-formed ones by the event that they came with. Without CANDOUR_SECRET none is taken: nothing is kept in clear. */
function readContacts(vault: ContactVault | null, { site }: SiteContext, inputs: readonly unknown[]): Map<string, NewContact[]> {
  const contacts = new Map<string, NewContact[]>();
  for (const input of vault ? inputs : []) {
    const read = v.safeParse(PostedContact, input);
    if (!vault || !read.success) continue;
    const { event, channel, value: address, language = null } = read.output;
    const contact = newContact(vault, site, { channel, address, language });
    if (contact) contacts.set(event, [...(contacts.get(event) ?? []), contact]);
  }
  return contacts;
}

/** From which number down everything is there, what lacks below the highest, and whether two events follow one. */
export function sequenceOf(
  history: readonly ParsedEntry[],
  erased: readonly number[],
): Pick<EventsAnswer, 'have' | 'missing' | 'fork'> {
  const there = new Set([...history.map(({ seq }) => seq), ...erased]);
  const highest = Math.max(0, ...there);
  let have = 0;
  while (there.has(have + 1)) have++;
  const missing: number[] = [];
  for (let seq = have + 1; seq < highest && missing.length < MAX_MISSING; seq++) if (!there.has(seq)) missing.push(seq);
  return { have, missing, fork: isForked(history) };
}

/** Two events with one number, or one that does not follow the only event before it. */
function isForked(history: readonly ParsedEntry[]): boolean {
  const bySeq = Map.groupBy(history, ({ seq }) => seq);
  return history.some((entry) => {
    const before = bySeq.get(entry.seq - 1);
    if ((bySeq.get(entry.seq)?.length ?? 0) > 1) return true;
    const { prev } = eventOf(entry);
    return before !== undefined && !before.some(({ hash }) => hash === prev);
  });
}

/** Takes the body of a request; gives the answer after the commit. Throws ProblemError where the request as a whole is wrong. */
export async function acceptEvents(
  service: Pick<ServiceContext, 'store' | 'log' | 'sites' | 'checks' | 'vault' | 'links' | 'marketingMails' | 'now'>,
  known: SiteContext,
  body: string,
): Promise<EventsAnswer> {
  const { store, log, sites, checks, vault, links, now } = service;
  const request = parseRequest(body);
  const receivedAt = now();
  const checkedNow = log.expectEvents(known.site);
  const genuine = await checks.check(request.events, known.site.log).finally(checkedNow);
  const ofSite = (context: SiteContext): Checked[] => genuine.map((one) => checkPurposes(one, context));
  let [site, checked] = [known, ofSite(known)];
  if (checked.some((one) => 'rejected' in one && one.rejected.code === 'UNKNOWN_PURPOSE')) {
    // Refused for ever: not on the word of a configuration that was just replaced.
    site = await sites.get(known.site.id);
    checked = ofSite(site);
  }
  const candidates = checked.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
  if (new Set(candidates.map(({ subject }) => subject)).size > 1) throw new ProblemError('SUBJECTS_MIXED');
  const result =
    candidates.length > 0
      ? await log.addEvents(site.site, {
          candidates,
          presentations: await readPresentations(request.presentations),
          receivedAt,
          skew: receivedAt.getTime() - Date.parse(request.sentAt),
          contacts: readContacts(vault, site, request.contacts),
          marketing: site.marketing,
          confirming: links && confirmingOf(links, site),
        })
      : null;
  if (request.contacts.length > 0) service.marketingMails?.kick();
  const erased = candidates.filter((_, i) => result?.outcomes[i]?.status === 'erased').map(({ event }) => event.seq);
  return {
    results: await resultsOf(store, site, checked, result),
    checkpoint: await currentNote(store, site, result),
    ...sequenceOf(result?.history ?? [], erased),
    need: result?.need ?? [],
  };
}

async function currentNote(store: Store, context: SiteContext, result: EventsResult | null): Promise<string> {
  if (result?.note) return result.note;
  const { site, keys } = context;
  const { epoch } = await store.head(site);
  const checkpoint = await store.checkpoint(site, epoch);
  if (!checkpoint) throw new Error(`the log ${site.log} has no signed head`);
  return checkpointNote(site, keys, checkpoint);
}

type RecordedOutcome = Extract<Outcome, { index: number }>;

/** Of this commit: its proofs were made with it. */
function freshReceipt(outcome: RecordedOutcome, { checkpoint, note, proofs }: EventsResult): Acknowledgement | null {
  const proof = proofs.get(outcome.index);
  if (!checkpoint || !note || !outcome.leaf || !proof || outcome.epoch !== checkpoint.epoch) return null;
  return { index: outcome.index, leaf: outcome.leaf, proof, checkpoint: note };
}

/** Of earlier commits: read from the store. */
async function earlierReceipts(
  store: Store,
  { site, keys }: SiteContext,
  earlier: readonly RecordedOutcome[],
): Promise<[string, Acknowledgement][]> {
  const receipts: [string, Acknowledgement][] = [];
  for (const [epoch, group] of Map.groupBy(earlier, (outcome) => outcome.epoch)) {
    const entries: Recorded[] = [];
    for (const { index } of group) {
      const [stored] = await store.leaves(site, epoch, index, index + 1);
      entries.push({ index, leaf: stored?.leaf as EventLeaf });
    }
    for (const receipt of await acknowledge(store, site, keys, epoch, entries))
      receipts.push([`${epoch}/${receipt.index}`, receipt]);
  }
  return receipts;
}

async function resultsOf(
  store: Store,
  context: SiteContext,
  checked: readonly Checked[],
  result: EventsResult | null,
): Promise<EventResult[]> {
  const outcomes = result?.outcomes ?? [];
  const byPlace = new Map<string, Acknowledgement>();
  const earlier: RecordedOutcome[] = [];
  for (const outcome of outcomes) {
    if (!('index' in outcome) || !result) continue;
    const receipt = freshReceipt(outcome, result);
    if (receipt) byPlace.set(`${outcome.epoch}/${outcome.index}`, receipt);
    else earlier.push(outcome);
  }
  for (const [place, receipt] of await earlierReceipts(store, context, earlier)) byPlace.set(place, receipt);
  const inOrder = outcomes.values();
  return checked.map((one): EventResult => {
    if ('rejected' in one)
      return { id: one.rejected.id, status: 'rejected', problem: problem(one.rejected.code, one.rejected.detail) };
    const outcome = inOrder.next().value as Outcome;
    const { id } = one.candidate.event;
    if (outcome.status === 'reused') return { id, status: 'rejected', problem: problem('ID_REUSED') };
    if (outcome.status === 'full') return { id, status: 'rejected', problem: problem('SUBJECT_FULL') };
    return outcome.status === 'erased'
      ? { id, status: 'erased' }
      : { id, status: outcome.status, ...byPlace.get(`${outcome.epoch}/${outcome.index}`) };
  });
}
