// From a choice to a signed event in the ledger. Hashing and signing happen outside any transaction: awaiting Web Crypto
// inside one ends it in Firefox.
import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash, signJws } from '../../shared/consent/jws-signing.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import { eventId } from './event-id.ts';
import type { Head, Ledger, LedgerEvent, SubjectKey } from './ledger.ts';
import { createSubjectKey, needsFreshKey, signWith } from './subject-key.ts';
import type { Recording, RecorderHost } from './widget.ts';

const ATTEMPTS = 8;

/** The key and head to build on; makes the first key, or a fresh one where the domain asks for it: `first`, for an event that begins a chain. */
async function currentHead(ledger: Ledger, sha256: Sha256, now: number, first: boolean) {
  for (;;) {
    const current = await ledger.head();
    if (current && !needsFreshKey(current.head, current.key, now) && !(first && current.head.seq > 0)) return current;
    await ledger.addKey(
      (current?.head.key ?? 0) + 1,
      await createSubjectKey(now, sha256),
      current?.head.retired === 'forked' ? 'forked' : 'new',
    );
  }
}

async function signed(
  host: RecorderHost,
  { head, key }: { head: Head; key: SubjectKey },
  recording: Recording,
  sha256: Sha256,
  now: number,
): Promise<LedgerEvent> {
  const { method, purposes, channels, presentation, restored } = recording;
  const event: ConsentEvent = {
    v: 1,
    id: recording.id ?? eventId(now),
    log: host.boot.log,
    seq: head.seq + 1,
    prev: head.hash,
    at: new Date(now).toISOString(),
    nonce: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    ...(head.seq === 0 && { start: restored ? { kind: 'restored' as const, ...restored } : { kind: head.start } }),
    method,
    actor: 'self',
    purposes,
    ...(channels && { channels }),
    terms: host.boot.terms,
    presentation: presentation && (await hashOf(presentation, sha256)),
    gpc: host.gpc,
    origin: location.origin,
  };
  const jws = await signJws(key.jwk, EVENT_TYP, event, signWith(key));
  const hash = await jwsHash(jws, sha256);
  return { subject: head.subject, seq: event.seq, jws, hash, event, acknowledgement: null, parked: null };
}

/**
 * Resolves when the event is on disk, with the mirror that holds from then on. Rejects if storage fails: then nothing was written.
 * `after` makes that mirror from what holds at the moment of writing.
 */
export async function recordEvent(
  ledger: Ledger,
  host: RecorderHost,
  recording: Recording,
  sha256: Sha256,
  after: () => Mirror | null,
): Promise<{ entry: LedgerEvent; mirror: Mirror | null }> {
  // Without Web Locks another tab may move the head meanwhile: the comparison inside the transaction sees it, and we sign anew.
  // What restores is not tried again: the other tab has restored.
  for (let attempt = 0; attempt < (recording.restored ? 1 : ATTEMPTS); attempt++) {
    const now = Date.now();
    const current = await currentHead(ledger, sha256, now, recording.restored !== undefined);
    const entry = await signed(host, current, recording, sha256, now);
    const mirror = after();
    if (await ledger.append(current.head, entry, recording.presentation, mirror)) return { entry, mirror };
  }
  throw new Error('the ledger was busy for too long');
}
