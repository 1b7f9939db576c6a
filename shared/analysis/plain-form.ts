// The form of a text that rules match against: typographic variants become the plain character, unit by unit, so that every
// offset stays what it was.

const VARIANTS: readonly (readonly [string, string])[] = [
  ['‘’‚‛′`´', "'"],
  ['“”„‟«»″', '"'],
  ['‐‑‒–—―−', '-'],
  ['\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n\f\v\u2028\u2029', ' '],
];
const PLAIN = new Map(VARIANTS.flatMap(([variants, plain]) => variants.split('').map((variant) => [variant, plain] as const)));
const ANY = new RegExp(`[${VARIANTS.map(([variants]) => variants.replaceAll('-', '\\-')).join('')}]`, 'g');

/** Same length as `text`. */
export const plainForm = (text: string): string => text.replace(ANY, (variant) => PLAIN.get(variant) ?? variant);

// Characters that show nothing or turn the direction of writing: with them a text reads otherwise than it is stored.
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cc}/gu;

/** For text that is printed anew (HTML, Markdown): composed, without what is invisible; line feeds stay. */
export const visibleText = (text: string): string =>
  text.normalize('NFC').replace(INVISIBLE, (character) => (character === '\n' || character === '\t' ? character : ''));
