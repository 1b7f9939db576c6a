// What the site's widget gives out: its receipts.
import { CAPS } from '../caps.ts';
import type { PageReceipts } from '../messages.ts';

/** `page`: the page's own window. Its candour is what the page says it is. */
export async function readReceipts(page: { candour?: unknown }): Promise<PageReceipts> {
  try {
    const widget = page.candour as { receipts?: unknown } | null | undefined;
    if (!widget || typeof widget.receipts !== 'function') return { state: 'no_widget' };
    const given = (await (widget as { receipts: () => unknown }).receipts()) as unknown;
    if (!Array.isArray(given)) return { state: 'failed' };
    const texts = given.slice(-CAPS.receipts).map((receipt) => JSON.stringify(receipt) as string | undefined);
    const receipts = texts.filter((text) => text !== undefined).filter((text) => text.length <= CAPS.receipt);
    return { state: 'given', receipts, left: given.length - receipts.length };
  } catch {
    return { state: 'failed' };
  }
}
