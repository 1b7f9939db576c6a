// Tables that give the lawful basis of each row: which columns hold it, and what their cells say.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { LETTERS, LETTERS_OF_THE_UNION } from './articles.ts';
import { framed, type BasisStatement, type Reading } from './basis-statement.ts';
import { plainOf, type Block, type NoticeDocument, type Span, type Table } from './document.ts';
import { codesIn } from './legend.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { columnBases } from './rules/languages.ts';
import { holds } from './rules/rule.ts';
import { kindsOfTitle, type Kinds } from './sections.ts';

/** "Reason": heads columns of lawful bases, and of much else. */
const MAY_HEAD =
  /^\W*(?:our |the |what )?(?:reasons?|grounds?|justifications?|footing|gateways?|bas[ei]s|codes?|(?:uk )?gdpr|articles?|conditions?)\b/i;
/** Of the cells of a column, how many must name a basis: with such a header, and without. */
const [SHARE_HEADED, SHARE] = [0.5, 0.8];
const EARLY = 25;

const IN_PARENTHESES = /\([^()]{0,400}\)/g;
const blanks = (text: string): string => ' '.repeat(text.length);

export const cellKinds = (document: NoticeDocument, index: number | null | undefined): Kinds => {
  const block = index === null || index === undefined ? undefined : document.blocks[index];
  return block ? kindsOfTitle(plainOf(document, block)) : new Set();
};

/** Tables of rights, of words and of recipients name bases without stating any, unless a column is headed so. */
const ABOUT_OTHERS =
  /^\W*(?:your |the |which |what |our )?(?:rights?|terms?|words?|expressions?|definitions?|recipients?|shared with|who (?:gets|receives|sees)|with whom)\b/i;
export const isAboutOthers = (document: NoticeDocument, { rows }: Table): boolean => {
  const first = rows[0]?.[0];
  const block = first === null || first === undefined ? undefined : document.blocks[first];
  return block !== undefined && ABOUT_OTHERS.test(plainOf(document, block));
};

/** There a table is none that goes on. */
const ELSEWHERE = ['rights', 'definitions', 'retention'] as const;
const columnsOf = (table: Table): number => Math.max(0, ...table.rows.slice(0, 50).map((row) => row.length));

/** The columns that hold lawful bases: by their header, by that of the same table continued, or by what stands in them. */
export function basisColumns({ document, kinds, rules, legend }: Reading): Set<number>[] {
  const found: Set<number>[] = [];
  document.tables.forEach((table, index) => {
    const columns = new Set<number>();
    const header = table.rows.slice(0, Math.max(1, table.headerRows));
    for (const row of header)
      row.forEach((cell, column) => {
        const kinds = cellKinds(document, cell);
        if (kinds.has('basis') && !kinds.has('special')) columns.add(column);
      });
    const before = document.tables[index - 1];
    const section = document.blocks[table.rows.flat().find((cell) => cell !== null) ?? -1]?.section ?? -1;
    if (
      columns.size === 0 &&
      before &&
      !ELSEWHERE.some((kind) => kinds[section]?.own.has(kind)) &&
      columnsOf(before) === columnsOf(table) &&
      !header.slice(0, table.headerRows).some((row) => row.some((cell) => cell !== null))
    )
      for (const column of found[index - 1] ?? []) columns.add(column);
    if (columns.size === 0 && columnsOf(table) >= 2 && !isAboutOthers(document, table))
      for (let column = 1; column < Math.min(columnsOf(table), 12); column += 1) {
        const textOf = (cell: number | null | undefined): string =>
          cell === null || cell === undefined ? '' : plainOf(document, document.blocks[cell] as Block);
        const cells = table.rows
          .slice(table.headerRows, 60)
          .map((row) => textOf(row[column]))
          .filter((cell) => /\w/.test(cell));
        const naming = cells.filter(
          (cell) => codesIn(cell, legend).length > 0 || (mentionsIn(cell.slice(0, 300), rules)[0]?.start ?? Infinity) < EARLY,
        );
        const coded = cells.filter((cell) => codesIn(cell, legend).length > 0).length;
        const share = coded > 1 || header.some((row) => MAY_HEAD.test(textOf(row[column]))) ? SHARE_HEADED : SHARE;
        if (cells.length >= 3 && naming.length >= cells.length * share) columns.add(column);
      }
    found.push(columns);
  });
  return found;
}

/** The parts of a cell that each state something: its lines, and what semicolons part. */
function cellParts(document: NoticeDocument, { sentences }: Block): Span[] {
  return sentences.flatMap((sentence) => {
    const parts: Span[] = [];
    let { start } = sentence;
    for (const { index } of plainOf(document, sentence).matchAll(/;/g)) {
      parts.push({ start, end: sentence.start + index });
      start = sentence.start + index + 1;
    }
    return [...parts, { start, end: sentence.end }].map(({ start: from, end }) => {
      const lead = /^\s*/.exec(document.text.slice(from, end))?.[0].length ?? 0;
      return { start: from + lead, end };
    });
  });
}

