// The one place that appends to logs: one queue and one transaction a site (group-commit.ts).
import { MAX_HISTORY, MAX_HISTORY_OF_NOES } from '../../shared/api.ts';
import { sameBytes } from '../../shared/bytes.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { ErasureLeaf, EventLeaf } from '../../shared/log/leaf.ts';
import type { MarketingPurposes } from '../../shared/marketing/word.ts';
import { tombstoneOf, type Candidate } from '../event-check.ts';
import { groupCommit, type GroupCommit } from '../group-commit.ts';
import { attestedSubject } from '../attest/attested-subject.ts';
import { contactReference } from '../marketing/contacts.ts';
import type { Confirming } from '../marketing/confirming.ts';
import { recordHeard, type HeardEvent } from '../marketing/record-words.ts';
import { countChanges } from '../statistics.ts';
import type { NewContact } from '../store/contacts.ts';
import type { Checkpoint, EventBody, Head, HistoryEntry, Site, SiteTransaction, Store } from '../store/store.ts';
import { appendLeaves, growTree, type TreeEdge } from './append.ts';
import { checkpointNote, type LogSigner } from './key.ts';
import { proofsFrom } from './receipts.ts';

export interface EventsJob {
  kind: 'events';
  candidates: readonly Candidate[];
  /** Canonical JSON by hash: stored only where a stored event cites it. */
  presentations: ReadonlyMap<string, string>;
  receivedAt: Date;
  /** ms */
  skew: number;
  /** Addresses that came beside the events, by the event's id. */
  contacts: ReadonlyMap<string, readonly NewContact[]>;
  marketing: MarketingPurposes;
  /** Which of them ask for a confirmation by mail; null: none. */
  confirming: Confirming | null;
}
export interface ErasureJob {
  kind: 'erasure';
  /** With how many events of each are expected: who has another number was active meanwhile and stays. Null: any. */
  subjects: ReadonlyMap<string, number | null>;
  by: ErasureLeaf['by'];
  request?: string;
  at: Date;
  /** Only what has a tombstone and, out of a restored backup, a body all the same; what else there is of the subjects stays. */
  again?: boolean;
  /** Filled with what there was of each subject when it was first tried: a job that is run again later takes nothing that came since. */
  first?: ReadonlyMap<string, string>;
}

export type Outcome =
  | { status: 'accepted' | 'duplicate'; epoch: number; index: number; leaf: EventLeaf | null }
  | { status: 'erased' }
  | { status: 'reused' }
  | { status: 'full' };
export interface EventsResult {
  outcomes: Outcome[];
  /** What this commit signed; null if it stored nothing. */
  checkpoint: Checkpoint | null;
  /** That checkpoint as a signed note. */
  note: string | null;
  /** Inclusion proofs, under that checkpoint, of the leaves that the job added, by index. */
  proofs: ReadonlyMap<number, string[]>;
  /** The subject's events after the commit. */
  history: ParsedEntry[];
  /** Presentations that the job's events cite and that nobody sent. */
  need: string[];
}
export interface ErasureResult {
  erased: number;
  /** Of whom nothing but these events was known. */
  contacts: number;
  index: number | null;
  checkpoint: Checkpoint | null;
}

export interface LogWriter {
  /** Events are being checked that may be added soon; what it gives is called when they were, whatever came of it. */
  expectEvents(site: Site): () => void;
  addEvents(site: Site, job: Omit<EventsJob, 'kind'>): Promise<EventsResult>;
  /** Deletes the bodies of all the subject's events in the transaction that appends the leaf naming them. */
  erase(site: Site, job: Omit<ErasureJob, 'kind' | 'subjects' | 'first'> & { subject: string }): Promise<ErasureResult>;
  /** The same for subjects whose time is over, with one leaf for all, so that it does not tell which events belong together. */
  purge(site: Site, job: Pick<ErasureJob, 'subjects' | 'at'>): Promise<ErasureResult>;
  /** What was erased before, and is there again in a restored backup; with one leaf for all subjects. */
  eraseAgain(site: Site, job: { subjects: readonly string[]; at: Date }): Promise<ErasureResult>;
  /** Resolves when everything that was submitted is committed or refused. */
  idle(): Promise<void>;
}

const MAX_BATCH = 200;

