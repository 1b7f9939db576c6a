// The words that the lint knows, by language. Another language adds a file of this form and a line in WORDS: nothing else.
import { german } from './words-de.ts';
import { english } from './words-en.ts';

/** Each is the source of a regular expression, matched without regard to case over at most a few thousand characters of text. */
export interface LintWords {
  /** Words so common that a text shows its language by them. */
  stopWords: readonly string[];
  /** Controls of a banner, by their names. */
  accept: string;
  reject: string;
  settings: string;
  save: string;
  close: string;
  pay: string;
  notice: string;
  /** Opens the choices again on a page. */
  withdraw: string;
  /** Names that do not say what they do. */
  vague: string;
  /** What a banner is about. */
  consent: string;
  emotive: string;
  implied: string;
  doubleNegative: string;
  optOutBox: string;
  onUnless: string;
  terms: string;
  marketing: string;
  /** One for each channel of direct marketing. */
  channels: readonly string[];
  partners: string;
  ambiguous: string;
  advertising: string;
  /** Session recording, cross-site identifiers and social media. */
  intrusive: string;
  necessary: string;
  legitimateInterests: string;
  browserSettings: string;
  /** That one can object on the site itself. */
  ownObjection: string;
  promotion: string;
  urgency: string;
  /** An account, address or document. */
  identity: string;
  /** Acting for the controller, as a recipient's note says it. */
  onBehalf: string;
  /** How long: without any number. */
  noLifetime: string;
  session: string;
  /** Units of time, for a lifetime as people read it. */
  units: { readonly day: string; readonly week: string; readonly month: string; readonly year: string };
}

export const WORDS: Readonly<Record<string, LintWords>> = { en: english, de: german };

type Pattern = { [K in keyof LintWords]: LintWords[K] extends string ? K : never }[keyof LintWords];

/** The words of all languages for one thing. A page may speak any of them, whatever it declares. */
export const patternOf = (name: Pattern): RegExp =>
  new RegExp(
    Object.values(WORDS)
      .map((words) => `(?:${words[name]})`)
      .join('|'),
    'iu',
  );

/** The first words of `text` that are words of that name, or null. */
export const matchOf = (name: Pattern, text: string): string | null => patternOf(name).exec(text.slice(0, 6000))?.[0] ?? null;

/** The language that a text is written in, of those known; null: too little to tell. */
export function languageOf(text: string): string | null {
  const seen = text
    .toLowerCase()
    .slice(0, 6000)
    .split(/[^\p{L}]+/u);
  const counts = Object.entries(WORDS)
    .map(([language, { stopWords }]) => ({ language, count: seen.filter((word) => stopWords.includes(word)).length }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first && first.count >= 4 && first.count > 2 * (second?.count ?? 0) ? first.language : null;
}
