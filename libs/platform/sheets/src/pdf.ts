import { readFileSync } from 'node:fs';
import { INVENTED } from '@platform/kernel';
import PDFDocument from 'pdfkit';
import { instantIn } from './in-words';
import { drawableBy, UNKNOWN } from './pdf-letters';
import { layoutOf, type Layout, type Room, type Slice, tallest } from './pdf-layout';
import type { Table } from './writing';

export interface PdfOptions {
  readonly language: 'it' | 'en';
  /** When it was taken, ISO 8601. */
  readonly at: string;
  /** Under which the trail has the reading: whoever finds the paper can ask who took it. */
  readonly request: string;
  /** The data are invented, and every page says so. */
  readonly invented: boolean;
  /** The list goes on beyond this piece of it. */
  readonly goesOn: boolean;
}

const WORDS = {
  it: {
    title: 'Elenco',
    invented: INVENTED,
    none: 'Nessuna riga.',
    taken: (at: string, request: string) => `Preso il ${at} (ora italiana), richiesta ${request}`,
    goesOn: 'L’elenco continua: questa ne è una parte.',
    unknown: `Dove c’è ${UNKNOWN} manca il segno al carattere di stampa: chi ascolta il foglio, o ne copia il testo, ha la lettera.`,
    page: (n: number, of: number) => `pagina ${n} di ${of}`,
  },
  en: {
    title: 'List',
    invented: 'INVENTED DATA',
    none: 'No rows.',
    taken: (at: string, request: string) => `Taken on ${at} (time of Italy), request ${request}`,
    goesOn: 'The list goes on: this is a part of it.',
    unknown: `Where ${UNKNOWN} stands the typeface lacks the sign: whoever listens to the sheet, or copies its text, has the letter.`,
    page: (n: number, of: number) => `page ${n} of ${of}`,
  },
} as const;

/** Says nothing of what the product is for: files lie about on desks. */
const HOUSE = 'Rete Casi';
const [PAGE_WIDTH, PAGE_HEIGHT, MARGIN, SIZE, LINE, PADDING] = [841.89, 595.28, 36, 8, 10, 6];
const WIDTH = PAGE_WIDTH - 2 * MARGIN;
const TOP = MARGIN + 16;
const BOTTOM = PAGE_HEIGHT - MARGIN - 16;
/** Heading and the line below it, on the first page only; each further line. */
const [PREFACE, FURTHER] = [44, SIZE + 6];
/** Says that the paper holds to PDF/UA-1. pdfkit's own way also writes a list of glyphs that the standard finds wrong. */
const CONFORMS =
  '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>';

const face = (name: string): Buffer => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
/** Latin with all accents, Greek, Cyrillic, Arabic; read when the first one is asked for. */
let faces: { readonly text: Buffer; readonly bold: Buffer } | undefined;

type Document = PDFKit.PDFDocument;
type Struct = ReturnType<Document['struct']>;
type Words = (typeof WORDS)['it' | 'en'];

/** A table on paper: landscape, its heading on every page, tagged so that a screen reader reads it as a table. */
export async function toPdf({ columns, rows }: Table, options: PdfOptions): Promise<Buffer> {
  faces ??= { text: face('DejaVuSans'), bold: face('DejaVuSans-Bold') };
  const words = WORDS[options.language];
  const title = `${options.invented ? `${words.invented} – ` : ''}${words.title} – ${HOUSE}`;
  const doc = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', margin: MARGIN, autoFirstPage: false, compress: true, pdfVersion: '1.7' },
    ...{ tagged: true, lang: options.language === 'it' ? 'it-IT' : 'en-GB', displayTitle: true },
    info: { Title: title, Creator: HOUSE, Producer: HOUSE, CreationDate: new Date(options.at) },
  });
  const done = collected(doc);
  doc.registerFont('text', faces.text).registerFont('bold', faces.bold);
  doc.appendXML(CONFORMS);
  doc.font('text').fontSize(SIZE);
  const drawable = drawableBy(doc);
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  const incomplete = texts.some((row) => row.some((text) => drawable(text).includes(UNKNOWN)));
  const preface = PREFACE + (incomplete ? FURTHER : 0);
  const room: Room = {
    ...{ width: WIDTH, padding: PADDING, gap: PADDING / LINE },
    lines: { first: (BOTTOM - TOP - preface) / LINE, other: (BOTTOM - TOP) / LINE },
  };
  // Bold is the wider face: whatever is measured with it fits in both.
  const measure = remembered((text) => doc.font('bold').widthOfString(drawable(text)));
  const layout = layoutOf(columns, texts, room, measure);
  new Sheet(doc, layout, words, options, drawable, incomplete).draw();
  doc.end();
  return done;
}

const collected = (doc: Document): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    doc.on('data', (piece: Buffer) => pieces.push(piece));
    doc.once('end', () => resolve(Buffer.concat(pieces)));
    doc.once('error', reject);
  });

/** The same words stand in many rows. */
function remembered(measure: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}

class Sheet {
  readonly #root: Struct;
  #y = TOP;

