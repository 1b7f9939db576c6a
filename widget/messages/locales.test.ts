import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { languageFor, parametersIn, saysAll, spoken, WORDS, wordsWith, type WordId } from '../../shared/site/words.ts';
import { FORBIDDEN_WORDS } from './forbidden-words.ts';
import { LOCALES, TRANSLATIONS } from './locales.ts';

const EUROPEAN_UNION = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const FURTHER = 'cy gd nb is uk tr ar he'.split(' ');
const languages = Object.keys(LOCALES);
const english = LOCALES['en'] as Record<WordId, string>;

/** What is called the same in both. */
const SAME: Partial<Record<WordId, readonly string[]>> = {
  'item.name': ['de'],
  'kind.cookie': ['fr', 'de', 'nl', 'da', 'es', 'it', 'pt', 'ro', 'cs', 'mt'],
  'kind.indexed_db': ['it', 'da', 'nb'],
  'channel.post': ['nl', 'sv'],
};

describe('the languages of the interface', () => {
  it('are those of the European Union, of the British Isles, and the eight more that are promised', () => {
    expect(languages.toSorted()).toEqual([...EUROPEAN_UNION, ...FURTHER].toSorted());
    expect(Object.keys(FORBIDDEN_WORDS).toSorted()).toEqual(languages.toSorted());
  });

  it.each(languages)('%s has every text, with what is filled in, and none that is English', (language) => {
    const words = TRANSLATIONS[language] as Record<WordId, string>;
    expect(Object.keys(words)).toEqual([...WORDS]);
    for (const id of WORDS) {
      const text = words[id];
      expect([id, text.trim(), text.length > 0]).toEqual([id, text, true]);
      expect([id, parametersIn(text)]).toEqual([id, parametersIn(english[id])]);
      expect([id, saysAll(id, text)]).toEqual([id, true]);
      if (language !== 'en' && text === english[id])
        expect([id, SAME[id] ?? []]).toEqual([id, expect.arrayContaining([language])]);
      // Straight quotation marks and apostrophes are typewriting.
      expect([id, /["'`]|\.\.\.|\s{2}/.test(text)]).toEqual([id, false]);
    }
  });

  it.each(languages)('L10 L11 L12 L34 %s says nothing that a banner must not say', (language) => {
    const text = Object.values(LOCALES[language] ?? {})
      .join('\n')
      .toLowerCase();
    expect((FORBIDDEN_WORDS[language] ?? []).filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain('!');
  });

  it.each(languages)('R2 L7 %s gives the answers names of a like length, short enough for a narrow screen', (language) => {
    const { acceptAll, rejectAll, choose, control, save, withdrawAll } = LOCALES[language] as Record<WordId, string>;
    for (const name of [acceptAll, rejectAll, choose, save, withdrawAll]) expect([name, name.length <= 24]).toEqual([name, true]);
    expect([control, control.length <= 28]).toEqual([control, true]);
    expect(Math.abs(acceptAll.length - rejectAll.length)).toBeLessThanOrEqual(6);
    expect(new Set([acceptAll, rejectAll, choose, save, withdrawAll]).size).toBe(5);
  });

  it('run from right to left where they are written so', () => {
    expect(languages.filter((language) => spoken(language).direction === 'rtl').toSorted()).toEqual(['ar', 'he']);
    for (const language of languages) {
      const script = /[\u0590-\u06ff]/.test(Object.values(LOCALES[language] ?? {}).join(''));
      expect([language, script]).toEqual([language, spoken(language).direction === 'rtl']);
    }
  });

  it('are written in one script each', () => {
    const scripts: Record<string, RegExp> = {
      bg: /\p{Script=Cyrillic}/u,
      uk: /\p{Script=Cyrillic}/u,
      el: /\p{Script=Greek}/u,
      ar: /\p{Script=Arabic}/u,
      he: /\p{Script=Hebrew}/u,
    };
    for (const language of languages)
      for (const [id, text] of Object.entries(LOCALES[language] ?? {}))
        expect([
          language,
          id,
          (scripts[language] ?? /\p{Script=Latin}/u).test(text.replaceAll(/\{\w+\}/g, '')) || id === 'box',
        ]).toEqual([language, id, true]);
  });

  it('are marked in the documentation where no speaker has reviewed them', () => {
    const page = join(import.meta.dirname, '../../docs/languages.md');
    expect(existsSync(page)).toBe(true);
    const rows = readFileSync(page, 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    for (const language of languages) {
      const row = rows.find(([, code]) => code === `\`${language}\``);
      expect([language, row?.[5]]).toEqual([language, language === 'en' ? 'yes' : 'no']);
    }
  });
});

describe('the language of a page', () => {
  it.each([
    ['de-AT', 'de'],
    ['pt-BR', 'pt'],
    ['en-GB', 'en'],
    ['no', 'nb'],
    ['nb-NO', 'nb'],
    ['nn', 'nb'],
    ['iw', 'he'],
    ['EL', 'el'],
    ['zh-Hant-TW', 'en'],
    ['tlh', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('%s is answered in %s', (tag, language) => {
    expect(languageFor(tag, languages)).toBe(language);
  });
});

describe('a site’s own texts', () => {
  it('stand in the place of ours, and a sentence names a button as it is called', () => {
    const words = wordsWith(english, { control: 'Your $& cookies' });
    expect(words.control).toBe('Your $& cookies');
    expect(words.withdraw).toContain('“Your $& cookies”');
    expect(words.intro).toContain(`“${english.save}”`);
    expect(words.title).toBe(english.title);
  });
});
