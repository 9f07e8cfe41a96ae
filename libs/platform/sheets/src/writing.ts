import { unparse } from 'papaparse';
import { INVENTED } from '@platform/kernel';
import writeXlsxFile from 'write-excel-file/node';

export type Cell = string | number | boolean | null;
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const BYTE_ORDER_MARK = '\ufeff';
/** Read by a spreadsheet as something to compute, or to call. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const safe = (cell: Cell): Cell => (typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell);

/** `;` and a byte order mark, as spreadsheets of this country open it; no cell begins like a formula. */
export const toCsv = ({ columns, rows }: Table): Buffer =>
  Buffer.from(
    BYTE_ORDER_MARK + unparse({ fields: [...columns], data: rows.map((row) => row.map(safe)) }, { delimiter: ';', newline: '\r\n' }),
    'utf8',
  );

export const toXlsx = ({ columns, rows }: Table): Promise<Buffer> => {
  const head = columns.map((value) => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map((cell) => (cell === null ? null : { value: safe(cell) as string })));
  return writeXlsxFile([head, ...body]).toBuffer();
};

/** Columns as they first appear; what is no single value stands as its parts, `needs` as `legal, health`. */
export function tableOf(items: readonly object[]): Table {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((name) => name !== 'etag');
  return { columns, rows: items.map((item) => columns.map((name) => cellOf((item as Record<string, unknown>)[name]))) };
}

/** The same table, every row of which says that it is invented: rows are sorted, cut out and pasted elsewhere. */
export const markedInvented = ({ columns, rows }: Table): Table => ({
  columns: [INVENTED, ...columns],
  rows: rows.map((row) => [INVENTED, ...row]),
});

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((one) => String(cellOf(one) ?? '')).join(', ');
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${String(cellOf(one) ?? '')}`)
    .join(', ');
}
