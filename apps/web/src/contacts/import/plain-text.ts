/** Texts are UTF-8; older sheets of this country are not. */
export function readPlainText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
/** Every cell in quotes: whatever stands in one, it is one. */
export const writePlainText = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(quoted).join(';')).join('\r\n');

/** As the API takes files. */
export function base64Of(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Read by a spreadsheet as something to compute, or to call. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
/** For a spreadsheet: a byte order mark, and no cell that begins like a formula. */
export const forSpreadsheet = (rows: readonly (readonly string[])[]): Blob =>
  new Blob(['\ufeff', writePlainText(rows.map((row) => row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))))], {
    type: 'text/csv;charset=utf-8',
  });
