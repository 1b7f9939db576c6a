// An RFC 9162 Merkle tree over a store of complete subtrees. Each function says which nodes it needs, so that a store can
// fetch them in one query; the hashing is synchronous and passed in.
import type { Sha256Sync } from '../crypto.ts';
import { nodeBytes } from './leaf.ts';

/** The root of the complete subtree over the leaves [index · 2^level, (index + 1) · 2^level). Level 0 is leaf hashes. */
export interface NodeId {
  level: number;
  index: number;
}
export type GetNode = (node: NodeId) => Uint8Array;

const span = (level: number): number => 2 ** level;

/** Largest power of two smaller than n (n > 1): where RFC 9162 splits a tree of n leaves. */
function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** The complete subtrees that cover the leaves [start, end), left to right; start must be a multiple of the largest. */
function cover(start: number, end: number): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    while (at % span(level + 1) === 0 && at + span(level + 1) <= end) level++;
    nodes.push({ level, index: at / span(level) });
    at += span(level);
  }
  return nodes;
}

/** Hash of a list of subtrees that shrink from left to right: folded from the right, as RFC 9162 splits. */
function fold(nodes: readonly NodeId[], get: GetNode, sha256: Sha256Sync): Uint8Array {
  const hashes = nodes.map(get);
  let hash = hashes.pop();
  if (!hash) throw new RangeError('an empty range has no hash');
  for (let left = hashes.pop(); left; left = hashes.pop()) hash = sha256(nodeBytes(left, hash));
  return hash;
}

/**
 * By leaf: the ranges whose hashes are its inclusion proof, nearest first (RFC 9162 section 2.1.3.1). Leaves whose proofs have a range in
 * common share the object. Throws RangeError.
 */
export function inclusionRangesOf(indices: readonly number[], size: number): Map<number, NodeId[][]> {
  const ranges = new Map<number, NodeId[][]>();
  const within = (leaves: readonly number[], start: number, end: number, above: NodeId[][]): void => {
    const [first] = leaves;
    if (first === undefined) return;
    if (end - start === 1) {
      ranges.set(first, above);
      return;
    }
    const middle = start + split(end - start);
    const [left, right] = [leaves.filter((index) => index < middle), leaves.filter((index) => index >= middle)];
    if (left.length > 0) within(left, start, middle, [cover(middle, end), ...above]);
    if (right.length > 0) within(right, middle, end, [cover(start, middle), ...above]);
  };
  for (const index of indices)
    if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  within(indices, 0, size, []);
  return ranges;
}

/** Of one leaf. Throws RangeError. */
export const inclusionRanges = (index: number, size: number): NodeId[][] => inclusionRangesOf([index], size).get(index) ?? [];

/** The ranges whose hashes are the consistency proof between two sizes (RFC 9162 section 2.1.4.1). Throws RangeError. */
export function consistencyRanges(from: number, to: number): NodeId[][] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to)
    throw new RangeError(`no consistency from ${from} to ${to}`);
  const ranges: NodeId[][] = [];
  let [start, end, complete] = [0, to, true];
  while (from !== end) {
    const middle = start + split(end - start);
    if (from <= middle) {
      ranges.push(cover(middle, end));
      end = middle;
    } else {
      ranges.push(cover(start, middle));
      start = middle;
      complete = false;
    }
  }
  if (!complete) ranges.push(cover(start, end));
  return ranges.reverse();
}

export const rangesToHashes = (ranges: readonly NodeId[][], get: GetNode, sha256: Sha256Sync): Uint8Array[] =>
  ranges.map((range) => fold(range, get, sha256));

/** The nodes whose fold is the root of a tree of `size` leaves; none for an empty tree. */
export const rootNodes = (size: number): NodeId[] => cover(0, size);

/** The root; of an empty tree SHA-256 of nothing. */
export const rootHash = (size: number, get: GetNode, sha256: Sha256Sync): Uint8Array =>
  size === 0 ? sha256(new Uint8Array()) : fold(rootNodes(size), get, sha256);

/** The nodes that become complete when leaf hashes are appended to a tree of `size`; `get` must know rootNodes(size). */
export function appendNodes(
  size: number,
  leafHashes: readonly Uint8Array[],
  get: GetNode,
  sha256: Sha256Sync,
): (NodeId & { hash: Uint8Array })[] {
  const added = new Map<string, NodeId & { hash: Uint8Array }>();
  const find = (node: NodeId): Uint8Array => added.get(`${node.level}/${node.index}`)?.hash ?? get(node);
  leafHashes.forEach((leafHash, offset) => {
    let [level, index, hash] = [0, size + offset, leafHash];
    for (;;) {
      added.set(`${level}/${index}`, { level, index, hash });
      if (index % 2 === 0) break;
      hash = sha256(nodeBytes(find({ level, index: index - 1 }), hash));
      [level, index] = [level + 1, (index - 1) / 2];
    }
  });
  return [...added.values()];
}
