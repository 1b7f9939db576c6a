// A log's epochs: each after the first begins where a backup was restored, with a leaf that commits to what was there.
import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { EpochLeaf, type Leaf } from '../../shared/log/leaf.ts';
import * as v from 'valibot';
import type { Checkpoint, Head, Site, Store } from '../store/store.ts';
import { appendLeaves } from './append.ts';
import type { LogSigner } from './key.ts';

/** Null for what is no origin line of that log. */
export function epochOf(log: string, origin: string): number | null {
  const [, epoch] = origin.startsWith(`${log}/`) ? (/^(0|[1-9]\d{0,9})$/.exec(origin.slice(log.length + 1)) ?? []) : [];
  return epoch === undefined ? null : Number(epoch);
}

/** What the first leaf of an epoch says of the one before. Null, and a report, where it says nothing sensible. */
export function previousHead(log: string, epoch: number, first: unknown, report: (what: string) => void): Head | null {
  const read = v.safeParse(EpochLeaf, first);
  if (!read.success || read.output.epoch !== epoch) {
    report(`epoch ${epoch} does not begin with a leaf that commits to the epoch before`);
    return null;
  }
  const { origin, size, root } = read.output.previous;
  const before = epochOf(log, origin);
  if (before === null || before >= epoch) {
    report(`epoch ${epoch} says that it follows ${origin}, which is no earlier epoch of ${log}`);
    return null;
  }
  return { epoch: before, size, root: fromBase64Url(root) };
}

/** The last head of each epoch, oldest first; the current one's is the head row's. Epochs that nobody can place are left out, with a report. */
export async function epochHeads(
  store: Pick<Store, 'head' | 'leaves'>,
  site: Site,
  report: (what: string) => void,
): Promise<Head[]> {
  const heads = [await store.head(site)];
  for (let head: Head | null = heads[0] ?? null; head && head.epoch > 0;) {
    const [first] = await store.leaves(site, head.epoch, 0, 1);
    head = previousHead(site.log, head.epoch, first?.leaf, report);
    if (head) heads.unshift(head);
  }
  return heads;
}

/** Epochs are numbered by the second, so that 31 bits last for 68 years. */
const FIRST_SECOND = Date.UTC(2026, 0, 1) / 1000;

/**
 * The number of an epoch that begins now. Counted on from the backup's own, a backup that is restored a second time would begin
 * an epoch that there was already, and its trees would be signed twice; visitors' browsers would not send again what they sent in the
 * first. So the number is the moment: nobody has to know of the epochs that the backup does not. `known`: the highest that somebody
 * does know of, in case the clock is behind.
 */
export const nextEpoch = (current: number, at: Date, known = 0): number =>
  Math.max(current + 1, known + 1, Math.floor(at.getTime() / 1000) - FIRST_SECOND);

/**
 * Closes the log's tree and begins another, as must be done where a backup was restored: what the lost part was signed with is
 * never signed again. Old receipts keep verifying against the old tree. Nothing may be appended meanwhile by another key.
 */
export const beginEpoch = (store: Store, site: Site, signer: LogSigner, at: Date, known = 0): Promise<Checkpoint> =>
  store.write(site, async (transaction) => {
    const { epoch, size, root } = transaction.head;
    const next = nextEpoch(epoch, at, known);
    const leaf: Leaf = {
      kind: 'epoch',
      epoch: next,
      previous: { origin: `${site.log}/${epoch}`, size, root: toBase64Url(root) },
      at: at.toISOString(),
    };
    transaction.beginEpoch(next);
    return (await appendLeaves(transaction, site, [leaf], signer))();
  });
