// Puts names and numbers where a text has braces.
const BRACES = /\{(\w+)\}/;

/** The text around, and at each odd place what is filled in. */
export const pieces = (text: string, values: Readonly<Record<string, string>>): string[] =>
  text.split(BRACES).map((piece, i) => (i % 2 === 1 ? (values[piece] ?? '') : piece));

export const fill = (text: string, values: Readonly<Record<string, string>>): string => pieces(text, values).join('');

/** Labels in a row. */
export function list(items: readonly string[], language: string): string {
  const inside = (item: string): string =>
    // No "and" before the last, which may be "videos and maps"; an abbreviation keeps its capitals, and German its nouns.
    language.startsWith('de') ? item : item.replace(/^\p{Lu}(?=\P{Lu})/u, (letter) => letter.toLocaleLowerCase(language));
  return items.map(inside).join(language.startsWith('ar') ? '، ' : ', ');
}

/** The language of the site's own words, where it is not that of the interface: for the elements that hold them. */
export const otherLanguage = (own: string, interfaceLanguage: string): string | null =>
  own.split('-')[0] === interfaceLanguage ? null : own;
