import { expect, it } from 'vitest';

import { list } from './en.ts';

it('lists what is asked so that a label with "and" in it stays one thing, and an abbreviation keeps its capitals', () => {
  expect(list(['Statistics', 'CPOMS app', 'Videos and maps'])).toBe('statistics, CPOMS app, videos and maps');
  expect(list(['Advertising'])).toBe('advertising');
});
