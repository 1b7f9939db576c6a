// Heads that somebody kept: read from a receipt or a checkpoint file, and held against the log's keys first.
import * as v from 'valibot';

import { utf8 } from '../../shared/bytes.ts';
import { AttestationReceipt, verifyAttestation } from '../../shared/consent/attestation.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { parseCheckpoint, verifyCheckpoint, type SignedCheckpoint } from '../../shared/log/checkpoint.ts';
import { verifier } from '../verifier.ts';
import type { Finding, KeptHead } from './findings.ts';

export interface Kept {
  head: KeptHead | null;
  findings: Finding[];
}

const headOf = (from: string, { origin, size, root }: SignedCheckpoint): KeptHead => ({
  from,
  size,
  root,
  epoch: Number(/\/(\d+)$/.exec(origin)?.[1] ?? 0),
});

/** A receipt of the operator's word, which no data subject signed. */
async function keptAttestation(receipt: AttestationReceipt, log: string, keys: readonly string[]): Promise<Kept> {
  const { verified, steps } = await verifyAttestation(receipt, log, keys, verifier);
  const fails = steps
    .filter(({ result }) => result === 'fails')
    .map(({ step }) => ({ index: null, what: `the receipt: ${step}: does not hold` }));
  return { head: verified === 'true' ? headOf('the receipt', parseCheckpoint(receipt.checkpoint)) : null, findings: fails };
}

/** A receipt as it is given out (JSON), of a choice or of an attestation: every step is checked. `keys`: those of the log. */
export async function keptReceipt(text: string, log: string, keys: readonly string[]): Promise<Kept> {
  let receipt: unknown;
  try {
    receipt = JSON.parse(text);
  } catch {
    return { head: null, findings: [{ index: null, what: 'the receipt is not JSON' }] };
  }
  const attested = v.safeParse(AttestationReceipt, receipt);
  if (attested.success) return keptAttestation(attested.output, log, keys);
  const { verified, steps, event } = await verifyReceipt(receipt, keys, verifier);
  const fails = steps
    .filter(({ result }) => result === 'fails')
    .map(({ step, why }) => ({ index: null, what: `the receipt: ${step}: ${why}` }));
  if (verified !== 'true') return { head: null, findings: fails };
  if (event?.log !== log)
    return { head: null, findings: [{ index: null, what: `the receipt is of the log ${event?.log}, not of ${log}` }] };
  return { head: headOf('the receipt', parseCheckpoint((receipt as { checkpoint: string }).checkpoint)), findings: [] };
}

/** A C2SP checkpoint. */
export async function keptCheckpoint(note: string, log: string, keys: readonly string[]): Promise<Kept> {
  const wrong = (what: string): Kept => ({ head: null, findings: [{ index: null, what }] });
  try {
    const checkpoint = parseCheckpoint(note);
    if (checkpoint.origin.replace(/\/\d+$/, '') !== log) return wrong(`the checkpoint is of ${checkpoint.origin}, not of ${log}`);
    const signed = await Promise.all(keys.map((key) => verifyCheckpoint(checkpoint, key, verifier)));
    if (!signed.includes(true)) return wrong("the checkpoint is not signed by one of the log's keys");
    return { head: headOf('the checkpoint', checkpoint), findings: [] };
  } catch (error) {
    if (error instanceof SyntaxError) return wrong(`the checkpoint (${utf8(note).length} bytes) is malformed: ${error.message}`);
    throw error;
  }
}
