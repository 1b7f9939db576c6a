// A log's epochs: each after the first begins where a backup was restored, with a leaf that commits to what was there.
import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { EpochLeaf, type Leaf } from '../../shared/log/leaf.ts';
import * as v from 'valibot';
import type { Checkpoint, Head, Site, Store } from '../store/store.ts';
import { appendLeaves } from './append.ts';
import type { LogSigner } from './key.ts';

/** What the first leaf of an epoch says of the one before. Null, and a report, where it says nothing sensible. */
export function previousHead(log: string, epoch: number, first: unknown, report: (what: string) => void): Head | null {
  const read = v.safeParse(EpochLeaf, first);
  if (!read.success || read.output.epoch !== epoch) {
    report(`epoch ${epoch} does not begin with a leaf that commits to the epoch before`);
    return null;
  }
  const { origin, size, root } = read.output.previous;
  if (origin !== `${log}/${epoch - 1}`) {
    report(`epoch ${epoch} says that it follows ${origin}, and not ${log}/${epoch - 1}`);
    return null;
  }
  return { epoch: epoch - 1, size, root: fromBase64Url(root) };
}

/** The last head of each epoch, oldest first; the current one's is the head row's. Epochs that nobody can place are left out, with a report. */
export async function epochHeads(
  store: Pick<Store, 'head' | 'leaves'>,
  site: Site,
  report: (what: string) => void,
): Promise<Head[]> {
  const current = await store.head(site);
  const heads = [current];
  for (let epoch = current.epoch; epoch > 0; epoch--) {
    const [first] = await store.leaves(site, epoch, 0, 1);
    const head = previousHead(site.log, epoch, first?.leaf, report);
    if (head) heads.unshift(head);
  }
  return heads;
}

/**
 * Closes the log's tree and begins another, as must be done where a backup was restored: what the lost part was signed with is
 * never signed again. Old receipts keep verifying against the old tree. Nothing may be appended meanwhile by another key.
 */
export const beginEpoch = (store: Store, site: Site, signer: LogSigner, at: Date): Promise<Checkpoint> =>
  store.write(site, async (transaction) => {
    const { epoch, size, root } = transaction.head;
    const leaf: Leaf = {
      kind: 'epoch',
      epoch: epoch + 1,
      previous: { origin: `${site.log}/${epoch}`, size, root: toBase64Url(root) },
      at: at.toISOString(),
    };
    transaction.beginEpoch();
    return (await appendLeaves(transaction, site, [leaf], signer))();
  });
