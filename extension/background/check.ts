// "Check": compares a receipt's key with the service's, and the log's present head with the receipt's and with the newest
// one that this device has seen. Only a person's click leads here.
import * as v from 'valibot';

import { paths, WellKnown } from '../../shared/api.ts';
import { fromBase64Url, sameBytes, toBase64Url } from '../../shared/bytes.ts';
import { Hash } from '../../shared/consent/event.ts';
import { Receipt, verifyReceipt } from '../../shared/consent/receipt.ts';
import { parseCheckpoint, verifyCheckpoint, type Checkpoint, type SignedCheckpoint } from '../../shared/log/checkpoint.ts';
import { verifyConsistency } from '../../shared/log/proof.ts';
import type { Alarm, CheckProblem, ReceiptView } from '../messages.ts';
import { parseRaw, viewOf, type ChoiceDeps } from './choices.ts';
import { fetchJson, FetchProblem, fetchText, type Fetcher } from './fetch-json.ts';
import { readPin, writePin, type Pin } from './pins.ts';
import type { Area } from './store.ts';

export type CheckDeps = ChoiceDeps & Fetcher;

const ConsistencyAnswer = v.object({ proof: v.pipe(v.array(Hash), v.maxLength(128)) });

class CheckFailed extends Error {
  override name = 'CheckFailed';
  readonly code: CheckProblem;
  constructor(code: CheckProblem) {
    super(code);
    this.code = code;
  }
}
class AlarmRaised extends Error {
  override name = 'AlarmRaised';
  readonly code: Alarm;
  constructor(code: Alarm) {
    super(code);
    this.code = code;
  }
}

const asProblem = (error: FetchProblem): CheckProblem => {
  if (error.code === 'OFFLINE' || error.code === 'LOCAL_ADDRESS') return error.code;
  return error.code === 'NOT_REACHED' || error.code === 'TIMEOUT' ? 'NOT_REACHED' : 'BAD_ANSWER';
};

const serviceOf = (receipt: Receipt): string => receipt.service.replace(/\/$/, '');

/** All keys that the log ever had verify receipts; only the active ones sign the present head. */
async function keysOfLog(deps: CheckDeps, receipt: Receipt, page: string): Promise<{ all: string[]; active: string[] }> {
  const read = v.safeParse(WellKnown, await fetchJson(deps, `${serviceOf(receipt)}${paths.wellKnown()}`, page));
  if (!read.success) throw new CheckFailed('BAD_ANSWER');
  const log = read.output.logs.find((candidate) => candidate.log === receipt.log);
  if (!log || log.keys.length === 0) throw new CheckFailed('UNKNOWN_LOG');
  const active = log.keys.filter(({ state }) => state === 'active').map(({ key }) => key);
  return { all: log.keys.map(({ key }) => key), active };
}

