import { readPlainText } from './plain-text';

/** A sheet somebody chose: read in the browser, so that only the columns that are needed ever leave it. */
export interface OwnSheet {
  readonly name: string;
  /** SHA-256 of the file: a row of it is one contact, however often it is sent. */
  readonly digest: string;
  readonly columns: readonly string[];
  readonly rows: readonly OwnRow[];
}
export interface OwnRow {
  /** As the spreadsheet counts. */
  readonly row: number;
  readonly cells: readonly string[];
}

export const FAULTS = ['unknown-kind', 'unreadable', 'empty', 'too-many-rows'] as const;
/** Why a file cannot be used. */
export class UnusableFile extends Error {
  constructor(readonly why: (typeof FAULTS)[number]) {
    super(why);
    this.name = 'UnusableFile';
  }
}

/** What the server takes of one sheet. */
export const MOST_ROWS = 5_000;
const MOST_COLUMNS = 200;
const LAST_ROW = 100_000;
/** A small file may unfold into a huge one. */
const UNFOLDED = 30_000_000;

/** @throws UnusableFile */
export async function readOwnSheet(file: File): Promise<OwnSheet> {
  const kind = /\.(csv|tsv|txt|xlsx)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (kind === undefined) throw new UnusableFile('unknown-kind');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const table = kind === 'xlsx' ? await fromWorkbook(bytes) : await fromText(bytes);
  const [head, ...rows] = table.map((cells, n) => ({ row: n + 1, cells })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!head || rows.length === 0) throw new UnusableFile('empty');
  if (rows.length > MOST_ROWS || (rows.at(-1)?.row ?? 0) > LAST_ROW || head.cells.length > MOST_COLUMNS)
    throw new UnusableFile('too-many-rows');
  return { name: file.name, digest: await digestOf(bytes), columns: head.cells, rows };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Separator, letters and line ends as they come: Italian sheets say `;`, survey tools `,`. */
async function fromText(bytes: Uint8Array): Promise<string[][]> {
  const { parse } = (await import('papaparse')).default;
  const text = readPlainText(bytes);
  // Empty lines would spoil the guess, and have to be counted.
  const { delimiter } = parse<string[]>(text, { skipEmptyLines: 'greedy', preview: 100 }).meta;
  return parse<string[]>(text, { delimiter }).data.map((row) => row.map((cell) => cell.trim()));
}

async function fromWorkbook(bytes: Uint8Array): Promise<string[][]> {
  const [{ unzipSync, zipSync }, { readSheet }] = await Promise.all([import('fflate'), import('read-excel-file/universal')]);
  let unfolded = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unfolded += originalSize;
        return unfolded <= UNFOLDED && /\.xml(\.rels)?$/.test(name);
      },
    });
    if (unfolded > UNFOLDED) throw new UnusableFile('too-many-rows');
    // Unpacked here: the reader would do it in a worker of its own making, which the page's security policy does not let in.
    const plain = zipSync(parts, { level: 0 });
    const rows = await readSheet(plain.buffer);
    return rows.map((row) => row.map(textOf));
  } catch (error) {
    throw error instanceof UnusableFile ? error : new UnusableFile('unreadable');
  }
}

const textOf = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'string') return cell.trim();
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
};
