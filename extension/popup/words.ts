// Dates, shares and names in the person's language; every other text is in extension/words.
import { plainText } from '../plain-text.ts';
import { en, type Word } from '../words/en.ts';
import { formatLanguage, say } from '../words/say.ts';

/** "90 %" of how sure a rule is, as the language writes it. */
export const sureWords = (confidence: number): string =>
  new Intl.NumberFormat(formatLanguage(), { style: 'percent', maximumFractionDigits: 0 }).format(confidence);

/** Days and months as people write them; a month alone where the document gives no day. */
export function dateWords(iso: string): string {
  const date = new Date(iso.length === 7 ? `${iso}-01` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = iso.length === 7 ? {} : { day: 'numeric' as const };
  const zone = iso.length <= 10 ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat(formatLanguage(), { ...day, month: 'long', year: 'numeric', ...zone }).format(date);
}

/** What is no moment, as a file that was read in may have it, is shown as it stands. */
export function momentWords(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(formatLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** "postal-address" or "date_of_birth" as words. */
export const idWords = (id: string): string => {
  const words = id.replaceAll(/[-_]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** Some of the words stand within sentences elsewhere; here each stands alone. */
export const capital = (words: string): string =>
  words.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(formatLanguage()));

/** A purpose by its id on the site: those that sites name alike in the person's language, others as the site calls them. */
export function purposeWords(id: string): string {
  const known = `what.${id}`;
  return Object.hasOwn(en, known) ? capital(say(known as Word)) : idWords(plainText(id));
}

/** "fi" as "Finnish"; "und": not recognised. */
export function languageWords(tag: string): string {
  if (tag === 'und') return say('language.unknown');
  try {
    return say('language.seems', { language: nameOf(tag) });
  } catch {
    return tag;
  }
}

const nameOf = (tag: string): string => new Intl.DisplayNames(formatLanguage(), { type: 'language' }).of(tag) ?? tag;
/** "fi" as "Finnish"; what is no language's tag as it stands. */
export function languageName(tag: string): string {
  try {
    return nameOf(tag);
  } catch {
    return tag;
  }
}
