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
  /** Names of the columns, before anything is read. */
  header?(header: readonly string[]): void | Promise<void>;
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

const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, many]) => `${many} ${name.replaceAll('_', ' ')}`)
    .join(', ') || 'none';

/** For people, a line each. */
export function importWords(report: ImportReport): string[] {
  const { dryRun, columns, contacts, claims, missing, stopped, dropped, problems, preview } = report;
  const used = columns.filter(({ field }) => field !== 'ignore');
  const unused = columns.filter(({ field }) => field === 'ignore').map(({ header }) => header);
  return [
    `Read as ${report.encoding}, parted by ${report.delimiter}.`,
    ...used.map(({ header, field, by }) => `  ${header} is ${field}${by === 'guess' ? ' (by its name)' : ''}`),
    ...(unused.length > 0 ? [`  not read: ${unused.join(', ')}`] : []),
    ...(dryRun
      ? preview.map(
          ({ line, address, channels }) =>
            `  line ${line}: ${address}: ${channels.map(({ channel, becomes }) => `${channel} ${becomes.replaceAll('_', ' ')}`).join(', ') || 'nothing'}`,
        )
      : []),
    `${report.rows} rows, up to line ${report.line}: ${contacts.new} new contacts, ${contacts.known} known.`,
    `Reasons: ${counted(claims)}.`,
    ...Object.entries(missing).map(([what, many]) => `  not stated ${many} times, as ${what}`),
    `Said no in the list: ${stopped.new} new on the suppression list, ${stopped.known} there already.`,
    `Left out, as the suppression list says no: ${counted(dropped)}.`,
    `Not read: ${problems} rows or cells.`,
    ...(dryRun ? ['Nothing was changed.'] : []),
  ];
}
