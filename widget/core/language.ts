// In which language an element of ours is.
import type { Spoken } from '../../shared/site/words.ts';

export function setLanguage(
  host: HTMLElement,
  { language, direction = 'ltr' }: Pick<Spoken, 'language'> & Partial<Spoken>,
): void {
  host.lang = language;
  host.dir = direction;
}
