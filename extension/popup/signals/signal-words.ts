// Lists of what other platforms name, in the person's language.
import type { ConsentType } from '../../../shared/signals/signals.ts';
import { en, type Word } from '../../words/en.ts';
import { formatLanguage, say } from '../../words/say.ts';

export const listed = (words: readonly string[]): string => new Intl.ListFormat(formatLanguage(), { type: 'unit' }).format(words);

/** "2 Select advertising with limited data"; the number alone where it is none of the framework's. */
export function purposeName(id: number): string {
  const word = `tcf.purpose.${id}`;
  return Object.hasOwn(en, word) ? `${id} ${say(word as Word)}` : String(id);
}

export const purposeNames = (ids: readonly number[]): string => listed(ids.map(purposeName));
export const typeNames = (types: readonly ConsentType[]): string =>
  listed(types.map((type) => `${say(`consentType.${type}`)} (${type})`));
