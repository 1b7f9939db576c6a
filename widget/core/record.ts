// From a choice to a signed event in the ledger. Hashing and signing happen outside any transaction: awaiting Web Crypto
// inside one ends it in Firefox.
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash } from '../../shared/consent/jws-signing.ts';
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import { canonicalText } from './canonical-text.ts';
import { eventId } from './event-id.ts';
import type { Head, Ledger, LedgerEvent, SubjectKey } from './ledger.ts';
import { signedJws } from './signed-jws.ts';
import { createSubjectKey, needsFreshKey } from './subject-key.ts';
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
  const { method, purposes, channels, vendors, presentation, restored, imported, actor = 'self' } = recording;
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
    actor,
    purposes,
    ...(channels && { channels }),
    ...(vendors && { vendors }),
    ...(imported && { imported }),
    terms: host.boot.terms,
    presentation: presentation && toBase64Url(await sha256(utf8(canonicalText(presentation)))),
    gpc: host.gpc,
    origin: location.origin,
  };
  const jws = await signedJws(key, EVENT_TYP, event);
  const hash = await jwsHash(jws, sha256);
  return { subject: head.subject, seq: event.seq, jws, hash, event, acknowledgement: null, parked: null };
}

/**
 * Resolves when the event is on disk, with the mirror that holds from then on, and until when (ms since 1970) the service asked not
 * to be asked. Rejects if storage fails: then nothing was written.
 * `after` makes that mirror from what holds at the moment of writing.
 */
export async function recordEvent(
  ledger: Ledger,
  host: RecorderHost,
  recording: Recording,
  sha256: Sha256,
  after: () => Mirror | null,
): Promise<{ entry: LedgerEvent; mirror: Mirror | null; quiet: number }> {
  // Without Web Locks another tab may move the head meanwhile: the comparison inside the transaction sees it, and we sign anew.
  // What restores is not tried again: the other tab has restored.
  for (let attempt = 0; attempt < (recording.restored ? 1 : ATTEMPTS); attempt++) {
    const now = Date.now();
    const current = await currentHead(ledger, sha256, now, recording.restored !== undefined);
    const entry = await signed(host, current, recording, sha256, now);
    const mirror = after();
    const quiet = await ledger.append(current.head, entry, recording, mirror);
    if (quiet !== null) return { entry, mirror, quiet };
  }
  throw new Error('the ledger was busy for too long');
}

/** What the platform before this one had stored comes first, and only where no event was ever made. It never speaks again. */
export async function recordMoved(ledger: Ledger, host: RecorderHost, sha256: Sha256): Promise<void> {
  const moved = host.moved?.();
  if (!moved) return;
  if (!(await ledger.head())) for (const one of moved.recordings) await recordEvent(ledger, host, one, sha256, () => null);
  // Not before it is on disk: a write that failed is tried again with the next choice.
  moved.forget();
}
