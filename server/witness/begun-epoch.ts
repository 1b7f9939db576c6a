// What a witness checks when a log's epoch begins: that the epoch's first leaf is in the tree that it is asked to cosign, and commits to
// a head of an earlier epoch that does not contradict what was cosigned of it. Without that, "a backup was restored" would be a way to
// show a tree with another past.
import * as v from 'valibot';

import { fromBase64Url, sameBytes } from '../../shared/bytes.ts';
import { Leaf, leafBytes } from '../../shared/log/leaf.ts';
import { verifyConsistency, verifyInclusion } from '../../shared/log/proof.ts';
import { previousHead } from '../log/epochs.ts';
import { RemoteLogError } from '../log/verify-remote.ts';
import type { Head } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import type { KnownHead, WitnessState } from './witness-state.ts';

/** Asks the watched site's log: `consistency?from=1&to=2`. Throws RemoteLogError. */
export type AskLog = (path: string) => Promise<Response>;

export interface BegunEpoch {
  /** Heads of earlier epochs that the log commits to: as good as cosigned from now on. */
  committed: Head[];
  /** The cosigned head that they were found to go on from, and with which of them; null: nothing of those epochs was known. */
  from: { known: KnownHead; head: Head } | null;
  /** Leaves that were cosigned in an earlier epoch and that the log does not go on from. */
  lost: number;
}

const Proof = v.object({ proof: v.pipe(v.array(v.string()), v.maxLength(64)) });
const Leaves = v.object({ leaves: v.pipe(v.array(Leaf), v.maxLength(1000)) });
/** A log that was restored so often is not one that anybody can follow. */
const MOST_EPOCHS = 1000;

async function answered<S extends v.GenericSchema>(ask: AskLog, path: string, schema: S): Promise<v.InferOutput<S>> {
  const read = v.safeParse(schema, await (await ask(path)).json().catch(() => null));
  if (!read.success) throw new RemoteLogError(`${path} is not answered as a log does: ${read.issues[0].message}`);
  return read.output;
}

async function proofOf(ask: AskLog, path: string): Promise<Uint8Array[] | null> {
  const { proof } = await answered(ask, path, Proof);
  try {
    return proof.map(fromBase64Url);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Does the tree of `to` begin with that of `from`, both of one epoch? */
export async function growsFrom(ask: AskLog, epoch: number, from: KnownHead, to: KnownHead): Promise<boolean> {
  if (to.size < from.size) return false;
  if (to.size === from.size) return sameBytes(to.root, from.root);
  if (from.size === 0) return true;
  const proof = await proofOf(ask, `consistency?from=${from.size}&to=${to.size}&epoch=${epoch}`);
  return proof !== null && (await verifyConsistency(from.size, from.root, to.size, to.root, proof, sha256));
}

/** The head that the first leaf under that head commits to. Gives words on what is wrong otherwise. */
async function committedBy(ask: AskLog, log: string, head: Head): Promise<Head | string> {
  const { epoch, size, root } = head;
  if (size === 0) return `epoch ${epoch} has no first leaf`;
  const [first] = (await answered(ask, `leaves?start=0&end=1&epoch=${epoch}`, Leaves)).leaves;
  const proof = await proofOf(ask, `inclusion?index=0&size=${size}&epoch=${epoch}`);
  const isIn = first && proof && (await verifyInclusion(sha256(leafBytes(first)), 0, size, proof, root, sha256));
  if (!isIn) return `what the service gives for the first leaf of epoch ${epoch} is not in its tree`;
  let why = '';
  return previousHead(log, epoch, first, (what) => (why = what)) ?? why;
}

async function contradiction(ask: AskLog, head: Head, known: readonly KnownHead[]): Promise<KnownHead | null> {
  const below = known.filter(({ size }) => size <= head.size).sort((a, b) => b.size - a.size)[0];
  return below && !(await growsFrom(ask, head.epoch, below, head)) ? below : null;
}

/**
 * Follows a head's epoch back to one that something was cosigned of. What a restored backup lacks cannot be proved, as it is gone: that
 * much is told. Gives words on what is wrong otherwise. Throws RemoteLogError.
 */
export async function begunEpoch(ask: AskLog, state: WitnessState, log: string, head: Head): Promise<BegunEpoch | string> {
  const committed: Head[] = [];
  let from: BegunEpoch['from'] = null;
  for (let at: Head = head; at.epoch > 0 && from === null && committed.length < MOST_EPOCHS;) {
    const previous = await committedBy(ask, log, at);
    if (typeof previous === 'string') return previous;
    const known = state.heads(`${log}/${previous.epoch}`);
    const against = await contradiction(ask, previous, known);
    if (against)
      return `epoch ${at.epoch} goes on from ${previous.size} leaves of epoch ${previous.epoch} that do not begin with the ${against.size} that were cosigned`;
    committed.push(previous);
    const newest = known.at(-1);
    if (newest) from = { known: newest, head: previous };
    at = previous;
  }
  const skipped = state.epochs(log).filter((epoch) => epoch > (from?.head.epoch ?? -1) && epoch < head.epoch);
  const tail = from ? Math.max(0, from.known.size - from.head.size) : 0;
  const lost = skipped.reduce((sum, epoch) => sum + (state.heads(`${log}/${epoch}`).at(-1)?.size ?? 0), tail);
  return { committed, from, lost };
}
