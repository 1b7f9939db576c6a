import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';

import { isProblem, openCsv } from './csv-file.ts';
import { fileText, ImportFileError } from './file-text.ts';

/** In pieces of that many bytes: what comes over a network is cut anywhere. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, { size = 7, encoding = null }: { size?: number; encoding?: string | null } = {}) {
  const text = fileText(inPieces(bytes, size), encoding);
  const { header, headed, delimiter, rows } = await openCsv(text.pieces);
  const [cells, lines, problems]: [string[][], number[], string[]] = [[], [], []];
  let failure: string | null = null;
  try {
    for await (const row of rows)
      if (isProblem(row)) problems.push(`${row.line}: ${row.problem}`);
      else {
        cells.push([...row.cells]);
        lines.push(row.line);
      }
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    failure = error.message;
  }
  return { header, headed, delimiter, cells, lines, problems, failure, encoding: text.encoding() };
}

/** Characters that Windows-1252 has beyond ASCII and Latin-1, with their bytes. */
const WINDOWS: Record<string, number> = { '€': 0x80, '‚': 0x82, '„': 0x84, '…': 0x85, Š: 0x8a, '’': 0x92, '–': 0x96, ž: 0x9e };
const windows = (text: string): Uint8Array =>
  Uint8Array.from(Array.from(text), (character) => WINDOWS[character] ?? character.charCodeAt(0));

