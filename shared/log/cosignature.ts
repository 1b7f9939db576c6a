// A witness's statement that a log grew and never changed: a C2SP tlog-cosignature, Ed25519 type (https://c2sp.org/tlog-cosignature).
// It is one more signature line of the checkpoint. Only the lines of known witnesses say anything.
import { concatBytes, fromBase64, sameBytes, toBase64, utf8 } from '../bytes.ts';
import type { Sha256, Verifier } from '../crypto.ts';
import type { SignedCheckpoint } from './checkpoint.ts';

const ED25519_COSIGNATURE = 4;
const TIME = 8;

/** First four bytes of SHA-256(name, newline, algorithm, key). */
async function witnessKeyId(name: string, publicKey: Uint8Array, sha256: Sha256): Promise<Uint8Array> {
  return (await sha256(concatBytes(utf8(`${name}\n`), new Uint8Array([ED25519_COSIGNATURE]), publicKey))).slice(0, 4);
}

/** A C2SP verifier key of a witness: `<name>+<key id in hex>+<base64 of algorithm and key>`. */
export async function formatWitnessKey(name: string, publicKey: Uint8Array, sha256: Sha256): Promise<string> {
  const id = [...(await witnessKeyId(name, publicKey, sha256))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}+${id}+${toBase64(concatBytes(new Uint8Array([ED25519_COSIGNATURE]), publicKey))}`;
}

export interface WitnessKey {
  name: string;
  publicKey: Uint8Array;
  id: Uint8Array;
}

/** Throws SyntaxError unless it is an Ed25519 cosigner's key whose id fits its name and key. */
export async function parseWitnessKey(text: string, sha256: Sha256): Promise<WitnessKey> {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = fromBase64(parts?.[3] ?? '!');
  const [name, publicKey] = [parts?.[1] ?? '', bytes.slice(1)];
  if (bytes[0] !== ED25519_COSIGNATURE || publicKey.length !== 32) throw new SyntaxError('not an Ed25519 witness key');
  if ((await formatWitnessKey(name, publicKey, sha256)) !== text) throw new SyntaxError('the key id does not fit the key');
  return { name, publicKey, id: await witnessKeyId(name, publicKey, sha256) };
}

/** What a witness signs. `time`: seconds since 1970; `body`: of the checkpoint, with its last newline. */
export const cosignedMessage = (body: string, time: number): Uint8Array<ArrayBuffer> =>
  utf8(`cosignature/v1\ntime ${time}\n${body}`);

function timeBytes(time: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(TIME);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time));
  return bytes;
}

/** The signature line, with its newline. */
export const cosignatureLine = ({ name, id }: Pick<WitnessKey, 'name' | 'id'>, time: number, signature: Uint8Array): string =>
  `— ${name} ${toBase64(concatBytes(id, timeBytes(time), signature))}\n`;

export interface Cosignature {
  witness: string;
  /** Seconds since 1970, by the witness's clock. */
  time: number;
  signature: Uint8Array;
}

/** The cosignature of that witness (formatWitnessKey); null where there is none that verifies. */
export async function findCosignature(
  checkpoint: SignedCheckpoint,
  witnessKey: string,
  verifier: Verifier,
): Promise<Cosignature | null> {
  const key = await parseWitnessKey(witnessKey, verifier.sha256).catch(() => null);
  if (!key) return null;
  for (const { name, keyId, signature: bytes } of checkpoint.signatures) {
    if (name !== key.name || !sameBytes(keyId, key.id) || bytes.length !== TIME + 64) continue;
    const time = Number(new DataView(bytes.buffer, bytes.byteOffset, TIME).getBigUint64(0));
    const signature = bytes.slice(TIME);
    if (!Number.isSafeInteger(time)) continue;
    if (await verifier.verifyEd25519(key.publicKey, cosignedMessage(checkpoint.body, time), signature))
      return { witness: key.name, time, signature };
  }
  return null;
}
