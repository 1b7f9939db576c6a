// Making a consent event's envelope (jws.ts takes it apart): no schemas, because the widget carries it.
import { toBase64Url, utf8 } from '../bytes.ts';
import { canonicalJson } from '../canonical.ts';
import type { Sha256, SubjectJwk } from '../crypto.ts';

export const EVENT_TYP = 'candour-event+jws';
export const REQUEST_TYP = 'candour-request+jws';
export type Typ = typeof EVENT_TYP | typeof REQUEST_TYP;

/** RFC 8785 form of the key: its names stand in order, and base64url needs no escapes. */
const canonicalKey = ({ crv, kty, x, y }: SubjectJwk): string => JSON.stringify({ crv, kty, x, y });

/** The one header that a key may have. */
export const headerFor = (key: SubjectJwk, typ: Typ): string =>
  toBase64Url(utf8(`{"alg":"ES256","jwk":${canonicalKey(key)},"typ":"${typ}"}`));

/** The compact form from its parts, byte for byte. */
export const joinJws = (key: SubjectJwk, typ: Typ, payloadBytes: Uint8Array, signature: Uint8Array): string =>
  `${headerFor(key, typ)}.${toBase64Url(payloadBytes)}.${toBase64Url(signature)}`;

/** Makes a JWS. `sign` gives r || s over the bytes with the private half of `key`. */
export async function signJws(
  key: SubjectJwk,
  typ: Typ,
  payload: unknown,
  sign: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
): Promise<string> {
  const payloadBytes = utf8(canonicalJson(payload));
  const signature = await sign(utf8(`${headerFor(key, typ)}.${toBase64Url(payloadBytes)}`));
  return joinJws(key, typ, payloadBytes, signature);
}

/** RFC 7638 thumbprint: who the subject is, 43 base64url characters. */
export const thumbprint = async (key: SubjectJwk, sha256: Sha256): Promise<string> =>
  toBase64Url(await sha256(utf8(canonicalKey(key))));

/** SHA-256 of the exact compact bytes, base64url: what leaves and `prev` cite. */
export const jwsHash = async (compact: string, sha256: Sha256): Promise<string> => toBase64Url(await sha256(utf8(compact)));
