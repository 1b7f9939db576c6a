// Asks the page's world for the receipts of the site's widget, and believes nothing of the answer but its shape.
import * as v from 'valibot';

import { CAPS } from '../caps.ts';
import { PageReceipts } from '../messages.ts';
import { answerName, askName, HELLO, PATIENCE, READY } from '../page-world/channel.ts';

const Answer = v.strictObject({ nonce: v.string(), given: PageReceipts });
const MAX_ANSWER = CAPS.receipts * CAPS.receipt;

const random = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function readAnswer(detail: unknown, nonce: string): PageReceipts | null {
  if (typeof detail !== 'string' || detail.length > MAX_ANSWER) return null;
  try {
    const read = v.safeParse(Answer, JSON.parse(detail));
    return read.success && read.output.nonce === nonce ? read.output.given : null;
  } catch {
    return null;
  }
}

/** Gives the helper in the page's world its secret at once; the answer asks it. Must run before any script of the page. */
export function receiptsOfPage(document: Document): () => Promise<PageReceipts> {
  const secret = random();
  // Whoever hears it cancels it. Only while nobody has, the helper's own start is waited for: a page that sends READY later learns nothing.
  const hello = (): boolean => document.dispatchEvent(new CustomEvent(HELLO, { detail: secret, cancelable: true }));
  if (hello()) document.addEventListener(READY, hello, { once: true });

  return () =>
    new Promise((resolve) => {
      const nonce = random();
      const listening = new AbortController();
      const finish = (given: PageReceipts): void => {
        listening.abort();
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => finish({ state: 'failed' }), PATIENCE);
      document.addEventListener(
        answerName(secret),
        (event) => {
          const given = readAnswer((event as CustomEvent<unknown>).detail, nonce);
          if (given) finish(given);
        },
        { signal: listening.signal },
      );
      document.dispatchEvent(new CustomEvent(askName(secret), { detail: JSON.stringify(nonce) }));
    });
}
