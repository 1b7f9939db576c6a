// The words of mails and pages about messages, by language. A language that is not here is answered in English and says so by its
// `lang`; what the site itself wrote stays in the site's language.
import { languageFor, primaryLanguage, spoken } from '../../../shared/site/words.ts';
import { ar } from './ar.ts';
import { bg } from './bg.ts';
import { cs } from './cs.ts';
import { cy } from './cy.ts';
import { da } from './da.ts';
import { de } from './de.ts';
import { el } from './el.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { et } from './et.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { ga } from './ga.ts';
import { gd } from './gd.ts';
import { he } from './he.ts';
import { hr } from './hr.ts';
import { hu } from './hu.ts';
import { is } from './is.ts';
import { it } from './it.ts';
import { lt } from './lt.ts';
import { lv } from './lv.ts';
import { mt } from './mt.ts';
import { nb } from './nb.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { sk } from './sk.ts';
import { sl } from './sl.ts';
import { sv } from './sv.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';

export type WordId = keyof typeof en;
export type MarketingWords = Readonly<Record<WordId, string>>;

const LANGUAGES = {
  ar,
  bg,
  cs,
  cy,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  gd,
  he,
  hr,
  hu,
  is,
  it,
  lt,
  lv,
  mt,
  nb,
  nl,
  pl,
  pt,
  ro,
  sk,
  sl,
  sv,
  tr,
  uk,
} as const satisfies Record<string, MarketingWords>;
export type LanguageCode = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

/** Each by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = {
  ar: 'العربية',
  bg: 'Български',
  cs: 'Čeština',
  cy: 'Cymraeg',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  es: 'Español',
  et: 'Eesti',
  fi: 'Suomi',
  fr: 'Français',
  ga: 'Gaeilge',
  gd: 'Gàidhlig',
  he: 'עברית',
  hr: 'Hrvatski',
  hu: 'Magyar',
  is: 'Íslenska',
  it: 'Italiano',
  lt: 'Lietuvių',
  lv: 'Latviešu',
  mt: 'Malti',
  nb: 'Norsk bokmål',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  ro: 'Română',
  sk: 'Slovenčina',
  sl: 'Slovenščina',
  sv: 'Svenska',
  tr: 'Türkçe',
  uk: 'Українська',
};

export interface Speech {
  code: LanguageCode;
  direction: 'ltr' | 'rtl';
  words: MarketingWords;
}

/** "de-AT" and "de" are German, "nn" and "no" are Norwegian; what is not known is English. */
export function speech(tag: string | null | undefined): Speech {
  const code = languageFor(tag ?? '', LANGUAGE_CODES) as LanguageCode;
  return { code, direction: spoken(code).direction, words: LANGUAGES[code] };
}

/** Whether there are words of that language. */
export const speaks = (tag: string): boolean => primaryLanguage(tag) === 'en' || languageFor(tag, LANGUAGE_CODES) !== 'en';

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
