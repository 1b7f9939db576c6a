// Checking proofs of an RFC 9162 Merkle tree, as anyone can without the tree.
import { sameBytes } from '../bytes.ts';
import type { Sha256 } from '../crypto.ts';
import { nodeBytes } from './leaf-bytes.ts';

/** RFC 9162 section 2.1.3.2. False for a proof that does not lead from the leaf to the root. */
export async function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  sha256: Sha256,
): Promise<boolean> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const step of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await sha256(nodeBytes(step, hash));
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = await sha256(nodeBytes(hash, step));
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** RFC 9162 section 2.1.4.2. False unless the tree of `toRoot` begins with the tree of `fromRoot`. */
export async function verifyConsistency(
  from: number,
  fromRoot: Uint8Array,
  to: number,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
  sha256: Sha256,
): Promise<boolean> {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  const isPower = Number.isInteger(Math.log2(from)) && 2 ** Math.round(Math.log2(from)) === from;
  const [first, ...rest] = isPower ? [fromRoot, ...proof] : proof;
  if (!first) return false;
  let [node, last] = [from - 1, to - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [oldHash, newHash] = [first, first];
  for (const step of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = await sha256(nodeBytes(step, oldHash));
      newHash = await sha256(nodeBytes(step, newHash));
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      newHash = await sha256(nodeBytes(newHash, step));
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(oldHash, fromRoot) && sameBytes(newHash, toRoot);
}
