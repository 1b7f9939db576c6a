// Words written as stems (topics.ts), looked for in a text: plain comparison of words, nothing that could repeat or backtrack.

interface Stem {
  words: string;
  /** May stand inside a word. */
  inside: boolean;
  /** Ends with its word. */
  whole: boolean;
}

const made = new Map<string, Stem[]>();
function stemsOf(list: string): Stem[] {
  const known = made.get(list);
  if (known) return known;
  const found = list
    .split(/,\s*/)
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => ({ words: text.replace(/^~|\$$/g, ''), inside: text.startsWith('~'), whole: text.endsWith('$') }));
  made.set(list, found);
  return found;
}

const LETTER = /[\p{L}\p{N}]/u;
const isLetter = (mark: string | undefined): boolean => mark !== undefined && LETTER.test(mark);

function stands({ words, inside, whole }: Stem, even: string): boolean {
  for (let at = even.indexOf(words); at >= 0; at = even.indexOf(words, at + 1))
    if ((inside || !isLetter(even[at - 1])) && (!whole || !isLetter(even[at + words.length]))) return true;
  return false;
}

const LONGEST = 4000;
/** One spelling of quotes, spaces and letters. */
export const evenText = (text: string): string =>
  text
    .slice(0, LONGEST)
    .normalize('NFC')
    .replaceAll('\u2019', "'")
    .replace(/[\s_]+/g, ' ')
    .toLowerCase();

/**
 * The first of the stems that stands in the text, or null. "contact us, ~kontakt, event$": a stem stands at the beginning of a word;
 * "~" finds it inside one, "$" ends the word. The text must be even (evenText).
 */
export const foundStem = (list: string | undefined, even: string): string | null =>
  list === undefined || even === '' ? null : (stemsOf(list).find((stem) => stands(stem, even))?.words ?? null);
