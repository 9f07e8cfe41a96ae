import { inWords, tableOf, toXlsx } from '@platform/sheets';
import { readPdf } from '../../../../platform/sheets/test/read-pdf';
import { CasesWorld, type Who } from '../../test/cases-world';
import { bodyOf, suggestedMapping } from './contact-sheet';

interface Fault {
  readonly row: number;
  readonly field: string;
  readonly code: string;
}
interface Checked {
  readonly columns: string[];
  readonly mapping: Record<string, number>;
  readonly rows: number;
  readonly good: number;
  readonly faults: Fault[];
}
const HEAD = 'Data;Luogo;Canale;Lingua;Come;Bisogni urgenti;Nome';
const sheetOf = (...rows: string[]): { kind: 'csv'; file: string } => ({
  kind: 'csv',
  file: Buffer.from([HEAD, ...rows].join('\r\n'), 'utf8').toString('base64'),
});
const GOOD = '02/03/2031;Perugia (PG);field_camp;fr;approached_by_team;food_and_material_aid, health;Canarino';

describe('a sheet of contacts', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const check = (who: Who, body: object) => world.post<Checked>(who, '/api/contacts/sheets/check', body);
  const record = (who: Who, body: object) =>
    world.post<{ recorded: number; refused: Fault[]; next?: number }>(who, '/api/contacts/sheets/rows', body);
  const held = async (who: Who): Promise<Record<string, unknown>[]> =>
    (await world.get<{ items: Record<string, unknown>[] }>(who, '/api/contacts?limit=200')).body.items;

  it('is tried without writing: what is wrong is said by row and field, and no value is repeated', async () => {
    const before = (await held('karim')).length;
    const bad = ['31/02/2031;Perugia;field_camp;fr;approached_by_team;;x', ';Atlantide;field_camp;Francese;volando;oro;x', GOOD];
    const { status, body, text } = await check('karim', sheetOf(...bad));
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 3, good: 1, mapping: { on: 0, comune: 1, channel: 2, language: 3, met: 4, needs: 5 } });
    expect(body.faults).toEqual([
      { row: 2, field: 'on', code: 'date.form' },
      { row: 3, field: 'on', code: 'field.required' },
      { row: 3, field: 'comune', code: 'code.form' },
      { row: 3, field: 'language', code: 'code.form' },
      { row: 3, field: 'met', code: 'code.unknown' },
      { row: 3, field: 'needs', code: 'code.unknown' },
    ]);
    for (const value of ['Canarino', 'Atlantide', 'volando', '31/02']) expect(text).not.toContain(value);
    expect(await held('karim')).toHaveLength(before);
  });

  it('obeys the rules of a contact beyond its form: nobody was met tomorrow', async () => {
    const { body } = await check('karim', sheetOf(GOOD.replace('2031', '2099')));
    expect(body.faults).toEqual([{ row: 2, field: 'on', code: 'contact.in-the-future' }]);
  });

  it('is recorded row by row, anonymous, and once however often it is sent', async () => {
    const before = (await held('karim')).length;
    const sheet = sheetOf(GOOD, 'x;y', GOOD.replace('02/03', '03/03'));
    const first = await record('karim', { ...sheet, from: 2 });
    expect(first.body).toMatchObject({ recorded: 2, refused: expect.arrayContaining([expect.objectContaining({ row: 3 })]) as unknown });
    expect((await record('karim', { ...sheet, from: 2 })).body.recorded).toBe(2);
    const all = await held('karim');
    expect(all).toHaveLength(before + 2);
    expect(all.at(-1)).toMatchObject({ comune: '054039', needs: ['food_and_material_aid', 'health'], urgent: true, revealable: [] });
    expect(JSON.stringify(all)).not.toContain('Canarino');
    const otherwise = { ...sheet, mapping: { on: 0, comune: 1, channel: 2, language: 3, met: 4 }, from: 2 };
    const { body } = await record('karim', otherwise);
    expect(body).toMatchObject({
      recorded: 0,
      refused: expect.arrayContaining([{ row: 2, field: '', code: 'contact.row-recorded' }]) as unknown,
    });
    expect(await held('karim')).toHaveLength(before + 2);
  });

  it('goes on where it was stopped', async () => {
    const before = (await held('karim')).length;
    const sheet = sheetOf(...Array.from({ length: 53 }, (_, n) => GOOD.replace('02/03/2031', `0${1 + (n % 9)}/02/2031`)));
    const { body } = await record('karim', { ...sheet, from: 2 });
    expect(body).toMatchObject({ recorded: 50, next: 52 });
    const rest = await record('karim', { ...sheet, from: 52 });
    expect(rest.body).toEqual({ import: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, recorded: 3, refused: [] });
    expect(await held('karim')).toHaveLength(before + 53);
  });

  it('may come in parts that say where they belong: its rows keep their numbers, and are one contact each', async () => {
    const before = (await held('karim')).length;
    const digest = 'ab'.repeat(32);
    const bad = GOOD.replace('field_camp', 'somewhere');
    const part = { ...sheetOf(GOOD.replace('02/03', '05/01'), ';;;;;;', bad), first: 40, digest };
    const faults = [{ row: 42, field: 'channel', code: 'code.unknown' }];
    expect((await check('karim', { ...part, digest: undefined })).body).toMatchObject({ rows: 2, good: 1, faults });
    expect((await record('karim', { ...part, from: 40 })).body).toMatchObject({ recorded: 1, refused: faults });
    const corrected = { ...sheetOf(GOOD.replace('02/03', '05/01')), first: 40, digest };
    expect((await record('karim', { ...corrected, from: 40 })).body).toMatchObject({ recorded: 1 });
    expect(await held('karim')).toHaveLength(before + 1);
  });

  it('is closed to whoever may not record contacts, and the try is on record', async () => {
    const before = world.world.trail.bodies.length;
    expect((await check('ada', sheetOf(GOOD))).status).toBeGreaterThanOrEqual(403);
    expect(world.world.trail.bodies.slice(before)).toMatchObject([{ act: 'CheckContactSheet', effect: 'denied' }]);
    expect((await record('ada', { ...sheetOf(GOOD), from: 2 })).status).toBeGreaterThanOrEqual(403);
  });

  it('comes back out as a list in a sheet: the same reading, on record like any other', async () => {
    const before = world.world.trail.bodies.length;
    const asked = { accept: 'text/csv' };
    const { status, text, headers } = await world.get('karim', '/api/contacts?limit=2', asked);
    expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="elenco.csv"']);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(text).toContain(';field_camp;');
    for (const line of text.replace('\ufeff', '').split('\r\n')) expect(line).toMatch(/^DATI INVENTATI;/);
    expect(headers.get('raccordo-data')).toBe('DATI INVENTATI');
    expect(headers.get('raccordo-next')).toMatch(/^r/);
    const [entry, ...more] = world.world.trail.bodies.slice(before);
    expect(entry).toMatchObject({ act: 'ListContacts', effect: 'permitted' });
    expect([entry?.reasons.at(-1), more]).toEqual(['export.csv', []]);
    const denied = await world.get<{ title: string }>('ada', '/api/contacts', asked);
    expect(denied.status).toBeGreaterThanOrEqual(403);
    expect(denied.headers.get('content-type')).toContain('problem+json');
  });

  it('comes back out on paper: the rows and fields of the list itself, which the trail calls an export', async () => {
    const list = '/api/contacts?limit=3';
    const { items } = (await world.get<{ items: Record<string, unknown>[] }>('karim', list)).body;
    const before = world.world.trail.bodies.length;
    const { status, headers, bytes } = await world.get('karim', list, { accept: 'application/pdf' });
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      ...[200, 'application/pdf', 'attachment; filename="elenco.pdf"'],
    ]);
    expect(headers.get('raccordo-next')).toMatch(/^r/);
    const read = await readPdf(bytes);
    const { columns, rows } = tableOf(items, inWords('it'));
    const plain = (text: string): string => text.replaceAll(/\s/g, '');
    expect(read.columns.map(plain)).toEqual(columns.map(plain));
    expect(read.rows.map((row) => row.map(plain))).toEqual(rows.map((row) => row.map((cell) => plain(String(cell ?? '')))));
    expect(read.title).toBe('DATI INVENTATI – Elenco – Rete Casi');
    expect(read.seen[0]).toContain('L’elenco continua');
    const entries = world.world.trail.bodies.slice(before);
    expect(entries.map(({ act, reasons }) => [act, reasons.at(-1)])).toEqual([['ListContacts', 'export.pdf']]);
    expect(read.seen[0]).toContain(entries[0]?.request);

    const denied = await world.get<{ title: string }>('ada', '/api/contacts', { accept: 'application/pdf' });
    expect(denied.status).toBeGreaterThanOrEqual(403);
    expect(denied.headers.get('content-type')).toContain('problem+json');
    expect(world.world.trail.bodies.at(-1)?.reasons).not.toContain('export.pdf');
  });

  it('may be a workbook, and is refused when it is something else', async () => {
    const table = { columns: HEAD.split(';'), rows: [GOOD.split(';')] };
    const file = (await toXlsx(table)).toString('base64');
    expect((await check('karim', { kind: 'xlsx', file })).body).toMatchObject({ rows: 1, good: 1, faults: [] });
    const { status, body } = await world.post<{ title: string }>('karim', '/api/contacts/sheets/check', { kind: 'xlsx', file: 'AAAA' });
    expect([status, body.title]).toEqual([400, 'sheet.unreadable']);
  });
});

