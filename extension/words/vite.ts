// Writes the badge's words in every language into a file of their own.
import type { Plugin } from 'vite';

import { BADGE_FILE, BADGE_WORDS, type BadgeWord, type BadgeWords } from './badge.ts';
import { en } from './en.ts';
import { LOCALES } from './locales.ts';
import type { Text } from './sentence.ts';

export async function badgeWords(): Promise<BadgeWords> {
  const pick = (all: Readonly<Record<BadgeWord, Text>>) =>
    Object.fromEntries(BADGE_WORDS.map((word) => [word, all[word]])) as BadgeWords[string];
  const others = Object.entries(LOCALES).map(async ([language, load]) => [language, pick(await load())] as const);
  return { en: pick(en), ...Object.fromEntries(await Promise.all(others)) };
}

export const badgeWordsFile = (): Plugin => ({
  name: 'candour:badge-words',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: BADGE_FILE, source: JSON.stringify(await badgeWords()) });
  },
});
