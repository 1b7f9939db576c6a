// What comes after a choice is on disk: acknowledgements, the backlog, restoring what holds, giving out receipts.
import { shortTerms, type Mirror } from '../../shared/consent/mirror.ts';
import { status } from '../../shared/consent/status.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { askedPurposes, expiryOf, grants, holds } from './choices.ts';
import { setPending } from './cookies.ts';
import type { Ledger, LedgerEvent } from './ledger.ts';
import { createOutbox } from './outbox.ts';
import { locked } from './lock.ts';
import type { TellingReceipt } from './recorder.ts';
import type { Answer } from './transport.ts';
import type { RecorderHost } from './widget.ts';

export { deleteItems } from './storage-items.ts';

export interface Delivery {
  /** Sends what waits, and again with pauses until it is acknowledged. `answer` is to the newest, sent already. */
  deliver(newest?: LedgerEvent, answer?: Promise<Answer>): Promise<void>;
  /** What the current subject's events say, and the mirror that follows from it where something holds. */
  holding(): Promise<Holding>;
  receipts(): Promise<TellingReceipt[]>;
}

export interface Holding {
  /** No event at all. */
  empty: boolean;
  states: Record<string, string>;
  mirror: Mirror | null;
}

const PAUSES_MS = [2_000, 8_000, 30_000, 120_000];

/** The log key that signed a head: after a rotation not the first. */
function signingKey(logKeys: readonly string[], checkpoint: string): string {
  const ids = parseCheckpoint(checkpoint).signatures.map(({ keyId }) =>
    [...keyId].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  return logKeys.find((key) => ids.includes(key.split('+')[1] ?? '')) ?? logKeys[0] ?? '';
}

export function createDelivery(host: RecorderHost, ledger: Ledger): Delivery {
  const { boot } = host;
  const outbox = createOutbox(ledger, host, webCryptoVerifier<CryptoKey>(crypto.subtle));

  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tryAgain = (): void => {
    if (failures > 0) deliver().catch(() => setPending(boot.site, true));
  };
  addEventListener('online', tryAgain);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') tryAgain();
  });

  async function deliver(newest?: LedgerEvent, answer?: Promise<Answer>): Promise<void> {
    // The answer to what was sent at once never waits for another tab's lock.
    if (newest && answer) await outbox.take(newest, await answer);
    const reason = await locked(`candour-${boot.site}-outbox`, () => outbox.drain());
    clearTimeout(timer);
    if (reason === null) {
      failures = 0;
      return;
    }
    const waiting = await Promise.all((await ledger.outbox()).map(({ subject, seq }) => ledger.event(subject, seq)));
    host.sync({ state: 'pending', reason, events: waiting.flatMap((one) => (one ? [one.event.id] : [])) });
    timer = setTimeout(tryAgain, PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)]);
  }

  const currentEvents = async (): Promise<LedgerEvent[]> => {
    const current = await ledger.head();
    return current ? ledger.events(current.head.subject) : [];
  };

  return {
    deliver,
    async holding() {
      const events = await currentEvents();
      const stored = events.map(({ event, hash, acknowledgement }) => {
        const received = acknowledgement && { at: Date.parse(acknowledgement.leaf.receivedAt), skew: acknowledgement.leaf.skew };
        return { event, hash, received };
      });
      const purposes = askedPurposes(boot).map(({ id }) => id);
      const found = Object.entries(status(stored, Date.now(), { terms: boot.terms, purposes, validity: boot.validity }));
      const states = Object.fromEntries(found.map(([id, { state }]) => [id, state]));
      const holding = found.flatMap(([id, { state, since }]) => (since && holds(state) ? [{ id, state, since }] : []));
      const subject = events[0]?.subject;
      if (subject && found.some(([, { state }]) => state === 'expired') && !holding.some(({ state }) => grants(state)))
        await ledger.retire(subject, 'expired');
      const day = holding.map(({ since }) => since).sort()[0];
      if (!day) return { empty: events.length === 0, states, mirror: null };
      const choices = Object.fromEntries(holding.map(({ id, state }) => [id, state]));
      const until = expiryOf(boot, day, Object.values(choices));
      return { empty: false, states, mirror: { terms: shortTerms(boot.terms), day, until, choices } };
    },
    async receipts() {
      const events = (await ledger.events()).sort((a, b) => (a.event.at < b.event.at ? -1 : 1));
      const receipts = events.map(async ({ jws, event, acknowledgement }): Promise<TellingReceipt[]> => {
        if (!acknowledgement) return [];
        const { service, site, log, logKeys } = boot;
        const { id, at, method } = event;
        const presentation = (event.presentation && (await ledger.presentation(event.presentation))) || null;
        const logKey = signingKey(logKeys, acknowledgement.checkpoint);
        return [{ id, at, method, receipt: { v: 1, service, site, log, event: jws, presentation, logKey, ...acknowledgement } }];
      });
      return (await Promise.all(receipts)).flat();
    },
  };
}
