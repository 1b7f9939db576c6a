// Appends leaves to a site's tree inside its transaction: the nodes that become complete, the new head, its signature.
import { leafBytes, type Leaf } from '../../shared/log/leaf.ts';
import { appendNodes, rootHash, rootNodes, type NodeId } from '../../shared/log/tree.ts';
import type { Checkpoint, Site, SiteTransaction } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import type { LogSigner } from './key.ts';

/** The leaves get the indices from the head's size up, in order. Gives what signs and stores the new head: call it last, right before the commit. */
export async function appendLeaves(
  transaction: SiteTransaction,
  site: Site,
  leaves: readonly Leaf[],
  signer: LogSigner,
): Promise<() => Promise<Checkpoint>> {
  const { epoch, size } = transaction.head;
  const hashes = leaves.map((leaf) => sha256(leafBytes(leaf)));
  const edge = await transaction.nodes(rootNodes(size));
  const added = appendNodes(size, hashes, edge, sha256);
  const fresh = new Map(added.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const get = (id: NodeId): Uint8Array => fresh.get(`${id.level}/${id.index}`) ?? edge(id);
  const head = { epoch, size: size + leaves.length, root: rootHash(size + leaves.length, get, sha256) };
  await transaction.appendLeaves(
    leaves.map((leaf, i) => ({ index: size + i, leaf, hash: hashes[i] as Uint8Array })),
    added,
  );
  return async () => {
    const checkpoint = { ...head, keyNumber: transaction.keyNumber, signature: signer.sign(site, head) };
    await transaction.setHead(checkpoint);
    return checkpoint;
  };
}
