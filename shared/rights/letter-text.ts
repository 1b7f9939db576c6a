// A letter put together: its words in one language, with places for the facts of a notice. A fact that the notice does not give is said to
// be "not stated"; who writes, and what only they know, stays open. Nothing here claims that anything is against the law.
import { LAWFUL_BASIS_FACTS } from '../notice/lawful-basis.ts';
import type { PrivacyNotice } from '../notice/schema.ts';
import { LETTER_WORDS, type LetterLanguage, type LetterWords } from './letter-words.ts';
import type { Addressee, Ground, Letter, Searched } from './letters.ts';

const MOST_USES = 12;
const MOST_QUOTED = 2;
/** In characters; what is longer is cut, and seen to be. */
const NAME = 120;
const QUOTE = 300;

const UNSEEN = /\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]|[\uD800-\uDFFF]/gu;
const SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** What others wrote, as words within a line: no line of its own, nothing that reorders or hides, no more than `most` characters. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(UNSEEN, '').replace(SPACE, ' ').trim();
  if (line.length <= most) return line;
  // Never half a character.
  return `${line
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

function basisWords({ basis, scope }: Ground, words: LetterWords): string {
  if (basis === null) return words.marketing;
  const article = words.article(LAWFUL_BASIS_FACTS[basis].article);
  return [words.bases[basis], article, ...(scope === 'document' ? [words.wholeOnly] : [])].join(', ');
}

const items = (lines: readonly string[], more: number, words: LetterWords): string[] =>
  [...lines, ...(more > 0 ? [words.more(more)] : [])].map((line) => `- ${line}`);

function usesText(grounds: readonly Ground[], document: string, words: LetterWords): string {
  if (grounds.length === 0) return '';
  const quoted = grounds.length <= MOST_QUOTED;
  const lines = grounds.slice(0, MOST_USES).map((ground) => {
    const quote = quoted && ground.quote !== null ? oneLine(ground.quote, QUOTE) : '';
    return `${oneLine(ground.activity.title, NAME)} (${basisWords(ground, words)})${quote ? `: ${words.quote(quote)}` : ''}`;
  });
  return [words.usesAre(document), ...items(lines, grounds.length - lines.length, words)].join('\n');
}

function toldText(notice: PrivacyNotice, letter: Letter, document: string, words: LetterWords): string {
  const [list, index] = letter.told?.split('/') ?? [];
  const fact = (list === 'rights' ? notice.rights : list === 'complaints' ? notice.complaints : [])[Number(index)];
  const quote = fact ? oneLine(fact.evidence?.quote ?? fact.statement, QUOTE) : '';
  return quote ? words.told(document, words.quote(quote), letter.kind === 'complaint_authority' ? 'its' : 'your') : '';
}

/** What an access letter asks about: the uses that the person looks at, with what is said of their basis. */
function aboutText(notice: PrivacyNotice, about: readonly number[], searched: Searched, words: LetterWords): string {
  if (about.length === 0 || about.length === notice.activities.length) return '';
  const lines = about.slice(0, MOST_USES).flatMap((index) => {
    const activity = notice.activities[index];
    if (!activity) return [];
    const bases = [...new Set(activity.lawfulBases.map(({ basis }) => words.bases[basis]))];
    return [`${oneLine(activity.title, NAME)} (${words.basisOf(bases.join(', ') || words.missing[searched])})`];
  });
  return [words.aboutAre, ...items(lines, about.length - lines.length, words)].join('\n');
}

function greeting({ who, name }: Addressee, words: LetterWords): string {
  if (who === 'dpo') return words.dearDpo;
  return name ? words.dear(oneLine(name, NAME)) : words.dearAll;
}

export interface LetterDraft {
  subject: string;
  text: string;
}

/** The letter as it is first shown; the person changes it, and adds who they are. */
export function draftOf(
  notice: PrivacyNotice,
  letter: Letter,
  about: readonly number[],
  searched: Searched = 'whole',
  language: LetterLanguage = 'en',
): LetterDraft {
  const words = LETTER_WORDS[language];
  const document = words.documents[notice.kind];
  const missing = words.missing[searched];
  const controller = oneLine(notice.controller.legalName || notice.controller.name, NAME);
  const contact = notice.controller.contacts.flatMap(({ value }) => (value === null ? [] : oneLine(value, NAME))).slice(0, 3);
  const facts: Record<string, string> = {
    controller: controller || words.someController(missing, document),
    document,
    source: letter.source,
    uses: usesText(letter.grounds, document, words),
    told: toldText(notice, letter, document, words),
    about: aboutText(notice, about, searched, words),
    contact: contact.join('; ') || missing,
    withdraw: letter.grounds.some(({ basis }) => basis === 'consent') ? words.withdraw : '',
  };
  // In one pass, so that what a notice says is never taken for a place.
  const fill = (text: string): string => text.replace(/\{([a-z]+)\}/g, (_place, name: string) => facts[name] ?? '');
  const { subject, body } = words.texts[letter.kind];
  const paragraphs = [greeting(letter.to, words), ...body.map(fill).filter((paragraph) => paragraph !== ''), words.closing];
  return { subject: `${subject}: ${controller || words.someSubject(missing)}`, text: paragraphs.join('\n\n') };
}

/** The text with the name under it; without one it ends where the name would stand. */
export const signed = (text: string, name: string): string => {
  const line = oneLine(name, NAME);
  return line ? `${text.trimEnd()}\n\n${line}\n` : `${text.trimEnd()}\n`;
};
