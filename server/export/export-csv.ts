// CSV as RFC 4180 has it, in UTF-8, for people who open it in a spreadsheet: no cell can be read as a formula (R60).
import { stringify } from 'csv-stringify/sync';

/** A spreadsheet of a country that parts cells by semicolons would begin a cell, and a formula, behind one: such a cell is quoted. */
export const OTHER_DELIMITERS = /[;\t|]/;

/** Rows with CRLF at each end. A cell that begins like a formula gets a quote before it. */
export const csvRows = (rows: readonly (readonly (string | number | boolean | null)[])[]): string =>
  stringify(rows as (string | number | boolean | null)[][], {
    record_delimiter: 'windows',
    escape_formulas: true,
    quoted_match: OTHER_DELIMITERS,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
