import { expect, it } from 'vitest';

import { fill, list, otherLanguage, pieces } from './fill.ts';

it('lists what is asked so that a label with "and" in it stays one thing, and an abbreviation keeps its capitals', () => {
  expect(list(['Statistics', 'CPOMS app', 'Videos and maps'], 'en')).toBe('statistics, CPOMS app, videos and maps');
  expect(list(['Advertising'], 'en-GB')).toBe('advertising');
});

it('leaves German nouns their capitals, and lists Arabic with its own comma', () => {
  expect(list(['Statistik', 'Werbung'], 'de-AT')).toBe('Statistik, Werbung');
  expect(list(['Übersicht', 'Élan'], 'fr')).toBe('übersicht, élan');
  expect(list(['إحصاءات', 'إعلانات'], 'ar')).toBe('\u2068إحصاءات\u2069، \u2068إعلانات\u2069');
});

it('keeps labels in another script in the order of a line that runs from the right', () => {
  expect(list(['Videos', 'Maps'], 'he')).toBe('\u2068videos\u2069, \u2068maps\u2069');
});

it('fills in a name that itself has braces or a dollar sign as it is', () => {
  expect(fill('{a} asks about {b}.', { a: '{b} & $& Sons', b: 'maps' })).toBe('{b} & $& Sons asks about maps.');
  expect(pieces('{a}!', { a: 'x' })).toEqual(['', 'x', '!']);
});

it('marks the language of what stays in the site’s own', () => {
  expect(otherLanguage('en-GB', 'en')).toBeNull();
  expect(otherLanguage('en-GB', 'de')).toBe('en-GB');
});
