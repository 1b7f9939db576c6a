// What is found of a lawful basis, and the form of a sentence that frames are matched against.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { NoticeDocument, Span } from './document.ts';
import type { Legend } from './legend.ts';
import type { Mention } from './mentions.ts';
import { NAMED, OTHER, OTHER_BY_NUMBER } from './rules/frame.ts';
import type { LanguageRules } from './rules/languages.ts';
import type { SectionKinds } from './sections.ts';

export interface BasisStatement extends Span {
  basis: LawfulBasis;
  rule: string;
  confidence: number;
  block: number;
  /** Where it stands: closest binding first. */
  place: 'cell' | 'item' | 'sentence';
}

export interface Reading {
  document: NoticeDocument;
  kinds: SectionKinds[];
  rules: LanguageRules;
  legend: Legend;
  /** The blocks under a sentence that says that these are the organisation's bases: by index. */
  under: ReadonlySet<number>;
}

/** The sentence with the mention in question as ◆ and every other as ◇. */
export function framed(plain: string, mentions: readonly Mention[], named: Mention | null, before: string): string {
  let text = before;
  let at = 0;
  for (const mention of mentions) {
    if (mention.start < at && mention !== named) continue;
    // "lit. b und f": one reference, of which the other letter is in question.
    if (named?.byArticle && mention !== named && mention.byArticle && mention.start === named.start) continue;
    text +=
      plain.slice(at, Math.max(at, mention.start)) + (mention === named ? NAMED : mention.byArticle ? OTHER_BY_NUMBER : OTHER);
    at = Math.max(at, mention.end);
  }
  return text + plain.slice(at);
}
