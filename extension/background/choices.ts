// The choices that a page's widget holds on this device, each verified step by step, without asking anyone.
import * as v from 'valibot';

import { Receipt, verifyReceipt } from '../../shared/consent/receipt.ts';
import type { Verifier } from '../../shared/crypto.ts';
import type { CheckProblem, PageReceipts, ReceiptView } from '../messages.ts';
import { pinAtFirstSight, readPin, type Pin } from './pins.ts';
import type { Area } from './store.ts';

export interface ChoiceDeps {
  verifier: Verifier;
  now(): number;
}

export function parseRaw(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return null;
  }
}

/** What is known of a receipt's log besides the receipt. */
interface Known {
  pin: Pin | null;
  problem?: CheckProblem | null;
  head?: ReceiptView['head'];
  imported?: boolean;
}

export async function viewOf(
  raw: string,
  { pin, problem = null, head = null, imported = false }: Known,
  verifier: Verifier,
): Promise<ReceiptView> {
  const input = parseRaw(raw);
  const read = v.safeParse(Receipt, input);
  const compared = pin !== null && pin.checkedAt !== null && pin.alarm === null;
  const check = await verifyReceipt(input, compared ? pin.keys : null, verifier);
  return {
    raw,
    check: pin?.alarm ? { ...check, verified: 'false' } : check,
    service: read.success ? read.output.service : null,
    log: read.success ? read.output.log : null,
    keyFirstSeen: pin?.firstSeen ?? null,
    keyCheckedAt: pin?.checkedAt ?? null,
    newKey: read.success && pin !== null && !pin.keys.includes(read.output.logKey),
    alarm: pin?.alarm ?? null,
    problem,
    head,
    imported,
  };
}

/** Pins the key of a receipt in which everything but the key holds and whose choice was made on this very origin. */
async function viewReceipt(deps: ChoiceDeps, area: Area, origin: string, raw: string): Promise<ReceiptView> {
  const input = parseRaw(raw);
  const read = v.safeParse(Receipt, input);
  const alone = await verifyReceipt(input, null, deps.verifier);
  const ownChoice = alone.event?.origin === origin;
  if (!read.success || alone.verified === 'false' || !ownChoice)
    return viewOf(raw, { pin: null, problem: alone.event && !ownChoice ? 'OTHER_ORIGIN' : null }, deps.verifier);
  const at = new Date(deps.now()).toISOString();
  return viewOf(raw, { pin: await pinAtFirstSight(area, origin, read.output.log, read.output.logKey, at) }, deps.verifier);
}

export const newestFirst = (a: ReceiptView, b: ReceiptView): number =>
  (b.check.event?.at ?? '').localeCompare(a.check.event?.at ?? '') || (b.check.event?.seq ?? 0) - (a.check.event?.seq ?? 0);

/** One after the other, so that two receipts of a new log agree on which key was seen first. */
export async function viewChoices(
  deps: ChoiceDeps,
  area: Area,
  origin: string,
  given: Pick<Extract<PageReceipts, { state: 'given' }>, 'receipts'>,
): Promise<ReceiptView[]> {
  const views: ReceiptView[] = [];
  for (const raw of given.receipts) views.push(await viewReceipt(deps, area, origin, raw));
  return views.sort(newestFirst);
}

/** Receipts that came in a file: compared with what this device knows, and no reason to know more. */
export async function viewImported(
  deps: ChoiceDeps,
  area: Area,
  origin: string,
  raws: readonly string[],
): Promise<ReceiptView[]> {
  const views = raws.map(async (raw) => {
    const read = v.safeParse(Receipt, parseRaw(raw));
    const pin = read.success ? await readPin(area, origin, read.output.log) : null;
    return viewOf(raw, { pin, imported: true }, deps.verifier);
  });
  return Promise.all(views);
}
