import { base64Of, writePlainText } from './plain-text';
import type { OwnRow, OwnSheet } from './sheet-file';

/** Fields of a contact that a column can be, in the order they are sent. No column can be a name. */
export const FIELDS = ['on', 'comune', 'channel', 'language', 'met', 'needs', 'offered'] as const;
export type Field = (typeof FIELDS)[number];
/** A contact cannot be without these. */
export const NEEDED: readonly Field[] = ['on', 'comune', 'channel', 'language', 'met'];
/** What is the same for all rows is said once, and needs no column. */
export const SAME = 'same';

/** What somebody said of the columns: the number of a column, `same`, or nothing. */
export interface Columns {
  readonly column: Readonly<Record<Field, string>>;
  readonly same: Readonly<Record<Field, string>>;
  /** What words of the sheet mean, by field and word. */
  readonly words: Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>>;
}

/** The cell a field comes from, as it stands in the sheet. */
export function cellOf({ cells }: OwnRow, field: Field, { column, same }: Columns): string {
  const from = column[field];
  if (from === '') return '';
  return from === SAME ? same[field] : (cells[Number(from)] ?? '');
}

/** Nothing that fits a field is longer. */
const LONGEST = 1_000;
const meantOf = (row: OwnRow, field: Field, columns: Columns): string => {
  const cell = cellOf(row, field, columns);
  return (columns.words[field]?.[cell] ?? cell).slice(0, LONGEST);
};

const MAPPING = Object.fromEntries(FIELDS.map((field, n) => [field, n])) as Record<Field, number>;

/** Rows as they are sent: the fields that are needed and nothing else of the sheet. */
export function partOf(rows: readonly OwnRow[], columns: Columns) {
  const first = rows[0]?.row ?? 2;
  const last = rows.at(-1)?.row ?? first;
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const lines = Array.from({ length: last - first + 1 }, (_, n) => {
    const row = byRow.get(first + n);
    return FIELDS.map((field) => (row ? meantOf(row, field, columns) : ''));
  });
  return { kind: 'csv' as const, file: base64Of(writePlainText([[...FIELDS], ...lines])), mapping: MAPPING, first };
}

/** The names of the columns alone: enough for the server to guess what they are. */
export const namesOf = ({ columns }: OwnSheet): string => base64Of(writePlainText([columns]));

/** Nothing stands in the columns that were chosen. */
export const isBlank = (row: OwnRow, columns: Columns): boolean => FIELDS.every((field) => meantOf(row, field, columns) === '');

/** What the server takes at once has a size; many empty rows are not worth sending. */
const [HEAVIEST, WIDEST_GAP] = [60_000, 100];

/** Consecutive parts of at most so many rows, each small enough to be sent. */
export function inParts(rows: readonly OwnRow[], size: number, columns: Columns): (readonly OwnRow[])[] {
  const parts: OwnRow[][] = [];
  let weight = 0;
  for (const row of rows) {
    const own = FIELDS.reduce((sum, field) => sum + meantOf(row, field, columns).length, 0);
    const part = parts.at(-1);
    const before = part?.at(-1);
    weight += own;
    if (part && before && part.length < size && weight <= HEAVIEST && row.row - before.row <= WIDEST_GAP) part.push(row);
    else {
      parts.push([row]);
      weight = own;
    }
  }
  return parts;
}