/** Parsed once: each is asked for several times. */
export interface ParsedEntry extends HistoryEntry {
  event?: ConsentEvent;
}
export const eventOf = (body: EventBody & { event?: ConsentEvent }): ConsentEvent =>
  (body.event ??= JSON.parse(Buffer.from(body.payload).toString()) as ConsentEvent);

const bySubject = (entries: readonly HistoryEntry[]) => Map.groupBy(entries, ({ subject }) => subject);
const bySeq = (a: EventBody, b: EventBody): number => a.seq - b.seq || a.epoch - b.epoch || a.index - b.index;

const NOES: readonly string[] = ['refused', 'withdrawn', 'objected'];

/** It says no, and nothing besides. */
function isNo({ purposes, channels = {} }: ConsentEvent): boolean {
  const senders = Object.values(channels).flatMap((one) => Object.values(one));
  return [purposes, ...senders].flatMap((states) => Object.values(states)).every((state) => NOES.includes(state));
}

interface Placed {
  leaves: EventLeaf[];
  bodies: ParsedEntry[];
  outcomes: Outcome[][];
}

/** Gives each event its place: behind the head, at the place of its first arrival, or none. */
function place(jobs: readonly EventsJob[], head: Head, stored: readonly HistoryEntry[], tombstones: ReadonlySet<string>): Placed {
  const known = new Map<string, EventBody>(stored.map((entry) => [`${entry.subject} ${entry.id}`, entry]));
  const placed: Placed = { leaves: [], bodies: [], outcomes: [] };
  const lengths = new Map([...bySubject(stored)].map(([subject, history]) => [subject, history.length]));
  /** Null for an event of an earlier commit. */
  const leafOf = ({ epoch, index }: EventBody): EventLeaf | null =>
    epoch === head.epoch ? (placed.leaves[index - head.size] ?? null) : null;
  const outcomeOf = (candidate: Candidate, job: EventsJob): Outcome => {
    const { subject, key, event, payload, signature, hash } = candidate;
    const first = known.get(`${subject} ${event.id}`);
    if (first && sameBytes(first.payload, payload))
      return { status: 'duplicate', epoch: first.epoch, index: first.index, leaf: leafOf(first) };
    if (first) return { status: 'reused' };
    if (tombstones.has(candidate.tombstone)) return { status: 'erased' };
    const length = lengths.get(subject) ?? 0;
    if (length >= (isNo(event) ? MAX_HISTORY_OF_NOES : MAX_HISTORY)) return { status: 'full' };
    lengths.set(subject, length + 1);
    const index = head.size + placed.leaves.length;
    const leaf: EventLeaf = { kind: 'event', event: hash, receivedAt: job.receivedAt.toISOString(), skew: job.skew };
    const body = { epoch: head.epoch, index, subject, key, id: event.id, seq: event.seq, payload, signature, hash, event };
    placed.leaves.push(leaf);
    placed.bodies.push(body);
    known.set(`${subject} ${event.id}`, body);
    return { status: 'accepted', epoch: head.epoch, index, leaf };
  };
  for (const job of jobs) placed.outcomes.push(job.candidates.map((candidate) => outcomeOf(candidate, job)));
  return placed;
}

/** Hashes of presentations that the job's stored events cite. */
const citedBy = (job: EventsJob, outcomes: readonly Outcome[]): string[] => [
  ...new Set(
    job.candidates.flatMap(({ event }, i) =>
      event.presentation !== null && ['accepted', 'duplicate'].includes(outcomes[i]?.status ?? '') ? [event.presentation] : [],
    ),
  ),
];

/** The job's events that are there now, with the addresses that came beside them. */
const heardOf = ({ candidates, contacts }: EventsJob, outcomes: readonly Outcome[]): HeardEvent[] =>
  candidates.flatMap(({ subject, event, hash }, i) => {
    const { status } = outcomes[i] ?? {};
    if (status !== 'accepted' && status !== 'duplicate') return [];
    return [{ subject, event, hash, isNew: status === 'accepted', contacts: contacts.get(event.id) ?? [] }];
  });

/** What a process remembers of a log between commits; nothing of it is believed without the head that it belongs to. */
interface Remembered {
  edge?: TreeEdge;
  /** Hashes of presentations that the store has: they are never deleted. */
  presentations: Set<string>;
}
const MAX_PRESENTATIONS = 1000;

