// The tree of a privacy notice in HTML as blocks: headings, paragraphs, list items and the cells of tables that hold data.
import { assembleDocument } from './assemble.ts';
import { TERM_LEVEL, type NoticeDocument, type NoticeFormat, type Table } from './document.ts';
import { isNumberedHeading } from './heading.ts';
import type { Element, HtmlTree } from './html-tree.ts';
import { printBlocks, tidy, type Printed } from './printer.ts';

const BLOCKS = new Set(
  (
    'p div section article main header footer aside ul ol li dl dt dd table thead tbody tfoot tr td th caption details summary blockquote pre address ' +
    'figure figcaption form fieldset legend h1 h2 h3 h4 h5 h6 hr body html center button label'
  ).split(' '),
);
const BOLD = new Set(['b', 'strong', 'u']);
const HEADING = /^h([1-6])$/;

/** A bold line of its own stands above what follows, below every real heading. */
const BOLD_LINE_LEVEL = 7;
const NUMBERED_LEVEL = 5;
const LONGEST_HEADING = 140;

const children = (element: Element): Element[] => element.children.filter((child): child is Element => typeof child !== 'string');
const elements = (element: Element, tags: string): Element[] => {
  const wanted = new Set(tags.split(' '));
  return children(element).flatMap((child) =>
    wanted.has(child.tag) ? [child] : child.tag === 'table' ? [] : elements(child, tags),
  );
};
const contains = (element: Element, tags: Set<string>): boolean =>
  children(element).some((child) => tags.has(child.tag) || contains(child, tags));

function textInside(element: Element, into: string[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') into.push(child.replace(/\s+/g, ' '));
    else if (child.tag === 'br') into.push('\n');
    else {
      const block = BLOCKS.has(child.tag);
      if (block) into.push('\n');
      textInside(child, into);
      if (block) into.push('\n');
    }
  }
}
const textOf = (element: Element): string => {
  const parts: string[] = [];
  textInside(element, parts);
  return tidy(parts.join(''));
};

const NOT_IN_DATA = new Set(['table', 'h1', 'h2', 'h3', 'article', 'section']);
function dataRows(table: Element): Element[][] | null {
  if (table.attributes['role'] === 'presentation') return null;
  const rows = elements(table, 'tr').map((row) => children(row).filter(({ tag }) => tag === 'td' || tag === 'th'));
  if (rows.length === 0 || Math.max(...rows.slice(0, 200).map((row) => row.length)) < 2) return null;
  return rows.some((row) => row.some((cell) => contains(cell, NOT_IN_DATA))) ? null : rows;
}

const isBold = (cell: Element): boolean => {
  const shown = cell.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  return shown.length > 0 && shown.every((child) => typeof child !== 'string' && (BOLD.has(child.tag) || isBold(child)));
};
const isHeaderRow = (row: Element[]): boolean =>
  row.length > 1 && row.every((cell) => cell.tag === 'th' || isBold(cell) || textOf(cell) === '');

const MOST_COLUMNS = 40;
const spanOf = (value: string | undefined): number => Math.min(Math.max(Number(value) || 1, 1), 24);

class Reader {
  readonly printed: Printed[] = [];
  readonly tables: Table[] = [];
  private buffer: string[] = [];
  private boldUnits = 0;
  private units = 0;
  private bold = 0;
  private depth = 0;
  private inItem = false;
  private heading = 0;

  private flush(): void {
    const text = tidy(this.buffer.join(''));
    const allBold = this.units > 0 && this.boldUnits === this.units;
    this.buffer = [];
    this.boldUnits = 0;
    this.units = 0;
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    this.printed.push({ ...this.kindOf(text, allBold), text });
  }

  private kindOf(text: string, allBold: boolean): Pick<Printed, 'kind' | 'level'> {
    if (this.heading > 0) return { kind: 'heading', level: this.heading };
    const line = text.length <= LONGEST_HEADING && !text.includes('\n') && !/[.;,]$/.test(text);
    if (this.depth === 0 && line && allBold) return { kind: 'heading', level: BOLD_LINE_LEVEL };
    if (this.depth === 0 && line && isNumberedHeading(text)) return { kind: 'heading', level: NUMBERED_LEVEL };
    return this.depth > 0 ? { kind: 'item', level: this.depth } : { kind: 'paragraph', level: 0 };
  }

  private table(rows: Element[][]): void {
    const table = this.tables.length;
    const grid: (number | null)[][] = rows.map(() => []);
    rows.forEach((row, rowIndex) => {
      let column = 0;
      for (const cell of row) {
        while (grid[rowIndex]?.[column] !== undefined) column += 1;
        const text = textOf(cell);
        const index = text === '' ? null : this.printed.length;
        if (text !== '') this.printed.push({ kind: 'cell', level: 0, text, cell: { table, row: rowIndex, column } });
        for (let down = 0; down < spanOf(cell.attributes['rowspan']); down += 1)
          for (let right = 0; right < spanOf(cell.attributes['colspan']); right += 1) {
            const line = grid[rowIndex + down];
            if (line && column + right < MOST_COLUMNS) line[column + right] = index;
          }
        column += 1;
      }
    });
    let headerRows = 0;
    while (headerRows < 3 && headerRows < rows.length - 1 && isHeaderRow(rows[headerRows] ?? [])) headerRows += 1;
    this.tables.push({ rows: grid, headerRows });
  }

  private list(element: Element): void {
    this.depth += 1;
    this.walk(element);
    this.depth -= 1;
  }

  private headed(element: Element, level: number): void {
    const outer = this.heading;
    this.heading = level;
    this.walk(element);
    this.flush();
    this.heading = outer;
  }

  private block(element: Element): void {
    this.flush();
    const level = HEADING.exec(element.tag)?.[1];
    const rows = element.tag === 'table' ? dataRows(element) : null;
    const { attributes, tag } = element;
    if (rows) this.table(rows);
    else if (level !== undefined) this.headed(element, Number(level));
    else if (attributes['role'] === 'heading') this.headed(element, Number(attributes['aria-level']) || 3);
    else if (tag === 'summary' || (tag === 'button' && attributes['aria-expanded'] !== undefined))
      this.headed(element, this.heading || 6);
    else if (tag === 'dt') this.headed(element, TERM_LEVEL);
    else if (tag === 'ul' || tag === 'ol') this.list(element);
    else this.walk(element);
    this.flush();
  }

  walk(element: Element): void {
    for (const child of element.children) {
      if (typeof child === 'string') {
        const shown = child.replace(/\s/g, '').length;
        this.units += shown;
        if (this.bold > 0) this.boldUnits += shown;
        this.buffer.push(child.replace(/\s+/g, ' '));
      } else if (child.tag === 'br') this.buffer.push('\n');
      else if (BLOCKS.has(child.tag)) this.block(child);
      else {
        const bold = BOLD.has(child.tag) ? 1 : 0;
        this.bold += bold;
        this.walk(child);
        this.bold -= bold;
      }
    }
  }

  end(): void {
    this.flush();
  }
}

/** Where a page has been parsed already (a DOM), its tree is enough; htmlparser2 is needed for text only. */
export function readTree({ root, language, title }: HtmlTree, format: NoticeFormat): NoticeDocument {
  const reader = new Reader();
  reader.walk(root);
  reader.end();
  const { text, raw } = printBlocks(reader.printed);
  return assembleDocument({
    raw,
    text,
    format,
    lines: true,
    tables: reader.tables,
    declaredLanguage: language,
    declaredTitle: title === null ? null : tidy(title),
  });
}
