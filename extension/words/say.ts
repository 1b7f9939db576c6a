// The words of the extension's own pages in the person's language. One locale is loaded, on demand; what it lacks is said in English.
import { en, type Word, type Words } from './en.ts';
import { LOCALES } from './locales.ts';
import { formatOf, languageAmong, sentence, type Values } from './sentence.ts';

interface Spoken {
  language: string;
  words: Partial<Words>;
}

const english: Spoken = { language: 'en', words: en };
let spoken = english;

const RIGHT_TO_LEFT = new Set(['ar', 'he']);

const speaks = (language: string): boolean => Object.hasOwn(LOCALES, language);
/** The first of these tags that we speak; English where we speak none. */
export const languageFor = (tags: readonly string[]): string => languageAmong(tags, speaks);

/** From now on `say` says it in this language; one that we do not speak is English. */
export async function speak(language: string): Promise<void> {
  const load = speaks(language) ? LOCALES[language] : undefined;
  spoken = load ? { language, words: await load() } : english;
}

export const formatLanguage = (): string => formatOf(spoken.language);
export const spokenLanguage = (): string => spoken.language;

/** Tells the page in which language it is, and which way it is read. */
export function markDocument(document: Document): void {
  document.documentElement.lang = formatLanguage();
  document.documentElement.dir = RIGHT_TO_LEFT.has(spoken.language) ? 'rtl' : 'ltr';
}

/** A text with what is filled in. */
export function say(id: Word, values: Values = {}): string {
  const own = spoken.words[id];
  return own === undefined ? sentence(en[id], values, 'en', formatLanguage()) : sentence(own, values, spoken.language);
}