async function findPresentations(
  transaction: SiteTransaction,
  hashes: readonly string[],
  { presentations }: Remembered,
): Promise<Set<string>> {
  const found = await transaction.findPresentations(hashes.filter((hash) => !presentations.has(hash)));
  for (const hash of found) if (presentations.size < MAX_PRESENTATIONS) presentations.add(hash);
  return new Set([...hashes.filter((hash) => presentations.has(hash)), ...found]);
}

const subjectsOf = (jobs: readonly EventsJob[]): string[] => [
  ...new Set(jobs.flatMap(({ candidates }) => candidates.map(({ subject }) => subject))),
];

async function storeEvents(
  transaction: SiteTransaction,
  site: Site,
  jobs: readonly EventsJob[],
  signer: LogSigner,
  signing: () => void,
  remembered: Remembered,
): Promise<EventsResult[]> {
  const candidates = jobs.flatMap((job) => job.candidates);
  const subjects = subjectsOf(jobs);
  const stored = await transaction.histories(subjects);
  const tombstones = await transaction.findTombstones(candidates.map(({ tombstone }) => tombstone));
  const { leaves, bodies, outcomes } = place(jobs, transaction.head, stored, tombstones);

  const cited = jobs.map((job, i) => citedBy(job, outcomes[i] ?? []));
  const present = await findPresentations(transaction, [...new Set(cited.flat())], remembered);
  const sent = new Map(
    jobs.flatMap((job, i) =>
      (cited[i] ?? []).flatMap((hash) =>
        job.presentations.has(hash) ? [[hash, job.presentations.get(hash) ?? ''] as const] : [],
      ),
    ),
  );
  const fresh = [...sent].filter(([hash]) => !present.has(hash));
  await transaction.addPresentations(fresh.map(([hash, body]) => ({ hash, body })));
  for (const [hash] of fresh) present.add(hash);

  const before = bySubject(stored);
  const after = bySubject([...stored, ...bodies].sort(bySeq));
  const record = async (): Promise<void> => {
    for (const [i, job] of jobs.entries())
      await recordHeard(transaction, site, heardOf(job, outcomes[i] ?? []), {
        marketing: job.marketing,
        confirming: job.confirming,
        at: job.receivedAt,
        // Also of this commit: a no that came by itself, right before the address.
        earlier: (subject) => (after.get(subject) ?? []).map((entry) => ({ event: eventOf(entry), hash: entry.hash })),
      });
  };
  let checkpoint: Checkpoint | null = null;
  let note: string | null = null;
  let proofs: ReadonlyMap<number, string[]> = new Map();
  if (leaves.length > 0) {
    const growth = await growTree(transaction, site, leaves, signer, remembered.edge);
    const { edge } = growth;
    remembered.edge = edge;
    await transaction.addEvents(bodies);
    const histories = subjects.map((subject) => ({
      before: (before.get(subject) ?? []).map(eventOf),
      after: (after.get(subject) ?? []).map(eventOf),
    }));
    await record();
    const now = Math.max(...jobs.map(({ receivedAt }) => receivedAt.getTime()));
    await transaction.count(countChanges(histories, bodies.map(eventOf), now));
    proofs = proofsFrom(
      edge.node,
      bodies.map(({ index }) => index),
      edge.head.size,
    );
    checkpoint = await growth.seal(signing);
    note = await checkpointNote(site, [{ number: checkpoint.keyNumber, publicKey: signer.publicKey }], checkpoint);
  } else await record();
  return jobs.map((job, i) => ({
    outcomes: outcomes[i] ?? [],
    checkpoint,
    note,
    proofs,
    history: after.get(job.candidates[0]?.subject ?? '') ?? [],
    need: (cited[i] ?? []).filter((hash) => !present.has(hash)),
  }));
}

const placesOf = (history: readonly EventBody[]): string => history.map(({ epoch, index }) => `${epoch}/${index}`).join();

async function erasedAmong(transaction: SiteTransaction, histories: readonly [string, HistoryEntry[]][]): Promise<Set<string>> {
  return transaction.findTombstones(
    histories.flatMap(([subject, history]) => history.map(({ payload }) => tombstoneOf(subject, payload))),
  );
}

