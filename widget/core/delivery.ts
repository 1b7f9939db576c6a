// What comes after a choice is on disk: acknowledgements, the backlog, and trying again without being a burden.
import { mirrorValue } from '../../shared/consent/mirror.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { signingKey } from './acknowledgement.ts';
import { channelsOf, type Channels } from './channels.ts';
import { currentMirror } from './choices.ts';
import { isUnwritten, mirrorCookie, setPending, writeMirror } from './cookies.ts';
import { isAhead, type LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import { createOutbox } from './outbox.ts';
import type { Recorder, TellingReceipt, Writing } from './recorder.ts';
import { recordsOf, type Records } from './records.ts';
import { createRestoring } from './restoring.ts';
import { postEvents, type Answer, type Sent } from './transport.ts';
import type { RecorderHost } from './widget.ts';

export interface Delivery extends Pick<Recorder, 'recordForm' | 'restore'> {
  /** Sends what waits, and again with pauses until it is acknowledged. `answer` is to the newest, sent already. */
  deliver(newest?: LedgerEvent, answer?: Promise<Answer>): Promise<void>;
  records(): Promise<Records>;
  receipts(): Promise<TellingReceipt[]>;
  channels(): Promise<Channels>;
}

/** The last is the longest, however often it fails. */
const PAUSES_MS = [2_000, 8_000, 30_000, 120_000, 600_000];

/** How long the service asks not to be asked, in ms (RFC 9110 section 10.2.3); 0 where it does not ask. */
export function askedPause({ headers }: Response): number {
  const text = headers.get('Retry-After') ?? '';
  // Its own clock, as far as it tells: the visitor's may be wrong.
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get('Date') ?? '');
  return wait > 0 ? wait : 0;
}

async function receiptsOf({ service, site, log, logKeys }: RecorderHost['boot'], records: Records): Promise<TellingReceipt[]> {
  const events = (await records.events()).sort((a, b) => (a.event.at < b.event.at ? -1 : 1));
  const receipts = events.map(async ({ jws, event, acknowledgement }): Promise<TellingReceipt[]> => {
    if (!acknowledgement) return [];
    const { id, at, method } = event;
    const presentation = (event.presentation && (await records.presentation(event.presentation))) || null;
    const logKey = signingKey(logKeys, acknowledgement.checkpoint);
    return [{ id, at, method, receipt: { v: 1, service, site, log, event: jws, presentation, logKey, ...acknowledgement } }];
  });
  return (await Promise.all(receipts)).flat();
}

type Failure = Extract<Answer, { reason: string }>;

export function createDelivery(host: RecorderHost, writing: Writing): Delivery {
  const { boot } = host;
  const records = async (): Promise<Records> => recordsOf(await writing.open());
  const restoring = createRestoring(host, writing, records);
  const outboxOf = (ledger: Records) => createOutbox(ledger, host, webCryptoVerifier<CryptoKey>(crypto.subtle), restoring);

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What this window knows to wait, the most urgent first. */
  let waiting: Sent[] = [];
  let quiet = 0;
  let known: Records | undefined;
  const handedOn = new Set<string>();

  /** Of itself, when the pause is over or the page is looked at again. */
  const tryAgain = (): void => {
    if (waiting.length > 0) attempt(null).catch(() => setPending(boot.site, true));
  };
  /** The page is left: what waits goes once more, by a request that outlives it. The next page takes the answer, as a duplicate's. */
  const handOn = (): void => {
    const [first] = waiting;
    // What was erased meanwhile goes nowhere.
    if (!first || !known?.isOpen() || handedOn.has(first.stored.hash) || isAhead(quiet, Date.now())) return;
    handedOn.add(first.stored.hash);
    void postEvents(boot, [first], [], true);
  };
  addEventListener('online', () => {
    if (waiting.length > 0) attempt(Date.now()).catch(() => setPending(boot.site, true));
  });
  addEventListener('pagehide', handOn);
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? tryAgain() : handOn()));

  /** An answer that was long on its way may have set the cookie of its choice over that of a newer one (docs/safari.md). */
  const setRight = (ledger: Records): Promise<void> =>
    locked(ledgerLock(boot.site), async () => {
      const cookie = mirrorCookie(boot.site);
      const kept = await ledger.mirror();
      const newest = currentMirror(boot, cookie, kept, isUnwritten(boot.site), await ledger.latest());
      if (!cookie || !newest || mirrorValue(cookie) === mirrorValue(newest)) return;
      writeMirror(boot.site, newest, boot.cookieDomain);
      // A tab that was looked at meanwhile has taken the older one over.
      host.adopt?.(newest);
    });

  /**
   * Sends what waits, unless another window has tried meanwhile. `asked`: when somebody or something asked for it, in ms since 1970;
   * null: the pause is over, as far as this window knows. `failure`: what was sent just now met it.
   */
  async function attempt(asked: number | null, failure: Failure | null = null): Promise<void> {
    const ledger = (known = await records());
    const outbox = outboxOf(ledger);
    // Of all windows one at a time, and what one has sent the others need not send.
    const pause = await locked(`candour-${boot.site}-outbox`, async () => {
      const before = await ledger.pause();
      const tried = Date.now();
      quiet = await ledger.quiet();
      const isMeanwhile = asked !== null && before !== null && before.tried > asked && before.tried <= tried;
      const rests = before && isAhead(before.until, tried) && (asked === null || isMeanwhile);
      if (!failure && (rests || isAhead(quiet, tried))) return before;
      if (boot.epoch) await ledger.reopen(boot.epoch);
      const left = failure ?? (await outbox.drain());
      if (!left) {
        if (before) await ledger.keepPause(null, null);
        return null;
      }
      const failures = (before?.failures ?? 0) + 1;
      const longest = PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? 0;
      const wanted = left.response ? askedPause(left.response) : 0;
      // Not all browsers at once, when a service comes back.
      const until = Date.now() + Math.max(wanted, longest * (0.75 + Math.random() / 4));
      quiet = wanted && until;
      const after = { until, tried, failures, reason: left.reason };
      await ledger.keepPause(after, quiet || null);
      return after;
    });
    await setRight(ledger).catch(() => undefined);
    clearTimeout(timer);
    waiting = await outbox.waiting();
    if (waiting.length === 0) return;
    host.sync({ state: 'pending', reason: pause?.reason ?? 'INCOMPLETE', events: waiting.map(({ stored }) => stored.event.id) });
    setPending(boot.site, true);
    // An hour at most: a timer of a day may end before its time, and a clock may be set meanwhile.
    timer = setTimeout(tryAgain, Math.min(3_600_000, Math.max(1_000, (pause?.until ?? 0) - Date.now())));
  }

  async function deliver(newest?: LedgerEvent, answer?: Promise<Answer>): Promise<void> {
    const asked = Date.now();
    // The answer to what was sent at once never waits for another tab's lock.
    const failed = newest && answer && (await outboxOf(await records()).take(newest, await answer));
    // A service that answers otherwise is not asked again at once; a line that broke may be whole again.
    await attempt(asked, failed?.response ? failed : null);
  }

  return {
    deliver,
    records,
    recordForm: restoring.recordForm,
    restore: restoring.restore,
    receipts: async () => receiptsOf(boot, await records()),
    channels: async () => channelsOf(await (await records()).events()),
  };
}