  constructor(
    private readonly doc: Document,
    private readonly layout: Layout,
    private readonly words: Words,
    private readonly options: PdfOptions,
    private readonly drawable: (text: string) => string,
    /** Some letter is missing in the face. */
    private readonly incomplete: boolean,
  ) {
    this.#root = doc.struct('Document');
    doc.addStructure(this.#root);
  }

  draw(): void {
    const { doc, layout } = this;
    const table = doc.struct('Table');
    const parts = new Map<number, Struct[]>();
    layout.pages.forEach((slices, n) => {
      doc.addPage();
      this.#y = TOP;
      if (n === 0) this.#preface();
      if (n === 0) this.#root.add(table);
      if (layout.head.length > 0) this.#head(n === 0 ? table : undefined);
      for (const slice of slices) this.#row(table, slice, parts);
      this.#frame(n + 1);
    });
    for (const cells of parts.values()) for (const cell of cells) cell.end();
    table.end();
    this.#root.end();
  }

  #preface(): void {
    const { words, options } = this;
    this.#paragraph('H1', 'bold', 14, words.title);
    const taken = words.taken(instantIn(options.language)(options.at), options.request);
    this.#paragraph('P', 'text', SIZE, [taken, ...(options.goesOn ? [words.goesOn] : [])].join('. '));
    if (this.layout.pages[0]!.length === 0) this.#paragraph('P', 'text', SIZE, words.none);
    if (this.incomplete) this.#paragraph('P', 'text', SIZE, words.unknown);
    this.#y = TOP + PREFACE + (this.incomplete ? FURTHER : 0);
  }

  #paragraph(tag: 'H1' | 'P', font: string, size: number, text: string): void {
    const element = this.doc.struct(tag);
    this.#root.add(element);
    this.#marked(tag, element, () => this.doc.font(font).fontSize(size).text(text, MARGIN, this.#y, { lineBreak: false }));
    element.end();
    this.#y += size + 6;
  }

  /** On pages after the first it stands for the eye only: a screen reader has the cells' headings already. */
  #head(table: Struct | undefined): void {
    const { doc, layout } = this;
    const draw = (lines: readonly string[], n: number): void => this.#lines('bold', lines, n);
    if (table) {
      const row = doc.struct('TR');
      table.add(row);
      layout.head.forEach((lines, n) => {
        const cell = doc.struct('TH');
        row.add(cell);
        const attributes = doc.ref({ O: 'Table', Scope: 'Column' });
        (cell as unknown as { dictionary: { data: Record<string, unknown> } }).dictionary.data.A = attributes;
        attributes.end('');
        this.#marked('TH', cell, () => draw(lines, n));
        cell.end();
      });
      row.end();
    } else this.#artifact('Pagination', () => layout.head.forEach(draw));
    this.#close(tallest(layout.head), 1);
  }

  #row(table: Struct, { row, lines }: Slice, parts: Map<number, Struct[]>): void {
    const { doc } = this;
    let cells = parts.get(row);
    if (!cells) {
      const element = doc.struct('TR');
      table.add(element);
      const made = lines.map(() => doc.struct('TD'));
      for (const cell of made) element.add(cell);
      parts.set(row, (cells = [...made, element]));
    }
    lines.forEach((texts, n) => this.#marked('TD', cells[n]!, () => this.#lines('text', texts, n)));
    this.#close(tallest(lines), 0.25);
  }

  #lines(font: string, lines: readonly string[], column: number): void {
    const { doc, layout } = this;
    const x = MARGIN + layout.widths.slice(0, column).reduce((sum, width) => sum + width, 0) + PADDING / 2;
    doc.font(font).fontSize(SIZE);
    lines.forEach((line, n) => {
      const drawn = this.drawable(line);
      const told = !drawn.includes(UNKNOWN);
      // What stands here, where the eye sees something else.
      if (!told) doc.markContent('Span', { actual: line });
      doc.text(drawn, x, this.#y + PADDING / 2 + n * LINE, { lineBreak: false });
      if (!told) doc.endMarkedContent();
    });
  }

  /** The line below a row. */
  #close(lines: number, width: number): void {
    this.#y += lines * LINE + PADDING;
    this.#artifact('Layout', () =>
      this.doc
        .lineWidth(width)
        .moveTo(MARGIN, this.#y)
        .lineTo(MARGIN + WIDTH, this.#y)
        .stroke(),
    );
  }

  /** Head and foot of a page. */
  #frame(n: number): void {
    const { doc, words, options, layout } = this;
    this.#artifact('Pagination', () => {
      doc.font('bold').fontSize(SIZE);
      if (options.invented) doc.text(words.invented, MARGIN, MARGIN - 4, { lineBreak: false });
      const foot = words.page(n, layout.pages.length);
      doc.font('text').text(foot, MARGIN + WIDTH - doc.widthOfString(foot), BOTTOM + 8, { lineBreak: false });
    });
  }

  #marked(tag: string, element: Struct, draw: () => unknown): void {
    const content = this.doc.markStructureContent(tag);
    draw();
    this.doc.endMarkedContent();
    element.add(content);
  }

  #artifact(type: 'Pagination' | 'Layout', draw: () => unknown): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }
}