async function signedHead(deps: CheckDeps, note: string, keys: readonly string[]): Promise<SignedCheckpoint> {
  try {
    const head = parseCheckpoint(note);
    for (const key of keys) if (await verifyCheckpoint(head, key, deps.verifier)) return head;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AlarmRaised('BAD_HEAD');
}

interface LogAccess {
  /** `<service>/v1/sites/<site>/log` */
  base: string;
  page: string;
}

/** Throws AlarmRaised unless the tree of `later` begins with the tree of `earlier`, both of one epoch. */
async function mustContinue(deps: CheckDeps, earlier: Checkpoint, later: Checkpoint, log: LogAccess): Promise<void> {
  if (later.size < earlier.size) throw new AlarmRaised('ROLLED_BACK');
  if (later.size === earlier.size) {
    if (!sameBytes(later.root, earlier.root)) throw new AlarmRaised('INCONSISTENT');
    return;
  }
  if (earlier.size === 0) return;
  const answer = await fetchJson(deps, `${log.base}/consistency?from=${earlier.size}&to=${later.size}`, log.page);
  const read = v.safeParse(ConsistencyAnswer, answer);
  if (!read.success) throw new CheckFailed('BAD_ANSWER');
  const proof = read.output.proof.map(fromBase64Url);
  if (!(await verifyConsistency(earlier.size, earlier.root, later.size, later.root, proof, deps.verifier.sha256)))
    throw new AlarmRaised('INCONSISTENT');
}

const epochOf = (origin: string): number => Number(/\/(\d+)$/.exec(origin)?.[1] ?? 0);

/**
 * The head that the service shows now, shown to continue the receipt's and the newest one seen here. Null where the log began a
 * later epoch after a restored backup: the receipt keeps verifying against its own head, and there is nothing to compare it with.
 */
async function presentHead(
  deps: CheckDeps,
  receipt: Receipt,
  keys: readonly string[],
  pin: Pin,
  page: string,
): Promise<SignedCheckpoint | null> {
  const mine = parseCheckpoint(receipt.checkpoint);
  const log: LogAccess = {
    base: `${serviceOf(receipt)}${paths.checkpoint(encodeURIComponent(receipt.site))}`.replace(/\/checkpoint$/, ''),
    page,
  };
  const head = await signedHead(deps, await fetchText(deps, `${log.base}/checkpoint`, page, 'text/plain'), keys);
  const [epoch, mineEpoch] = [epochOf(head.origin), epochOf(mine.origin)];
  if (head.origin.replace(/\/\d+$/, '') !== receipt.log) throw new AlarmRaised('BAD_HEAD');
  if (epoch < mineEpoch) throw new AlarmRaised('ROLLED_BACK');
  if (epoch > mineEpoch) return null;
  await mustContinue(deps, mine, head, log);
  if (pin.head?.origin === head.origin) await mustContinue(deps, { ...pin.head, root: fromBase64Url(pin.head.root) }, head, log);
  return head;
}

/**
 * Asks the service that a receipt names for its keys, its present head and a consistency proof, and compares. A changed key
 * or a head that does not continue the earlier ones is an alarm, which stays until the person clears what is stored.
 * `imported`: the receipt came in a file. What its service says then counts for the receipt, and is no evidence of the site.
 */
export async function checkReceipt(
  deps: CheckDeps,
  area: Area,
  page: string,
  raw: string,
  imported = false,
): Promise<ReceiptView> {
  const origin = new URL(page).origin;
  const input = parseRaw(raw);
  const read = v.safeParse(Receipt, input);
  const alone = await verifyReceipt(input, null, deps.verifier);
  if (!read.success || alone.verified === 'false') return viewOf(raw, { pin: null, imported }, deps.verifier);
  if (alone.event?.origin !== origin) return viewOf(raw, { pin: null, problem: 'OTHER_ORIGIN', imported }, deps.verifier);

  const receipt = read.output;
  const at = new Date(deps.now()).toISOString();
  const known = await readPin(area, origin, receipt.log);
  const pin: Pin = known ?? {
    log: receipt.log,
    origin,
    keys: [receipt.logKey],
    firstSeen: at,
    checkedAt: null,
    head: null,
    alarm: null,
  };
  try {
    const { all, active } = await keysOfLog(deps, receipt, page);
    // A service lists its retired keys for ever: a key that was seen and is not listed was never retired, it was swapped.
    if (!pin.keys.every((key) => all.includes(key))) throw new AlarmRaised('KEY_CHANGED');
    const head = await presentHead(deps, receipt, active, pin, page);
    const checked: Pin = {
      ...pin,
      keys: [...new Set([...pin.keys, ...all])],
      checkedAt: at,
      head: head ? { origin: head.origin, size: head.size, root: toBase64Url(head.root) } : pin.head,
    };
    if (!imported) await writePin(area, checked);
    return await viewOf(raw, { pin: checked, head: head && { size: head.size, consistent: true }, imported }, deps.verifier);
  } catch (error) {
    if (error instanceof AlarmRaised) {
      const alarmed: Pin = { ...pin, alarm: { code: error.code, at } };
      if (!imported) await writePin(area, alarmed);
      return viewOf(raw, { pin: alarmed, imported }, deps.verifier);
    }
    if (error instanceof CheckFailed) return viewOf(raw, { pin: known, problem: error.code, imported }, deps.verifier);
    if (error instanceof FetchProblem) return viewOf(raw, { pin: known, problem: asProblem(error), imported }, deps.verifier);
    throw error;
  }
}
