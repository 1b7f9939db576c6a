// A privacy notice in plain text, as it comes out of a copied page or a file: lines become headings, items, rows and paragraphs.
// Offsets are those of the text as given.
import { assembleDocument } from './assemble.ts';
import type { NoticeDocument, RawBlock, Span, Table } from './document.ts';
import { flattenedTable, isColumnHeader } from './flattened-table.ts';
import { plainHeadingLevel } from './heading.ts';

const BULLET = /^[•·▪◦‣⁃●○■□►▶▸▹→⇒➔➜➢➤»✓✔❖◆*–—-]\s+|^o\s{2,}/;
const LABEL = /^(\(?[a-z]{1}\)|\(?[ivx]{1,5}\)|\(?\d{1,2}\)|\d{1,2}\.(?:\d{1,2}\.?)?)\s+/i;
const WRAPPED_AT = 110;
/** "Contract - to deliver what you ordered", in a list that lost its marks: with another of its kind beside it no heading. */
const LABELLED = /^\p{Lu}[^.:;\u2013\u2014-]{2,40} [\u2013\u2014-] \p{Ll}/u;
/** Lines of a table that lost its lines. */
const MOST_FLATTENED = 600;
/** Header and two rows of the widest. */
const FEW_FLATTENED = 18;

interface Line extends Span {
  text: string;
  indent: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end);
    const shown = line.trim();
    const indent = shown === '' ? 0 : line.indexOf(shown);
    lines.push({ start: start + indent, end: start + indent + shown.length, text: shown, indent });
    start = end + 1;
  }
  return lines;
}

/** A line that ends in the middle of a sentence, which the next goes on with. */
const GOES_ON = /[\p{L}\d,]$/u;
const SHORTEST_WRAPPED = 50;
const WIDEST = 240;
/** Lines wrapped at whatever width: many of the long ones go on in small letters on the next (in German, where nouns have capitals, a part of them). */
function areWrapped(lines: readonly Line[]): boolean {
  // Nobody wraps at such a width: what goes on in small letters there is a list.
  if (lines.filter(({ text }) => text.length > WIDEST).length >= 3) return false;
  const open = lines.filter(
    ({ text }, at) => text.length >= SHORTEST_WRAPPED && (lines[at + 1]?.text ?? '') !== '' && GOES_ON.test(text),
  );
  const going = lines.filter(
    ({ text }, at) => text.length >= SHORTEST_WRAPPED && GOES_ON.test(text) && /^\p{Ll}/u.test(lines[at + 1]?.text ?? ''),
  );
  return going.length >= 5 && going.length * 4 > open.length;
}

const isItem = (line: Line): boolean =>
  BULLET.test(line.text) || (LABEL.test(line.text) && plainHeadingLevel(line.text, true) === null);
const markLength = ({ text }: Line): number => BULLET.exec(text)?.[0].length ?? LABEL.exec(text)?.[0].length ?? 0;

/** "(a)", "1." and "-" are marks of three lists; "(i)" may stand in one of letters. */
const markOf = ({ text }: Line): string =>
  BULLET.test(text) ? text.slice(0, 1) : (LABEL.exec(text)?.[1] ?? '').replace(/\d+/g, '1').replace(/[a-z]+/gi, 'a');

/** How deep an item stands in the list around it: one that introduces items of another mark stands above them, until its own mark comes again. */
function depthIn(around: string[], mark: string, introduced: boolean): number {
  const known = around.indexOf(mark);
  if (known >= 0) around.length = known + 1;
  else if (introduced || around.length === 0) around.push(mark);
  return around.length;
}

const columnsOf = (line: Line | undefined): number => (line ? line.text.split('\t').length : 1);
/** Lines of a cell after its first. */
const MOST_IN_CELL = 6;

/**
 * The rows, each as its lines, of a table that was copied out of a page with tabs between its cells: as many as its first line has. Lines
 * without one go on with the cell before them.
 */
function tableAt(lines: Line[], from: number): Line[][] {
  const columns = columnsOf(lines[from]);
  const rows: Line[][] = [];
  let at = from;
  while (columnsOf(lines[at]) >= 2) {
    let end = at + 1;
    let next = end;
    let found = columnsOf(lines[at]);
    while (next - end < MOST_IN_CELL && (lines[next]?.text ?? '') !== '') {
      const more = columnsOf(lines[next]) - 1;
      if (more > 0 && found + more > columns) {
        // What stands between belongs to the last cell, and the next row begins here.
        end = next;
        break;
      }
      next += 1;
      if (more === 0) continue;
      found += more;
      end = next;
    }
    rows.push(lines.slice(at, end));
    at = end;
  }
  return rows.length >= 2 ? rows : [];
}

/** The next lines that are not empty. */
function filledFrom(lines: Line[], from: number, most: number): number[] {
  const filled: number[] = [];
  for (let at = from; at < lines.length && filled.length < most; at += 1) if (lines[at]?.text !== '') filled.push(at);
  return filled;
}

/** A line that may head a column is looked at with a few lines after it, and only where those make a table with all of them. */
function flattenedAt(lines: Line[], from: number): { rows: Line[][]; end: number } | null {
  const textsOf = (filled: readonly number[]): string[] => filled.map((at) => lines[at]?.text ?? '');
  if (!flattenedTable(textsOf(filledFrom(lines, from, FEW_FLATTENED)))) return null;
  const filled = filledFrom(lines, from, MOST_FLATTENED);
  const shape = flattenedTable(textsOf(filled));
  if (!shape) return null;
  const { columns, rows } = shape;
  return {
    rows: [...Array(rows).keys()].map((row) => filled.slice(row * columns, (row + 1) * columns).map((at) => lines[at] as Line)),
    end: (filled[rows * columns - 1] ?? from) + 1,
  };
}

