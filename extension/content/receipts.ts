// Asks the helper in the page's world for the receipts of the site's widget, or to do what the person wants of the page, and believes
// nothing of the answer but its shape.
import { CAPS } from '../caps.ts';
import type { Done, PageReceipts } from '../messages.ts';
import { isObject, type AskPageWorld } from './page-world.ts';

const MAX_ANSWER = CAPS.receipts * CAPS.receipt;

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

type Answer<W> = W extends 'receipts' ? PageReceipts : Done;

/** Of a deed only how it went. */
const readDone = (given: unknown): Done | null =>
  isObject(given) && (given['state'] === 'done' || given['state'] === 'no_way' || given['state'] === 'failed')
    ? { state: given['state'] }
    : null;

export const helperOfPage =
  (ask: AskPageWorld) =>
  async <W extends 'receipts' | 'withdraw' | 'reopen'>(want: W): Promise<Answer<W>> => {
    const read: (given: unknown) => PageReceipts | Done | null = want === 'receipts' ? readGiven : readDone;
    return ((await ask({ want, recipes: [] }, MAX_ANSWER, read)) ?? { state: 'failed' }) as Answer<W>;
  };
