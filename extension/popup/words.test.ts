import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { dateWords, idWords, momentWords } from './words.ts';

const ROOT = join(import.meta.dirname, '..');

/** Every file whose text can reach the screen. */
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

/** "Illegal", "against the law" and "in line with the law" as stems, in the languages of the extension. A lawful basis is called by what none of these is. */
const VERDICTS = new RegExp(
  [
    'il+egal|il+\u00e9gal|illicit|il\u00edcit|nielegaln|bezprawn|nez\u00e1konn|protipr\u00e1vn|nezakonit|protupravn|protizakonit|rechtswidrig|unzul\u00e4ssig|gesetzwidrig|onrechtmatig|onwettig',
    'ulovlig|olaglig|olovlig|\u00f3l\u00f6gleg|laiton|lainvastai|ebaseadusli|nelikum\u012bg|prettiesisk|neteis\u0117t|jogellenes|jogs\u00e9rt|t\u00f6rv\u00e9nytelen|t\u00f6rv\u00e9nysért',
    '\u043d\u0435\u0437\u0430\u043a\u043e\u043d|\u043f\u0440\u043e\u0442\u0438\u0432\u043e\u0437\u0430\u043a\u043e\u043d|\u043f\u0440\u043e\u0442\u0438\u043f\u0440\u0430\u0432|\u03c0\u03b1\u03c1\u03ac\u03bd\u03bf\u03bc|\u063a\u064a\u0631 \u0642\u0627\u0646\u0648\u0646|\u0628\u05dc\u05ea\u05d9 \u05d7\u05d5\u05e7|hukuka ayk|yasa d\u0131\u015f|neamhdhleathach|m\u00ec-laghail|anghyfreithlon',
    '(?:gdpr|dsgvo|rgpd|avg|rodo)[- ]?(?:konform|compatib|conform|zgodn|megfelel)|gesetzeskonform|rechtskonform',
  ].join('|'),
  'giu',
);

describe('the extension’s words', () => {
  it('R81 never call anything lawful, compliant or illegal', () => {
    expect(sources.length).toBeGreaterThan(30);
    for (const { file, text } of sources) {
      const verdicts = text.match(/\b(un)?lawful\b(?![- _]?bas)|\b(non-?)?complian(t|ce)\b|\billegal(ly)?\b|\bviolat\w+/gi) ?? [];
      expect({ file, verdicts }).toEqual({ file, verdicts: [] });
    }
  });

  it('R81 nor in any other language', () => {
    const catalogues = sources.filter(({ file }) => /^words\/[a-z]{2}(?:-\w+)?\.ts$/.test(file));
    expect(catalogues.length).toBeGreaterThan(30);
    for (const verdict of ['Das ist rechtswidrig.', 'C’est illégal.', 'To jest nielegalne.', 'Це незаконно.', 'DSGVO-konform'])
      expect(verdict.match(VERDICTS)?.length).toBe(1);
    for (const { file, text } of catalogues)
      expect({ file, verdicts: text.match(VERDICTS) ?? [] }).toEqual({ file, verdicts: [] });
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
