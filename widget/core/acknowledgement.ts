// Is the service's answer a receipt for this very event? The same steps as shared/consent/receipt.ts, whose schemas would
// double the chunk: the event is our own and needs no parsing here. acknowledgement.test.ts holds the two against each other.
import { concatBytes, fromBase64Url, utf8 } from '../../shared/bytes.ts';
import type { Acknowledgement } from '../../shared/consent/receipt.ts';
import type { Verifier } from '../../shared/crypto.ts';
import { parseCheckpoint, verifyCheckpoint } from '../../shared/log/checkpoint.ts';
import { verifyInclusion } from '../../shared/log/proof.ts';
import { canonicalText } from './canonical-text.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** The acknowledgement's own members of an answer, or null if it has not their form. */
export function readAcknowledgement(value: unknown): Acknowledgement | null {
  const { index, leaf, proof, checkpoint } = Object(value) as Partial<Acknowledgement>;
  if (!Number.isSafeInteger(index) || !isText(checkpoint) || !Array.isArray(proof) || proof.length > 64) return null;
  if (!proof.every(isText) || leaf?.kind !== 'event' || !isText(leaf.event) || !isText(leaf.receivedAt)) return null;
  if (!Number.isSafeInteger(leaf.skew)) return null;
  const { kind, event, receivedAt, skew } = leaf;
  return { index: index as number, leaf: { kind, event, receivedAt, skew }, proof, checkpoint };
}

/** Does the log of `logKeys` prove that it recorded the event with that hash? Throws nothing that the input can cause. */
export async function provesRecorded(
  { index, leaf, proof, checkpoint }: Acknowledgement,
  eventHash: string,
  log: string,
  logKeys: readonly string[],
  verifier: Verifier,
): Promise<boolean> {
  try {
    const head = parseCheckpoint(checkpoint);
    if (leaf.event !== eventHash || head.origin.replace(/\/\d+$/, '') !== log) return false;
    const { sha256 } = verifier;
    const included = await verifyInclusion(
      await sha256(concatBytes(new Uint8Array([0]), utf8(canonicalText(leaf)))),
      index,
      head.size,
      proof.map(fromBase64Url),
      head.root,
      sha256,
    );
    const signed = await Promise.all(logKeys.map((key) => verifyCheckpoint(head, key, verifier)));
    return included && signed.includes(true);
  } catch (error) {
    // A browser without Ed25519 takes the answer as it is: whoever opens the receipt elsewhere can check it.
    if (error instanceof Error && error.name === 'NotSupportedError') return true;
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The log key that signed a head: after a rotation not the first. */
export function signingKey(logKeys: readonly string[], checkpoint: string): string {
  const ids = parseCheckpoint(checkpoint).signatures.map(({ keyId }) =>
    [...keyId].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  return logKeys.find((key) => ids.includes(key.split('+')[1] ?? '')) ?? logKeys[0] ?? '';
}
