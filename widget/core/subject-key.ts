// The data subject's key pair: made at the first choice, never extractable, at most 13 months old.
import { thumbprint } from '../../shared/consent/jws-signing.ts';
import type { Sha256, SubjectJwk } from '../../shared/crypto.ts';
import type { Head, SubjectKey } from './ledger.ts';

/** The shortest that 13 months can be. */
const LONGEST_MS = 393 * 86_400_000;

export async function createSubjectKey(now: number, sha256: Sha256): Promise<SubjectKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
  return { privateKey, jwk, subject: await thumbprint(jwk, sha256), created: now };
}

export const signWith = (key: SubjectKey) => async (data: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, data));

/**
 * Must the next choice start a new subject? After 13 months, after a fork, and when a choice follows an expiry while nothing
 * granted is in force (`retired`, which restoring finds out): a refuser is not followed over the years.
 */
export const needsFreshKey = (head: Head, key: SubjectKey, now: number): boolean =>
  head.retired !== null || now - key.created >= LONGEST_MS;
