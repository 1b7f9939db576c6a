// Attested events stand under a name of their own in the store, never under the data subject's key: nothing that reads a subject's
// events finds them there.
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { attestedNameBytes, joinAttestation, type About, type Attestation } from '../../shared/consent/attestation.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import type { EventBody, LoggedEvent, LogKey } from '../store/store.ts';
import { sha256 } from '../verifier.ts';

/** 43 characters like a thumbprint; of no key. */
export const attestedSubject = (log: string, about: About): string => toBase64Url(sha256(attestedNameBytes(log, about)));

export const isAttested = ({ leaf }: Pick<LoggedEvent, 'leaf'>): boolean => leaf.kind === 'attestation';

/** Of an attestation that was validated before it was stored. */
export const attestationOf = ({ payload }: Pick<EventBody, 'payload'>): Attestation =>
  JSON.parse(Buffer.from(payload).toString()) as Attestation;

/** Whom it is about, as the store knows them by: the data subject's thumbprint, or the name of its own. */
export function aboutOf(logged: Pick<LoggedEvent, 'payload' | 'subject'>): string {
  const { about } = attestationOf(logged);
  return about.kind === 'subject' ? about.subject : logged.subject;
}

/** The exact bytes that were signed: with whichever of the log's keys was active then. Null: with none of them. */
export function attestationJws(
  { payload, signature }: Pick<EventBody, 'payload' | 'signature'>,
  leaf: EventLeaf,
  keys: readonly Pick<LogKey, 'publicKey'>[],
): string | null {
  for (const { publicKey } of keys) {
    const compact = joinAttestation(publicKey, payload, signature);
    if (toBase64Url(sha256(utf8(compact))) === leaf.event) return compact;
  }
  return null;
}
