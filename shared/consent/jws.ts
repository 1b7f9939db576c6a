// A consent event's envelope: a compact JWS (RFC 7515), ES256 only, with the subject's public key in its header. The bytes
// are strict, so that each event has one form: the header must be the canonical one for its key.
import * as v from 'valibot';

import { fromBase64Url, utf8, utf8Text } from '../bytes.ts';
import type { SubjectJwk, Verifier } from '../crypto.ts';
import { headerFor, type Typ } from './jws-signing.ts';

export { EVENT_TYP, joinJws, jwsHash, REQUEST_TYP, signJws, thumbprint } from './jws-signing.ts';

/** Longest compact JWS taken, in characters. */
export const MAX_JWS = 8192;

/** 32 bytes in base64url: 43 characters, whose last has no stray bits, so that a key has one form and one thumbprint. */
const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));
const Jwk = v.strictObject({ crv: v.literal('P-256'), kty: v.literal('EC'), x: coordinate, y: coordinate });

export interface Jws {
  key: SubjectJwk;
  /** Parsed JSON, not validated. */
  payload: unknown;
  payloadBytes: Uint8Array;
  /** What is signed. */
  signingInput: Uint8Array;
  /** r || s, 64 bytes. */
  signature: Uint8Array;
}

/** What is wrong with an envelope; its message is safe to show. */
export class BadJws extends Error {
  override name = 'BadJws';
}

const parse = (bytes: Uint8Array): unknown => JSON.parse(utf8Text(bytes)) as unknown;

/** The key of a header, which must be the canonical one for it. Throws BadJws, or what decoding throws. */
export function keyOfHeader(header: string, typ: Typ, decode = fromBase64Url): SubjectJwk {
  const read = v.safeParse(v.looseObject({ jwk: Jwk }), parse(decode(header)));
  if (!read.success) throw new BadJws('its header has no P-256 public key');
  const key = read.output.jwk;
  if (headerFor(key, typ) !== header)
    throw new BadJws(`its header is not exactly alg ES256, jwk and typ ${typ} in canonical form`);
  return key;
}

/** Takes the compact form apart. Throws BadJws; verifies nothing. A platform may have faster ways to do the same. */
export function parseJws(compact: string, typ: Typ, { decode, keyOf } = { decode: fromBase64Url, keyOf: keyOfHeader }): Jws {
  if (compact.length > MAX_JWS) throw new BadJws(`longer than ${MAX_JWS} characters`);
  const [header, payload, signature, ...rest] = compact.split('.');
  if (!header || !payload || !signature || rest.length > 0) throw new BadJws('not three parts separated by dots');
  try {
    const key = keyOf(header, typ);
    const signatureBytes = decode(signature);
    if (signatureBytes.length !== 64) throw new BadJws('its signature is not 64 bytes');
    const payloadBytes = decode(payload);
    return {
      key,
      payload: parse(payloadBytes),
      payloadBytes,
      signingInput: utf8(`${header}.${payload}`),
      signature: signatureBytes,
    };
  } catch (cause) {
    if (cause instanceof BadJws) throw cause;
    throw new BadJws('not base64url of UTF-8 JSON', { cause });
  }
}

export const verifyJws = (jws: Jws, verifier: Pick<Verifier, 'verifyEs256'>): Promise<boolean> =>
  verifier.verifyEs256(jws.key, jws.signingInput, jws.signature);
