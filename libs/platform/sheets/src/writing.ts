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

/** How names and values of a list are said. */
export interface Said {
  readonly name: (name: string) => string;
  readonly text: (text: string) => string;
  readonly flag: (flag: boolean) => string | boolean;
  /** Several values under one name, inside several others. */
  readonly inner: (name: string, values: string) => string;
}
/** As the API has them, for programs. */
const AS_ANSWERED: Said = {
  name: (name) => name,
  text: (text) => text,
  flag: (flag) => flag,
  inner: (name, values) => `${name}: ${values}`,
};

/** Columns as they first appear; what is no single value stands as its parts, `needs` as `legal, health`. */
export function tableOf(items: readonly object[], said: Said = AS_ANSWERED): Table {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))].filter((name) => name !== 'etag');
  const rows = items.map((item) => names.map((name) => cellOf((item as Record<string, unknown>)[name], said)));
  return { columns: names.map(said.name), rows };
}

/** The same table, every row of which says that it is invented: rows are sorted, cut out and pasted elsewhere. */
export const markedInvented = ({ columns, rows }: Table): Table => ({
  columns: [INVENTED, ...columns],
  rows: rows.map((row) => [INVENTED, ...row]),
});

function cellOf(value: unknown, said: Said): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return said.text(value);
  if (typeof value === 'boolean') return said.flag(value);
  if (typeof value === 'number') return value;
  const part = (one: unknown): string => String(cellOf(one, said) ?? '');
  if (Array.isArray(value)) return value.map(part).join(', ');
  return Object.entries(value)
    .map(([name, one]) => (isGroup(one) ? said.inner(said.name(name), part(one)) : `${said.name(name)}: ${part(one)}`))
    .join(', ');
}

const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
