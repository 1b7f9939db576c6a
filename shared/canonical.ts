import canonicalize from 'canonicalize';

import { toBase64Url, utf8 } from './bytes.ts';
import type { Sha256 } from './crypto.ts';

/** RFC 8785 canonical JSON. Throws TypeError on what JSON cannot carry (NaN, a lone surrogate, undefined at the top). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** The id of a content-addressed document: SHA-256 of its RFC 8785 canonical JSON, as 43 base64url characters. */
export async function hashOf(value: unknown, sha256: Sha256): Promise<string> {
  return toBase64Url(await sha256(utf8(canonicalJson(value))));
}
