// Rows of anything. Where the window is narrow each row is a card that says what each of its values is.
import type { ComponentChildren } from 'preact';

export interface Column<T> {
  title: string;
  cell: (row: T) => ComponentChildren;
  /** The column that names the row. */
  head?: boolean;
  /** `number`: figures under each other. `actions`: buttons; its title is for those who do not see it. `wide`: a line of its own in a card. */
  kind?: 'number' | 'actions' | 'wide';
}

interface DataTableProps<T> {
  /** Says what the rows are; not shown. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string | number;
  rowClass?: (row: T) => string | undefined;
}

const classOf = (kind: Column<never>['kind']): string | undefined => (kind === 'actions' ? 'deeds' : kind);

/** Explicit roles keep it a table for assistive technology where its rows look like cards. */
export const DataTable = <T,>({ caption, columns, rows, keyOf, rowClass }: DataTableProps<T>) => (
  <table class="data" role="table">
    <caption class="hidden">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map(({ title, kind }) => (
          <th role="columnheader" scope="col" key={title} class={classOf(kind)}>
            {kind === 'actions' ? <span class="hidden">{title}</span> : title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <tr role="row" key={keyOf(row)} class={rowClass?.(row)}>
          {columns.map(({ title, cell, head, kind }) =>
            head ? (
              <th role="rowheader" scope="row" key={title} class={classOf(kind)} data-label={title}>
                {cell(row)}
              </th>
            ) : (
              <td role="cell" key={title} class={classOf(kind)} data-label={title}>
                {cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
