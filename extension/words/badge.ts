// What the badge on the toolbar says, in every language: the few words that the background needs. A worker may load no module once it runs,
// so they stand in a file of their own, which the build writes (vite.ts) and the background reads.
import { LAWFUL_BASES } from '../../shared/notice/lawful-basis.ts';
import type { Word } from './en.ts';
import { languageAmong, sentence, type Text, type Values } from './sentence.ts';

const BASES = LAWFUL_BASES.map((basis) => `basis.${basis}` as const);

export const BADGE_WORDS = [
  'none',
  'badge.alarm',
  'badge.waiting',
  'glance.apply',
  'glance.noneApply',
  'glance.bases',
  'glance.documentOnly',
  'basis.not_stated',
  ...BASES,
  'kind.internal_policy',
  'changed',
  'refuse.refused',
  'refuse.failed',
  'refuse.left',
] as const satisfies readonly Word[];

export type BadgeWord = (typeof BADGE_WORDS)[number];
/** By language, then by word. */
export type BadgeWords = Readonly<Record<string, Readonly<Record<BadgeWord, Text>>>>;
export const BADGE_FILE = 'words/badge.json';

export interface BadgeSpeaker {
  language: string;
  say(word: BadgeWord, values?: Values): string;
}

/** `tags`: the languages that the person reads, the first first. */
export function badgeSpeaker(words: BadgeWords, tags: readonly string[]): BadgeSpeaker {
  const language = languageAmong(tags, (one) => Object.hasOwn(words, one));
  const own = words[language];
  return { language, say: (word, values = {}) => (own ? sentence(own[word], values, language) : '') };
}
