import { inflateSync } from 'node:zlib';
import { readPdf } from '../test/read-pdf';
import { inWords, tableOf, toPdf } from './index';

const PAPER = { language: 'it', at: '2031-03-02T10:15:30.000Z', request: '0193aaaa-7000', invented: false, goesOn: false } as const;
/** What the table says of a list, as texts: blanks of any kind are one blank. */
const textsOf = (items: readonly object[]): string[][] =>
  tableOf(items).rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)).replaceAll(/\s+/g, ' ').trim()));
const plain = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()));

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
/** What the paper says where it shows something else. */
function actualTexts(file: Buffer): string[] {
  const streams = [...file.toString('latin1').matchAll(/FlateDecode\s*>>\s*stream\r?\n([^]*?)\r?\nendstream/g)];
  const pages = streams.map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'));
  return pages.flatMap((page) =>
    [...page.matchAll(/ActualText \(\xfe\xff((?:\\[^]|[^\\)])*)\)/g)].map(([, text = '']) => {
      const bytes = text.replaceAll(/\\([^])/g, (_, letter: string) => ESCAPED[letter] ?? letter);
      return Buffer.from(bytes, 'latin1').swap16().toString('utf16le');
    }),
  );
}

const item = (n: number) => ({
  handle: `umbria.${'k'.repeat(26)}${n}`,
  designation: ['Forlì – già però così, perché €', 'Ștefan Łukasz Ğül', 'Ελένη, Иван'][n % 3],
  needs: ['legal', 'health'],
  urgent: n % 2 === 0,
  place: { comune: '054039', band: null },
  note: n % 5 === 0 ? null : '=HYPERLINK("http://evil.example")',
  etag: '"never"',
});

