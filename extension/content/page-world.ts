// Asks the helper in the page's world, and believes of its answer only that it is one: no larger than agreed, and to this very question.
import { answerName, askName, HELLO, PATIENCE, READY, type Question } from '../page-world/channel.ts';

/** 128 bits in at most 40 digits. */
const random = (): string => crypto.getRandomValues(new Uint32Array(4)).join('');

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** `read` gives null for what is no answer; then the wait goes on. Null in the end: nothing came that is one. */
export type AskPageWorld = <T>(
  question: Omit<Question, 'nonce'>,
  most: number,
  read: (given: unknown) => T | null,
) => Promise<T | null>;

/** Two of them: the browser is asked for chance once, as in a new tab the first time is the dear one. */
export function twoRandoms(): [string, string] {
  const both = crypto.getRandomValues(new Uint32Array(8));
  return [both.subarray(0, 4).join(''), both.subarray(4).join('')];
}

/** Gives the helper in the page's world its secret at once. Must run before any script of the page. */
export function pageWorld(document: Document, secret: string): AskPageWorld {
  // Taken before any element of the page could stand in their place.
  const dispatch = document.dispatchEvent.bind(document);
  const listen = document.addEventListener.bind(document);
  // Whoever hears it cancels it. Only while nobody has, the helper's own start is waited for: a page that sends READY later learns nothing.
  const hello = (): boolean => dispatch(new CustomEvent(HELLO, { detail: secret, cancelable: true }));
  if (hello()) listen(READY, hello, { once: true });

  return <T>(question: Omit<Question, 'nonce'>, most: number, read: (given: unknown) => T | null) =>
    new Promise<T | null>((resolve) => {
      const nonce = random();
      const listening = new AbortController();
      const finish = (given: T | null): void => {
        listening.abort();
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => finish(null), PATIENCE);
      listen(
        answerName(secret),
        (event) => {
          const { detail } = event as CustomEvent<unknown>;
          if (typeof detail !== 'string' || detail.length > most) return;
          try {
            const answer = JSON.parse(detail) as unknown;
            const given = isObject(answer) && answer['nonce'] === nonce ? read(answer['given']) : null;
            if (given !== null) finish(given);
          } catch {
            // No answer of the helper's.
          }
        },
        { signal: listening.signal },
      );
      dispatch(new CustomEvent(askName(secret), { detail: JSON.stringify({ nonce, ...question } satisfies Question) }));
    });
}
