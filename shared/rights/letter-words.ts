// The letters' languages: those in which notices are read. Letters are sent, so each is whole in one language; what stands around them is
// said in the same words where the interface speaks that language, in English otherwise.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { NoticeKind } from '../notice/schema.ts';
import { deutsch } from './letter-words-de.ts';
import { english } from './letter-words-en.ts';
import { french } from './letter-words-fr.ts';
import type { LetterKind, LetterLaw, Searched } from './letters.ts';

export const LETTER_LANGUAGES = ['en', 'de', 'fr'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

export interface LetterText {
  subject: string;
  /** Paragraphs; one whose only place is empty is left out. */
  body: readonly string[];
}

export interface LetterWords {
  /** The language in itself. */
  itself: string;
  labels: Record<LetterKind, string>;
  /**
   * Places: {controller}, {document}, {source}, {uses}, {about}, {told}, {withdraw}, {contact}. What stands in [ ] only the person knows.
   */
  texts: Record<LetterKind, LetterText>;
  documents: Record<NoticeKind, string>;
  /** A data protection officer, as an addressee. */
  dpo: string;
  dearDpo: string;
  dear(name: string): string;
  dearAll: string;
  closing: string;
  quote(text: string): string;
  missing: Record<Searched, string>;
  /** Where the notice names no controller. */
  someController(missing: string, document: string): string;
  someSubject(missing: string): string;
  bases: Record<LawfulBasis, string>;
  /** "Art. 21(2)" as this language writes it. */
  article(article: string): string;
  laws: Record<LetterLaw, string>;
  /** Where the right of a complaint stands in the United Kingdom. */
  britishComplaint: { controller: string; authority: string };
  marketing: string;
  wholeOnly: string;
  usesAre(document: string): string;
  more(count: number): string;
  told(document: string, quote: string, whose: 'your' | 'its'): string;
  aboutAre: string;
  basisOf(bases: string): string;
  withdraw: string;
  and: string;
  or: string;
  // Why a letter is offered, or not.
  always: string;
  complaintAlways: string;
  complaintUk: string;
  complaintEu: string;
  complaintUnknown: string;
  marketingWhy: string;
  marketingWhyNot: Record<Searched, string>;
  follows(bases: string): string;
  followsWhole(bases: string): string;
  unstated: Record<Searched, string>;
  depends(unstated: string, giving: string): string;
  statesWhole(whole: string, giving: string): string;
  restsOn(own: string, giving: string): string;
  restsOnPortability(own: string): string;
}

export const LETTER_WORDS: Record<LetterLanguage, LetterWords> = { en: english, de: deutsch, fr: french };

/** Of a BCP 47 tag; English where no letter is written in the language. */
export const letterLanguageOf = (tag: string): LetterLanguage => {
  const base = tag.toLowerCase().split('-')[0];
  return LETTER_LANGUAGES.find((language) => language === base) ?? 'en';
};
