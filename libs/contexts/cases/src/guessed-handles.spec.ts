import { CasesWorld, people, START, team, type Who } from '../test/cases-world';

const NOBODYS = `umbria.${'a'.repeat(26)}`;

/** Whoever tries handles one after the other is on record, whether they read or try to do something. */
describe('a handle that nobody has', () => {
  let world: CasesWorld;
  let file: { handle: string; etag: string };
  beforeAll(async () => {
    world = await CasesWorld.start();
    file = await world.opened();
  }, 60_000);
  afterAll(() => world.world.stop());

  /** What was put on record because of a question, and how the question was answered. */
  async function asked(who: Who, method: 'GET' | 'POST', path: string, body?: object, ifMatch = '"AAAA"') {
    const before = world.world.trail.bodies.length;
    const answer = method === 'GET' ? await world.get(who, path) : await world.post(who, path, body, { ifMatch });
    const entries = world.world.trail.bodies.slice(before);
    return { said: `${answer.status} ${String(answer.body.title)}`, entries, request: answer.headers.get('Raccordo-Request') };
  }

  it.each([
    ['AdmitToFirstAssistance', `/api/cases/${NOBODYS}/first-assistance`, { ageBand: 'adult' }, 'case'],
    ['CloseCase', `/api/cases/${NOBODYS}/closure`, { reason: 'autonomy_reached' }, 'case'],
    ['WithdrawConsent', `/api/consents/${NOBODYS}/withdrawal`, { reason: 'person_asked' }, 'consent'],
    ['RevokeAccess', `/api/grants/${NOBODYS}/revocation`, { reason: 'no_longer_needed' }, 'accessGrant'],
    ['JustifyBreakGlass', `/api/break-glass/${NOBODYS}/justification`, {}, 'breakGlass'],
    ['ApproveErasure', `/api/erasures/${NOBODYS}/approval`, {}, 'erasure'],
    ['RequestErasure', '/api/erasures', { subject: NOBODYS, ground: 'asked_by_person' }, 'erasure'],
    ['OpenCase', '/api/cases', { team, ageBand: 'adult', language: 'fr', contact: NOBODYS }, 'contact'],
  ])('in %s leaves the entry that a reading of it leaves: who, what, and not what they called it', async (act, path, body, noun) => {
    const { said, entries, request } = await asked('karim', 'POST', path, body);
    expect(said).toBe(`404 ${noun}.not-found`);
    expect(entries).toHaveLength(1);
    const [read] = (await asked('karim', 'GET', `/api/cases/${NOBODYS}`)).entries;
    expect(entries[0]).toEqual({ ...read, request, act, policy: '', reasons: [`${noun}.unknown`] });
    expect(entries[0]).toMatchObject({
      effect: 'denied',
      region: 'umbria',
      at: START,
      cases: [],
      session: `session-${people.karim.login.slice(0, 4)}`,
    });
    expect(JSON.stringify(entries)).not.toContain('aaaa');
  });

  it('beside a case that is known leaves one entry, of the record that is none', async () => {
    const wish = { reason: 'person_returned', basis: { kind: 'consent', ref: NOBODYS } };
    const { said, entries } = await asked('giulia', 'POST', `/api/cases/${file.handle}/reopening`, wish, file.etag);
    expect([said, entries.map(({ act, reasons }) => [act, ...reasons])]).toEqual([
      '404 consent.not-found',
      [['ReopenCase', 'consent.unknown']],
    ]);
  });

  it('is on record once and no more where a policy or a rule said so already', async () => {
    const theirs = await world.handleFor((await world.streamOf(file.handle, 'coop')) ?? '', 'project');
    for (const [path, body] of [
      [`/api/cases/${theirs}/closure`, { reason: 'autonomy_reached' }],
      ['/api/erasures', { subject: theirs, ground: 'asked_by_person' }],
    ] as const) {
      const { said, entries } = await asked('nino', 'POST', path, body);
      expect([path, said.slice(0, 3), entries.length]).toEqual([path, '404', 1]);
    }
    expect((await asked('nino', 'GET', `/api/cases/${theirs}`)).entries).toHaveLength(1);
  });

  it('is not answered while nothing can be put on record', async () => {
    const record = jest.spyOn(world.world.trail, 'record').mockRejectedValue(new Error('no disk'));
    const { status } = await world.world.call({ login: people.karim.login, ifMatch: '"A"' }, 'POST', `/api/cases/${NOBODYS}/follow-up`);
    record.mockRestore();
    expect(status).toBe(500);
  });

  it('of somebody who is no member here any more is on record as well', async () => {
    const before = world.world.trail.bodies.length;
    const { status, body } = await world.world.call({ login: 'f'.repeat(64) }, 'GET', `/api/cases/${file.handle}`);
    expect([status, body.title]).toEqual([403, 'caller.not-a-member']);
    expect(world.world.trail.bodies.slice(before)).toEqual([
      expect.objectContaining({
        effect: 'denied',
        act: 'ReadCase',
        actor: 'no-member',
        session: 'session-ffff',
        reasons: ['caller.not-a-member'],
      }),
    ]);
  });
});
