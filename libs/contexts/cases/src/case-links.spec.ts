import { CasesWorld, etagOf, organisations, people, stream, type Who } from '../test/cases-world';

interface Links {
  readonly items: readonly { readonly link: string; readonly reason: string; readonly cases: readonly { readonly handle: string }[] }[];
}
interface File {
  readonly handle: string;
  readonly stream: string;
  etag: string;
}
const [SITUATION, OTHER] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];

/** Several people, one situation: their cases are linked, and a link tells nobody of a case they may not know. */
describe('the links of a case', () => {
  let world: CasesWorld;
  const files: File[] = [];
  const file = (n: number): File => files[n] as File;
  const change = async (n: number, path: string, body: object): Promise<void> => {
    const answer = await world.at(file(n).etag, 'giulia', `/api/cases/${file(n).handle}/${path}`, body);
    expect([answer.status, answer.text]).toEqual([204, '']);
    file(n).etag = etagOf(answer);
  };
  const link = (n: number, linkId: string): Promise<void> => change(n, 'links', { linkId, reason: 'one_situation' });
  const links = (who: Who, n: number) => world.get<Links>(who, `/api/cases/${file(n).handle}/links`);

  beforeAll(async () => {
    world = await CasesWorld.start();
    for (let n = 0; n < 4; n++) files.push(await world.opened());
    for (const n of [0, 1, 2]) await link(n, SITUATION);
    await link(3, OTHER);
    await change(1, 'recusals', { member: people.karim.member, reason: 'family_tie' });
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  it('name the other cases to whoever has them in charge', async () => {
    const { status, body } = await links('giulia', 0);
    expect([status, body.items.map(({ link: of, reason }) => [of, reason])]).toEqual([200, [[SITUATION, 'one_situation']]]);
    const named = body.items.flatMap(({ cases }) => cases.map(({ handle }) => handle));
    expect([...named].sort()).toEqual([file(1).handle, file(2).handle].sort());
  });

  it('do not name a case to somebody recused from it, and put only the others on record', async () => {
    const before = world.world.trail.bodies.length;
    const { body, text } = await links('karim', 0);
    expect(body.items.flatMap(({ cases }) => cases.map(({ handle }) => handle))).toEqual([file(2).handle]);
    expect(text).not.toContain(file(1).handle);
    const [entry, ...more] = world.world.trail.bodies.slice(before);
    expect([more, entry?.act, entry?.effect, entry?.cases.length]).toEqual([[], 'ReadCaseLinks', 'permitted', 2]);
    expect((await links('karim', 1)).status).toBe(404);
  });

  it('do not name a case that somebody may see and has not in charge', async () => {
    const shared = stream('team', 2);
    const seat = (who: 'nino' | 'giulia') => {
      const { member, organisation } = people[who];
      return { member, organisation: organisations[organisation].id, region: 'umbria', discipline: 'social_worker' };
    };
    const members = [seat('nino'), seat('giulia')];
    await world.world.tell('regions', 'TeamConstituted', shared, { team: shared, kind: 'local', leadRegion: 'umbria', members });
    const wish = { team: shared, ageBand: 'adult', language: 'fr' };
    const opened = await world.world.until(
      () => world.post<{ handle: string }>('nino', '/api/cases', wish),
      ({ status }) => status === 201,
    );
    const { handle } = opened.body;
    const body = { linkId: SITUATION, reason: 'one_situation' };
    expect((await world.at(etagOf(opened), 'nino', `/api/cases/${handle}/links`, body)).status).toBe(204);
    const seen = await world.handleFor((await world.streamOf(handle, 'project')) ?? '', 'coop');
    expect((await world.get('giulia', `/api/cases/${seen}`)).status).toBe(200);
    expect((await links('giulia', 0)).text).not.toContain(seen);
    expect((await world.get<Links>('nino', `/api/cases/${handle}/links`)).body.items).toMatchObject([{ link: SITUATION, cases: [] }]);
    expect((await world.get('giulia', `/api/cases/${seen}/links`)).status).toBe(403);
  });

  it('are told to nobody outside the team that has the case in charge', async () => {
    for (const who of ['ugo', 'nino', 'marco', 'elena'] as const) expect([who, (await links(who, 0)).status]).toEqual([who, 404]);
    const theirs = await world.handleFor(file(0).stream, 'office');
    const asked = await world.get('dora', `/api/cases/${theirs}/links`, { purpose: 'data_subject_request' });
    expect(asked.status).toBe(403);
  });

  it('are none for a case that has none, and say nothing of situations it is not part of', async () => {
    const alone = await world.opened();
    expect((await world.get<Links>('giulia', `/api/cases/${alone.handle}/links`)).body.items).toEqual([]);
    expect((await links('giulia', 3)).body.items).toEqual([{ link: OTHER, reason: 'one_situation', cases: [] }]);
  });

  it('are made by whoever leads the case, and stand once', async () => {
    const path = `/api/cases/${file(2).handle}/links`;
    const again = { linkId: OTHER, reason: 'one_situation' };
    expect((await world.at(file(2).etag, 'karim', path, again)).status).toBe(403);
    await link(2, SITUATION);
    expect((await links('giulia', 2)).body.items).toHaveLength(1);
    expect((await world.at(file(2).etag, 'giulia', path, { linkId: 'her-cousin', reason: 'one_situation' })).status).toBe(400);
  });
});
