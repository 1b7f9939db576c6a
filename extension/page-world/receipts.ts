// Answers the content script with what the site's widget gives out.
import { CAPS } from '../caps.ts';
import type { PageReceipts } from '../messages.ts';
import { answerName, askName, HELLO, READY } from './channel.ts';

/** The page may have put anything there. */
type PageWindow = Pick<Window & typeof globalThis, 'document' | 'CustomEvent'> & { candour?: unknown };

async function readReceipts(page: PageWindow): Promise<PageReceipts> {
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

/** Waits for the content script's secret, once, and then for its questions. Keeps the platform's own functions, as a page may replace them later. */
export function serveReceipts(page: PageWindow): void {
  const { document, CustomEvent } = page;
  const { stringify, parse } = JSON;
  const dispatch = document.dispatchEvent.bind(document);
  const listen = document.addEventListener.bind(document);

  const answer = async (secret: string, question: string): Promise<void> => {
    const given = await readReceipts(page);
    dispatch(new CustomEvent(answerName(secret), { detail: stringify({ nonce: parse(question) as unknown, given }) }));
  };
  listen(
    HELLO,
    (event) => {
      const secret: unknown = (event as CustomEvent).detail;
      if (typeof secret !== 'string') return;
      event.preventDefault();
      listen(askName(secret), (asked) => void answer(secret, String((asked as CustomEvent).detail)));
    },
    { once: true },
  );
  dispatch(new CustomEvent(READY));
}
