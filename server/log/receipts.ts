// Proofs from the stored tree, and the receipts made of them.
import { encodeBase64Url as toBase64Url } from '../base64url.ts';
import type { Acknowledgement } from '../../shared/consent/receipt.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { consistencyRanges, inclusionRangesOf, rangesToHashes, type GetNode, type NodeId } from '../../shared/log/tree.ts';
import type { Checkpoint, LogKey, Site, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { checkpointNote } from './key.ts';

export interface Recorded {
  index: number;
  leaf: EventLeaf;
  /** The first head that holds it, where the caller knows it already. */
  head?: Checkpoint;
}

const ofAll = (ranges: ReadonlyMap<number, NodeId[][]>): NodeId[][] => [...new Set([...ranges.values()].flat())];

function proofTexts(node: GetNode, ranges: ReadonlyMap<number, NodeId[][]>): Map<number, string[]> {
  // Leaves that are near each other share most of their proofs.
  const all = ofAll(ranges);
  const hashes = rangesToHashes(all, node, sha256);
  const texts = new Map(all.map((range, i) => [range, toBase64Url(hashes[i] as Uint8Array)]));
  return new Map([...ranges].map(([index, proof]) => [index, proof.map((range) => texts.get(range) as string)]));
}

/** RFC 9162 inclusion proofs by index, in base64url, of leaves whose proofs `node` knows all nodes of. Throws RangeError. */
export const proofsFrom = (node: GetNode, indices: readonly number[], size: number): Map<number, string[]> =>
  proofTexts(node, inclusionRangesOf(indices, size));

/** The same from the store, with one read of the tree's nodes. Throws RangeError. */
export async function inclusionProofs(
  store: Store,
  site: Site,
  epoch: number,
  indices: readonly number[],
  size: number,
): Promise<Map<number, string[]>> {
  const ranges = inclusionRangesOf(indices, size);
  return proofTexts(await store.nodes(site, epoch, ofAll(ranges).flat()), ranges);
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
    for (const { index, leaf } of group) byIndex.set(index, { index, leaf, proof: proofs.get(index) ?? [], checkpoint });
  }
  return recorded.map(({ index }) => byIndex.get(index) as Acknowledgement);
}
