import type { ReactNode } from 'react';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
}
interface Props<T> {
  readonly caption: string;
  /** A heading above says the same: the caption is for screen readers alone. */
  readonly headed?: boolean;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
}

/** A real table; on a phone every row becomes a card with its own labels. The first column names the row. */
export function Table<T>({ caption, headed = false, columns, rows, keyOf }: Props<T>): ReactNode {
  return (
    <table className="rc-table rc-table-stack">
      <caption className={headed ? 'rc-sr' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, cell }, n) =>
              n === 0 ? (
                <th key={title} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={title} data-label={title}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