describe('files as mail tools and spreadsheets save them', () => {
  const text = 'Email;Name\r\nada@example.org;Zoë\r\neve@example.org;Ève\r\n';
  const rows = [
    ['ada@example.org', 'Zoë'],
    ['eve@example.org', 'Ève'],
  ];
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', windows(text)],
  ])('%s is known by its bytes, wherever they are cut', async (encoding, bytes) => {
    for (const size of [1, 2, 3, 5, 64, 65_536])
      expect(await read(bytes, { size })).toMatchObject({ encoding, cells: rows, problems: [], failure: null });
  });

  it.each([
    [',', 'Email,Name\na@b.example,x\n'],
    [';', 'Email;"Name, first"\na@b.example;x\n'],
    ['\t', 'Email\tName\ra@b.example\tx\r'],
    ['|', 'Email|Name\r\na@b.example|x\r\n'],
    [';', 'sep=;\r\nEmail;Name\r\na@b.example;x\r\n'],
  ])('%j parts the cells of %j', async (delimiter, file) => {
    expect(await read(Buffer.from(file))).toMatchObject({ delimiter, cells: [['a@b.example', 'x']] });
  });

  it('counts lines as an editor does: cells over several lines, empty lines, a first line that names the delimiter', async () => {
    const file = 'sep=,\r\nEmail,Note\r\na@b.example,"two\r\nlines"\r\n\r\n\r\nc@d.example,x\r\ne@f.example,x,y\r\ng@h.example,z';
    expect(await read(Buffer.from(file))).toMatchObject({
      lines: [3, 7, 9],
      problems: [expect.stringMatching(/^8: the row has 3 cells, the header 2/)],
    });
  });

  it('a file without a header begins with a row', async () => {
    expect(await read(Buffer.from('a@b.example\nc@d.example\n'))).toMatchObject({
      headed: false,
      header: ['column 1'],
      cells: [['a@b.example'], ['c@d.example']],
    });
  });

  it('a quote that is not closed names the row in which it begins, behind all rows before it', async () => {
    const before = 'Email,Name\na@b.example,x\n';
    expect(await read(Buffer.from(`${before}"c@d.example,x\ne@f.example,y\n`))).toMatchObject({
      lines: [2],
      failure: 'line 3: a quote that begins in this row is never closed',
    });
    const long = `${before}"c@d.example,x\n${'e@f.example,y\n'.repeat(150_000)}`;
    expect(await read(Buffer.from(long), { size: 99_999 })).toMatchObject({
      lines: [2],
      failure: expect.stringMatching(/^line 3: this row is longer than 2,000,000 characters/),
    });
  });

  it.each([
    ['a@b.example,"x\nc@d.example,y\ne@f.example,"z"\n', 2, 4],
    ['"a@b.example,x\nc@d.example,"y"\n', 2, 3],
    ['a@b.example,x\nc@d.example,"two\nlines\ne@f.example,y\n\n"i@j.example","z"\n', 3, 7],
  ])('rows that a quote took in which was not closed in %j are told, not lost in a note', async (rows, line, last) => {
    const file = await read(Buffer.from(`Email,Note\n${rows}g@h.example,end\n`));
    expect(file).toMatchObject({
      problems: [
        `${line}: other rows, up to line ${last}, stand in a cell of this one: a quote that begins in it may not be closed`,
      ],
      failure: null,
    });
    expect(file.cells.at(-1)).toEqual(['g@h.example', 'end']);
  });

  it('a note of a million characters and lines of its own is a cell as any other', async () => {
    const note = `${'word '.repeat(200_000)}\nwrite to ada@b.example, she knows\n`;
    const file = await read(Buffer.from(`Email,Note,Name\na@b.example,"${note}",Ada\nc@d.example,x,Cy\n`), { size: 9999 });
    expect(file).toMatchObject({ lines: [2, 5], problems: [], failure: null });
    expect(file.cells[0]).toEqual(['a@b.example', note, 'Ada']);
  });

  it.each([
    ['', /^the file is empty$/],
    ['PK\u0003\u0004 a workbook', /^this is a workbook/],
    ['Email\0\0\0', /^this is no text/],
  ])('%j is refused in one line', async (text, problem) => {
    await expect(read(Buffer.from(text))).rejects.toThrow(problem);
  });

  it('of a row with very many cells no more is kept than says so, and a file of such columns is refused', async () => {
    const wide = `ada@example.org${','.repeat(90_000)}`;
    const file = await read(Buffer.from(`Email,Name\n${wide}\n${wide}x\neve@example.org,Eve\n`), { size: 9999 });
    expect(file.cells.map((cells) => cells.length)).toEqual([1001, 2]);
    expect(file.problems).toEqual(['3: the row has more than 1000 cells, the header 2']);
    const shifted = await read(Buffer.from(`Email,Name\n${'x,'.repeat(2000)}\n`), { size: 9999 });
    expect(shifted.problems).toEqual(['2: the row has more than 1000 cells, the header 2']);
    await expect(read(Buffer.from(`Email${',Name'.repeat(1000)}\n`), { size: 9999 })).rejects.toThrow(
      'the first row has more than 1000 cells: leave out the columns that are not needed',
    );
  });

  it('bytes of another encoding further down are named by their line, and of no known one by what to do', async () => {
    const mixed = Buffer.concat([Buffer.from('Email,Name\na@b.example,Zoë\n'), windows('c@d.example,Ève and more\n')]);
    await expect(read(mixed, { encoding: 'utf-8', size: 10 })).rejects.toThrow(/^line 3: the bytes there are no utf-8/);
    // As one piece its first character beyond ASCII and all behind it are looked at together.
    expect(await read(mixed, { size: 4096 })).toMatchObject({ encoding: 'windows-1252' });
    await expect(read(Uint8Array.from([0x41, 0x0a, 0x81, 0x8d, 0x41, 0x42]))).rejects.toThrow(/neither UTF-8 nor Windows-1252/);
    await expect(read(Buffer.from('A\n'), { encoding: 'klingon' })).rejects.toThrow('there is no encoding klingon');
  });

  it('gives back every table that was written, with each delimiter, line end and cut', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(',', ';', '\t', '"', '\n', 'é', 'a', ' ', '='), maxLength: 8 }),
    );
    const table = fc.array(fc.tuple(fc.emailAddress(), cell, cell), { maxLength: 12 });
    const clean = (text: string): string => text.replaceAll(/\r\n?/g, '\n');
    let cells = 0;
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('windows', 'unix', 'mac'),
        fc.constantFrom('utf-8', 'utf-16le') as fc.Arbitrary<'utf-8' | 'utf-16le'>,
        fc.integer({ min: 1, max: 200 }),
        async (rows, delimiter, ends, encoding, size) => {
          const whole = [['Email', 'First name', 'Note'], ...rows];
          const file = stringify(whole, { delimiter, record_delimiter: ends, quoted: true });
          const bytes = Buffer.from(`\ufeff${file}`, encoding === 'utf-8' ? 'utf8' : 'utf16le');
          const answer = await read(bytes, { size });
          expect(answer.failure).toBeNull();
          const lone = (text: string): string =>
            Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le').toString(encoding === 'utf-8' ? 'utf8' : 'utf16le');
          expect(answer.cells).toEqual(rows.map((row) => row.map((one) => clean(lone(one)))));
          cells += answer.cells.length;
        },
      ),
      { numRuns: 150 },
    );
    expect(cells).toBeGreaterThan(300);
  });

  it('reads or refuses anything, and never throws anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        const answer = await read(bytes, { size }).catch((error: unknown) => error);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(ImportFileError);
      }),
      { numRuns: 300 },
    );
  });
});
