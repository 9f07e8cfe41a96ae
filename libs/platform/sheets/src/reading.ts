import { parse } from 'papaparse';
import { readSheet as readXlsx } from 'read-excel-file/node';
import { DomainError, invalid } from '@platform/kernel';

export const SHEET_KINDS = ['csv', 'xlsx'] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

/** A sheet as texts: the first row names the columns. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Where the row of the names stands in the file, and where each of `rows`, as spreadsheets count: from 1, empty rows included. */
  readonly head: number;
  readonly numbers: readonly number[];
}

const MOST_ROWS = 5_000;
const MOST_COLUMNS = 200;
const LINES_TO_GUESS = 100;
/** A small file may unfold into a huge one. */
const UNFOLDED = 30_000_000;

/**
 * The first sheet of a file, every cell as text, empty rows left out.
 * @throws DomainError `sheet.unreadable` (400), `sheet.too-large` (413)
 */
export async function readSheet(kind: SheetKind, file: Buffer): Promise<Sheet> {
  const all = (kind === 'csv' ? csv(file) : await xlsx(file)).map((cells, n) => ({ cells, number: n + 1 }));
  const [head, ...rows] = all.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!head) throw unreadable();
  if (rows.length > MOST_ROWS || head.cells.length > MOST_COLUMNS) throw tooLarge();
  return { columns: head.cells, rows: rows.map(({ cells }) => cells), head: head.number, numbers: rows.map(({ number }) => number) };
}

/** Separator, byte order mark and line ends as they come: Italian sheets say `;`, survey tools `,`. */
function csv(file: Buffer): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true });
  let plain: string;
  try {
    plain = text.decode(file);
  } catch {
    // Older sheets of this country.
    plain = new TextDecoder('windows-1252').decode(file);
  }
  // Empty lines would spoil the guess, and have to be counted.
  const { delimiter } = parse<string[]>(plain, { skipEmptyLines: 'greedy', preview: LINES_TO_GUESS }).meta;
  const { data } = parse<string[]>(plain, { delimiter });
  return data.map((row) => row.map((cell) => cell.trim()));
}

async function xlsx(file: Buffer): Promise<string[][]> {
  if (unfoldedSize(file) > UNFOLDED) throw tooLarge();
  const rows = await readXlsx(file).catch(() => {
    throw unreadable();
  });
  return rows.map((row) => row.map(plain));
}

const plain = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? cell.trim() : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
};

/** What the directory of a zip file says its entries unfold to. */
function unfoldedSize(file: Buffer): number {
  let size = 0;
  for (
    let at = file.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0 && at + 28 <= file.length;
    at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  )
    size += file.readUInt32LE(at + 24);
  return size;
}

const unreadable = (): DomainError => invalid('sheet.unreadable', '/file', 'file.unreadable: is no sheet of this kind, or it is empty');
const tooLarge = (): DomainError =>
  new DomainError('sheet.too-large', 'too-large', `A sheet has at most ${MOST_ROWS} rows and ${MOST_COLUMNS} columns. Divide it.`);