const LONGEST_LETTERS = 80;
const FEW_WORDS = 4;
const LONGEST_ROW = 160;
/** A word or two say nothing by themselves: with the row that they stand in they do, or with the sentence before them. */
function withRow(document: NoticeDocument, part: Span, block: Block): Span {
  const place = block.cell;
  if (!place || plainOf(document, part).trim().split(/\s+/).length >= FEW_WORDS) return part;
  const first = document.tables[place.table]?.rows[place.row]?.find((cell) => cell !== null) ?? null;
  const before = document.blocks[block.index - 1];
  const starts = [first === null ? undefined : document.blocks[first], before].flatMap((other) =>
    other?.cell?.table === place.table && other.cell.row === place.row
      ? [other.start, other.sentences.at(-1)?.start ?? other.start]
      : [],
  );
  const start = starts.find((each) => each < part.start && part.end - each <= LONGEST_ROW);
  return start === undefined ? part : { start, end: part.end };
}

export type Letters = Readonly<Record<string, LawfulBasis>>;
/** The letters of the article that the header of a column names: Article 6(1), or 5(1) for the institutions of the Union. */
export function lettersOfColumn(document: NoticeDocument, { rows, headerRows }: Table, column: number, union = false): Letters {
  for (const row of rows.slice(0, headerRows)) {
    const header = document.blocks[row[column] ?? -1];
    const plain = header === undefined ? '' : plainOf(document, header);
    if (/\bart(?:icle|ikel|\.)? ?6\b/i.test(plain)) return LETTERS;
    if (union && /\bart(?:icle|ikel|\.)? ?5\b/i.test(plain)) return LETTERS_OF_THE_UNION;
  }
  return {};
}

const JOINS_LETTERS = /\b(?:and|und|et|or|oder|ou|lit|litera|letters?|points?|buchst|buchstabe)\b/gi;
/** "e)", "(c) and (e) – the Financial Regulation": the letters that a cell begins with. */
function lettersIn(plain: string, byLetter: Letters): string[] {
  const words = (plain.split(/ [\u2013\u2014-] |: /)[0] ?? '')
    .replace(JOINS_LETTERS, ' ')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
  return words.every((word) => Object.hasOwn(byLetter, word)) ? words : [];
}

const ARTICLE = /\bart(?:icle|ikel|\.)? ?(6|9)\b/gi;
const SPECIAL =
  /\bspecial categor|\bsensitive\b|\bhealth (?:data|information)\b|\b(?:data|information|details) (?:about|on|of) (?:your |their )?(?:health|disabilit\w*|religio\w*|ethnic\w*)\b|\bsubstantial public interest\b|\bart(?:icle|ikel|\.)? ?9\b/i;
/** "Art. 6(1)(e); for health data Art. 9(2)(a), explicit consent": the conditions of Article 9 are no lawful bases. */
function isOfArticle9(plain: string, { start, end, basis, byArticle }: Mention): boolean {
  if (byArticle) return false;
  const before = [...plain.slice(0, start).matchAll(ARTICLE)].at(-1)?.[1];
  const explicit = basis === 'consent' && /\bexplicit/i.test(plain.slice(start, end));
  return before === '9' || (explicit && before === undefined && SPECIAL.test(plain));
}

/** "Legitimate interests. Our interests here are …": a name alone and the sentence that says more of it are one statement. */
function joinedWithNames(document: NoticeDocument, parts: Span[], known: ReturnType<typeof columnBases>): Span[] {
  const only = (part: Span): LawfulBasis | null => {
    const [first, ...others] = mentionsIn(plainOf(document, part), known).map(({ basis }) => basis);
    return first !== undefined && others.every((basis) => basis === first) ? first : null;
  };
  const joined: Span[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const isName = before !== undefined && plainOf(document, before).trim().split(/\s+/).length < FEW_WORDS;
    const named = isName && document.text.slice(before.end, part.start).trim() === '' ? only(before) : null;
    if (before && named !== null && named === only(part)) before.end = part.end;
    else joined.push({ ...part });
  }
  return joined;
}

/** `byLetter`: what the letters of the column stand for. */
export function cellStatements({ document, rules, legend }: Reading, block: Block, byLetter: Letters = {}): BasisStatement[] {
  const known = columnBases(rules);
  return joinedWithNames(document, cellParts(document, block), known).flatMap((part) => {
    const plain = plainOf(document, part);
    const outside = plain.replace(IN_PARENTHESES, blanks);
    const coded = codesIn(plain, legend);
    const statement = (basis: LawfulBasis, rule: string): BasisStatement => ({
      ...withRow(document, part, block),
      basis,
      rule: `column/${rule}`,
      confidence: 0.97,
      block: block.index,
      place: 'cell',
    });
    if (coded.length > 0) return coded.map((basis) => statement(basis, 'legend'));
    const letters = plain.length < LONGEST_LETTERS ? lettersIn(plain, byLetter) : [];
    if (letters.length > 0)
      return letters.flatMap((letter) => {
        const basis = byLetter[letter];
        return basis ? [statement(basis, 'letter')] : [];
      });
    const words = mentionsIn(outside, known);
    const named = [...words, ...mentionsIn(plain, known).filter(() => words.length === 0)];
    const seen = new Set<LawfulBasis>();
    return named.flatMap((mention) => {
      const text = framed(words.includes(mention) ? outside : plain, named, mention, '');
      if (
        seen.has(mention.basis) ||
        isOfArticle9(plain, mention) ||
        rules.frames.some((frame) => frame.says === 'negated' && holds(frame, text))
      )
        return [];
      seen.add(mention.basis);
      return [statement(mention.basis, mention.rule)];
    });
  });
}
