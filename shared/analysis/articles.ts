// Article 6 by its number, however a notice writes it: "Art. 6(1)(f)", "Article 6.1 b", "Art. 6 Abs. 1 S. 1 lit. a und f", "article 6, 1, b)".
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { Span } from './document.ts';

/** By the letters of Article 6(1). */
export const LETTERS: Readonly<Record<string, LawfulBasis>> = {
  a: 'consent',
  b: 'contract',
  c: 'legal_obligation',
  d: 'vital_interests',
  e: 'public_task',
  ea: 'recognised_legitimate_interests',
  f: 'legitimate_interests',
};

export interface ArticleMention extends Span {
  basis: LawfulBasis;
}

const ARTICLE =
  /\b(?:art(?:icle|ikel|\u00edculo|icolo|igo)?s?\b\.? ?|gdpr ?|(?<!(?:section|sections|regulation|schedule|clause|rule|paragraph|\bs\.?|\u00a7|-|\d\.) ?)(?=6 ?\(1\) ?\(?[a-f]\b))6(?!\d)(?= ?[-.,(:;]| ?(?:abs|para|par\b|i\b|[a-f1]\b|lit|let|point|lid|\u00a7|al|s\.|nr))/gi;
const BETWEEN =
  /^(?:[\s.,:;()/&+-]|\b1\b|§|\bI\b(?!\w)|paragraphe?|para|absatz|abs|satz|sentence|p\b|unterabs|uabs|sub|buchst(?:abe)?n?|lit(?:era)?|let(?:ter|tera|tre|ra|t)?|point|punkt|nr|no|al(?:in[\u00e9e]a)?|par|lid|onder|and|und|or|oder|et|ou|as well as|sowie|bzw|s\b|of the|n°|comma|apartado)+/i;
const LETTER = /^(ea|[a-f])(?![\p{L}\d])/u;
/** "points (a) and (f) of Article 6(1)", "lit. b des Art. 6": the letters stand before. */
const BEFORE =
  /\b(?:points?|lit(?:era)?\.?|letters?|buchst(?:abe|\.)?|paragraphs?|clauses?) ?((?:\(?[a-f]\)?(?:,| and| or| und|&| ){1,4}){0,4}\(?[a-f]\)?) (?:of|des|von|de l'|under)(?: the)? (?:gdpr )?art(?:icle|ikel|\.)? ?6/gi;
const ENDS_LETTER = /^(?:\)|\s*(?:[,.;)\]&/]|$)|\s+(?:and|und|or|oder|et|ou|ds-?gvo|gdpr|rgpd|of|du|der|uk|eu)\b)/i;
const LONGEST = 90;

const found = (letter: string, start: number, end: number): ArticleMention[] => {
  const basis = LETTERS[letter.toLowerCase()];
  return basis ? [{ basis, start, end }] : [];
};

/** Every basis that the plain text names by article, with the place of the reference. */
export function articleMentions(plain: string): ArticleMention[] {
  const mentions: ArticleMention[] = [];
  for (const match of plain.matchAll(ARTICLE)) {
    let at = match.index + match[0].length;
    const limit = at + LONGEST;
    let letters = 0;
    while (at < limit) {
      const gap = BETWEEN.exec(plain.slice(at, at + 40))?.[0] ?? '';
      const letter = LETTER.exec(plain.slice(at + gap.length, at + gap.length + 4))?.[1];
      if (letter === undefined || (letters > 0 && gap === '')) break;
      const end = at + gap.length + letter.length;
      // "(c), a legal obligation": here "a" is the English article.
      if (
        (letters > 0 || letter.toLowerCase() === 'a') &&
        !/[(.]$|lit|let/i.test(gap) &&
        !ENDS_LETTER.test(plain.slice(end, end + 12))
      )
        break;
      mentions.push(...found(letter, match.index, plain[end] === ')' ? end + 1 : end));
      letters += 1;
      at = end;
      // A second reference to another article begins.
      if (/^\W{0,4}(?:and |und |et |, )?art/i.test(plain.slice(at, at + 12))) break;
    }
  }
  for (const match of plain.matchAll(BEFORE))
    for (const [letter] of (match[1] ?? '').matchAll(/\b[a-f]\b/gi))
      mentions.push(...found(letter, match.index, match.index + match[0].length));
  return mentions;
}
