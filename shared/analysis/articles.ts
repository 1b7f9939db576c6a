// Article 6 by its number, however a notice writes it: "Art. 6(1)(f)", "Article 6.1 b", "Art. 6 Abs. 1 S. 1 lit. a und f", "article 6, 1, b)".
// The institutions of the Union have a regulation of their own, (EU) 2018/1725, where the same bases stand in Article 5, and the large
// churches in Germany laws of their own, where they stand in § 6.
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

/** Article 5 of Regulation (EU) 2018/1725, and of (EC) 45/2001 before it. */
export const LETTERS_OF_THE_UNION: Readonly<Record<string, LawfulBasis>> = {
  a: 'public_task',
  b: 'legal_obligation',
  c: 'contract',
  d: 'consent',
  e: 'vital_interests',
};

/** Where a law has its bases. */
interface Law {
  letters: Readonly<Record<string, LawfulBasis>>;
  article: RegExp;
  /** The letters stand before: "points (a) and (f) of Article 6(1)". */
  before: RegExp;
  /** Behind the reference: it is to another law. */
  another?: RegExp;
}

const NAMES_THE_UNION = /\b2018\/1725\b|\b45\/2001\b|\bEUDPR\b/;
/** Whether a text is about the law that the institutions of the Union go by. */
export const isOfTheUnion = (plain: string): boolean => NAMES_THE_UNION.test(plain);

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

/** The 6 of the expressions above is the number of the article and nothing else. */
const forArticle5 = ({ source, flags }: RegExp): RegExp => new RegExp(source.replaceAll('6', '5'), flags);

const GDPR: Law = { letters: LETTERS, article: ARTICLE, before: BEFORE };
const OF_THE_UNION: Law = {
  letters: LETTERS_OF_THE_UNION,
  article: forArticle5(ARTICLE),
  before: forArticle5(BEFORE),
  another: /^[^.;]{0,30}\b(?:gdpr|ds-?gvo|rgpd|2016\/679|staff regulations?|financial regulation)\b/i,
};

/** § 6 (1) KDG, of the Catholic church; letter a is whatever another law allows. */
const LETTERS_OF_THE_KDG: Readonly<Record<string, LawfulBasis>> = {
  b: 'consent',
  c: 'contract',
  d: 'legal_obligation',
  e: 'vital_interests',
  f: 'public_task',
  g: 'legitimate_interests',
};
/** § 6 DSG-EKD, of the Protestant churches; the tasks of the church are its public task. */
const NUMBERS_OF_THE_EKD: Readonly<Record<string, LawfulBasis>> = {
  2: 'consent',
  3: 'public_task',
  4: 'public_task',
  5: 'contract',
  6: 'legal_obligation',
  7: 'vital_interests',
  8: 'legitimate_interests',
};
const OF_THE_KDG =
  /\u00a7 ?6 (?:abs(?:atz|\.)? ?1 )?(?:s(?:atz|\.) ?1 )?(?:lit|buchst|buchstabe)?\.? ?([a-g])\)?(?:(?:,| und| oder| sowie| bzw\.) (?:lit\. ?|buchst\. ?)?([a-g])\)?)?,? (?:des )?KDG\b/gi;
const OF_THE_EKD =
  /\u00a7 ?6 (?:abs(?:atz|\.)? ?1 )?(?:s(?:atz|\.) ?1 )?(?:nr|nummer|ziff|ziffer)\.? ?([1-8])(?:(?:,| und| oder| sowie| bzw\.) (?:nr\. ?)?([1-8]))?,? (?:des )?DSG-?EKD\b/gi;

/** "§ 6 Nr. 3 DSG-EKD", "§ 6 Abs. 1 lit. b und f KDG". */
function churchMentions(plain: string): ArticleMention[] {
  const found = (expression: RegExp, bases: Readonly<Record<string, LawfulBasis>>): ArticleMention[] =>
    [...plain.matchAll(expression)].flatMap(({ 0: whole, 1: one, 2: two, index: start }) =>
      [one, two].flatMap((each) => {
        const basis = each === undefined ? undefined : bases[each.toLowerCase()];
        return basis ? [{ basis, start, end: start + whole.length }] : [];
      }),
    );
  return plain.includes('\u00a7') ? [...found(OF_THE_KDG, LETTERS_OF_THE_KDG), ...found(OF_THE_EKD, NUMBERS_OF_THE_EKD)] : [];
}

/** Every basis that the plain text names by article, with the place of the reference. `union`: the text is of an institution of the Union. */
export const articleMentions = (plain: string, union = false): ArticleMention[] => [
  ...(union ? [GDPR, OF_THE_UNION] : [GDPR]).flatMap((law) => mentionsOf(plain, law)),
  ...churchMentions(plain),
];

function mentionsOf(plain: string, { letters: byLetter, article, before, another }: Law): ArticleMention[] {
  const mentions: ArticleMention[] = [];
  const add = (letter: string, start: number, end: number): void => {
    const basis = byLetter[letter.toLowerCase()];
    if (basis && !another?.test(plain.slice(end, end + 60))) mentions.push({ basis, start, end });
  };
  for (const match of plain.matchAll(article)) {
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
      add(letter, match.index, plain[end] === ')' ? end + 1 : end);
      letters += 1;
      at = end;
      // A second reference to another article begins.
      if (/^\W{0,4}(?:and |und |et |, )?art/i.test(plain.slice(at, at + 12))) break;
    }
  }
  for (const match of plain.matchAll(before))
    for (const [letter] of (match[1] ?? '').matchAll(/\b[a-f]\b/gi)) add(letter, match.index, match.index + match[0].length);
  return mentions;
}
