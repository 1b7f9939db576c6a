// A notice as blocks of text with their places: what every rule reads, whatever format the notice came in.

/** Offsets in UTF-16 units into NoticeDocument.text; `end` is behind the last unit. */
export interface Span {
  start: number;
  end: number;
}

export type BlockKind = 'heading' | 'paragraph' | 'item' | 'cell';

/** What a reader of a format finds; assembleDocument adds the rest. */
export interface RawBlock extends Span {
  kind: BlockKind;
  /** Heading: 1 (highest) to 9. Item: its depth, from 1. Otherwise 0. */
  level: number;
  cell?: CellPlace;
}

export interface CellPlace {
  table: number;
  row: number;
  column: number;
}

export interface Block extends RawBlock {
  index: number;
  section: number;
  sentences: Span[];
  /** The block that introduces this one: "We rely on:" before a list, or the item above a nested list. */
  leadIn: number | null;
}

export interface Table {
  /** Block index of each cell by row and column; a cell that spans is repeated; null where there is none. */
  rows: (number | null)[][];
  /** How many rows at the top are headers. */
  headerRows: number;
}

export interface Section extends Span {
  index: number;
  /** Block index of its heading; null for what stands before the first one. */
  heading: number | null;
  title: string;
  level: number;
  parent: number | null;
}

/** Of the sections that the terms of a definition list make, under every heading of a page: a term names a detail of the section it stands in. */
export const TERM_LEVEL = 8;

export type NoticeFormat = 'html' | 'markdown' | 'text';

export interface NoticeDocument {
  /** What --print-text prints and every offset counts in. */
  text: string;
  /** `text` made plain for matching, unit by unit (plainForm): same length, same offsets. */
  plain: string;
  format: NoticeFormat;
  blocks: Block[];
  sections: Section[];
  tables: Table[];
  /** A language that the format declares ("de-AT"), or null. */
  declaredLanguage: string | null;
  /** The title that the format declares, or null. */
  declaredTitle: string | null;
}

export const sliceOf = (document: NoticeDocument, { start, end }: Span): string => document.text.slice(start, end);
export const plainOf = (document: NoticeDocument, { start, end }: Span): string => document.plain.slice(start, end);