describe('a list on paper', () => {
  it('holds exactly the rows and fields of the list, over as many pages as it takes', async () => {
    const items = Array.from({ length: 90 }, (_, n) => item(n));
    const read = await readPdf(await toPdf(tableOf(items), PAPER));
    expect(read.pages).toBeGreaterThan(2);
    expect(read.columns).toEqual(['handle', 'designation', 'needs', 'urgent', 'place', 'note']);
    expect(plain(read.rows)).toEqual(textsOf(items));
  });

  it('loses no letter of a text that is longer than a page or a word that is wider than its column', async () => {
    const long = Array.from({ length: 900 }, (_, n) => `parola${n}`).join(' ');
    const items = [
      { a: 'prima', b: 'x'.repeat(700), c: long, d: '𝒳🙂é'.repeat(40) },
      { a: 'seconda\nriga', b: '', c: 'breve', d: '' },
    ];
    const read = await readPdf(await toPdf(tableOf(items), PAPER));
    expect(read.pages).toBeGreaterThan(1);
    // Whoever reads a paper drops blanks where a line ends.
    const squeezed = (rows: readonly (readonly string[])[], n: number) => rows.map((row) => row[n]?.replaceAll(/\s/g, ''));
    for (const column of [0, 1, 2]) expect(squeezed(read.rows, column)).toEqual(squeezed(textsOf(items), column));
  });

  it('has its heading on every page for the eye, and once for a screen reader, that meets a table with a title in a language', async () => {
    const read = await readPdf(await toPdf(tableOf(Array.from({ length: 90 }, (_, n) => item(n))), PAPER));
    expect(read).toMatchObject({ language: 'it-IT', tagged: true, showsTitle: true, heading: ['Elenco'] });
    read.seen.forEach((page) => expect(page).toContain('designation'));
    read.artifacts.forEach((page, n) => {
      expect(page).toContain(`pagina ${n + 1} di ${read.pages}`);
      expect(page.includes('designation')).toBe(n > 0);
    });
    const english = await readPdf(await toPdf(tableOf([item(1)]), { ...PAPER, language: 'en' }));
    expect(english).toMatchObject({ language: 'en-GB', title: 'List – Rete Casi', heading: ['List'] });
  });

  it('shows a box where its face lacks a letter, says so, and keeps the letter for whoever listens or copies', async () => {
    const items = [
      { a: 'prima', b: 'বাংলা ১' },
      { a: 'seconda', b: 'già' },
    ];
    const file = await toPdf(tableOf(items), PAPER);
    const read = await readPdf(file);
    expect(read.seen[0]).toContain('Dove c’è □ manca il segno');
    expect(read.rows).toEqual([
      ['prima', '□□□□□ □'],
      ['seconda', 'già'],
    ]);
    expect(actualTexts(file)).toEqual(['বাংলা ১']);
    expect((await readPdf(await toPdf(tableOf(items.slice(1)), PAPER))).seen[0]).not.toContain('□');
  });

  it('says nothing of what it is for or who took it, but where in the trail that stands', async () => {
    const file = await toPdf(tableOf([item(1)]), PAPER);
    const read = await readPdf(file);
    expect(read).toMatchObject({ title: 'Elenco – Rete Casi', producer: 'Rete Casi' });
    expect(file.toString('latin1')).not.toMatch(/raccordo|pdfkit|\/Author/i);
    expect(read.seen[0]).toContain('Preso il 2 mar 2031, 11:15 (ora italiana), richiesta 0193aaaa-7000');
  });

  it('says on every page that its data are invented, and that a list goes on', async () => {
    const many = tableOf(Array.from({ length: 90 }, (_, n) => item(n)));
    const invented = await readPdf(await toPdf(many, { ...PAPER, invented: true, goesOn: true }));
    expect(invented.title).toBe('DATI INVENTATI – Elenco – Rete Casi');
    invented.artifacts.forEach((page) => expect(page).toContain('DATI INVENTATI'));
    expect(invented.seen[0]).toContain('L’elenco continua');
    const real = await readPdf(await toPdf(many, PAPER));
    real.seen.forEach((page) => expect(page).not.toMatch(/INVENTATI|continua/));
  });

  it('is said in words: columns, days and hours of Italy, yes and no, also within a field', async () => {
    const items = [
      {
        ...{ handle: 'umbria.k', updatedOn: '2031-01-09', due: '2031-07-01T22:30:00.000Z', urgent: true },
        ...{ period: { from: '2030-12-31', to: '2031-01-09' }, unheardOf: '12' },
        groups: { NEED: { needs: ['legal', 'health'], urgent: false }, REF: { region: 'umbria' } },
      },
    ];
    const of = async (language: 'it' | 'en') => readPdf(await toPdf(tableOf(items, inWords(language)), { ...PAPER, language }));
    const [italian, english] = [await of('it'), await of('en')];
    expect(italian.columns).toEqual(['Riferimento', 'Aggiornato il', 'Entro', 'Urgente', 'Periodo', 'unheardOf', 'Gruppi di dati']);
    expect(plain(italian.rows)).toEqual([
      [
        'umbria.k',
        '9 gen 2031',
        '2 lug 2031, 00:30',
        'sì',
        'Da: 31 dic 2030, A: 9 gen 2031',
        '12',
        'Bisogni (Bisogni: legal, health, Urgente: no), Caso (Regione: umbria)',
      ],
    ]);
    expect(english.columns).toEqual(['Reference', 'Updated on', 'Due', 'Urgent', 'Period', 'unheardOf', 'Groups of data']);
    expect(plain(english.rows)).toEqual([
      [
        'umbria.k',
        '9 Jan 2031',
        '2 Jul 2031, 00:30',
        'yes',
        'From: 31 Dec 2030, To: 9 Jan 2031',
        '12',
        'Needs (Needs: legal, health, Urgent: no), Case (Region: umbria)',
      ],
    ]);
  });

  it('may be empty, and says so', async () => {
    const read = await readPdf(await toPdf(tableOf([]), PAPER));
    expect(read).toMatchObject({ pages: 1, columns: [], rows: [] });
    expect(read.seen[0]).toContain('Nessuna riga.');
  });
});
