import { readdirSync } from 'node:fs';

import { afterEach, describe, expect, it } from 'vitest';

import { REFUSE_KILOBYTES } from '../permissions-document.ts';
import { purposeWords } from '../popup/words.ts';
import { en, type Text, type Word, type Words } from './en.ts';
import { LOCALES } from './locales.ts';
import { languageFor, say, speak } from './say.ts';

afterEach(() => speak('en'));

const languages = Object.keys(LOCALES);
const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const placesIn = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();

describe('the languages of the extension', () => {
  it('are those of the banner, each in a file of its own that is loaded alone', () => {
    const banner = readdirSync(new URL('../../widget/messages', import.meta.url))
      .map((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1])
      .filter((language) => language !== undefined);
    expect(['en', ...languages].toSorted()).toEqual(banner.toSorted());
  });

  it.each(languages)('%s has every text', async (language) => {
    const words: Partial<Words> = (await LOCALES[language]?.()) ?? {};
    expect(Object.keys(en).filter((id) => !Object.hasOwn(words, id))).toEqual([]);
  });

  it.each(languages)('%s has no text but ours, each with what is filled in, in typographic marks', async (language) => {
    const words: Partial<Words> = (await LOCALES[language]?.()) ?? {};
    expect(Object.keys(words).length).toBeGreaterThan(60);
    const plural = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [id, text] of Object.entries(words)) {
      const english: Text | undefined = Object.hasOwn(en, id) ? en[id as Word] : undefined;
      if (english === undefined) throw new Error(`${language} has ${id}, which English has not`);
      const wanted = placesIn(formsOf(english).join(' '));
      for (const form of formsOf(text)) {
        expect([id, form.length > 0, /\.\.\.|["'`](?!privacy-policy|$)/.test(form.replaceAll('"privacy-policy"', ''))]).toEqual([
          id,
          true,
          false,
        ]);
        // "one" may say the number in a word.
        expect([id, placesIn(form).filter((place) => !wanted.includes(place))]).toEqual([id, []]);
      }
      expect([id, placesIn(formsOf(text).join(' '))]).toEqual([id, wanted]);
      if (typeof text !== 'string')
        expect([id, Object.keys(text).filter((form) => !plural.includes(form as never))]).toEqual([id, []]);
    }
  });

  it.each(['en', ...languages])('%s gives the size of the script of "Refuse for me" as the permissions do', async (language) => {
    await speak(language);
    expect(say('refuse.switch').match(/\d+/g)).toEqual([String(REFUSE_KILOBYTES)]);
  });

  it('says what a language lacks in English, and counts by its own rules', async () => {
    await speak('de');
    expect(say('mine.sites', { n: 1 })).toBe('1 Website');
    expect(say('mine.sites', { n: 2000 })).toBe('2.000 Websites');
    await speak('tlh');
    expect(say('tab.mine')).toBe('Mine');
    expect(say('notice.version', { version: '{version} $&' })).toBe('Version {version} $&');
  });

  it.each([
    [['de-AT', 'en'], 'de'],
    [['zh', 'fr-CA'], 'fr'],
    [['constructor', 'tlh'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (tags, language) => {
    expect(languageFor(tags)).toBe(language);
  });
});

it('purposes that sites name alike are told in the language of the person, others as the site calls them', async () => {
  const told = async (language: string): Promise<string[]> => {
    await speak(language);
    return ['statistics', 'advertising', 'functional', 'media', 'live_chat'].map(purposeWords);
  };
  expect(await told('de')).toEqual(['Statistik', 'Werbung', 'Funktionen', 'Eingebettete Medien', 'Live chat']);
  expect(await told('ar')).toEqual(['إحصاءات', 'إعلانات', 'وظائف الموقع', 'وسائط مضمّنة', 'Live chat']);
});
