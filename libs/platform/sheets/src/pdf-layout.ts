/** How wide a text is when it is set. */
export type Measure = (text: string) => number;

/** As much of one row as fits on a page: for each column its lines. */
export interface Slice {
  readonly row: number;
  readonly lines: readonly (readonly string[])[];
}
export interface Layout {
  readonly widths: readonly number[];
  readonly head: readonly (readonly string[])[];
  readonly pages: readonly (readonly Slice[])[];
}
export interface Room {
  readonly width: number;
  /** Lines that fit on the first page, and on those after it, without padding. */
  readonly lines: { readonly first: number; readonly other: number };
  /** Room at the sides of a cell, together. */
  readonly padding: number;
  /** Height of a row beyond its lines, in lines. */
  readonly gap: number;
}

/** Narrower than this, words fall into letters. */
const NARROWEST = 24;

/** Columns as wide as their texts where there is room; the others share what is left. */
export function widthsOf(columns: readonly (readonly string[])[], room: Room, measure: Measure): number[] {
  const natural = columns.map((texts) => Math.max(NARROWEST, ...texts.map(measure)) + room.padding);
  const widths: number[] = natural.map(() => 0);
  let [left, open] = [room.width, natural.map((_, n) => n)];
  while (open.length > 0) {
    const share = left / open.length;
    const fit = open.filter((n) => natural[n]! <= share);
    if (fit.length === 0) {
      for (const n of open) widths[n] = share;
      break;
    }
    for (const n of fit) {
      widths[n] = natural[n]!;
      left -= natural[n]!;
    }
    open = open.filter((n) => !fit.includes(n));
  }
  return widths;
}

/** A text in lines no wider than told. Nothing is left out: what does not fit in a line goes on in the next, a long word in the middle of it. */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  return text.split(/\r\n|[\r\n]/).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    // Each word with the space after it, so that the lines joined are the text again.
    for (const word of paragraph.match(/\S+\s*|\s+/g) ?? ['']) {
      if (line !== '' && measure((line + word).trimEnd()) > width) {
        lines.push(line);
        line = '';
      }
      line += word;
      while (measure(line.trimEnd()) > width && [...line].length > 1) {
        const cut = longest(line, width, measure);
        lines.push(line.slice(0, cut));
        line = line.slice(cut);
      }
    }
    return [...lines, line];
  });
}

/** How much of a word fits, at least one letter of it. Never between the halves of one letter. */
function longest(word: string, width: number, measure: Measure): number {
  const letters = [...word];
  let [low, high] = [1, letters.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(letters.slice(0, middle).join('')) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('').length;
}

/** Divides a table into pages: a row that fits on one is not torn, and a longer one goes on where the page ends. */
export function layoutOf(columns: readonly string[], rows: readonly (readonly string[])[], room: Room, measure: Measure): Layout {
  const widths = widthsOf(
    columns.map((title, n) => [title, ...rows.flatMap((row) => (row[n] ?? '').split(/\r\n|[\r\n]/))]),
    room,
    measure,
  );
  const cells = (texts: readonly string[]): string[][] => texts.map((text, n) => wrapped(text, (widths[n] ?? 0) - room.padding, measure));
  const head = cells(columns);
  const taken = tallest(head) + room.gap;
  const pages: Slice[][] = [[]];
  let left = room.lines.first - taken;
  const turn = (): void => {
    pages.push([]);
    left = room.lines.other - taken;
  };
  rows.forEach((texts, row) => {
    let lines = cells(texts);
    const whole = tallest(lines) + room.gap;
    if (whole > left && whole <= room.lines.other - taken && pages.at(-1)!.length > 0) turn();
    for (;;) {
      const fresh = pages.at(-1)!.length === 0;
      const fit = Math.max(fresh ? 1 : 0, Math.floor(left - room.gap));
      if (fit < 1) {
        turn();
        continue;
      }
      pages.at(-1)!.push({ row, lines: lines.map((cell) => cell.slice(0, fit)) });
      left -= Math.min(fit, tallest(lines)) + room.gap;
      lines = lines.map((cell) => cell.slice(fit));
      if (tallest(lines) === 0) return;
    }
  });
  return { widths, head, pages };
}

export const tallest = (cells: readonly (readonly string[])[]): number => Math.max(0, ...cells.map(({ length }) => length));
