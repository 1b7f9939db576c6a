// The one place that appends to logs: one queue and one transaction a site (group-commit.ts).
import { sameBytes } from '../../shared/bytes.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { ErasureLeaf, EventLeaf } from '../../shared/log/leaf.ts';
import { tombstoneOf, type Candidate } from '../event-check.ts';
import { groupCommit, type GroupCommit } from '../group-commit.ts';
import { countChanges } from '../statistics.ts';
import type { Checkpoint, EventBody, Head, HistoryEntry, Site, SiteTransaction, Store } from '../store/store.ts';
import { appendLeaves } from './append.ts';
import type { LogSigner } from './key.ts';

export interface EventsJob {
  kind: 'events';
  candidates: readonly Candidate[];
  /** Canonical JSON by hash: stored only where a stored event cites it. */
  presentations: ReadonlyMap<string, string>;
  receivedAt: Date;
  /** ms */
  skew: number;
}
export interface ErasureJob {
  kind: 'erasure';
  subject: string;
  by: ErasureLeaf['by'];
  request?: string;
  at: Date;
}

export type Outcome =
  { status: 'accepted' | 'duplicate'; index: number; leaf: EventLeaf | null } | { status: 'erased' } | { status: 'reused' };
export interface EventsResult {
  epoch: number;
  outcomes: Outcome[];
  /** What this commit signed; null if it stored nothing. */
  checkpoint: Checkpoint | null;
  /** The subject's events after the commit. */
  history: HistoryEntry[];
  /** Presentations that the job's events cite and that nobody sent. */
  need: string[];
}
export interface ErasureResult {
  erased: number;
  index: number | null;
  checkpoint: Checkpoint | null;
}

export interface LogWriter {
  addEvents(site: Site, job: Omit<EventsJob, 'kind'>): Promise<EventsResult>;
  /** Deletes the bodies of all the subject's events in the transaction that appends the leaf naming them. */
  erase(site: Site, job: Omit<ErasureJob, 'kind'>): Promise<ErasureResult>;
  /** Resolves when everything that was submitted is committed or refused. */
  idle(): Promise<void>;
}

const MAX_BATCH = 200;
const choicesOf = ({ payload }: EventBody): ConsentEvent => JSON.parse(Buffer.from(payload).toString()) as ConsentEvent;
const bySubject = (entries: readonly HistoryEntry[]) => Map.groupBy(entries, ({ subject }) => subject);
const bySeq = (a: EventBody, b: EventBody): number => a.seq - b.seq || a.index - b.index;

interface Placed {
  leaves: EventLeaf[];
  bodies: HistoryEntry[];
  outcomes: Outcome[][];
}

