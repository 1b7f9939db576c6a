// What `log verify` says: each finding names the place and what is wrong there.
import { sameBytes, toBase64Url } from '../../shared/bytes.ts';

export interface Finding {
  /** Of a leaf; null: of the log as a whole. */
  index: number | null;
  what: string;
}

export interface Verification {
  log: string;
  /** The current one; size and root are its own, events and erased of all epochs. */
  epoch: number;
  size: number;
  /** base64url */
  root: string;
  events: number;
  erased: number;
  findings: Finding[];
}

/** A head that somebody kept: from a receipt, or a checkpoint. */
export interface KeptHead {
  /** Where it comes from, in words: "the receipt". */
  from: string;
  size: number;
  root: Uint8Array;
  epoch: number;
}

/** Beyond this many, more findings say nothing new. */
export const MAX_FINDINGS = 200;

/** Compares what was kept with the roots that the tree had on its way. Gives the roots to ask for, and what follows from them. */
export function keptHeads(kept: readonly KeptHead[]) {
  const roots = new Map<number, Uint8Array>();
  const sizes = new Set(kept.map(({ size }) => size));
  return {
    /** To be called at every size. */
    passing(size: number, root: () => Uint8Array): void {
      if (sizes.has(size)) roots.set(size, root());
    },
    /** `isCurrent`: false for an epoch that ended when a backup was restored. */
    findings: (epoch: number, size: number, isCurrent: boolean): Finding[] =>
      kept.flatMap(({ from, ...head }) => {
        if (head.epoch !== epoch)
          return [{ index: null, what: `${from} is of epoch ${head.epoch}, the log is in epoch ${epoch}` }];
        if (head.size > size && !isCurrent)
          return [
            {
              index: null,
              what: `${from} was signed for ${head.size} leaves of epoch ${epoch}, which ended with ${size}: a backup was restored that lacked the rest`,
            },
          ];
        if (head.size > size)
          return [
            { index: null, what: `${from} was signed for ${head.size} leaves and the log has ${size}: it was rolled back` },
          ];
        const root = roots.get(head.size);
        if (!root || sameBytes(root, head.root)) return [];
        return [
          {
            index: null,
            what: `${from} was signed for another tree of ${head.size} leaves (${toBase64Url(head.root)}): the log was rolled back or rewritten`,
          },
        ];
      }),
  };
}

/** Kept heads of epochs that the log does not go on from: they were given up with a restore of a backup of before. */
export const strayHeads = (kept: readonly KeptHead[], epochs: readonly number[], current: number): Finding[] =>
  kept
    .filter(({ epoch }) => epoch < current && !epochs.includes(epoch))
    .map(({ from, size, epoch }) => ({
      index: null,
      what: `${from} was signed for ${size} leaves of epoch ${epoch}, which the log does not go on from: a backup of before it was restored`,
    }));
