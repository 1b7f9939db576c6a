// The words of the extension's own pages in the person's language. One locale is loaded, on demand; what it lacks is said in English.
import { en, type Text, type Word, type Words } from './en.ts';
import { LOCALES } from './locales.ts';

interface Spoken {
  language: string;
  words: Partial<Words>;
  plural: Intl.PluralRules;
}

const english = (): Spoken => ({ language: 'en', words: en, plural: new Intl.PluralRules('en-GB') });
let spoken = english();

const RIGHT_TO_LEFT = new Set(['ar', 'he']);

/** The first of these tags that we speak: "de-AT" is German, "no" and "nn" are Norwegian, "iw" is Hebrew. English where we speak none. */
export function languageFor(tags: readonly string[]): string {
  const others: Partial<Record<string, string>> = { no: 'nb', nn: 'nb', iw: 'he' };
  for (const tag of tags) {
    const [base = ''] = tag.toLowerCase().split('-');
    const language = others[base] ?? base;
    if (language === 'en' || Object.hasOwn(LOCALES, language)) return language;
  }
  return 'en';
}

/** From now on `say` says it in this language; one that we do not speak is English. */
export async function speak(language: string): Promise<void> {
  const load = Object.hasOwn(LOCALES, language) ? LOCALES[language] : undefined;
  spoken = load ? { language, words: await load(), plural: new Intl.PluralRules(language) } : english();
}

/** For dates and numbers; English as people in Britain write it. */
export const formatLanguage = (): string => (spoken.language === 'en' ? 'en-GB' : spoken.language);
export const spokenLanguage = (): string => spoken.language;

/** Tells the page in which language it is, and which way it is read. */
export function markDocument(document: Document): void {
  document.documentElement.lang = formatLanguage();
  document.documentElement.dir = RIGHT_TO_LEFT.has(spoken.language) ? 'rtl' : 'ltr';
}

const formOf = (text: Text, n: unknown, plural: Intl.PluralRules): string =>
  typeof text === 'string' ? text : ((typeof n === 'number' ? text[plural.select(n)] : undefined) ?? text.other ?? '');

/** A text with what is filled in. In one pass, so that what others wrote is never taken for a place. */
export function say(id: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const own = spoken.words[id];
  const text = own === undefined ? formOf(en[id], values['n'], english().plural) : formOf(own, values['n'], spoken.plural);
  const number = new Intl.NumberFormat(formatLanguage());
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? number.format(value) : value;
  });
}
