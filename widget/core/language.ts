// The few words of the first chunk, and in which language they are: the site's own from the first moment, the page's as soon as
// the words of the interface are there.
import type { FirstWords, Spoken } from '../../shared/site/words.ts';

export let words: FirstWords;

/** What is on screen already has to be rendered again. */
export const speak = (next: FirstWords): void => {
  words = next;
};

export function setLanguage(host: HTMLElement, { language, direction }: Spoken): void {
  host.lang = language;
  host.dir = direction;
}
