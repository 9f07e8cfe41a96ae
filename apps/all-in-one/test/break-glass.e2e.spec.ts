import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type PersonaKey, runStory, STEPS, type World } from '@raccordo/demo';
import { parse } from 'yaml';
import { StoryApp } from './story-app';

const EMERGENCY = { purpose: 'emergency', acr: 3 } as const;
const AUDIT = { purpose: 'audit', acr: 3 } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POLICY = path.join(__dirname, '../../../libs/contexts/cases/src/case/case.policy.yaml');

interface Glass {
  readonly handle: string;
  readonly case: string;
}
interface Waiting {
  readonly handle: string;
  readonly status: string;
  readonly overdue: boolean;
  readonly reason: string;
  readonly etag: string;
}

/** One emergency from its beginning to its review, by the service's clock alone, and each door that must stay shut on the way. */
describe('an emergency access over HTTP (A22)', () => {
  let story: StoryApp;
  let world: World;
  let opened: Glass;
  let last: { handle: string; etag: string };
  /** As a reviewer read it before the clock marked the review as overdue. */
  let early: Waiting | undefined;
  const began = Date.now();
  const at = (after: number): Promise<void> => world.holdClock(new Date(began + after).toISOString());
  const request = (more: object = {}) => ({
    ...{ custodian: world.ids.organisations['progetto-umbria'], codename: world.knows('codename'), group: 'CON' },
    ...{ reason: 'medical_emergency', account: 'È in pronto soccorso e non risponde: serve un contatto sicuro.' },
    ...more,
  });
  const open = (who: PersonaKey, more: object = {}) =>
    world.post<Glass & { title: string }>(who, '/api/break-glass', request(more), EMERGENCY);
  const file = (): string => `/api/cases/${opened.case}`;
  const queue = async (who: PersonaKey, hoped: (items: readonly Waiting[]) => boolean): Promise<readonly Waiting[]> =>
    (await world.until<{ items: Waiting[] }>(who, 'GET', '/api/break-glass', ({ body }) => hoped(body.items ?? []))).body.items;
  const review = (who: PersonaKey, verdict: 'justification' | 'condemnation', waiting: { handle: string; etag: string }) =>
    world.post<{ title: string }>(
      who,
      `/api/break-glass/${waiting.handle}/${verdict}`,
      { account: 'Riscontrato con il registro.' },
      { etag: waiting.etag },
    );

  /** The region gives itself a policy: one proposes it, another signs what it widens. */
  async function activate(document: object): Promise<void> {
    const proposed = await world.post<{ policy: string }>('piero', '/api/policies', { document }, { acr: 3 });
    expect(proposed.status).toBe(201);
    const policy = `/api/policies/${proposed.body.policy}`;
    type Line = { cell: string; direction: string };
    const read = await world.until<{ hash: string; lines: Line[] }>('dora', 'GET', policy, ({ status }) => status === 200, { acr: 3 });
    const signed = read.body.lines.filter(({ direction }) => direction === 'WIDENS').map(({ cell }) => cell);
    const activated = await world.post('dora', `${policy}/activation`, { hash: read.body.hash, signed }, { acr: 3, etag: read.etag });
    expect(activated.status).toBe(204);
  }

  beforeAll(async () => {
    story = await StoryApp.start();
    world = story.world;
    await runStory(world, STEPS.slice(0, 1));
    await at(0);
  }, 120_000);
  afterAll(() => story.stop());

  it.each([
    ['with a sign-in that is too weak', 'nino', {}, { purpose: 'emergency', acr: 2 }, 404],
    ['for everyday work', 'nino', {}, { purpose: 'direct_assistance', acr: 3 }, 404],
    ['from another region', 'bruno', {}, EMERGENCY, 404],
    ['by an inspectorate', 'marco', {}, EMERGENCY, 404],
    ['by the platform’s administrator', 'piero', {}, EMERGENCY, 404],
    ['of who somebody is', 'nino', { group: 'ID' }, EMERGENCY, 400],
    ['of a protected place', 'nino', { group: 'PROT' }, EMERGENCY, 400],
    ['for a reason that is on no list', 'nino', { reason: 'curiosity' }, EMERGENCY, 400],
    ['without a word why', 'nino', { account: '' }, EMERGENCY, 400],
    ['of a case nobody told them of', 'nino', { codename: 'Airone 0000' }, EMERGENCY, 404],
  ] as const)('is refused %s', async (_, who, more, ask, status) => {
    const answer = await world.post(who, '/api/break-glass', request(more), ask);
    expect([answer.status, answer.text.includes('pronto soccorso')]).toEqual([status, false]);
  });

  it('opens one field group of one case, and tells the custodian at once', async () => {
    const answer = await open('nino');
    expect(answer.status).toBe(201);
    opened = answer.body;
    const seen = await world.until<{ groups: object }>('nino', 'GET', file(), ({ status }) => status === 200, EMERGENCY);
    expect(Object.keys(seen.body.groups)).toEqual(['REF', 'CON']);
    const value = { group: 'CON', field: 'phone', reason: 'Per chiamare chi la conosce' };
    expect((await world.post('nino', `${file()}/reveals`, value, EMERGENCY)).body).toEqual({ value: '+39 000 55501' });
    const name = await world.post('nino', `${file()}/reveals`, { ...value, group: 'ID', field: 'given_name' }, EMERGENCY);
    expect([name.status, name.text.includes('Zafferano')]).toEqual([403, false]);
    expect((await world.get('nino', file())).status).toBe(404);
    expect((await world.get('rita', file(), EMERGENCY)).status).toBe(404);
    const told = await world.until<{ items: { kind: string }[] }>('giulia', 'GET', '/api/notices', ({ body }) =>
      body.items.some(({ kind }) => kind === 'break-glass-used'),
    );
    expect(told.body.items.map(({ kind }) => kind)).toContain('break-glass-used');
  });

  it('is listed to whoever opened it, with its end, and to nobody else', async () => {
    type Own = { items: { handle: string; case: { handle: string }; group: string; status: string; expiresAt: string; etag: string }[] };
    const own = async (who: PersonaKey) => (await world.get<Own>(who, '/api/break-glass/own', EMERGENCY)).body.items;
    const [mine, ...more] = await own('nino');
    expect(more).toEqual([]);
    expect(mine).toMatchObject({ handle: opened.handle, case: { handle: opened.case }, group: 'CON', status: 'Opened' });
    expect(Date.parse(mine?.expiresAt ?? '') - began).toBeGreaterThanOrEqual(HOUR);
    expect(await own('rita')).toEqual([]);
    expect([403, 404]).toContain((await world.get('marco', '/api/break-glass/own', EMERGENCY)).status);
  });

  it('goes on under a policy that was rewritten meanwhile', async () => {
    const document = parse(readFileSync(POLICY, 'utf8')) as {
      commands: { CompanyDossier: { may: { ResolveDispute: { roles: string[] } } } };
    };
    document.commands.CompanyDossier.may.ResolveDispute.roles = ['dpo'];
    await activate(document);
    const seen = await world.get<{ groups: object }>('nino', file(), EMERGENCY);
    expect([seen.status, Object.keys(seen.body.groups)]).toEqual([200, ['REF', 'CON']]);
  });

  it('is not reviewed while it is open', async () => {
    const [waiting] = await queue('livia', (items) => items.length > 0);
    expect(waiting).toMatchObject({ status: 'Opened', overdue: false, reason: 'medical_emergency' });
    expect((await review('livia', 'justification', waiting!)).body.title).toBe('breakGlass.still-open');
  });

  it('ends by the clock: a minute before its end it opens, at its end nothing', async () => {
    await at(59 * MINUTE);
    expect((await world.get('nino', file(), EMERGENCY)).status).toBe(200);
    await at(61 * MINUTE);
    expect((await world.get('nino', file(), EMERGENCY)).status).toBe(404);
    expect((await world.get<{ total: number }>('nino', '/api/cases', EMERGENCY)).body.total).toBe(0);
    const [waiting] = await queue('livia', (items) => items[0]?.status === 'AwaitingReview');
    expect(waiting).toMatchObject({ status: 'AwaitingReview', overdue: false });
    early = waiting;
    // Its end is on record, by the clock and not by the first who looked.
    const history = await world.get<{ items: { type: string; actor: string }[] }>('giulia', `/api/cases/${world.knows('case')}/history`);
    expect(
      history.body.items.filter(({ type }) => type.startsWith('BreakGlass')).map(({ type, actor }) => [type, actor === 'system']),
    ).toEqual([
      ['BreakGlassOpened', false],
      ['BreakGlassExpired', true],
    ]);
  });

  it('is in nobody’s queue but that of another organisation', async () => {
    expect(await queue('rita', () => true)).toEqual([]);
    for (const who of ['nino', 'marco', 'ada'] as const) expect([403, 404]).toContain((await world.get(who, '/api/break-glass')).status);
  });

  it('blocks that person’s next one once its review is overdue, and nobody else’s', async () => {
    await at(73 * HOUR);
    const [waiting] = await queue('livia', (items) => items[0]?.overdue === true);
    expect(waiting).toMatchObject({ status: 'AwaitingReview', overdue: true });
    const again = await open('nino');
    expect([again.status, again.body.title]).toEqual([409, 'breakGlass.review-overdue']);
  });

  it('lasts as long as the region of the case says', async () => {
    const document = parse(readFileSync(POLICY, 'utf8')) as { relations: { 'break-glass': { minutes?: number } } };
    document.relations['break-glass'].minutes = 20;
    await activate(document);
    const mine = await open('rita', { reason: 'imminent_danger_to_life' });
    expect(mine.status).toBe(201);
    type Own = { items: { handle: string; openedAt: string; expiresAt: string }[] };
    const own = (await world.get<Own>('rita', '/api/break-glass/own', EMERGENCY)).body.items.find(
      ({ handle }) => handle === mine.body.handle,
    );
    expect(Date.parse(own?.expiresAt ?? '') - Date.parse(own?.openedAt ?? '')).toBe(20 * MINUTE);
  });

  it('is judged by somebody of another organisation, once, and then the next is possible', async () => {
    await queue('livia', (items) => items.some(({ overdue }) => overdue));
    // A mark of the clock is nobody's other judgement.
    expect((await review('livia', 'justification', early!)).status).toBe(204);
    const twice = await review('livia', 'condemnation', early!);
    expect([twice.status, twice.body.title]).toEqual([412, 'breakGlass.stale']);
    const next = await open('nino');
    expect(next.status).toBe(201);
    const closed = await world.post('nino', `/api/break-glass/${next.body.handle}/closing`, {}, { etag: next.etag });
    expect(closed.status).toBe(204);
    last = { handle: next.body.handle, etag: closed.etag };
  });

  it('is not judged by whoever opened it, nor in the same house, nor by somebody without that task', async () => {
    const answers: Record<string, string> = {};
    for (const who of ['nino', 'rita', 'marco', 'ada', 'elena'] as const) {
      const { status, body } = await review(who, 'justification', last);
      answers[who] = `${status} ${body.title}`;
    }
    expect(answers).toEqual({
      nino: '403 breakGlass.forbidden',
      rita: '409 breakGlass.reviewer-same-organisation',
      marco: '404 breakGlass.not-found',
      ada: '404 breakGlass.not-found',
      elena: '404 breakGlass.not-found',
    });
  });

  it('suspends whoever is found to have had no reason', async () => {
    await at(75 * HOUR);
    const items = await queue('livia', (all) => all.length === 2 && all.every(({ status }) => status === 'AwaitingReview'));
    expect(items.map(({ status }) => status)).toEqual(['AwaitingReview', 'AwaitingReview']);
    for (const each of items) expect((await review('livia', 'condemnation', each)).status).toBe(204);
    for (const who of ['nino', 'rita'] as const) expect((await open(who)).body.title).toBe('breakGlass.suspended');
  });

  it('stands in the trail with its purpose, its fields and every refusal, without a word of the reasons given', async () => {
    type Entries = {
      entries: { entry: { body: { act: string; effect: string; purpose: string; groups: string[]; reasons: string[] } } }[];
    };
    const trail = async (query: string, enough = 1) => {
      const { body, text } = await world.until<Entries>(
        'ada',
        'GET',
        `/api/audit/entries?${query}&limit=200`,
        (one) => one.body.entries.length >= enough,
        AUDIT,
      );
      expect(text).not.toContain('pronto soccorso');
      return body.entries.map(({ entry }) => entry.body);
    };
    expect((await trail('act=OpenBreakGlass&effect=permitted')).length).toBe(3);
    expect((await trail('act=OpenBreakGlass&effect=denied')).length).toBeGreaterThanOrEqual(4);
    const refused = (await trail('act=OpenBreakGlass&effect=refused', 3)).flatMap(({ reasons }) => reasons);
    expect(refused).toEqual(expect.arrayContaining(['breakGlass.review-overdue', 'breakGlass.suspended']));
    const read = (await trail('act=ReadCase&effect=permitted')).filter(({ purpose }) => purpose === 'emergency');
    expect([...new Set(read.flatMap(({ groups }) => groups))].sort()).toEqual(['CON', 'REF']);
  });
});
