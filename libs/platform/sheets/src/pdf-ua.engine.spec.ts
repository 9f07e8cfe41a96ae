import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import PDFDocument from 'pdfkit';
import { againstPdfUa, javaIsHere, type Verdict } from '../../../../tools/verapdf/verapdf';
import { COLUMN_WORDS, inWords, tableOf, toPdf } from './index';

const PAPER = { language: 'it', at: '2031-03-02T10:15:30.000Z', request: '0193aaaa-7000', invented: false, goesOn: false } as const;
const WORDS = ['Forlì – già però così, perché €', 'Ștefan Łukasz Ğül', 'Ελένη, Иван', 'محضر استلام', 'ﬁ ffi', 'a\u200Bb\u00ADc\u2028d'];
/** In no face of ours, or of no face at all. */
const FOREIGN = ['বাংলা', '中文', '🙂𝒳', 'a\tb\u0000c\u0007', 'ਪੰਜਾਬੀ'];

const items = (texts: readonly string[], count: number) =>
  Array.from({ length: count }, (_, n) => ({
    handle: `umbria.${'k'.repeat(26)}${n}`,
    designation: texts[n % texts.length],
    urgent: n % 2 === 0,
    note: n % 7 === 0 ? 'parola '.repeat(300) : null,
  }));

/** Names there are words for, with what people write otherwise than programs. */
const inItsNames = () => [
  Object.fromEntries(
    Object.keys(COLUMN_WORDS)
      .slice(0, 16)
      .map((name, n) => [name, ['2031-01-09', '2031-07-01T22:30:00.000Z', true, { period: { from: '2031-01-09' } }][n % 4]]),
  ),
];

/** Every kind of paper there is: they differ in what they hold. */
const PAPERS: Readonly<Record<string, () => Promise<Buffer>>> = {
  'list.pdf': () => toPdf(tableOf(items(WORDS, 90)), PAPER),
  'in-words.pdf': () => toPdf(tableOf(inItsNames(), inWords('it')), PAPER),
  'english.pdf': () => toPdf(tableOf(items(WORDS, 3)), { ...PAPER, language: 'en' }),
  'invented.pdf': () => toPdf(tableOf(items(WORDS, 90)), { ...PAPER, invented: true, goesOn: true }),
  'empty.pdf': () => toPdf(tableOf([]), PAPER),
  'wide.pdf': () => toPdf(tableOf([Object.fromEntries(Array.from({ length: 24 }, (_, n) => [`column${n}`, `valore ${n}`]))]), PAPER),
  'foreign.pdf': () => toPdf(tableOf(items(FOREIGN, 40)), PAPER),
};

async function untagged(): Promise<Buffer> {
  const document = new PDFDocument();
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const done = new Promise((resolve) => document.once('end', resolve));
  document.text('Elenco').end();
  await done;
  return Buffer.concat(pieces);
}

// Not where Java is missing: what it finds is of the papers, not of an engine that people run.
(javaIsHere() ? describe : describe.skip)('a list on paper before a validator of PDF/UA-1 (needs Java: openjdk-17-jre-headless)', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-papers-'));
  let verdicts: ReadonlyMap<string, Verdict>;
  beforeAll(async () => {
    for (const [name, made] of Object.entries(PAPERS)) writeFileSync(path.join(home, name), await made());
    writeFileSync(path.join(home, 'untagged.pdf'), await untagged());
    verdicts = againstPdfUa([...Object.keys(PAPERS), 'untagged.pdf'].map((name) => path.join(home, name)));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it.each(Object.keys(PAPERS))('conforms: %s', (name) => {
    const { conforms, failed, checks } = verdicts.get(name)!;
    expect({ conforms, failed }).toEqual({ conforms: true, failed: [] });
    expect(checks).toBeGreaterThan(100);
  });

  it('is judged by somebody who notices', () => {
    const { conforms, failed } = verdicts.get('untagged.pdf')!;
    expect(conforms).toBe(false);
    expect(failed.length).toBeGreaterThan(3);
  });
});
