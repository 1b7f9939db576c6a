// Waits in the page's world for the content script's secret, once, and then for its questions. Each question gets one answer, so that a
// page can make nothing here repeat itself.
import { answerName, askName, HELLO, READY, type Question } from './channel.ts';
import { doDeed } from './deeds.ts';
import { signalReader } from './signal-reader.ts';

/** The page may have put anything there. */
type PageWindow = Pick<Window & typeof globalThis, 'document' | 'CustomEvent'>;

/** A property's getter as it is now: one that a page puts there later would be handed the event, and with it the secret. */
function ownGetter(prototype: object, name: string): (of: object) => unknown {
  const { bind, call } = Function.prototype;
  return bind.call(call, Object.getOwnPropertyDescriptor(prototype, name)?.get as never) as (of: object) => unknown;
}

/** Keeps the platform's own functions, as a page may replace them later. */
export function servePage(page: PageWindow): void {
  const { document, CustomEvent } = page;
  const { stringify, parse } = JSON;
  const detailOf = ownGetter(CustomEvent.prototype, 'detail');
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
    answer(secret, nonce, stringify(await doDeed(page, want)));
  };
  listen(
    HELLO,
    (event) => {
      const secret = detailOf(event);
      if (typeof secret !== 'string') return;
      event.preventDefault();
      listen(askName(secret), (asked) => void ask(secret, parse(detailOf(asked) as string) as Question));
    },
    { once: true },
  );
  dispatch(new CustomEvent(READY));
}
