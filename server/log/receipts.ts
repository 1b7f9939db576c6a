// Proofs from the stored tree, and the receipts made of them.
import { encodeBase64Url as toBase64Url } from '../base64url.ts';
import type { Acknowledgement } from '../../shared/consent/receipt.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { consistencyRanges, inclusionRanges, rangesToHashes, type GetNode, type NodeId } from '../../shared/log/tree.ts';
import type { Checkpoint, LogKey, Site, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { checkpointNote } from './key.ts';

export interface Recorded {
  index: number;
  leaf: EventLeaf;
  /** The first head that holds it, where the caller knows it already. */
  head?: Checkpoint;
}

/** RFC 9162 inclusion proofs by index, in base64url, of leaves whose proofs `node` knows all nodes of. Throws RangeError. */
export function proofsFrom(node: GetNode, indices: readonly number[], size: number): Map<number, string[]> {
  // Leaves of one commit share most of their proofs.
  const texts = new Map<Uint8Array, string>();
  const ranges = new Map<string, Uint8Array>();
  const hashOf = (range: readonly NodeId[]): Uint8Array => {
    const name = range.map(({ level, index }) => `${level}/${index}`).join();
    const hash = ranges.get(name) ?? (rangesToHashes([[...range]], node, sha256)[0] as Uint8Array);
    ranges.set(name, hash);
    return hash;
  };
  const textOf = (hash: Uint8Array): string => {
    const text = texts.get(hash) ?? toBase64Url(hash);
    texts.set(hash, text);
    return text;
  };
  return new Map(indices.map((index) => [index, inclusionRanges(index, size).map((range) => textOf(hashOf(range)))]));
}

/** RFC 9162 inclusion proofs of several leaves in one tree, with one read of its nodes. Throws RangeError. */
export async function inclusionProofs(
  store: Store,
  site: Site,
  epoch: number,
  indices: number[],
  size: number,
): Promise<string[][]> {
  const ranges = indices.map((index) => inclusionRanges(index, size));
  const get = await store.nodes(site, epoch, ranges.flat(2));
  return ranges.map((range) => rangesToHashes(range, get, sha256).map(toBase64Url));
}

/** RFC 9162 consistency proof. Throws RangeError. */
export async function consistencyProof(store: Store, site: Site, epoch: number, from: number, to: number): Promise<string[]> {
  const ranges = consistencyRanges(from, to);
  return rangesToHashes(ranges, await store.nodes(site, epoch, ranges.flat()), sha256).map(toBase64Url);
}

/** Receipts under the first head that held each leaf: the same for ever, however often they are asked for. Throws RangeError. */
export async function acknowledge(
  store: Store,
  site: Site,
  keys: readonly LogKey[],
  epoch: number,
  recorded: readonly Recorded[],
): Promise<Acknowledgement[]> {
  const withHeads = await Promise.all(
    recorded.map(async (entry) => {
      const head = entry.head ?? (await store.firstCheckpoint(site, epoch, entry.index));
      if (!head) throw new RangeError(`leaf ${entry.index} is under no signed head`);
      return { ...entry, head };
    }),
  );
  const byIndex = new Map<number, Acknowledgement>();
  for (const group of Map.groupBy(withHeads, ({ head }) => head.size).values()) {
    const [{ head }] = group as [(typeof group)[number]];
    const checkpoint = await checkpointNote(site, keys, head);
    const indices = group.map(({ index }) => index);
    const proofs = await inclusionProofs(store, site, epoch, indices, head.size);
    group.forEach(({ index, leaf }, i) => byIndex.set(index, { index, leaf, proof: proofs[i] ?? [], checkpoint }));
  }
  return recorded.map(({ index }) => byIndex.get(index) as Acknowledgement);
}
