import { describe, expect, it } from 'vitest';

import { jwsHash } from '../../shared/consent/jws.ts';
import { verifyReceipt, type Receipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { exampleLog } from '../../test/support/example-log.ts';
import { provesRecorded, readAcknowledgement } from './acknowledgement.ts';

const verifier = webCryptoVerifier(crypto.subtle);
const log = await exampleLog('https://consent.example');
const other = await exampleLog('https://other.example');
const origin = 'https://shop.example';
await log.record({ origin });
await log.record({ origin });
const receipt = await log.record({ origin });
const elsewhere = await other.record({ origin });

const holds = async (given: Receipt, keys: readonly string[] = [receipt.logKey]): Promise<boolean> => {
  const read = readAcknowledgement(given);
  return read !== null && provesRecorded(read, await jwsHash(receipt.event, verifier.sha256), receipt.log, keys, verifier);
};
const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

describe('an acknowledgement', () => {
  it('proves that the log recorded the event, with any of the log keys', async () => {
    expect(await holds(receipt)).toBe(true);
    expect(await holds(receipt, [other.logKey, receipt.logKey])).toBe(true);
    expect(readAcknowledgement({ ...receipt, extra: 1 })).not.toHaveProperty('extra');
  });

  it('is judged as shared/consent/receipt.ts judges the receipt, whatever is changed in it', async () => {
    const changed: Record<string, Receipt> = {
      'another index': { ...receipt, index: receipt.index - 1 },
      'another leaf': { ...receipt, leaf: { ...receipt.leaf, event: flip(receipt.leaf.event) } },
      'another moment': { ...receipt, leaf: { ...receipt.leaf, receivedAt: '2026-11-22T10:01:00.001Z' } },
      'another proof': { ...receipt, proof: receipt.proof.map(flip) },
      'a shorter proof': { ...receipt, proof: receipt.proof.slice(1) },
      'no base64url': { ...receipt, proof: ['!'] },
      'another size': { ...receipt, checkpoint: receipt.checkpoint.replace('\n3\n', '\n4\n') },
      'no checkpoint': { ...receipt, checkpoint: 'hello' },
      "another log's": { ...receipt, ...elsewhere, event: receipt.event, leaf: receipt.leaf },
    };
    for (const [what, given] of Object.entries(changed)) {
      const check = await verifyReceipt({ ...given, log: receipt.log, logKey: receipt.logKey }, [receipt.logKey], verifier);
      expect([what, check.verified]).toEqual([what, 'false']);
      expect([what, await holds(given)]).toEqual([what, false]);
    }
    expect(await holds(receipt, [other.logKey])).toBe(false);
  });

  it('that has not its form is none', () => {
    const members = ['index', 'leaf', 'proof', 'checkpoint'] as const;
    for (const member of members)
      for (const value of [undefined, null, 1.5, {}, [1]])
        expect(readAcknowledgement({ ...receipt, [member]: value })).toBeNull();
    for (const hostile of [null, undefined, 1, 'x', []]) expect(readAcknowledgement(hostile)).toBeNull();
  });
});