/** Gives each event its place: behind the head, at the place of its first arrival, or none. */
function place(jobs: readonly EventsJob[], head: Head, stored: readonly HistoryEntry[], tombstones: ReadonlySet<string>): Placed {
  const known = new Map<string, EventBody>(stored.map((entry) => [`${entry.subject} ${entry.id}`, entry]));
  const placed: Placed = { leaves: [], bodies: [], outcomes: [] };
  const outcomeOf = (candidate: Candidate, job: EventsJob): Outcome => {
    const { subject, key, event, payload, signature, hash } = candidate;
    const first = known.get(`${subject} ${event.id}`);
    if (first && sameBytes(first.payload, payload))
      return { status: 'duplicate', index: first.index, leaf: placed.leaves[first.index - head.size] ?? null };
    if (first) return { status: 'reused' };
    if (tombstones.has(candidate.tombstone)) return { status: 'erased' };
    const index = head.size + placed.leaves.length;
    const leaf: EventLeaf = { kind: 'event', event: hash, receivedAt: job.receivedAt.toISOString(), skew: job.skew };
    const body = { index, subject, key, id: event.id, seq: event.seq, payload, signature, hash };
    placed.leaves.push(leaf);
    placed.bodies.push(body);
    known.set(`${subject} ${event.id}`, body);
    return { status: 'accepted', index, leaf };
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

async function storeEvents(
  transaction: SiteTransaction,
  site: Site,
  jobs: readonly EventsJob[],
  signer: LogSigner,
  signing: () => void,
): Promise<EventsResult[]> {
  const candidates = jobs.flatMap((job) => job.candidates);
  const subjects = [...new Set(candidates.map(({ subject }) => subject))];
  const stored = await transaction.histories(subjects);
  const tombstones = await transaction.findTombstones(candidates.map(({ tombstone }) => tombstone));
  const { leaves, bodies, outcomes } = place(jobs, transaction.head, stored, tombstones);

  const cited = jobs.map((job, i) => citedBy(job, outcomes[i] ?? []));
  const present = await transaction.findPresentations([...new Set(cited.flat())]);
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
  let checkpoint: Checkpoint | null = null;
  if (leaves.length > 0) {
    const seal = await appendLeaves(transaction, site, leaves, signer);
    await transaction.addEvents(bodies);
    const histories = subjects.map((subject) => ({
      before: (before.get(subject) ?? []).map(choicesOf),
      after: (after.get(subject) ?? []).map(choicesOf),
    }));
    const now = Math.max(...jobs.map(({ receivedAt }) => receivedAt.getTime()));
    await transaction.count(countChanges(histories, bodies.map(choicesOf), now));
    signing();
    checkpoint = await seal();
  }
  return jobs.map((job, i) => ({
    epoch: transaction.head.epoch,
    outcomes: outcomes[i] ?? [],
    checkpoint,
    history: after.get(job.candidates[0]?.subject ?? '') ?? [],
    need: (cited[i] ?? []).filter((hash) => !present.has(hash)),
  }));
}

async function storeErasure(
  transaction: SiteTransaction,
  site: Site,
  job: ErasureJob,
  signer: LogSigner,
  signing: () => void,
): Promise<ErasureResult> {
  const bodies = await transaction.histories([job.subject]);
  if (bodies.length === 0) return { erased: 0, index: null, checkpoint: null };
  await transaction.addTombstones(bodies.map(({ subject, payload }) => tombstoneOf(subject, payload)));
  const leaf: ErasureLeaf = {
    kind: 'erasure',
    leaves: bodies.map(({ index }) => index).sort((a, b) => a - b),
    at: job.at.toISOString(),
    by: job.by,
    ...(job.request === undefined ? {} : { request: job.request }),
  };
  const seal = await appendLeaves(transaction, site, [leaf], signer);
  await transaction.removeSubject(job.subject);
  await transaction.count(countChanges([{ before: bodies.map(choicesOf), after: [] }], [], job.at.getTime()));
  signing();
  return { erased: bodies.length, index: transaction.head.size, checkpoint: await seal() };
}

type Job = EventsJob | ErasureJob;
type Result = EventsResult | ErasureResult;

export function logWriter(store: Store, signer: LogSigner): LogWriter {
  const queues = new Map<number, GroupCommit<Job, Result>>();

  function queueOf(site: Site): GroupCommit<Job, Result> {
    const known = queues.get(site.key);
    if (known) return known;
    const queue = groupCommit<Job, Result>(
      (jobs, signing) =>
        store.write(site, async (transaction): Promise<Result[]> => {
          const [first] = jobs;
          if (first?.kind === 'erasure') return [await storeErasure(transaction, site, first, signer, signing)];
          return storeEvents(transaction, site, jobs as EventsJob[], signer, signing);
        }),
      MAX_BATCH,
      (first, next) => first.kind === 'events' && next.kind === 'events',
    );
    queues.set(site.key, queue);
    return queue;
  }

  return {
    addEvents: (site, job) => queueOf(site).submit({ kind: 'events', ...job }) as Promise<EventsResult>,
    async erase(site, job) {
      const result = (await queueOf(site).submit({ kind: 'erasure', ...job })) as ErasureResult;
      await store.forget();
      return result;
    },
    idle: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.idle()));
    },
  };
}
