// A JWS as shared/consent/jws-signing.ts makes it, byte for byte (signed-jws.test.ts), without the library of canonical JSON.
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { headerFor, type Typ } from '../../shared/consent/jws-signing.ts';
import { canonicalText } from './canonical-text.ts';
import type { SubjectKey } from './ledger.ts';
import { signWith } from './subject-key.ts';

export async function signedJws(key: SubjectKey, typ: Typ, payload: unknown): Promise<string> {
  const signed = `${headerFor(key.jwk, typ)}.${toBase64Url(utf8(canonicalText(payload)))}`;
  return `${signed}.${toBase64Url(await signWith(key)(utf8(signed)))}`;
}
