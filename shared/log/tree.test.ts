import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { concatBytes } from '../bytes.ts';
import { verifyConsistency, verifyInclusion } from './proof.ts';
import {
  appendNodes,
  consistencyRanges,
  inclusionRanges,
  inclusionRangesOf,
  rangesToHashes,
  rootHash,
  type GetNode,
} from './tree.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const leafHash = (data: Uint8Array): Uint8Array => sha256(concatBytes(new Uint8Array([0]), data));

/** A log in memory that grows in the given batches. */
function grow(batches: Uint8Array[][]): GetNode {
  const nodes = new Map<string, Uint8Array>();
  const get: GetNode = ({ level, index }) => {
    const hash = nodes.get(`${level}/${index}`);
    if (!hash) throw new Error(`no node ${level}/${index}`);
    return hash;
  };
  let size = 0;
  for (const batch of batches) {
    for (const { level, index, hash } of appendNodes(size, batch, get, sha256)) nodes.set(`${level}/${index}`, hash);
    size += batch.length;
  }
  return get;
}

// The test tree that the Certificate Transparency project publishes with RFC 6962 (same tree as RFC 9162).
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const published = grow(LEAVES.map((leaf) => [leafHash(unhex(leaf))]));
const inclusion = (index: number, size: number, get: GetNode = published) =>
  rangesToHashes(inclusionRanges(index, size), get, sha256);
const consistency = (from: number, to: number, get: GetNode = published) =>
  rangesToHashes(consistencyRanges(from, to), get, sha256);

describe('the Merkle tree of RFC 9162', () => {
  it('R49 has the published roots', () => {
    expect(hex(rootHash(0, published, sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    ROOTS.forEach((root, i) => {
      expect(hex(rootHash(i + 1, published, sha256))).toBe(root);
    });
  });

  it('R49 has the published inclusion and consistency proofs', () => {
    expect(inclusion(0, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(inclusion(5, 8).map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(inclusion(2, 3).map(hex)).toEqual([ROOTS[1]]);
    expect(consistency(1, 8).map(hex)).toEqual(inclusion(0, 8).map(hex));
    expect(consistency(6, 8).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  const tree = fc.record({
    batches: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
    seed: fc.nat(),
  });
  const build = ({ batches, seed }: { batches: number[]; seed: number }) => {
    const size = batches.reduce((a, b) => a + b, 0);
    const leaves = Array.from({ length: size }, (_, i) => leafHash(new TextEncoder().encode(`${seed}/${i}`)));
    let at = 0;
    const cut = batches.map((count) => leaves.slice(at, (at += count)));
    return { size, leaves, get: grow(cut) };
  };

  it('R49 proves every leaf, and nothing else, whatever the batches it grew in', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), fc.nat(), async (shape, pick, flip) => {
        const { size, leaves, get } = build(shape);
        const index = pick % size;
        const root = rootHash(size, get, sha256);
        const leaf = leaves[index] as Uint8Array;
        const proof = inclusion(index, size, get);
        expect(await verifyInclusion(leaf, index, size, proof, root, sha256)).toBe(true);
        expect(await verifyInclusion(leafHash(new Uint8Array([flip % 256])), index, size, proof, root, sha256)).toBe(false);
        expect(await verifyInclusion(leaf, index, size, [...proof, root], root, sha256)).toBe(false);
        if (size > 1) {
          expect(await verifyInclusion(leaf, (index + 1) % size, size, proof, root, sha256)).toBe(false);
          const changed = proof.map((hash, i) =>
            i === flip % proof.length ? hash.map((byte, at) => (at === flip % 32 ? byte ^ 1 : byte)) : hash,
          );
          expect(await verifyInclusion(leaf, index, size, changed, root, sha256)).toBe(false);
          expect(await verifyInclusion(leaf, index, size, proof.slice(1), root, sha256)).toBe(false);
        }
      }),
    );
  });

  it('R49 proves that a tree began as each smaller one, and refuses a tree that did not', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), async (shape, pick) => {
        const { size, leaves, get } = build(shape);
        const from = 1 + (pick % size);
        const [oldRoot, newRoot] = [rootHash(from, get, sha256), rootHash(size, get, sha256)];
        const proof = consistency(from, size, get);
        expect(await verifyConsistency(from, oldRoot, size, newRoot, proof, sha256)).toBe(true);
        const other = grow([leaves.map((leaf, i) => (i === pick % from ? sha256(leaf) : leaf))]);
        const otherOld = rootHash(from, other, sha256);
        expect(await verifyConsistency(from, otherOld, size, newRoot, proof, sha256)).toBe(false);
        expect(
          await verifyConsistency(from, oldRoot, size, rootHash(size, other, sha256), consistency(from, size, other), sha256),
        ).toBe(false);
      }),
    );
  });

  it('refuses sizes and indices that are none', async () => {
    for (const [index, size] of [
      [-1, 3],
      [3, 3],
      [0.5, 3],
      [0, 0],
      [0, Number.MAX_VALUE],
    ] as const) {
      expect(() => inclusionRanges(index, size)).toThrow(RangeError);
      expect(await verifyInclusion(unhex(ROOTS[0] as string), index, size, [], unhex(ROOTS[0] as string), sha256)).toBe(false);
    }
    for (const [from, to] of [
      [0, 3],
      [4, 3],
      [1.5, 3],
    ] as const) {
      expect(() => consistencyRanges(from, to)).toThrow(RangeError);
      expect(await verifyConsistency(from, unhex(ROOTS[0] as string), to, unhex(ROOTS[0] as string), [], sha256)).toBe(false);
    }
  });

  it('gives neighbours the proofs that each has alone, and computes what they share once', () => {
    const [size, page] = [1_000_003, Array.from({ length: 100 }, (_, i) => 777_700 + i)];
    const together = inclusionRangesOf(page, size);
    for (const index of page) expect(together.get(index)).toEqual(inclusionRanges(index, size));
    const ranges = [...together.values()].flat();
    expect(ranges.length).toBeGreaterThan(1900);
    expect(new Set(ranges).size).toBeLessThan(250);
    expect(() => inclusionRangesOf([0, size], size)).toThrow(RangeError);
  });

  it('needs only a logarithm of nodes for a proof in a large tree', () => {
    expect(inclusionRanges(123_456_789, 1_000_000_000).flat().length).toBeLessThan(90);
    expect(consistencyRanges(123_456_789, 1_000_000_000).flat().length).toBeLessThan(90);
  });
});
