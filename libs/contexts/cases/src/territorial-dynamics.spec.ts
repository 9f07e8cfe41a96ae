import { readFileSync } from 'node:fs';
import { READER } from '@platform/database';
import type { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { type Answer } from '../../../platform/runtime/test/context-world';
import { CasesWorld, etagOf, stream, type Who } from '../test/cases-world';

interface Seen {
  readonly handle: string;
  readonly etag: string;
  readonly region: string;
  readonly territory: string;
  readonly comune?: string;
  readonly province?: string;
  readonly from: string;
  readonly status: string;
  readonly corroboratedBy: string | null;
  readonly ours: boolean;
}
interface Page {
  readonly items: readonly Seen[];
  readonly next?: string;
}
const LIST = '/api/dynamics';
const season = { comune: '054039', from: '2031-02-01', to: '2031-06-30', pattern: 'seasonal_peak' };

describe('territorial dynamics', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const list = async (who: Who, query = ''): Promise<readonly Seen[]> => (await world.get<Page>(who, `${LIST}${query}`)).body.items;
  const one = (who: Who, { handle }: Pick<Seen, 'handle'>): Promise<Answer<Seen>> => world.get<Seen>(who, `${LIST}/${handle}`);
  const observed = async (who: Who, change: object = {}): Promise<string> => {
    const answer = await world.post<{ handle: string }>(who, LIST, { ...season, ...change });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${LIST}/${answer.body.handle}`);
    return answer.body.handle;
  };
  /** As another reader calls it: by a day nothing else begins on. */
  const found = async (who: Who, from: string): Promise<Seen> => {
    const rows = await world.world.until(
      () => list(who, '?limit=200'),
      (items) => items.some((row) => row.from === from),
    );
    return rows.find((row) => row.from === from)!;
  };
  /** Somebody of an organisation that the other specs need not know. */
  const joined = async (n: number, kind: string, ...roles: string[]): Promise<{ login: string }> => {
    const [organisation, member, login] = [stream('organisation', n), stream('member', n), `${n}`.padStart(64, 'a')];
    await world.world.tell('regions', 'OrganisationAccredited', organisation, { organisation, kind, sector: 'public', region: 'umbria' });
    await world.world.tell('regions', 'MemberInvited', member, { member, organisation, region: 'umbria', login });
    for (const role of roles) await world.world.tell('regions', 'RoleAssigned', member, { member, role, disciplines: ['social_worker'] });
    return { login };
  };

  it('are read by whoever wrote them at once, wherever they lie', async () => {
    const handle = await observed('giulia', { from: '2031-02-02' });
    const answer = await one('giulia', { handle });
    expect(answer.body).toEqual({
      ...{ handle, region: 'umbria', territory: 'umbria', ...season, zone: null, from: '2031-02-02' },
      ...{ status: 'Observed', corroboratedBy: null, ours: true },
    });
    const theirs = await found('elena', '2031-02-02');
    expect(theirs).toMatchObject({ comune: '054039', ours: false });
    expect(theirs.handle).not.toBe(handle);
    // The confirmation is written into the log of the region that saw it first: the next reading holds it without being asked twice.
    expect((await world.at(theirs.etag, 'elena', `${LIST}/${theirs.handle}/corroboration`)).status).toBe(204);
    expect((await list('elena')).find((row) => row.handle === theirs.handle)).toMatchObject({
      ...{ status: 'Corroborated', corroboratedBy: 'toscana', ours: true },
    });
    const again = await one('elena', theirs);
    expect(etagOf(again)).not.toBe(theirs.etag);
    expect((await world.at(theirs.etag, 'elena', `${LIST}/${theirs.handle}/corroboration`)).status).toBe(412);
    expect((await world.post('elena', `${LIST}/${theirs.handle}/corroboration`)).status).toBe(428);
  });

  it('tell nobody but themselves which organisation saw them', async () => {
    const handle = await observed('giulia', { from: '2031-02-03' });
    expect(await found('nino', '2031-02-03')).toMatchObject({ region: 'umbria', ours: false });
    expect(JSON.stringify((await world.get('nino', `${LIST}?limit=200`)).body)).not.toContain('organisation');
    expect((await one('nino', { handle })).status).toBe(404);
    // The database itself shows a reader no row of somebody else's.
    const reader = world.world.app.get<DataSource>(READER);
    expect(await reader.query('select * from cases.dynamic_witness')).toEqual([]);
  });

  it('say where they lie as finely as the reader’s kind may know, also across the border', async () => {
    await observed('giulia', { from: '2031-02-04', comune: '051034' });
    expect(await found('elena', '2031-02-04')).toMatchObject({ region: 'umbria', territory: 'toscana', comune: '051034' });
    const inspector = await found('marco', '2031-02-04');
    expect(inspector).toMatchObject({ territory: 'toscana', province: '051' });
    expect(inspector).not.toHaveProperty('comune');
    const employer = await found('enzo', '2031-02-04');
    expect(employer).toMatchObject({ territory: 'toscana' });
    for (const part of ['comune', 'province', 'zone']) expect(employer).not.toHaveProperty(part);
    expect((await one('enzo', employer)).body).not.toHaveProperty('province');
  });

  it('are listed by the day they began, page by page, and by region, place, pattern and state', async () => {
    for (const from of ['2030-01-03', '2030-01-01', '2030-01-02'])
      await observed('giulia', { from, pattern: 'wage_decline', to: '2032-01-01' });
    await observed('elena', { from: '2030-01-04', pattern: 'wage_decline', comune: '054013', to: '2032-01-01' });
    const days = async (who: Who, query: string): Promise<string[]> => (await list(who, query)).map(({ from }) => from);
    await found('giulia', '2030-01-04');
    const all = ['2030-01-04', '2030-01-03', '2030-01-02', '2030-01-01'];
    expect(await days('giulia', '?pattern=wage_decline')).toEqual(all);
    const first = (await world.get<Page>('giulia', `${LIST}?pattern=wage_decline&limit=3`)).body;
    const rest = await world.get<Page>('giulia', `${LIST}?pattern=wage_decline&limit=3&after=${encodeURIComponent(first.next ?? '')}`);
    expect([first.items, rest.body.items].map((items) => items.map(({ from }) => from))).toEqual([all.slice(0, 3), all.slice(3)]);
    expect(rest.body.next).toBeUndefined();
    expect(await days('giulia', '?pattern=wage_decline&region=toscana')).toEqual(['2030-01-04']);
    expect(await days('giulia', '?pattern=wage_decline&territory=umbria')).toEqual(all);
    expect(await days('giulia', '?pattern=wage_decline&territory=toscana')).toEqual([]);
    expect(await days('giulia', '?pattern=wage_decline&status=Corroborated')).toEqual([]);
    expect(await days('giulia', '?pattern=wage_decline&past=true')).toEqual([]);
    expect((await world.get('giulia', `${LIST}?after=nonsense`)).body).toMatchObject({ title: 'request.page' });
    expect((await world.get('giulia', `${LIST}?pattern=gino`)).status).toBe(400);
    const sheet = await world.get('giulia', `${LIST}?pattern=wage_decline`, { accept: 'text/csv' });
    expect(sheet.text.trim().split('\n').length).toBe(5);
  });

  it('are refused at the field that is wrong', async () => {
    const told = async (change: object): Promise<unknown> => {
      const answer = await world.post('giulia', LIST, { ...season, ...change });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const { errors } = answer.body as { errors: readonly { pointer: string }[] };
      return [answer.status, ...errors.map(({ pointer }) => pointer)];
    };
    expect(await told({ comune: undefined })).toEqual([400, '/comune']);
    expect(await told({ comune: '999999' })).toEqual([400, '/comune']);
    expect(await told({ comune: 'Foligno' })).toEqual([400, '/comune']);
    expect(await told({ pattern: undefined, from: 'March' })).toEqual([400, '/from', '/pattern']);
    expect(await told({ from: '2031-03-16' })).toEqual([400, '/from']);
    expect(await told({ to: '2031-01-31' })).toEqual([400, '/to']);
    expect(await told({ name: 'Gino' })).toEqual([400, '']);
  });

  it('are nothing to those whose kind knows no territory, nor to mentors', async () => {
    const handle = await observed('giulia', { from: '2031-02-05' });
    const asl = await joined(21, 'health_authority', 'coordinator');
    const mentor = await joined(22, 'association', 'mentor');
    for (const as of [asl, mentor]) {
      const before = world.world.trail.bodies.length;
      for (const path of [LIST, `${LIST}/${handle}`]) {
        const answer = await world.world.call(as, 'GET', path);
        expect([answer.status, answer.body.title]).toEqual([404, 'territorialDynamic.not-found']);
      }
      const entries = world.world.trail.bodies.slice(before);
      expect(entries.map(({ act, effect, groups }) => [act, effect, groups])).toEqual([
        ['ListDynamics', 'denied', []],
        ['ReadDynamic', 'denied', []],
      ]);
    }
  });

  it('put on record who read them, and what was decided where', async () => {
    const handle = await observed('giulia', { from: '2031-02-06' });
    const before = world.world.trail.bodies.length;
    await one('giulia', { handle });
    await list('giulia', '?limit=1');
    expect(world.world.trail.bodies.slice(before)).toMatchObject([
      { act: 'ReadDynamic', effect: 'permitted', groups: ['TERR'], facts: [{ revision: 0 }, {}] },
      { act: 'ListDynamics', effect: 'permitted', groups: ['TERR'] },
    ]);
  });

  it('are shown by a region that narrowed its policy to whom it still lets know them', async () => {
    const shipped = parse(readFileSync(`${__dirname}/case/case.policy.yaml`, 'utf8')) as { kinds: { inspectorate: { cells: string } } };
    const { inspectorate } = shipped.kinds;
    inspectorate.cells = inspectorate.cells.replace(/B$/, '-');
    await observed('elena', { from: '2031-02-07', comune: '051034' });
    await observed('giulia', { from: '2031-02-08' });
    const theirs = await found('marco', '2031-02-07');
    await found('marco', '2031-02-08');
    await world.world.tell('regions', 'PolicyActivated', stream('policy', 1), {
      ...{ policy: stream('policy', 1), region: 'toscana', number: 1, hash: '11'.repeat(32), document: shipped, widens: false },
    });
    const left = await list('marco', '?limit=200');
    expect(left.map(({ region }) => region)).not.toContain('toscana');
    expect(left.map(({ from }) => from)).toContain('2031-02-08');
    expect((await one('marco', theirs)).status).toBe(404);
    expect((await found('elena', '2031-02-07')).comune).toBe('051034');
  });

  it('are over when their last day has passed, before and after that is on record', async () => {
    const handle = await observed('giulia', { from: '2031-02-09', to: '2031-03-20' });
    const theirs = await found('elena', '2031-02-09');
    await world.world.passTo('2031-03-20T23:59:00.000Z');
    expect((await one('giulia', { handle })).body.status).toBe('Observed');
    await world.world.passTo('2031-03-21T00:00:00.000Z');
    const late = await world.at(theirs.etag, 'elena', `${LIST}/${theirs.handle}/corroboration`);
    expect([late.status, late.body.title]).toEqual([409, 'territorialDynamic.stale']);
    const shown = async (): Promise<unknown[]> => [
      (await one('giulia', { handle })).body.status,
      (await list('giulia', '?limit=200')).some((row) => row.handle === handle),
      (await list('giulia', '?past=true')).some((row) => row.handle === handle),
      (await list('giulia', '?status=Stale')).some((row) => row.handle === handle),
    ];
    expect(await shown()).toEqual(['Stale', false, true, true]);
    await world.world.tick();
    const id = await world.streamOf(handle, 'coop');
    const events = await world.world.store.readStream(id ?? '');
    expect(events.map(({ type }) => type)).toEqual(['DynamicObserved', 'DynamicExpired']);
    expect(await shown()).toEqual(['Stale', false, true, true]);
    expect(events[1]?.meta).toMatchObject({ actor: 'system' });
  });

  it('have a read model that is rebuilt as it grew', async () => {
    const rows = await world.world.databases.writer('cases');
    const image = async (): Promise<string[]> =>
      (await Promise.all(['cases.dynamic', 'cases.dynamic_witness'].map((table) => rows.query<object[]>(`select * from ${table}`))))
        .flat()
        .map((row) => JSON.stringify(row))
        .sort();
    const grown = await image();
    await world.world.runner.rebuild('dynamics');
    expect(await image()).toEqual(grown);
    expect(grown.length).toBeGreaterThan(20);
  });
});
