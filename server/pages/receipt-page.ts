// A consent receipt as a page to read and print.
import type { Receipt, ReceiptCheck } from '../../shared/consent/receipt.ts';

export interface ReceiptPageInput {
  receipt: Receipt;
  /** verifyReceipt() of it. */
  check: ReceiptCheck;
}

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts) and `Cache-Control: no-store`. */
export function receiptPage(input: ReceiptPageInput): string {
  return `<!doctype html><title>${input.receipt.index}</title>`;
}
