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

const checked = (algorithm: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    // An error is a signature or a key that OpenSSL cannot read.
    verify(algorithm, data, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, holds) => resolve(!error && holds));
  });

function imported(jwk: SubjectJwk | { crv: 'Ed25519'; kty: 'OKP'; x: string }): KeyObject | null {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** For a thread that does nothing else: without the detour over others. */
const checkedHere = (algorithm: string | null, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean => {
  try {
    return verify(algorithm, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
};

export const blockingVerifier = (): Verifier => createVerifier(2000, checkedHere);

/** Importing a P-256 key costs nearly as much as a check with it, and a browser sends several events with one key. */
export function createVerifier(
  capacity = 2000,
  check: (...of: Parameters<typeof checkedHere>) => boolean | Promise<boolean> = checked,
): Verifier {
  const keys = new Recent<KeyObject>(capacity);

  function importedKey({ crv, kty, x, y }: SubjectJwk): KeyObject | null {
    const name = `${x}.${y}`;
    const known = keys.get(name);
    if (known) return known;
    const key = imported({ crv, kty, x, y });
    if (key) keys.set(name, key);
    return key;
  }

  return {
    sha256,
    async verifyEs256(jwk, data, signature) {
      const key = importedKey(jwk);
      return key !== null && check('sha256', data, key, signature);
    },
    async verifyEd25519(bytes, data, signature) {
      const key = imported({ crv: 'Ed25519', kty: 'OKP', x: toBase64Url(bytes) });
      return key !== null && check(null, data, key, signature);
    },
  };
}

export const verifier: Verifier = createVerifier();
