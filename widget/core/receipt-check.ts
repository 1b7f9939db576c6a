// Verifies a receipt on this device. Only the keys come from the service; without them the rest is checked all the same.
import * as v from 'valibot';

import { paths, WellKnown } from '../../shared/api.ts';
import { verifyReceipt, type Receipt, type ReceiptCheck } from '../../shared/consent/receipt.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';

const LONGEST_MS = 10_000;

interface PublishedKeys {
  keys: string[];
  witnesses: string[];
}

async function publishedKeys({ service, log }: WidgetBoot): Promise<PublishedKeys | null> {
  try {
    const answer = await fetch(service + paths.wellKnown(), { credentials: 'omit', signal: AbortSignal.timeout(LONGEST_MS) });
    const { logs } = v.parse(WellKnown, await answer.json());
    const found = logs.find((one) => one.log === log);
    return found ? { keys: found.keys.map(({ key }) => key), witnesses: (found.witnesses ?? []).map(({ key }) => key) } : null;
  } catch {
    return null;
  }
}

/** Null: this browser lacks the cryptography. */
export async function checkReceipt(boot: WidgetBoot, receipt: Receipt): Promise<ReceiptCheck | null> {
  const published = await publishedKeys(boot);
  const verifier = webCryptoVerifier<CryptoKey>(crypto.subtle);
  try {
    return await verifyReceipt(receipt, published?.keys ?? null, verifier, published?.witnesses);
  } catch {
    return null;
  }
}
