// The consent receipt: the data subject's copy, with the proof that the service recorded it. Anyone verifies it offline.
import * as v from 'valibot';

import { fromBase64Url } from '../bytes.ts';
import { hashOf } from '../canonical.ts';
import type { Verifier } from '../crypto.ts';
import { parseCheckpoint, parseLogKey, verifyCheckpoint, type SignedCheckpoint } from '../log/checkpoint.ts';
import { findCosignature } from '../log/cosignature.ts';
import { EventLeaf, leafBytes } from '../log/leaf.ts';
import { verifyInclusion } from '../log/proof.ts';
import { ConsentEvent, Hash, LogId } from './event.ts';
import { BadJws, EVENT_TYP, jwsHash, MAX_JWS, parseJws, verifyJws } from './jws.ts';
import { Presentation } from './presentation.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the service's acknowledgement carries per event and the browser keeps. */
export const Acknowledgement = v.object({
  index: count,
  leaf: EventLeaf,
  /** Inclusion proof, nearest sibling first. */
  proof: v.pipe(v.array(Hash), v.maxLength(64)),
  /** C2SP signed note. */
  checkpoint: v.pipe(v.string(), v.maxLength(4096)),
});
export type Acknowledgement = v.InferOutput<typeof Acknowledgement>;

/** A receipt given out: the acknowledgement with everything needed to check it. */
export const Receipt = v.object({
  v: v.literal(1),
  service: v.pipe(v.string(), v.url(), v.maxLength(500)),
  site: v.string(),
  log: LogId,
  event: v.pipe(v.string(), v.maxLength(MAX_JWS)),
  presentation: v.nullable(Presentation),
  /** C2SP verifier key of the log (checkpoint.ts). */
  logKey: v.pipe(v.string(), v.maxLength(500)),
  ...Acknowledgement.entries,
});
export type Receipt = v.InferOutput<typeof Receipt>;
/** Who gave it out: the same for all events of a site until its log key changes. */
export type ReceiptSource = Pick<Receipt, 'service' | 'site' | 'log' | 'logKey'>;

export const RECEIPT_STEPS = [
  'form',
  'event_signature',
  'event_log',
  'leaf',
  'inclusion',
  'checkpoint_signature',
  'presentation',
  'log_key',
] as const;
export type ReceiptStep = (typeof RECEIPT_STEPS)[number];

export interface ReceiptCheck {
  /** `true`: every step holds. `unchecked`: all holds, but the log's key was never compared with the service's. `false`: a step fails. */
  verified: 'true' | 'false' | 'unchecked';
  steps: { step: ReceiptStep; result: 'holds' | 'fails' | 'unchecked'; why: string }[];
  event: ConsentEvent | null;
  /** Known witnesses that cosigned the head: they saw the log grow without a change. `at`: ISO instant, by their clock. */
  witnesses?: { name: string; at: string }[];
}

/** Words for a step that fails, one place. */
const FAILS: Record<ReceiptStep, string> = {
  form: 'This is not a receipt, or a part of it is malformed.',
  event_signature: 'The choice was not signed by the key that it names: it was changed after it was made.',
  event_log: 'The choice was made for another log than the receipt names.',
  leaf: 'The log recorded a different choice than this one.',
  inclusion: 'The proof does not lead from this choice to the signed head of the log.',
  checkpoint_signature: "The head of the log is not signed by the receipt's log key.",
  presentation: 'What was shown is not what the choice refers to.',
  log_key: "The log key is none of the service's keys.",
};
const HOLDS: Record<ReceiptStep, string> = {
  form: 'The receipt is complete.',
  event_signature: "The choice is signed by the browser's key and unchanged.",
  event_log: 'The choice was made for this log.',
  leaf: 'The log recorded exactly this choice.',
  inclusion: 'The proof leads from this choice to the signed head of the log.',
  checkpoint_signature: "The head of the log is signed by the log's key.",
  presentation: 'What was shown is what the choice refers to.',
  log_key: 'The log key is one that the service publishes.',
};
const UNCHECKED: Partial<Record<ReceiptStep, string>> = {
  log_key: 'The log key was not yet compared with the one that the service publishes.',
  presentation: 'Nothing was shown for this choice: it was restored or imported.',
};

