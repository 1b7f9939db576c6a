// A table that lost its lines when it was copied: each cell on a line of its own, column after column, row after row. Taken for a table only
// where every row keeps the rhythm of the header and has a lawful basis where the header says so.
import { plainForm } from './plain-form.ts';
import type { SectionKind } from './rules/section.ts';
import { kindsOfTitle } from './sections.ts';

const MOST_COLUMNS = 6;
const LONGEST_HEADER = 60;
const LONGEST_CELL = 300;
const LONGEST_BASIS = 160;

const BASIS_CELL =
  /\b(?:consent|contract|legal obligations?|legitimate interests?|vital interests?|public (?:task|interest|duty)|art(?:icle|\.)? ?6|einwilligung|vertrag\w*|berechtigte[sn]? interesse\w*|rechtliche verpflichtung\w*|consentement|contrat|obligations? l\u00e9gales?|int\u00e9r\u00eats? l\u00e9gitimes?)\b/;
const REFERENCE_CELL = /^\(?(?:\d{1,2}|[a-h])\)?(?: ?(?:,|;|&|\+|and|und|et) ?\(?(?:\d{1,2}|[a-h])\)?)*$/;

/** What the first column of such a table is called. */
const COLUMN =
  /^(?:the |our |your |types? of |kinds? of |categor(?:y|ies) of )?(?:purposes?|processing|activit(?:y|ies)|what we|why we|how we|reasons?|uses?|data|personal data|information|categor(?:y|ies)|lawful|legal|basis|service|zwecke?|verarbeitung|rechtsgrundlage|daten|finalit\u00e9s?|traitements?|base)\b/;

const isHeader = (line: string): boolean => line.length <= LONGEST_HEADER && !/[.;,:!?]$/.test(line);
/** What columns of such a table are about. */
const ASKED = new Set<SectionKind>(['basis', 'purposes', 'retention', 'sharing', 'collection']);
const namesBasis = (line: string): boolean => {
  const plain = plainForm(line).toLowerCase();
  return plain.length <= LONGEST_BASIS && (BASIS_CELL.test(plain) || REFERENCE_CELL.test(plain));
};

/** May a table begin with this line? Most lines can't, which is what makes looking cheap. */
export const isColumnHeader = (line: string): boolean => isHeader(line) && COLUMN.test(plainForm(line).toLowerCase());

/**
 * How many columns and rows (the header's included) begin with the first of these lines, none of which is empty; null: no such table.
 * Two rows besides the header at least.
 */
export function flattenedTable(lines: readonly string[]): { columns: number; rows: number } | null {
  for (let columns = 2; columns <= MOST_COLUMNS; columns++) {
    const header = lines.slice(0, columns);
    if (header.length < columns || !header.every(isHeader)) return null;
    const basis = header.findIndex((line) => kindsOfTitle(line).has('basis'));
    // What the row is about stands before or behind its basis, and the header of another column is no basis itself.
    if (basis < 0 || header.some((line) => namesBasis(line) && !kindsOfTitle(line).has('basis'))) continue;
    // A title that stands over the table would else be taken for its first column, and each row for the next one's.
    if (
      lines.slice(columns, 2 * columns).some((cell) => isHeader(cell) && [...kindsOfTitle(cell)].some((kind) => ASKED.has(kind)))
    )
      continue;
    let rows = 1;
    for (; (rows + 1) * columns <= lines.length; rows++) {
      const cells = lines.slice(rows * columns, (rows + 1) * columns);
      const others = cells.filter((_, column) => column !== basis);
      if (!namesBasis(cells[basis] ?? '') || others.some((cell) => cell.length > LONGEST_CELL || namesBasis(cell))) break;
    }
    if (rows >= 3) return { columns, rows };
  }
  return null;
}
