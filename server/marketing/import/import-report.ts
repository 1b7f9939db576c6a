// What an import did, or would do: counts, the first rows with their addresses masked, and each row that was not taken, by line.
import type { Dropped } from '../../../shared/marketing/suppression.ts';
import type { Channel } from '../../../shared/notice/schema.ts';
import type { Column } from './columns.ts';
import type { RowProblem } from './csv-file.ts';

/** A row that was left out because its address is on the suppression list, whatever the row claims. */
export interface DroppedRow extends Pick<Dropped<unknown>, 'channel' | 'sender' | 'since' | 'reason'> {
  line: number;
}

export interface PreviewRow {
  line: number;
  /** Masked. */
  address: string;
  channels: { channel: Channel; becomes: string }[];
}

export interface ImportReport {
  dryRun: boolean;
  encoding: string;
  delimiter: string;
  columns: Pick<Column, 'header' | 'field' | 'by'>[];
  /** Rows read, problems included. */
  rows: number;
  /** The last line that is wholly done: an import that broke off goes on behind it. */
  line: number;
  contacts: { new: number; known: number };
  /** What became of claims, by reason: `consent`, `soft_opt_in`, …, `not_stated`. */
  claims: Record<string, number>;
  /** Why a claim became `not_stated`: what was missing, and how often. */
  missing: Record<string, number>;
  /** Who says no in the list. */
  stopped: { new: number; known: number };
  /** Left out because of the suppression list, by its reason. */
  dropped: Record<string, number>;
  /** Rows, or cells of rows, that cannot be read. */
  problems: number;
  preview: PreviewRow[];
}

/** Told as it happens, so that nothing is gathered in memory. */
export interface ImportListener {
  problem?(problem: RowProblem): void | Promise<void>;
  dropped?(row: DroppedRow): void | Promise<void>;
  progress?(report: ImportReport): void | Promise<void>;
}

export const PREVIEWED = 5;
/** Different reasons told of in `missing`; the rest are counted as one. */
const REASONS_TOLD = 40;

export const count = (counts: Record<string, number>, name: string, by = 1): void => {
  const known = name in counts || Object.keys(counts).length < REASONS_TOLD ? name : 'other';
  counts[known] = (counts[known] ?? 0) + by;
};
