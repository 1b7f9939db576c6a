// Notices are written by strangers: none may stop whoever reads it, whatever it holds.
import { afterEach, describe, expect, it, vi } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { readPlainText } from './plain-text.ts';

/** Units of text that regular expressions were run over. */
function workOf(run: () => void): number {
  let units = 0;
  const { exec, test } = RegExp.prototype;
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? Math.min(this.lastIndex, text.length) : 0;
    const found = exec.call(this, text);
    units += (found ? found.index + found[0].length : text.length) - from;
    return found;
  });
  vi.spyOn(RegExp.prototype, 'test').mockImplementation(function (this: RegExp, text: string) {
    return this.exec(text) !== null;
  });
  run();
  vi.restoreAllMocks();
  expect(RegExp.prototype.test).toBe(test);
  return units;
}

describe('work', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['prose', 'We rely on your consent to send the letter. You can object. We keep it for two years after you leave.\n\n'],
    ['items', '- consent\n- our legitimate interests\n'],
    ['headings', '# Legal basis\n\nConsent.\n\n'],
    ['a table', '| Orders | contract |\n'],
    ['one long line', 'legal basis is consent and '],
    ['dots', 'a. '],
  ])('grows with the length of the text: %s', (_name, unit) => {
    const head = unit.startsWith('|') ? '| Purpose | Legal basis |\n| --- | --- |\n' : '';
    const small = head + unit.repeat(120);
    const large = head + unit.repeat(480);
    for (const read of [readMarkdown, readPlainText]) {
      analyseDocument(read(small));
      const one = workOf(() => void analyseDocument(read(small)));
      const four = workOf(() => void analyseDocument(read(large)));
      expect(four / one).toBeLessThan(4.8);
    }
  });
});

describe('hostile notices', () => {
  const repeated = (unit: string): string => unit.repeat(Math.ceil(15_000 / unit.length));
  const texts: Record<string, string> = {
    'open elements': repeated('<div><ul><li>'),
    'unclosed brackets': repeated('['),
    'links in links': repeated('![a]('),
    'cells that span everything': `<table><tr>${repeated('<td colspan=999999 rowspan=999999>x</td>')}`,
    'nested tables': repeated('<table><tr><td>consent'),
    'keys of prototypes': repeated('__proto__ constructor toString: consent. '),
    'control characters': repeated('We rely on con\u0000\u200b\u202esent. '),
    'half surrogates': repeated('\ud83d consent \ude00'),
    'one word': repeated('a'),
    'line feeds': repeated('\n'),
    quotes: repeated('("a", the data controller '),
    entities: repeated('&#x202e;&lt;script&gt;'),
    numbers: repeated('1. 7 years 6(1)(a) '),
    'labels of purposes': repeated('purposes A, B and C to '),
    nothing: '',
  };

  it.each(Object.keys(texts))('R88 reads %s to the end', (name) => {
    const source = texts[name] ?? '';
    for (const read of [readHtml, readMarkdown, readPlainText]) {
      const document = read(source);
      const analysis = analyseDocument(document);
      for (const { evidence } of analysis.lawfulBases)
        expect(document.text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    }
  });

  it('R88 shows no script, no comment, nothing invisible and no turned writing', () => {
    const { text } = readHtml(
      '<p>We<script>alert(1)</script> rely<!-- not --> on your con&#8203;sent&#8238;.</p><template>x</template><style>y</style><p hidden>shown by a button</p>',
    );
    expect(text).toBe('We rely on your consent.\n\nshown by a button');
  });

  it('reads the same text twice to the same facts', () => {
    const source = texts['keys of prototypes'] ?? '';
    expect(analyseDocument(readMarkdown(source))).toEqual(analyseDocument(readMarkdown(source)));
  });
});
