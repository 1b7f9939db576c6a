// The data subject's key pair: made at the first choice, never extractable, at most 13 months old.
import { thumbprint } from '../../shared/consent/jws.ts';
import { status } from '../../shared/consent/status.ts';
import type { SubjectJwk, Verifier } from '../../shared/crypto.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { askedPurposes } from './choices.ts';
import type { Head, LedgerEvent, SubjectKey } from './ledger.ts';

const LONGEST = 'P13M';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

export async function createSubjectKey(now: number, sha256: Verifier['sha256']): Promise<SubjectKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
  return { privateKey, jwk, subject: await thumbprint(jwk, sha256), created: isoDay(now) };
}

export const signWith = (key: SubjectKey) => async (data: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, data));

export const statusOfEvents = (events: readonly LedgerEvent[], boot: WidgetBoot, now: number) =>
  status(
    events.map(({ event, hash, acknowledgement }) => ({
      event,
      hash,
      received: acknowledgement && { at: Date.parse(acknowledgement.leaf.receivedAt), skew: acknowledgement.leaf.skew },
    })),
    now,
    { terms: boot.terms, purposes: askedPurposes(boot).map(({ id }) => id), validity: boot.validity },
  );

/**
 * Must the next choice start a new subject? After 13 months, after a fork, and when a choice follows an expiry while nothing
 * granted is in force: a refuser is not followed over the years.
 */
export function needsFreshKey(
  head: Head,
  key: SubjectKey,
  events: readonly LedgerEvent[],
  boot: WidgetBoot,
  now: number,
): boolean {
  if (head.forked || isoDay(now) >= addPeriod(key.created, LONGEST)) return true;
  const states = Object.values(statusOfEvents(events, boot, now)).map(({ state }) => state);
  return states.includes('expired') && !states.some((state) => state === 'given' || state === 'not_objected');
}
