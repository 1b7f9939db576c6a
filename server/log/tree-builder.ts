// Rebuilds an RFC 9162 tree leaf by leaf with a few hashes in memory: what a verifier computes for itself.
import { nodeBytes } from '../../shared/log/leaf.ts';
import type { NodeId } from '../../shared/log/tree.ts';
import { sha256 } from '../verifier.ts';

export interface TreeBuilder {
  readonly size: number;
  /** Adds a leaf's hash; gives the nodes above the leaves that it completes. */
  push(leafHash: Uint8Array): (NodeId & { hash: Uint8Array })[];
  /** Of the leaves so far. */
  root(): Uint8Array;
}

export function treeBuilder(): TreeBuilder {
  /** Roots of the complete subtrees so far, from the largest to the smallest. */
  const edge: (NodeId & { hash: Uint8Array })[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(leafHash) {
      const completed: (NodeId & { hash: Uint8Array })[] = [];
      let node = { level: 0, index: size, hash: leafHash };
      for (let left = edge.at(-1); left?.level === node.level; left = edge.at(-1)) {
        edge.pop();
        node = { level: node.level + 1, index: left.index / 2, hash: sha256(nodeBytes(left.hash, node.hash)) };
        completed.push(node);
      }
      edge.push(node);
      size += 1;
      return completed;
    },
    root() {
      const [last, ...others] = edge.map(({ hash }) => hash).reverse();
      return last ? others.reduce((right, left) => sha256(nodeBytes(left, right)), last) : sha256(new Uint8Array());
    },
  };
}
