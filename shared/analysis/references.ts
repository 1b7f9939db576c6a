// A table whose column of lawful bases has numbers only, and a legend that says what each number stands for: each basis of the legend belongs
// to the rows that name its number. Where one number of the column has no legend nothing is bound: better the document than a guess.
import { plainOf, sliceOf, type Block, type NoticeDocument } from './document.ts';
import type { BasisStatement } from './basis-statement.ts';
import { kindsOfTitle } from './sections.ts';

const ONE = '\\(?(?:\\d{1,2}|[a-h])\\)?';
const REFERENCES = new RegExp(
  `^(?:basis|bases|ground|grounds|no|nos|nr|number|numbers|see)?\\.? ?(${ONE}(?: ?(?:,|;|/|&|\\+|and|or|und|oder|et|ou) ?${ONE})*)\\.?$`,
);
/** What stands before an item in its line: "2." or "(b)". */
const MARK = /(?:^|\n)[^\S\n]*\(?(\d{1,2}|[a-h])[.):]+[^\S\n]*$/i;

function referencesIn(cell: string): string[] | null {
  const listed = REFERENCES.exec(cell.trim().toLowerCase())?.[1];
  return listed === undefined ? null : (listed.match(/\d{1,2}|\b[a-h]\b/g) ?? null);
}

/** Rows by what they refer to: the cells, by block, of columns in which every cell refers. */
function referringCells(document: NoticeDocument): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { rows, headerRows } of document.tables) {
    const header = rows[headerRows - 1];
    if (!header) continue;
    header.forEach((cell, column) => {
      const block = cell === null ? undefined : document.blocks[cell];
      if (!block || !kindsOfTitle(plainOf(document, block)).has('basis')) return;
      const cells = rows.slice(headerRows).flatMap((row) => row[column] ?? []);
      const references = cells.map((index) => referencesIn(plainOf(document, document.blocks[index] as Block)));
      if (cells.length < 2 || !references.every((one) => one !== null)) return;
      cells.forEach((index, i) => found.set(index, references[i] ?? []));
    });
  }
  return found;
}

/** The label of each item that states a basis: as written before it, else its place in its list; of a cell the first cell of its row. */
function legend(document: NoticeDocument, statements: readonly BasisStatement[]): Map<string, BasisStatement[]> {
  const found = new Map<string, BasisStatement[]>();
  for (const statement of statements) {
    const block = document.blocks[statement.block] as Block;
    const label = block.kind === 'item' ? labelOfItem(document, block) : block.cell ? labelOfRow(document, block) : null;
    if (label !== null) found.set(label, [...(found.get(label) ?? []), statement]);
  }
  return found;
}

function labelOfItem(document: NoticeDocument, block: Block): string {
  const written = MARK.exec(document.text.slice(Math.max(0, block.start - 12), block.start))?.[1];
  if (written !== undefined) return written.toLowerCase();
  let place = 1;
  for (let at = block.index - 1; at >= 0; at--) {
    const before = document.blocks[at];
    if (before?.kind !== 'item' || before.level < block.level) break;
    if (before.level === block.level) place += 1;
  }
  return String(place);
}

function labelOfRow(document: NoticeDocument, block: Block): string | null {
  const first = block.cell && document.tables[block.cell.table]?.rows[block.cell.row]?.[0];
  if (first === null || first === undefined || first === block.index) return null;
  const references = referencesIn(sliceOf(document, document.blocks[first] as Block));
  return references?.length === 1 ? (references[0] ?? null) : null;
}

/** For each statement of a legend the cells, by block, whose rows it belongs to. Empty where nothing refers, or a number has no legend. */
export function rowsReferringTo(document: NoticeDocument, statements: readonly BasisStatement[]): Map<BasisStatement, number[]> {
  const cells = referringCells(document);
  if (cells.size === 0) return new Map();
  const meant = legend(
    document,
    statements.filter(({ block }) => !cells.has(block)),
  );
  const bound = new Map<BasisStatement, number[]>();
  for (const [cell, references] of cells)
    for (const reference of references) {
      const stated = meant.get(reference);
      if (!stated) return new Map();
      for (const statement of stated) bound.set(statement, [...(bound.get(statement) ?? []), cell]);
    }
  return bound;
}
