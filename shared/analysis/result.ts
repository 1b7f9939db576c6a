// What `candour notice analyse --json` prints and what the extension reads: facts, each with the words that state it.
import type { IssueCode } from '../notice/issues.ts';
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { Right } from '../notice/rights.ts';
import type { NoticeKind } from '../notice/schema.ts';

/** `text.slice(start, end) === quote` in the analysed text; offsets in UTF-16 units. */
export interface Quote {
  quote: string;
  start: number;
  end: number;
}

export interface FoundBasis {
  basis: LawfulBasis;
  scope: 'activity' | 'document';
  /** Id of the activity; null for the whole document. */
  activity: string | null;
  evidence: Quote;
  /** The rule that decided, and the words that it read. */
  rule: string;
  /** 0 to 1; never 1, which only a declared notice has. */
  confidence: number;
}

export interface FoundRetention {
  evidence: Quote;
  /** ISO 8601 ("P7Y"), or null where the text gives a criterion only. */
  duration: string | null;
  /** The event it runs from, in kebab-case ("last-contact"), or null. */
  anchor: string | null;
  bound: 'exact' | 'min' | 'max';
}

export interface FoundMarketing {
  /** The sentence that says how to stop it; null where the activity is marketing and says none. */
  stop: Quote | null;
}

export interface FoundActivity {
  id: string;
  title: string;
  start: number;
  end: number;
  lawfulBasisStatus: 'stated' | 'document_only' | 'not_stated';
  purposes: string[];
  dataCategories: string[];
  recipients: string[];
  retention: FoundRetention[];
  marketing: FoundMarketing | null;
}

export interface FoundContact {
  kind: 'email' | 'phone' | 'post' | 'url';
  value: string;
  role: 'dpo' | 'controller' | 'team' | 'authority' | 'other';
  evidence: Quote;
}

export interface NoticeAnalysis {
  schema: 1;
  /** Primary language tag; "und" where none was recognised. */
  language: string;
  /** False where the text is in a language that no rule reads, or holds next to no text: then "not stated" is "we did not find". */
  readable: boolean;
  kind: NoticeKind;
  controller: { name: string; evidence: Quote } | null;
  lawfulBases: FoundBasis[];
  activities: FoundActivity[];
  retention: FoundRetention[];
  rights: { right: Right; evidence: Quote }[];
  authority: { name: string; evidence: Quote } | null;
  contacts: FoundContact[];
  transfers: { evidence: Quote }[];
  recipients: { name: string; evidence: Quote }[];
  /** ISO date or month. */
  lastUpdated: { date: string; evidence: Quote } | null;
  issues: IssueCode[];
}
