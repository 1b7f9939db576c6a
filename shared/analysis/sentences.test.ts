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
});
