// A table in a text file: which character parts its cells, its header, and its rows one after the other with the line that each
// begins in. What is no row is told by line and column; the rows behind it are read all the same.
import { CsvError, parse } from 'csv-parse';

import { ImportFileError } from './file-text.ts';

export interface CsvRow {
  /** From 1, of the file: a cell may go over several. */
  line: number;
  cells: readonly string[];
}

export interface RowProblem {
  line: number;
  /** The header's word for the column; null: it is about the whole row. */
  column: string | null;
  problem: string;
}

export interface CsvFile {
  delimiter: string;
  header: readonly string[];
  /** A header says what is below it; a file without one begins with a row. */
  headed: boolean;
  /** The first row of a file without a header. */
  sample: readonly string[] | null;
  /** Reading throws ImportFileError. */
  rows: AsyncIterable<CsvRow | RowProblem>;
}

export const isProblem = (row: CsvRow | RowProblem): row is RowProblem => 'problem' in row;

const DELIMITERS = [',', ';', '\t', '|'] as const;
export const DELIMITER_WORDS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
/** Characters: of one row, so that an open quote does not swallow the file into memory. A CRM's notes may have a million. */
const LONGEST_ROW = 2_000_000;
/** Of one row: lists of the widest CRMs have some hundreds. */
const MOST_COLUMNS = 1000;
const SNIFFED = 16_384;

/** The first line, quoted ones included, and what parts cells in it. */
function delimiterOf(sample: string): string {
  let quoted = false;
  const counts = new Map<string, number>();
  for (const character of sample) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') break;
    else if ((DELIMITERS as readonly string[]).includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? ',';
}

/** Excel's own first line, which names the delimiter. */
const SEPARATOR = /^sep=(.)\r?\n/;

async function* behind(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** One kind of line end, so that lines are counted as an editor counts them. */
async function* unixLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let returned = '';
  for await (const piece of text) {
    const all = returned + piece;
    returned = all.endsWith('\r') ? '\r' : '';
    yield all.slice(0, all.length - returned.length).replaceAll(/\r\n?/g, '\n');
  }
  if (returned !== '') yield '\n';
}

const WORDS: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote that begins in this row is never closed',
  CSV_MAX_RECORD_SIZE: 'this row is longer than 2,000,000 characters: a quote that begins in it may not be closed',
};

/** A header is repeated to people, on terminals too. */
const UNSEEN = /[\p{Cc}\p{Cf}]+/gu;

const looksLikeAddress = (cell: string): boolean =>
  /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(cell) || /^\s*\+\d[\d\s()-]{6,}$/.test(cell);

/**
 * Rows in one of its cells: a quote that was left open took them in, up to the next quote. What is there of them cannot be told from
 * a note with lines of its own, so that neither they nor the row are taken.
 */
function swallowing({ line, cells }: CsvRow, width: number, delimiter: string): string | null {
  if (!cells.some((text) => text.includes('\n'))) return null;
  const isRow = (text: string): boolean => {
    const parts = text.split(delimiter);
    return parts.length >= width && parts.some(looksLikeAddress);
  };
  if (!cells.some((text) => text.split('\n').slice(1).some(isRow))) return null;
  const last = line + cells.join('').split('\n').length - 1;
  return `other rows, up to line ${last}, stand in a cell of this one: a quote that begins in it may not be closed`;
}

/** A row may end in cells that nobody filled; it may not be shifted. */
function widthProblem(cells: readonly string[], width: number): string | null {
  const extra = cells.slice(width);
  if (cells.length >= width && extra.every((cell) => cell.trim() === '')) return null;
  if (cells.length > MOST_COLUMNS) return `the row has more than ${MOST_COLUMNS} cells, the header ${width}`;
  return `the row has ${cells.length} cell${cells.length === 1 ? '' : 's'}, the header ${width}: a cell with the delimiter in it belongs into quotes`;
}

/** The last one stands for all that were left out: whether anything was in them. */
const kept = (cells: readonly string[]): readonly string[] =>
  cells.length <= MOST_COLUMNS
    ? cells
    : [...cells.slice(0, MOST_COLUMNS), cells.slice(MOST_COLUMNS).find((cell) => cell.trim() !== '') ?? ''];

async function* rowsOf(text: AsyncIterable<string>, delimiter: string, firstLine: number): AsyncGenerator<CsvRow> {
  let line = firstLine;
  const read: CsvRow[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    // What is no quote stays a character of its cell, and no row is lost in another.
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    // Taken here: what waited inside the stream would be lost with a row that cannot be read.
    on_record(cells: string[], { lines }) {
      if (cells.length > 1 || cells[0]?.trim() !== '') read.push({ line, cells: kept(cells) });
      line = firstLine + lines;
      return null;
    },
  });
  parser.resume();
  // Told by the callbacks below; unheard, it would end the process.
  parser.on('error', () => undefined);
  const take = (work: (done: (error?: Error | null) => void) => void): Promise<Error | null> =>
    new Promise((resolve) => work((error) => resolve(error ?? null)));
  let failed: Error | null = null;
  for await (const piece of unixLines(text)) {
    failed = await take((done) => parser.write(piece, done));
    yield* read.splice(0);
    if (failed) break;
  }
  failed ??= await take((done) => parser.end(done));
  yield* read.splice(0);
  if (failed instanceof CsvError) throw new ImportFileError(`line ${line}: ${WORDS[failed.code] ?? failed.message}`);
  if (failed) throw failed;
}

/** `delimiter`: what the operator says that it is. Throws ImportFileError. */
export async function openCsv(text: AsyncIterable<string>, delimiter: string | null = null): Promise<CsvFile> {
  const pieces = text[Symbol.asyncIterator]();
  let sample = '';
  while (sample.length < SNIFFED) {
    const next = await pieces.next();
    if (next.done) break;
    sample += next.value;
  }
  sample = sample.replace(/^\ufeff/, '');
  const named = SEPARATOR.exec(sample);
  const parting = delimiter ?? named?.[1] ?? delimiterOf(sample);
  const body = named ? sample.slice(named[0].length) : sample;
  const rows = rowsOf(behind(body, pieces), parting, named ? 2 : 1);
  const first = await rows.next();
  if (first.done) throw new ImportFileError('the file is empty');
  const top = first.value;
  if (top.cells.length > MOST_COLUMNS)
    throw new ImportFileError(`the first row has more than ${MOST_COLUMNS} cells: leave out the columns that are not needed`);
  const headed = !top.cells.some(looksLikeAddress);
  const header = headed
    ? top.cells.map((cell) => cell.replaceAll(UNSEEN, ' ').trim())
    : top.cells.map((_, i) => `column ${i + 1}`);
  async function* checked(): AsyncGenerator<CsvRow | RowProblem> {
    if (!headed) yield top;
    for await (const row of rows) {
      const problem = swallowing(row, header.length, parting) ?? widthProblem(row.cells, header.length);
      yield problem === null ? row : { line: row.line, column: null, problem };
    }
  }
  return { delimiter: parting, header, headed, sample: headed ? null : top.cells, rows: checked() };
}
