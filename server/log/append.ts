// Appends leaves to a site's tree inside its transaction: the nodes that become complete, the new head, its signature.
import { sameBytes } from '../../shared/bytes.ts';
import { leafBytes, type Leaf } from '../../shared/log/leaf.ts';
import { appendNodes, rootHash, rootNodes, type GetNode, type NodeId } from '../../shared/log/tree.ts';
import type { Checkpoint, Head, Site, SiteTransaction } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import type { LogSigner } from './key.ts';

const name = ({ level, index }: NodeId): string => `${level}/${index}`;

/** The nodes that the next append needs, as they were under a head. */
export interface TreeEdge {
  head: Head;
  node: GetNode;
}

export interface Growth {
  /** Signs and stores the new head: call it last, right before the commit. `signing` is told before anything is signed. */
  seal: (signing?: () => void) => Promise<Checkpoint>;
  /** Under the new head. It knows every node of the inclusion proofs of the new leaves. */
  edge: TreeEdge;
}

const isOf = (edge: TreeEdge | undefined, { epoch, size, root }: Head): edge is TreeEdge =>
  edge?.head.epoch === epoch && edge.head.size === size && sameBytes(edge.head.root, root);

// On its own, so that what it gives holds on to these nodes and not to those of every append before.
function nodesOf(nodes: readonly (NodeId & { hash: Uint8Array })[]): GetNode {
  const hashes = new Map(nodes.map((node) => [name(node), node.hash]));
  return (id) => {
    const hash = hashes.get(name(id));
    if (!hash) throw new RangeError(`the edge of the tree has no node ${name(id)}`);
    return hash;
  };
}

/**
 * The leaves get the indices from the head's size up, in order. `known`: the edge that the last append left; it saves reading
 * the nodes again where nobody else appended since, which the root in it tells.
 */
export async function growTree(
  transaction: SiteTransaction,
  site: Site,
  leaves: readonly Leaf[],
  signer: LogSigner,
  known?: TreeEdge,
): Promise<Growth> {
  signer.check?.(site, transaction.keyNumber);
  const { epoch, size } = transaction.head;
  const hashes = leaves.map((leaf) => sha256(leafBytes(leaf)));
  const before = isOf(known, transaction.head) ? known.node : await transaction.nodes(rootNodes(size));
  const added = appendNodes(size, hashes, before, sha256);
  const node = nodesOf([...rootNodes(size).map((id) => ({ ...id, hash: before(id) })), ...added]);
  const head = { epoch, size: size + leaves.length, root: rootHash(size + leaves.length, node, sha256) };
  await transaction.appendLeaves(
    leaves.map((leaf, i) => ({ index: size + i, leaf, hash: hashes[i] as Uint8Array })),
    added,
  );
  return {
    edge: { head, node },
    async seal(signing) {
      await transaction.flush();
      signing?.();
      const checkpoint = { ...head, keyNumber: transaction.keyNumber, signature: signer.sign(site, head) };
      await transaction.setHead(checkpoint);
      return checkpoint;
    },
  };
}

/** Gives what signs and stores the new head: call it last, right before the commit. */
export const appendLeaves = async (...input: Parameters<typeof growTree>): Promise<Growth['seal']> =>
  (await growTree(...input)).seal;
