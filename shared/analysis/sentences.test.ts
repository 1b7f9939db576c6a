import { describe, expect, it } from 'vitest';

import { lawfulBasesIn } from './lawful-bases.ts';
import { readPlainText } from './plain-text.ts';
import { retentionIn } from './retention.ts';
import { RETENTION_SENTENCES } from './retention.fixture.ts';
import { sectionKinds } from './sections.ts';
import { SENTENCES } from './sentences.fixture.ts';

describe('a sentence alone', () => {
  it.each(SENTENCES.map(([language, sentence, ...bases]) => ({ language, sentence, bases })))(
    '$language: $sentence',
    ({ language, sentence, bases }) => {
      const document = readPlainText(sentence);
      const found = lawfulBasesIn(document, sectionKinds(document), language).map(({ basis }) => basis);
      expect([...new Set(found)].sort()).toEqual([...bases].sort());
    },
  );

  it.each(RETENTION_SENTENCES.map(([sentence, duration, bound, anchor]) => ({ sentence, duration, bound, anchor })))(
    'retention: $sentence',
    ({ sentence, duration, bound, anchor }) => {
      const document = readPlainText(sentence);
      const [found] = retentionIn(document, sectionKinds(document));
      expect(found ? (found.duration ?? 'criterion') : null).toBe(duration);
      if (bound !== undefined) expect(found?.bound).toBe(bound);
      if (anchor !== undefined) expect(found?.anchor).toBe(anchor);
    },
  );

  it.each([
    [
      'Bookings are kept for seven years, recordings of calls for two years and letters of those who asked for work for one year.',
      ['P7Y', 'P2Y', 'P1Y'],
    ],
    ['We keep it for two years after you leave and for a further year after that.', ['P2Y']],
    ['We keep boats and berths for two years.', ['P2Y']],
  ])('says of each thing how long it is kept: %s', (sentence, durations) => {
    const document = readPlainText(sentence);
    const found = retentionIn(document, sectionKinds(document));
    expect(found.map(({ duration }) => duration)).toEqual(durations);
    expect(found.map(({ start, end }) => document.text.slice(start, end)).join(' ')).toMatch(/^[^,]+\.?( [^,]+)*$/);
  });
});
