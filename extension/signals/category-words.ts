// What the categories that platforms share are called here, by the id of their words.
import type { Word } from '../words/en.ts';

const CATEGORY_WORDS: Readonly<Record<string, Word>> = {
  preferences: 'consentType.personalization_storage',
  statistics: 'what.statistics',
  advertising: 'what.advertising',
  social: 'what.social',
};

/** Undefined for a category of the site's own. */
export const categoryWord = (id: string): Word | undefined =>
  Object.hasOwn(CATEGORY_WORDS, id) ? CATEGORY_WORDS[id] : undefined;
