// A leaf of the log with everything that proves it: its place, an inclusion proof, the signed head, the key of the head.
import type { Leaf } from '../../shared/log/leaf.ts';
import { formatLogKey } from '../../shared/log/checkpoint.ts';
import { inclusionProofs } from '../log/receipts.ts';
import type { Place } from '../store/history.ts';
import type { LogKey, Site, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { provingHead, witnessedNote } from '../witness/witnessed-head.ts';

export interface ProvenLeaf extends Place {
  leaf: Leaf;
  proof: string[];
  checkpoint: string;
  logKey: string;
}

/** Throws RangeError for a leaf that is not there or under no signed head: the log is damaged. */
export async function provenLeaf(
  store: Store,
  site: Site,
  keys: readonly LogKey[],
  { epoch, index }: Place,
): Promise<ProvenLeaf> {
  const [stored] = await store.leaves(site, epoch, index, index + 1);
  const head = await provingHead(store, site, epoch, index);
  const key = keys.find(({ number }) => number === head?.keyNumber);
  if (!stored || !head || !key) throw new RangeError(`leaf ${epoch}/${index} is missing or under no signed head`);
  const proof = (await inclusionProofs(store, site, epoch, [index], head.size)).get(index) ?? [];
  return {
    epoch,
    index,
    leaf: stored.leaf,
    proof,
    checkpoint: await witnessedNote(store, site, keys, head),
    logKey: await formatLogKey(site.log, key.publicKey, sha256),
  };
}
