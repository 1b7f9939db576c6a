// Waits in the page's world for the content script's secret, once, and then for its questions. Each question gets one answer, so that a
// page can make nothing here repeat itself.
import { answerName, askName, HELLO, READY, type Question } from './channel.ts';
import { doDeed } from './deeds.ts';
import { readReceipts } from './receipts.ts';
import { signalReader } from './signal-reader.ts';

/** The page may have put anything there. */
type PageWindow = Pick<Window & typeof globalThis, 'document' | 'CustomEvent'> & { candour?: unknown };

/** Keeps the platform's own functions, as a page may replace them later. */
export function servePage(page: PageWindow): void {
  const { document, CustomEvent } = page;
  const { stringify, parse } = JSON;
  const readSignals = signalReader(page);
  const dispatch = document.dispatchEvent.bind(document);
  const listen = document.addEventListener.bind(document);

  /** `given` is JSON already: nothing of ours is turned into text while a page could listen in (Object.prototype.toJSON). */
  const answer = (secret: string, nonce: string, given: string): void => {
    const detail = `{"nonce":"${nonce}","given":${given}}`;
    dispatch(new CustomEvent(answerName(secret), { __proto__: null, detail } as CustomEventInit));
  };
  /** `await`, because a page can replace what `then` is. */
  const ask = async (secret: string, { nonce, want, recipes }: Question): Promise<void> => {
    if (want === 'signals') return readSignals(recipes, (given) => answer(secret, nonce, given));
    answer(secret, nonce, stringify(await (want === 'receipts' ? readReceipts(page) : doDeed(page, want))));
  };
  listen(
    HELLO,
    (event) => {
      const secret: unknown = (event as CustomEvent).detail;
      if (typeof secret !== 'string') return;
      event.preventDefault();
      listen(askName(secret), (asked) => void ask(secret, parse((asked as CustomEvent<string>).detail) as Question));
    },
    { once: true },
  );
  dispatch(new CustomEvent(READY));
}
