// Asks the page's world for the receipts of the site's widget, and believes nothing of the answer but its shape.
import { CAPS } from '../caps.ts';
import type { PageReceipts } from '../messages.ts';
import { answerName, askName, HELLO, PATIENCE, READY } from '../page-world/channel.ts';

const MAX_ANSWER = CAPS.receipts * CAPS.receipt;

const random = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Only the shape; the background parses it again, and every receipt in it. */
function readGiven(given: unknown): PageReceipts | null {
  if (!isObject(given)) return null;
  const { state, receipts, left } = given;
  if (state === 'no_widget' || state === 'failed') return { state };
  if (state !== 'given' || !Array.isArray(receipts) || receipts.length > CAPS.receipts) return null;
  const texts = receipts.filter((receipt): receipt is string => typeof receipt === 'string' && receipt.length <= CAPS.receipt);
  if (texts.length !== receipts.length || typeof left !== 'number' || !Number.isInteger(left) || left < 0) return null;
  return { state, receipts: texts, left };
}

function readAnswer(detail: unknown, nonce: string): PageReceipts | null {
  if (typeof detail !== 'string' || detail.length > MAX_ANSWER) return null;
  try {
    const answer = JSON.parse(detail) as unknown;
    return isObject(answer) && answer['nonce'] === nonce ? readGiven(answer['given']) : null;
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
