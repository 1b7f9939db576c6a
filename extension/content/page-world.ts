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

/** Two of them, of at least 128 and 96 bits: the browser is asked for chance once, as in a new tab the first time is the dear one. */
export function twoRandoms(): [string, string] {
  const both = crypto.getRandomValues(new Uint32Array(8)).join('');
  return [both.slice(0, 40), both.slice(40)];
}

// The platform's own, where an element of the page may stand in a document's.
const { dispatchEvent, addEventListener } = EventTarget.prototype;

/** Gives the helper in the page's world its secret at once. Must run before any script of the page. */
export function meetPageWorld(document: Document, secret: string): void {
  // Whoever hears it cancels it. Only while nobody has, the helper's own start is waited for: a page that sends READY later learns nothing.
  const hello = (): boolean => dispatchEvent.call(document, new CustomEvent(HELLO, { detail: secret, cancelable: true }));
  if (hello()) addEventListener.call(document, READY, hello, { once: true });
}

/** Asks by a secret that the helper was given. */
export const pageWorld =
  (secret: string): AskPageWorld =>
  <T>(question: Omit<Question, 'nonce'>, most: number, read: (given: unknown) => T | null) =>
    new Promise<T | null>((resolve) => {
      const nonce = random();
      const listening = new AbortController();
      const finish = (given: T | null): void => {
        listening.abort();
        clearTimeout(timer);
        resolve(given);
      };
      const timer = setTimeout(() => finish(null), PATIENCE);
      addEventListener.call(
        document,
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
      dispatchEvent.call(
        document,
        new CustomEvent(askName(secret), { detail: JSON.stringify({ nonce, ...question } satisfies Question) }),
      );
    });
