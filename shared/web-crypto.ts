// A Verifier over Web Crypto, which browsers, extension workers and Node all have; the caller passes its `crypto.subtle`.
import type { SubjectJwk, Verifier } from './crypto.ts';

/** The part of SubtleCrypto that is used; any platform's fits. */
interface Subtle<Key> {
  digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  importKey(
    format: 'jwk',
    key: object,
    algorithm: { name: 'ECDSA'; namedCurve: 'P-256' },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>;
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: 'Ed25519',
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>;
  verify(
    algorithm: { name: 'ECDSA'; hash: 'SHA-256' } | 'Ed25519',
    key: Key,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** Rejects only where the platform lacks the algorithm; a key or signature that is no such thing is false. */
export function webCryptoVerifier<Key>(subtle: Subtle<Key>): Verifier {
  const verify = async (
    key: Promise<Key>,
    algorithm: Parameters<Subtle<Key>['verify']>[0],
    signature: Uint8Array,
    data: Uint8Array,
  ) => {
    const imported = await key.catch((error: unknown) => {
      if (error instanceof Error && error.name === 'NotSupportedError') throw error;
      return null;
    });
    return imported !== null && subtle.verify(algorithm, imported, own(signature), own(data));
  };
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest('SHA-256', own(bytes))),
    verifyEs256: ({ crv, kty, x, y }: SubjectJwk, data, signature) =>
      verify(
        subtle.importKey('jwk', { crv, kty, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']),
        { name: 'ECDSA', hash: 'SHA-256' },
        signature,
        data,
      ),
    verifyEd25519: (key, data, signature) =>
      verify(subtle.importKey('raw', own(key), 'Ed25519', false, ['verify']), 'Ed25519', signature, data),
  };
}
