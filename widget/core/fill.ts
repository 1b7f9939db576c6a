// Puts names and numbers where a text has braces.
const BRACES = /\{(\w+)\}/;

/** The text around, and at each odd place what is filled in. */
export const pieces = (text: string, values: Readonly<Record<string, string>>): string[] =>
  text.split(BRACES).map((piece, i) => (i % 2 === 1 ? (values[piece] ?? '') : piece));

export const fill = (text: string, values: Readonly<Record<string, string>>): string => pieces(text, values).join('');

/** A label within a sentence: an abbreviation keeps its capitals, and German its nouns. */
export const inside = (label: string, language: string): string =>
  language.startsWith('de') ? label : label.replace(/^\p{Lu}(?=\P{Lu})/u, (letter) => letter.toLocaleLowerCase(language));

/**
 * In a row; no "and" before the last, which may be "videos and maps". Where lines run from the right, each keeps its own direction: a row
 * of labels in another script would run from the left as a whole.
 */
export const joined = (items: readonly string[], language: string): string =>
  (/^(ar|he)/.test(language) ? items.map((item) => `\u2068${item}\u2069`) : items).join(language.startsWith('ar') ? '، ' : ', ');

/** Labels in a row. */
export const list = (labels: readonly string[], language: string): string =>
  joined(
    labels.map((label) => inside(label, language)),
    language,
  );

/** The language of the site's own words, where it is not that of the interface: for the elements that hold them. */
export const otherLanguage = (own: string, interfaceLanguage: string): string | null =>
  own.split('-')[0] === interfaceLanguage ? null : own;
