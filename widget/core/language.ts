// In which language an element of ours is.
import type { Spoken } from '../../shared/site/words.ts';

export function setLanguage(host: HTMLElement, words: Pick<Spoken, 'language'> & Partial<Spoken>): void {
  host.lang = words.language;
  host.dir = words.direction ?? 'ltr';
}
