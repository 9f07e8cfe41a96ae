import { CODE_LISTS, findComune, searchComuni } from '@platform/codes';
import type { FieldError } from '@platform/kernel';
import { type Sheet } from '@platform/sheets';
import { MET_HOW } from './contact';

/** Fields of a contact that a column can be. Nothing that names a person: contacts are imported anonymous. */
export const SHEET_FIELDS = ['on', 'comune', 'channel', 'language', 'met', 'needs', 'offered'] as const;
export type SheetField = (typeof SHEET_FIELDS)[number];
/** Field → number of its column, from 0. */
export type Mapping = Readonly<Partial<Record<SheetField, number>>>;

/** What columns are called, in the sheets of teams and in survey tools. */
const NAMES: Readonly<Record<SheetField, readonly string[]>> = {
  on: ['on', 'data', 'date', 'giorno', 'quando', 'today', 'data contatto'],
  comune: ['comune', 'luogo', 'dove', 'municipality', 'istat', 'citta'],
  channel: ['channel', 'canale', 'posto', 'che posto e'],
  language: ['language', 'lingua', 'lingua parlata'],
  met: ['met', 'come', 'modalita', 'come vi siete incontrati'],
  needs: ['needs', 'bisogni', 'bisogni urgenti'],
  offered: ['offered', 'servizi', 'servizi offerti', 'offerta'],
};

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** The columns a sheet probably means. A survey tool puts groups before names: `contatto/comune`. */
export function suggestedMapping(columns: readonly string[]): Mapping {
  const last = columns.map((column) => folded(column.split('/').at(-1) ?? column));
  const found = SHEET_FIELDS.map((field) => [field, last.findIndex((name) => NAMES[field].includes(name))] as const);
  return Object.fromEntries(found.filter(([, column]) => column >= 0));
}

/** A row as a body of the API: its own field rules judge it like any other. */
export function bodyOf(row: readonly string[], mapping: Mapping): Record<string, unknown> {
  const cell = (field: SheetField): string => {
    const column = mapping[field];
    return column === undefined ? '' : (row[column] ?? '');
  };
  const all: Record<SheetField, unknown> = {
    on: day(cell('on')),
    comune: comune(cell('comune')),
    channel: coded('contact-channel', cell('channel')),
    language: cell('language').toLowerCase(),
    met: met(cell('met')),
    needs: several('need', cell('needs')),
    offered: several('service', cell('offered')),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value !== undefined));
}

/** Where a fault of the body stands in the sheet; no value is repeated. */
export interface SheetFault {
  /** As spreadsheets count: 1 is the first row of the file. */
  readonly row: number;
  readonly field: string;
  readonly code: string;
}
export const faultAt = (row: number, { pointer, message }: FieldError): SheetFault => ({
  row,
  field: pointer.split('/')[1] ?? '',
  code: message.split(':')[0] ?? 'field.invalid',
});

/** Rows of a sheet with their numbers. A part of one says which number its first row below the names has in the whole. */
export function numbered({ rows, head, numbers }: Sheet, first = head + 1): { row: number; cells: readonly string[] }[] {
  return rows.map((cells, n) => ({ row: (numbers[n] ?? 0) + first - head - 1, cells }));
}

/** `2026-03-31`, `31/03/2026`, `31.3.2026`, or a moment that begins with a day. */
function day(text: string): string {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  if (y !== '') return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  return /^(\d{4}-\d{2}-\d{2})T/.exec(text)?.[1] ?? text;
}

/** A code, or the name where only one comune has it, with or without its province: `Perugia (PG)`. */
function comune(text: string): string {
  // Spreadsheets take an ISTAT code for a number and drop the zero it begins with.
  const code = /^\d{5}$/.test(text) ? `0${text}` : text;
  if (findComune(code)) return code;
  const [, name = text, province] = /^(.+?)\s*\(([A-Za-z]{2})\)$/.exec(text) ?? [];
  const found = searchComuni(name, undefined, 50).filter(
    (one) => folded(one.name) === folded(name) && (province === undefined || one.province.letters === province.toUpperCase()),
  );
  return found.length === 1 ? (found[0]?.istat ?? text) : text;
}

type List = 'contact-channel' | 'need' | 'service';
/** A code, or its label in either language. What is neither stays, for the rule to refuse. */
function coded(list: List, text: string): string {
  const codes = CODE_LISTS[list].codes as readonly { code: string; it: string; en: string }[];
  const known = codes.find(({ code, it, en }) => code === text || [it, en].some((label) => folded(label) === folded(text)));
  return known?.code ?? text;
}

function met(text: string): string {
  return MET_HOW.find((code) => code === text || folded(code) === folded(text)) ?? text;
}

/** Survey tools put spaces between codes; people put commas or semicolons between labels. */
function several(list: List, text: string): string[] | undefined {
  if (text === '') return undefined;
  const byComma = text.split(/[;,|]/).map((one) => one.trim());
  const parts = byComma.length === 1 && coded(list, text) === text ? text.split(/\s+/) : byComma;
  return [...new Set(parts.filter((one) => one !== '').map((one) => coded(list, one)))];
}
