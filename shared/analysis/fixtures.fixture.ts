// The notices of our own in fixtures/: what each must say. A quote names the sentence; a notice may say the same twice.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { NoticeKind } from '../notice/schema.ts';
import type { Right } from '../notice/rights.ts';

export interface ExpectedFacts {
  language?: string;
  kind?: NoticeKind;
  bases: [LawfulBasis, string][];
  /** Found or not, both are right. */
  optional?: [LawfulBasis, string][];
  /** How many of the bases are for the whole document. */
  document?: number;
  activities?: Record<string, LawfulBasis[]>;
  /** Their ids in the order of the text, and no others. */
  onlyActivities?: string[];
  controller?: string | null;
  authority?: string | null;
  rights?: Right[];
  optionalRights?: Right[];
  /** How many statements. */
  retention?: number;
  lastUpdated?: string;
}
