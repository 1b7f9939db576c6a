// The cryptography that shared/ needs is passed in: Web Crypto in browsers, node:crypto in the service.

/** SHA-256 of the bytes: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
export type Sha256Sync = (bytes: Uint8Array) => Uint8Array;

/** The public half of a data subject's key (RFC 7517, P-256): coordinates of 32 bytes each in base64url. */
export interface SubjectJwk {
  crv: 'P-256';
  kty: 'EC';
  x: string;
  y: string;
}

export interface Verifier {
  sha256: Sha256;
  /** ECDSA P-256 with SHA-256; the signature is r || s, 64 bytes (RFC 7518 section 3.4). False, never an exception, for a bad key. */
  verifyEs256(key: SubjectJwk, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Ed25519 (RFC 8032); the key is 32 bytes, the signature 64. False, never an exception, for a bad key. */
  verifyEd25519(key: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
