// The cryptography of shared/ on Node. Signatures are checked by Web Crypto's worker threads, off the event loop.
import { createHash, webcrypto } from 'node:crypto';

import type { Sha256Sync, SubjectJwk, Verifier } from '../shared/crypto.ts';

export const sha256: Sha256Sync = (bytes) => createHash('sha256').update(bytes).digest();

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The least recently used of more than `capacity` entries goes. */
class Recent<V> {
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

/** Importing a P-256 key costs as much as a check with it, and a browser sends several events with one key. */
export function createVerifier(capacity = 2000): Verifier {
  const keys = new Recent<Promise<webcrypto.CryptoKey | null>>(capacity);

  function importKey({ crv, kty, x, y }: SubjectJwk): Promise<webcrypto.CryptoKey | null> {
    const name = `${x}.${y}`;
    const known = keys.get(name);
    if (known) return known;
    const imported = webcrypto.subtle
      .importKey('jwk', { crv, kty, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
      .catch(() => null);
    keys.set(name, imported);
    return imported;
  }

  return {
    sha256,
    async verifyEs256(key, data, signature) {
      const imported = await importKey(key);
      return (
        imported !== null && webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, own(signature), own(data))
      );
    },
    async verifyEd25519(key, data, signature) {
      const imported = await webcrypto.subtle.importKey('raw', own(key), 'Ed25519', false, ['verify']).catch(() => null);
      return imported !== null && webcrypto.subtle.verify('Ed25519', imported, own(signature), own(data));
    },
  };
}

export const verifier: Verifier = createVerifier();
