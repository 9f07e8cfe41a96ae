import { CasesWorld, etagOf, people, type Who } from '../../test/cases-world';

interface Import {
  readonly import: string;
  readonly own: boolean;
  readonly member: string;
  readonly undoUntil: string;
  readonly recorded: number;
  readonly withdrawn: number;
  readonly inUse: number;
}
type Item = Record<string, unknown>;
const HEAD = 'Data;Luogo;Canale;Lingua;Come;Bisogni urgenti';
const row = (day: number): string => `${String(day).padStart(2, '0')}/02/2031;Perugia (PG);field_camp;fr;approached_by_team;health`;
const sheetOf = (...rows: string[]): object => ({
  ...{ kind: 'csv', from: 2, file: Buffer.from([HEAD, ...rows].join('\r\n')).toString('base64') },
});

describe('an import', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 30_000);

  const bring = async (who: Who, ...rows: string[]): Promise<string> => {
    const { body } = await world.post<{ import: string; recorded: number }>(who, '/api/contacts/sheets/rows', sheetOf(...rows));
    expect(body.recorded).toBe(Math.min(rows.length, 50));
    return body.import;
  };
  const undo = (who: Who, asked: string) =>
    world.post<{ withdrawn: number; kept: number; left: number }>(who, `/api/contacts/imports/${asked}/withdrawals`);
  const imports = async (who: Who): Promise<Import[]> => (await world.get<{ items: Import[] }>(who, '/api/contacts/imports')).body.items;
  const held = async (who: Who): Promise<Item[]> => (await world.get<{ items: Item[] }>(who, '/api/contacts?limit=200')).body.items;
  const met = async (): Promise<unknown> =>
    (await world.get<{ items: Item[] }>('giulia', '/api/contact-counts')).body.items.find(({ month }) => month === '2031-02')?.contacts ??
    0;

  it('is shown to whoever made it, to who coordinates, and to nobody else', async () => {
    const made = await bring('karim', row(1), row(2));
    expect(await imports('karim')).toMatchObject([{ import: made, own: true, recorded: 2, withdrawn: 0, inUse: 0 }]);
    expect(await imports('giulia')).toMatchObject([{ import: made, own: false, member: people.karim.member }]);
    expect(await imports('ugo')).toEqual([]);
    expect(await imports('nino')).toEqual([]);
    expect((await imports('karim'))[0]?.undoUntil).toMatch(/^2031-03-21/);
  });

  it('is undone by whoever made it: its contacts leave lists and numbers, and stay in history', async () => {
    const [before, counted] = [(await held('karim')).length, await met()];
    const made = await bring('karim', row(3), row(4), row(5));
    const added = (await held('karim')).filter(({ on }) => ['2031-02-03', '2031-02-04', '2031-02-05'].includes(String(on)));
    expect(added).toHaveLength(3);
    const streams = await Promise.all(added.map(({ handle }) => world.streamOf(String(handle), 'coop')));
    const entries = world.world.trail.bodies.length;
    expect((await undo('karim', made)).body).toEqual({ withdrawn: 3, kept: 0, left: 0 });
    expect(world.world.trail.bodies.slice(entries)).toMatchObject([{ act: 'UndoContactImport', effect: 'permitted' }]);
    expect(await held('karim')).toHaveLength(before);
    expect(await met()).toBe(counted);
    for (const { handle } of added) expect((await world.get('karim', `/api/contacts/${String(handle)}`)).status).toBe(404);
    for (const stream of streams) {
      const events = await world.world.store.readStream(stream ?? '');
      expect(events.map(({ type }) => type)).toEqual(['ContactRecorded', 'ContactWithdrawn']);
      expect(events[1]?.meta).toMatchObject({ command: 'WithdrawImportedContact', actor: people.karim.member });
    }
    expect((await undo('karim', made)).body).toEqual({ withdrawn: 3, kept: 0, left: 0 });
    expect((await imports('karim')).find((one) => one.import === made)).toMatchObject({ recorded: 3, withdrawn: 3 });
  });

  it('is undone by who coordinates, but not by a colleague, and for other organisations it does not exist', async () => {
    const made = await bring('karim', row(6));
    const before = world.world.trail.bodies.length;
    expect((await undo('ugo', made)).status).toBe(403);
    expect((await undo('nino', made)).status).toBe(404);
    expect((await undo('karim', 'f'.repeat(64))).status).toBe(404);
    expect((await undo('karim', '%00')).body).toMatchObject({ status: 404, title: 'contact.not-found' });
    expect(world.world.trail.bodies.slice(before)).toMatchObject(
      Array.from({ length: 4 }, () => ({ act: 'UndoContactImport', effect: 'denied' })),
    );
    expect((await undo('giulia', made)).body).toEqual({ withdrawn: 1, kept: 0, left: 0 });
  });

  it('leaves alone what somebody has made something of since', async () => {
    const made = await bring('giulia', row(7), row(8));
    const one = (await held('giulia')).find(({ on }) => on === '2031-02-07');
    await world.opened({ contact: one?.handle });
    await world.until('giulia', `/api/contacts/${String(one?.handle)}`, ({ body }) => body.status === 'Linked');
    expect((await undo('giulia', made)).body).toEqual({ withdrawn: 1, kept: 1, left: 0 });
    expect((await held('giulia')).filter(({ on }) => on === '2031-02-07' || on === '2031-02-08')).toMatchObject([{ status: 'Linked' }]);
  });

  it('may be made again after it was undone, with the same sheet', async () => {
    const made = await bring('karim', row(9));
    const again = async (): Promise<number> => (await held('karim')).filter(({ on }) => on === '2031-02-09').length;
    await undo('karim', made);
    expect(await again()).toBe(0);
    expect(await bring('karim', row(9))).toBe(made);
    await bring('karim', row(9));
    expect(await again()).toBe(1);
    expect((await undo('karim', made)).body).toEqual({ withdrawn: 2, kept: 0, left: 0 });
    expect(await again()).toBe(0);
  });

  it('is undone piece by piece when it is large', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => `${row(10 + (n % 9))} `);
    const made = await bring('karim', ...rows);
    await world.post('karim', '/api/contacts/sheets/rows', { ...sheetOf(...rows), from: 52 });
    expect((await undo('karim', made)).body).toEqual({ withdrawn: 50, kept: 0, left: 10 });
    expect((await undo('karim', made)).body).toEqual({ withdrawn: 60, kept: 0, left: 0 });
  });

  it('of another person is no reason to record a row twice', async () => {
    await bring('karim', row(20));
    const { body } = await world.post('giulia', '/api/contacts/sheets/rows', sheetOf(row(20)));
    expect(body).toMatchObject({ recorded: 0, refused: [{ row: 2, field: '', code: 'contact.row-recorded' }] });
  });

  it('cannot be undone once its seven days are over', async () => {
    const made = await bring('karim', row(21));
    const handle = (await held('karim')).find(({ on }) => on === '2031-02-21')?.handle;
    await world.world.passTo('2031-03-21T12:00:01.000Z');
    expect(await imports('karim')).toEqual([]);
    const late = await undo('karim', made);
    expect([late.status, late.body]).toEqual([409, expect.objectContaining({ title: 'contact.undo-over' })]);
    const still = await world.get('karim', `/api/contacts/${String(handle)}`);
    expect([still.status, etagOf(still)]).toEqual([200, expect.any(String)]);
  });
});
