// The words of mails and pages about messages, by language. A language that is not here is answered in English and says so by its
// `lang`; what the site itself wrote stays in the site's language.
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

export type WordId = keyof typeof en;
export type MarketingWords = Readonly<Record<WordId, string>>;

const LANGUAGES = { en, de, fr, ar } as const satisfies Record<string, MarketingWords>;
export type LanguageCode = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

/** Each by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  ar: 'العربية',
};

export interface Speech {
  code: LanguageCode;
  direction: 'ltr' | 'rtl';
  words: MarketingWords;
}

const RIGHT_TO_LEFT: readonly LanguageCode[] = ['ar'];

/** "de-AT" and "de" are German; what is not known is English. */
export function speech(tag: string | null | undefined): Speech {
  const wanted = (tag ?? '').toLowerCase().split('-')[0];
  const code = LANGUAGE_CODES.find((one) => one === wanted) ?? 'en';
  return { code, direction: RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr', words: LANGUAGES[code] };
}

/** Whether there are words of that language. */
export const speaks = (tag: string): boolean => LANGUAGE_CODES.some((one) => one === tag.toLowerCase().split('-')[0]);

/** The first that is spoken here of an Accept-Language header (RFC 9110 section 12.5.4); null: none. */
export function acceptedLanguage(header: string | undefined): string | null {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...more] = part.trim().split(';');
      const weight = more.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return wanted.find(({ tag }) => speaks(tag))?.tag ?? null;
}

/** Text with what is known only now: `values` are others' words and stand apart from ours. */
export type Part = string | { value: string };

/** Throws RangeError for a name that no value is given for. */
export function filled(text: string, values: Readonly<Record<string, string>> = {}): Part[] {
  return text.split(/(\{\w+\})/).flatMap((piece): Part[] => {
    if (piece === '') return [];
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) return [piece];
    const value = values[name];
    if (value === undefined) throw new RangeError(`the words need {${name}}`);
    return [{ value }];
  });
}

/** The same as one text. */
export const filledText = (text: string, values: Readonly<Record<string, string>> = {}): string =>
  filled(text, values)
    .map((part) => (typeof part === 'string' ? part : part.value))
    .join('');
