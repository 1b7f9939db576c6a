// Every language of the mails and pages about messages: whole, in its own script, and fit to stand before somebody.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parametersIn } from '../../../shared/site/words.ts';
import { FORBIDDEN_WORDS } from '../../../widget/messages/forbidden-words.ts';
import { LOCALES } from '../../../widget/messages/locales.ts';
import { dateIn } from '../../mail/dates.ts';
import { acceptedLanguage, filledText, LANGUAGE_CODES, LANGUAGE_NAMES, speaks, speech, type WordId } from './words.ts';

const english = speech('en').words;
const IDS = Object.keys(english) as WordId[];
const root = join(import.meta.dirname, '../../..');
/** What is called the same in both. */
const SAME: readonly string[] = ['Stop', 'Stop: {what}', 'E-mail', 'Nu'];
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  bg: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  ar: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
};

describe('the words of mails and pages about messages', () => {
  it('are in the languages of the banner', () => {
    expect(LANGUAGE_CODES.toSorted()).toEqual(Object.keys(LOCALES).toSorted());
  });

  it.each(LANGUAGE_CODES)('%s has every text, with what is filled in, and none that is English', (code) => {
    const { words } = speech(code);
    expect(Object.keys(words)).toEqual(IDS);
    for (const id of IDS) {
      const text = words[id];
      expect([id, text.trim(), text.length > 0]).toEqual([id, text, true]);
      expect([id, parametersIn(text)]).toEqual([id, parametersIn(english[id])]);
      if (code !== 'en' && !SAME.includes(text)) expect([id, text]).not.toEqual([id, english[id]]);
      // Straight quotation marks and apostrophes are typewriting.
      expect([id, /["'`]|\.\.|\s{2}/.test(text)]).toEqual([id, false]);
      const letters = text.replaceAll(/\{\w+\}/g, '');
      expect([id, (SCRIPTS[code] ?? /\p{Script=Latin}/u).test(letters) || id === 'from' || code === 'en']).toEqual([id, true]);
    }
  });

  it.each(LANGUAGE_CODES)('%s says nothing that must not be said, nor calls out', (code) => {
    const text = Object.values(speech(code).words).join('\n').toLowerCase();
    expect((FORBIDDEN_WORDS[code] ?? []).filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain('!');
  });

  it.each(LANGUAGE_CODES)('%s has no full stop behind a day that ends with one', (code) => {
    for (const id of IDS) {
      const values = { site: 'X', sender: 'X', channel: 'X', identity: 'X', what: 'X', date: dateIn(code, '2026-11-22') };
      expect([id, filledText(speech(code).words[id], values)]).not.toEqual([id, expect.stringMatching(/\.[.:]/)]);
    }
  });

  it.each(LANGUAGE_CODES)('%s names its button as it is called, short enough for a narrow screen', (code) => {
    const { words } = speech(code);
    expect(words.startHint).toContain(words.startOne);
    expect(words.startNamed).toContain(words.startOne);
    expect(words.stopNamed).toContain(words.stopOne);
    for (const id of ['send', 'confirmLink', 'stopButton', 'stopOne', 'startOne', 'linkOpen'] as const)
      expect([id, words[id].length <= 30]).toEqual([id, true]);
  });

  it('run from right to left where they are written so', () => {
    const turned = LANGUAGE_CODES.filter((code) => speech(code).direction === 'rtl');
    expect(turned).toEqual(['ar', 'he']);
  });

  it('are marked in the documentation where no speaker has reviewed them, by the name that the pages give them', () => {
    const rows = readFileSync(join(root, 'docs/languages.md'), 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    for (const code of LANGUAGE_CODES) {
      const row = rows.find(([, cell]) => cell === `\`${code}\``);
      expect([code, row?.[3], row?.[5]]).toEqual([code, LANGUAGE_NAMES[code], code === 'en' ? 'yes' : 'no']);
    }
  });

  it.each([
    ['de-AT', 'de'],
    ['nn-NO', 'nb'],
    ['iw', 'he'],
    ['PT-br', 'pt'],
    ['zh', 'en'],
    ['constructor', 'en'],
    [null, 'en'],
  ])('%s is answered in %s', (tag, code) => {
    expect(speech(tag).code).toBe(code);
  });

  it.each([
    ['zh, cy;q=0.9, en;q=0.8', 'cy'],
    ['no;q=0.5, xx', 'no'],
    ['en-GB, de', 'en-GB'],
    ['de;q=0, zh', null],
    ['', null],
  ])('the browser that asks for %s gets %s', (header, tag) => {
    expect(acceptedLanguage(header)).toBe(tag);
    if (tag !== null) expect(speaks(tag)).toBe(true);
  });
});
