// What a sentence says about a basis that it names. The named basis stands as ◆ in the text that a frame is matched against,
// every other one as ◇, so that one rule serves all bases.
import type { LawfulBasis } from '../../notice/lawful-basis.ts';
import type { SectionKind } from './section.ts';
import type { Rule } from './rule.ts';

/** `applied`: the organisation states it for its own processing. All others are mentions that state nothing. */
export type Verdict = 'applied' | 'definition' | 'general' | 'right' | 'negated' | 'retention' | 'special';

export interface Frame extends Rule<Verdict> {
  /** Only for these bases. */
  for?: readonly LawfulBasis[];
  /** Only where the basis is named by its article. */
  byNumber?: true;
  /** Only where the basis is named by words: a number behind the sentence says that it is meant as the basis. */
  byWord?: true;
  /** Only where the text names at least so many bases. */
  atLeast?: number;
  /** Only where these words name it: "explicit consent". */
  named?: RegExp;
  /** How sure the verdict `applied` is, 0 to 1. */
  confidence: number;
  /** Not in sections of these kinds, where such words mean something else. */
  outside?: readonly SectionKind[];
  /** Nor in a section that is itself about lawful bases. */
  outsideBases?: true;
}

export const NAMED = '\u25c6';
export const OTHER = '\u25c7';
/** Another basis, by its article: frames may ask for the number. */
export const OTHER_BY_NUMBER = '\u25c7art 6';
