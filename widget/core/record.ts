// From a choice to a signed event in the ledger. Hashing and signing happen outside any transaction: awaiting Web Crypto
// inside one ends it in Firefox.
import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash, signJws } from '../../shared/consent/jws-signing.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import type { Head, Ledger, LedgerEvent, SubjectKey } from './ledger.ts';
import { createSubjectKey, needsFreshKey, signWith } from './subject-key.ts';
import type { Recording, RecorderHost } from './widget.ts';

const ATTEMPTS = 8;

/** RFC 9562 UUIDv7: the milliseconds, then random bits. */
export function eventId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 256 ** (5 - i)) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 15);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 63);
  return [...bytes]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The key and head to build on; makes the first key, or a fresh one where the domain asks for it. */
async function currentHead(ledger: Ledger, sha256: Sha256, now: number) {
  for (;;) {
    const current = await ledger.head();
    if (current && !needsFreshKey(current.head, current.key, now)) return current;
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

/** Resolves when the event is on disk. Rejects if storage fails: then nothing was written. */
export async function recordEvent(
  ledger: Ledger,
  host: RecorderHost,
  recording: Recording,
  sha256: Sha256,
): Promise<LedgerEvent> {
  // Without Web Locks another tab may move the head meanwhile: the comparison inside the transaction sees it, and we sign anew.
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = Date.now();
    const current = await currentHead(ledger, sha256, now);
    const entry = await signed(host, current, recording, sha256, now);
    if (await ledger.append(current.head, entry, recording.presentation)) return entry;
  }
  throw new Error('the ledger was busy for too long');
}