async function storeErasure(
  transaction: SiteTransaction,
  site: Site,
  job: ErasureJob,
  signer: LogSigner,
  signing: () => void,
): Promise<ErasureResult> {
  const found = bySubject(await transaction.histories([...job.subjects.keys()]));
  job.first ??= new Map([...found].map(([subject, history]) => [subject, placesOf(history)]));
  const { subjects, first } = job;
  const expected = [...found].filter(
    ([subject, history]) =>
      (subjects.get(subject) ?? history.length) === history.length && first.get(subject) === placesOf(history),
  );
  const dead = job.again === true ? await erasedAmong(transaction, expected) : null;
  const histories = expected.map(([subject, history]) => {
    const goes = history.filter((body) => dead === null || dead.has(tombstoneOf(subject, body.payload)));
    return { subject, history, goes, stays: history.filter((body) => !goes.includes(body)) };
  });
  const bodies = histories.flatMap(({ goes }) => goes);
  const own = (id: string): string => attestedSubject(site.log, { kind: 'reference', reference: contactReference(id) });
  if (bodies.length === 0) return { erased: 0, contacts: 0, index: null, checkpoint: null };
  await transaction.addTombstones(bodies.map(({ subject, payload }) => tombstoneOf(subject, payload)));
  const leaves = [...Map.groupBy(bodies, ({ epoch }) => epoch)].map(([epoch, named]): ErasureLeaf => ({
    kind: 'erasure',
    ...(epoch === transaction.head.epoch ? {} : { epoch }),
    leaves: named.map(({ index }) => index).sort((a, b) => a - b),
    at: job.at.toISOString(),
    by: job.by,
    ...(job.request === undefined ? {} : { request: job.request }),
  }));
  const seal = await appendLeaves(transaction, site, leaves, signer);
  const gone = histories.flatMap(({ subject, stays }) => (stays.length === 0 ? [subject] : []));
  for (const subject of gone) await transaction.removeSubject(subject);
  const changes = histories.map(({ history, stays }) => ({ before: history.map(eventOf), after: stays.map(eventOf) }));
  await transaction.count(countChanges(changes, [], job.at.getTime()));
  const contacts = await transaction.forgetContactsOf(gone, own, job.at.getTime());
  return { erased: bodies.length, contacts, index: transaction.head.size, checkpoint: await seal(signing) };
}

type Job = EventsJob | ErasureJob;
type Result = EventsResult | ErasureResult;

export function logWriter(store: Store, signer: LogSigner): LogWriter {
  const queues = new Map<number, GroupCommit<Job, Result>>();

  function queueOf(site: Site): GroupCommit<Job, Result> {
    const known = queues.get(site.key);
    if (known) return known;
    const remembered: Remembered = { presentations: new Set() };
    const queue = groupCommit<Job, Result>(
      async (jobs, signing) => {
        let signed = false;
        const signs = (): void => {
          signed = true;
          signing();
        };
        const [first] = jobs;
        const write =
          first?.kind === 'erasure'
            ? store.write(site, async (transaction) => [await storeErasure(transaction, site, first, signer, signs)])
            : store.write(
                site,
                (transaction): Promise<Result[]> =>
                  storeEvents(transaction, site, jobs as EventsJob[], signer, signs, remembered),
                subjectsOf(jobs as EventsJob[]),
              );
        return (write as Promise<Result[]>).catch((error: unknown) => {
          if (signed) signer.withdraw(site);
          throw error;
        });
      },
      MAX_BATCH,
      (first, next) => first.kind === 'events' && next.kind === 'events',
    );
    queues.set(site.key, queue);
    return queue;
  }

  async function erase(site: Site, job: Omit<ErasureJob, 'kind' | 'first'>): Promise<ErasureResult> {
    const result = (await queueOf(site).submit({ kind: 'erasure', ...job })) as ErasureResult;
    await store.forget();
    return result;
  }

  return {
    expectEvents: (site) => queueOf(site).expect(),
    addEvents: (site, job) => queueOf(site).submit({ kind: 'events', ...job }) as Promise<EventsResult>,
    erase: (site, { subject, ...job }) => erase(site, { ...job, subjects: new Map([[subject, null]]) }),
    purge: (site, job) => erase(site, { by: 'retention', ...job }),
    eraseAgain: (site, { subjects, at }) =>
      erase(site, { by: 'controller', at, again: true, subjects: new Map(subjects.map((subject) => [subject, null])) }),
    idle: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.idle()));
    },
  };
}