function cells(text: string, lines: readonly Line[], table: number, row: number): RawBlock[] {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return [];
  let at = first.start;
  return text
    .slice(first.start, last.end)
    .split('\t')
    .map((cell, column) => {
      const shown = cell.trim();
      const start = at + (shown === '' ? 0 : cell.indexOf(shown));
      at += cell.length + 1;
      return { kind: 'cell', level: 0, start, end: start + shown.length, cell: { table, row, column } };
    });
}

const MOST_LISTED = 25;
/**
 * Lines of a list that lost its marks as it was copied: those that follow, without an empty line between them, one that ends with a
 * colon. Where no empty line ends them it is no list but a text without empty lines.
 */
function unmarkedItems(lines: readonly Line[]): Set<number> {
  const items = new Set<number>();
  const isSpaced = lines.slice(0, -1).some(({ text }) => text === '');
  lines.forEach(({ text }, at) => {
    if (!isSpaced || !text.endsWith(':') || items.has(at)) return;
    const from = lines[at + 1]?.text === '' ? at + 2 : at + 1;
    let to = from;
    while (to - from <= MOST_LISTED && (lines[to]?.text ?? '') !== '') to += 1;
    const run = lines.slice(from, to);
    const isList =
      run.length >= 2 && run.length <= MOST_LISTED && run.every((line) => !isItem(line) && !/[:\t]$|\t/.test(line.text));
    if (isList) run.forEach((_, index) => items.add(from + index));
  });
  return items;
}

export function readPlainText(text: string): NoticeDocument {
  const lines = linesOf(text);
  const long = lines.filter((line) => line.text.length > WRAPPED_AT).length;
  const wrapped = long * 12 < lines.filter((line) => line.text !== '').length || areWrapped(lines);
  const unmarked = wrapped ? new Set<number>() : unmarkedItems(lines);
  const raw: RawBlock[] = [];
  const tables: Table[] = [];
  let open: RawBlock | null = null;
  let marks: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    if (line.text === '') {
      open = null;
      continue;
    }
    if (unmarked.has(at)) {
      raw.push({ kind: 'item', level: 1, start: line.start, end: line.end });
      open = null;
      continue;
    }
    const rowLines = line.text.includes('\t') ? tableAt(lines, at) : [];
    if (rowLines.length > 0) {
      const rows = rowLines.map((each, row) => cells(text, each, tables.length, row));
      tables.push({
        rows: rows.map((row, rowIndex) => {
          const base =
            raw.length + rows.slice(0, rowIndex).reduce((sum, each) => sum + each.filter((c) => c.end > c.start).length, 0);
          let seen = 0;
          return row.map((cell) => (cell.end > cell.start ? base + seen++ : null));
        }),
        headerRows: 1,
      });
      raw.push(...rows.flat().filter((cell) => cell.end > cell.start));
      at += rowLines.flat().length - 1;
      open = null;
      continue;
    }
    const flattened = isColumnHeader(line.text) ? flattenedAt(lines, at) : null;
    if (flattened) {
      const base = raw.length;
      const { rows } = flattened;
      const columns = rows[0]?.length ?? 1;
      tables.push({ rows: rows.map((row, i) => row.map((_, column) => base + i * columns + column)), headerRows: 1 });
      rows.forEach((row, rowIndex) =>
        row.forEach(({ start, end }, column) =>
          raw.push({ kind: 'cell', level: 0, start, end, cell: { table: tables.length - 1, row: rowIndex, column } }),
        ),
      );
      at = flattened.end - 1;
      open = null;
      continue;
    }
    const alone = !wrapped || ((lines[at - 1]?.text ?? '') === '' && (lines[at + 1]?.text ?? '') === '');
    const listed = LABELLED.test(line.text) && [lines[at - 1], lines[at + 1]].some((each) => LABELLED.test(each?.text ?? ''));
    const level =
      isItem(line) || listed || (lines[at - 1]?.text ?? '').endsWith(':')
        ? null
        : plainHeadingLevel(line.text, alone || ((lines[at - 1]?.text ?? '') === '' && line.text.length < 60 && !wrapped));
    if (isItem(line)) {
      const last = raw.at(-1);
      if (last?.kind !== 'item') marks = [];
      const depth = depthIn(marks, markOf(line), last !== undefined && text.slice(last.start, last.end).endsWith(':'));
      open = {
        kind: 'item',
        level: line.indent >= 8 ? Math.max(2, depth) : depth,
        start: line.start + markLength(line),
        end: line.end,
      };
      raw.push(open);
    } else if (level !== null && open === null) {
      raw.push({ kind: 'heading', level, start: line.start, end: line.end });
    } else if (open && wrapped && !listed) open.end = line.end;
    else {
      if (level !== null && !wrapped) {
        raw.push({ kind: 'heading', level, start: line.start, end: line.end });
        open = null;
        continue;
      }
      open = { kind: 'paragraph', level: 0, start: line.start, end: line.end };
      raw.push(open);
    }
  }
  return assembleDocument({ raw, text, format: 'text', lines: !wrapped, tables, declaredLanguage: null, declaredTitle: null });
}
