// The cryptography of shared/ on Node. Signatures are checked by Node's worker threads, off the event loop; node:crypto's own
// functions take half of the time that its Web Crypto takes around the same check.
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

import { toBase64Url } from '../shared/bytes.ts';
import type { Sha256Sync, SubjectJwk, Verifier } from '../shared/crypto.ts';

export const sha256: Sha256Sync = (bytes) => hash('sha256', bytes, 'buffer');

/** The least recently used of more than `capacity` entries goes. */
export class Recent<V> {
  readonly #entries = new Map<string, V>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.set(key, value);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#capacity && !oldest.done) this.#entries.delete(oldest.value);
  }
}

/** DER (X.690): the shortest two's complement, as the first bit of a positive number is none of its own. Gives where it ends. */
function writeInteger(der: Uint8Array, at: number, digits: Uint8Array): number {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === 0) start++;
  const sign = (digits[start] as number) >> 7;
  const length = sign + digits.length - start;
  der[at] = 2;
  der[at + 1] = length;
  der.set(digits.subarray(start), at + 2 + sign);
  return at + 2 + length;
}

/** r || s as the SEQUENCE of two INTEGERs that OpenSSL speaks (RFC 3279 section 2.2.3): at most 72 bytes. */
function derSignature(signature: Uint8Array): Uint8Array {
  const der = new Uint8Array(72);
  const end = writeInteger(der, writeInteger(der, 2, signature.subarray(0, 32)), signature.subarray(32));
  der[0] = 0x30;
  der[1] = end - 2;
  return der.subarray(0, end);
}

/** SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480), up to the point's 64 bytes. */
const SPKI_P256 = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');

/**
 * Node takes a PEM text and a KeyObject as they are. For any other form it makes and catches an exception or more to find out what
 * it was given, which costs nearly as much as the check itself: twice to four times what this here does.
 */
function importedP256({ x, y }: SubjectJwk): KeyObject | null {
  const point = [x, y].map((text) => Buffer.from(text, 'base64url'));
  if (point.some(({ length }) => length !== 32)) return null;
  const spki = Buffer.concat([SPKI_P256, ...point]).toString('base64');
  return imported(`-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
}

/** Null for what is no key, a point that is not on its curve for one. */
function imported(key: Parameters<typeof createPublicKey>[0]): KeyObject | null {
  try {
    return createPublicKey(key);
  } catch {
    return null;
  }
}

const checked = (algorithm: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    // An error is a signature or a key that OpenSSL cannot read.
    verify(algorithm, data, key, signature, (error, holds) => resolve(!error && holds));
  });

/** For a thread that does nothing else: without the detour over others. */
const checkedHere = (algorithm: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean => {
  try {
    return verify(algorithm, data, key, signature);
  } catch {
    return false;
  }
};

export const blockingVerifier = (): Verifier => createVerifier(2000, checkedHere);

/** Importing a P-256 key costs a fifth of a check with it, and a browser sends several events with one key. */
export function createVerifier(
  capacity = 2000,
  check: (...of: Parameters<typeof checkedHere>) => boolean | Promise<boolean> = checked,
): Verifier {
  const keys = new Recent<KeyObject>(capacity);

  function importedKey(jwk: SubjectJwk): KeyObject | null {
    if (jwk.kty !== 'EC' || jwk.crv !== 'P-256') return null;
    const name = `${jwk.x}.${jwk.y}`;
    const known = keys.get(name);
    if (known) return known;
    const key = importedP256(jwk);
    if (key) keys.set(name, key);
    return key;
  }

  return {
    sha256,
    async verifyEs256(jwk, data, signature) {
      const key = importedKey(jwk);
      return key !== null && signature.length === 64 && check('sha256', data, key, derSignature(signature));
    },
    async verifyEd25519(bytes, data, signature) {
      const key = imported({ key: { crv: 'Ed25519', kty: 'OKP', x: toBase64Url(bytes) }, format: 'jwk' });
      return key !== null && check(null, data, key, signature);
    },
  };
}

export const verifier: Verifier = createVerifier();