describe('the columns of a sheet', () => {
  it('are recognised in a survey tool’s export, and so are its codes', () => {
    const columns = ['_id', 'contatto/today', 'contatto/Comune', 'contatto/canale', 'lingua', 'come', 'bisogni'];
    const mapping = suggestedMapping(columns);
    expect(mapping).toEqual({ on: 1, comune: 2, channel: 3, language: 4, met: 5, needs: 6 });
    const row = ['17', '2031-03-02T10:15:00.000+01:00', 'Forlì', 'field_camp', 'FR', 'came by themself', 'health legal'];
    expect(bodyOf(row, mapping)).toEqual({
      ...{ on: '2031-03-02', comune: '040012', channel: 'field_camp', language: 'fr', met: 'came_by_themself' },
      needs: ['health', 'legal'],
    });
  });

  it('are left alone where a name means two places', () => {
    expect(bodyOf(['Castro'], { comune: 0 })).toEqual({ comune: 'Castro' });
    expect(bodyOf(['Castro (BG)'], { comune: 0 })).toEqual({ comune: '016065' });
  });

  it('may hold ISTAT codes that a spreadsheet took for numbers', () => {
    expect(bodyOf(['54039'], { comune: 0 })).toEqual({ comune: '054039' });
    expect(bodyOf(['99999'], { comune: 0 })).toEqual({ comune: '99999' });
  });
});