type Result = boolean | 'unchecked';

const tidy = async (check: () => Promise<Result>): Promise<Result> => {
  try {
    return await check();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BadJws || error instanceof v.ValiError) return false;
    throw error;
  }
};

/**
 * Checks a receipt step by step; a failing step does not stop the others, so that each fault is named. `serviceKeys` are the
 * log keys read from the service (`/.well-known/candour.json`); null: not asked yet. Takes anything; throws for nothing that the input can cause.
 */
export async function verifyReceipt(
  input: unknown,
  serviceKeys: readonly string[] | null,
  verifier: Verifier,
  witnessKeys: readonly string[] = [],
): Promise<ReceiptCheck> {
  const read = v.safeParse(Receipt, input);
  if (!read.success) return { verified: 'false', steps: [{ step: 'form', result: 'fails', why: FAILS.form }], event: null };
  const receipt = read.output;
  const event = readEvent(receipt.event);
  const head = readHead(receipt.checkpoint);
  const checks: [ReceiptStep, () => Promise<Result>][] = [
    ['form', () => Promise.resolve(event !== null && head !== null)],
    ['event_signature', () => verifyJws(parseJws(receipt.event, EVENT_TYP), verifier)],
    [
      'event_log',
      async () =>
        event?.log === receipt.log &&
        (await parseLogKey(receipt.logKey, verifier.sha256)).name === receipt.log &&
        head?.origin.replace(/\/\d+$/, '') === receipt.log,
    ],
    ['leaf', async () => receipt.leaf.event === (await jwsHash(receipt.event, verifier.sha256))],
    [
      'inclusion',
      async () =>
        head !== null &&
        verifyInclusion(
          await verifier.sha256(leafBytes(receipt.leaf)),
          receipt.index,
          head.size,
          receipt.proof.map(fromBase64Url),
          head.root,
          verifier.sha256,
        ),
    ],
    ['checkpoint_signature', async () => head !== null && verifyCheckpoint(head, receipt.logKey, verifier)],
    ['presentation', () => presentationStep(receipt, event, verifier)],
    ['log_key', () => Promise.resolve(serviceKeys === null ? 'unchecked' : serviceKeys.includes(receipt.logKey))],
  ];
  const steps: ReceiptCheck['steps'] = [];
  for (const [step, check] of checks) {
    const result = await tidy(check);
    if (result === 'unchecked') steps.push({ step, result, why: UNCHECKED[step] ?? '' });
    else steps.push(result ? { step, result: 'holds', why: HOLDS[step] } : { step, result: 'fails', why: FAILS[step] });
  }
  const fails = steps.some(({ result }) => result === 'fails');
  const witnesses = await cosigners(head, witnessKeys, verifier);
  return { verified: fails ? 'false' : serviceKeys === null ? 'unchecked' : 'true', steps, event, witnesses };
}

async function cosigners(head: SignedCheckpoint | null, keys: readonly string[], verifier: Verifier) {
  const found = await Promise.all(head ? keys.map((key) => findCosignature(head, key, verifier)) : []);
  return found.flatMap((one) => (one ? [{ name: one.witness, at: new Date(one.time * 1000).toISOString() }] : []));
}

/** The event of a compact JWS, its signature unseen; null for what is none. */
export function readEvent(compact: string): ConsentEvent | null {
  try {
    const read = v.safeParse(ConsentEvent, parseJws(compact, EVENT_TYP).payload);
    return read.success ? read.output : null;
  } catch (error) {
    if (error instanceof BadJws) return null;
    throw error;
  }
}

function readHead(note: string): SignedCheckpoint | null {
  try {
    return parseCheckpoint(note);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function presentationStep(receipt: Receipt, event: ConsentEvent | null, verifier: Verifier): Promise<Result> {
  if (!event) return false;
  if (event.presentation === null) return receipt.presentation === null ? 'unchecked' : false;
  return receipt.presentation !== null && (await hashOf(receipt.presentation, verifier.sha256)) === event.presentation;
}
