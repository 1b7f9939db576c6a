import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { dateWords, idWords, momentWords } from './words.ts';

const ROOT = join(import.meta.dirname, '..');

/** Every file whose text can reach the screen. */
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

describe('the extension’s words', () => {
  it('R81 never call anything lawful, compliant or illegal', () => {
    expect(sources.length).toBeGreaterThan(30);
    for (const { file, text } of sources) {
      const verdicts = text.match(/\b(un)?lawful\b(?![- _]?bas)|\b(non-?)?complian(t|ce)\b|\billegal(ly)?\b|\bviolat\w+/gi) ?? [];
      expect({ file, verdicts }).toEqual({ file, verdicts: [] });
    }
  });

  it('R88 come to the screen as text: no source turns text into HTML', () => {
    for (const { file, text } of sources.filter((source) => !source.file.endsWith('vite.ts')))
      expect({
        file,
        found: text.match(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/),
      }).toEqual({ file, found: null });
  });

  it('write days and months as people do, and leave alone what is no date', () => {
    expect(dateWords('2018-05-03')).toBe('3 May 2018');
    expect(dateWords('2018-05')).toBe('May 2018');
    expect(dateWords('2018-99')).toBe('2018-99');
    expect(idWords('date_of-birth')).toBe('Date of birth');
  });

  it('show a moment that is none as it stands', () => {
    expect(momentWords('whenever')).toBe('whenever');
  });
});
