// Checking a receipt in this browser: the receipt from the service, its published keys, and shared/consent/receipt.ts over Web
// Crypto. The service's own opinion of the receipt is not asked.
import * as v from 'valibot';

import { Receipt, verifyReceipt, type ReceiptCheck } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { service, ServiceFailure } from './service.ts';

export interface CheckedReceipt {
  /** As it came. */
  raw: unknown;
  /** Null where it is no receipt. */
  receipt: Receipt | null;
  check: ReceiptCheck;
}

/** Rejects with ServiceFailure, also where this browser cannot check: no Web Crypto outside a secure context. */
export async function checkReceipt(site: string, event: string, subject: string, signal: AbortSignal): Promise<CheckedReceipt> {
  const [raw, published] = await Promise.all([service.receipt(site, event, subject, signal), service.wellKnown(signal)]);
  // Absent outside a secure context, whatever the type says.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new ServiceFailure('unexpected', 'Checking needs a secure context (https or localhost).');
  const keys = published.logs.filter((log) => log.site === site).flatMap((log) => log.keys.map(({ key }) => key));
  const read = v.safeParse(Receipt, raw);
  return { raw, receipt: read.success ? read.output : null, check: await verifyReceipt(raw, keys, webCryptoVerifier(subtle)) };
}
