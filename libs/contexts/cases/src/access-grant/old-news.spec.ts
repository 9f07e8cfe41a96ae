import { referralsContract, regionsContract } from '@contracts';
import { CutBus } from '../../../../platform/messaging/test/cut-bus';
import { CasesWorld, organisations, people, stream, team, type Who } from '../../test/cases-world';
import { OtherContext } from '../../test/other-context';

interface Page {
  items: Record<string, unknown>[];
  total: number;
}
const HELP = { purpose: 'direct_assistance' } as const;

describe('what a grant rests on, when the bus is cut', () => {
  let world: CasesWorld;
  let bus: CutBus;
  let regions: OtherContext<(typeof regionsContract)['events']>;
  let referrals: OtherContext<(typeof referralsContract)['events']>;
  let referral = 0;

  beforeAll(async () => {
    world = await CasesWorld.start();
    const seat = { member: people.nino.member, organisation: organisations.project.id, region: 'umbria', discipline: 'social_worker' };
    await world.world.tell('regions', 'TeamMemberAdded', team, { team, ...seat });
    bus = new CutBus(world.world.bus);
    regions = new OtherContext(regionsContract, bus, world.world.clock);
    referrals = new OtherContext(referralsContract, bus, world.world.clock);
  }, 60_000);
  beforeEach(() => {
    bus.mend();
    for (const other of [regions, referrals]) other.start();
  });
  afterEach(() => Promise.all([regions.stop(), referrals.stop()]));
  afterAll(() => world?.world.stop(), 120_000);

  const later = (ms: number): void => {
    world.world.clock.at = new Date(Date.parse(world.world.clock.at) + ms).toISOString();
  };
  const beats = (): void => [regions, referrals].forEach((other) => other.beat());
  /** One answer, whatever it is: nobody asks again here. */
  const ask = (who: Who, path: string) => world.world.call<Record<string, unknown>>({ login: people[who].login, ...HELP }, 'GET', path);

  /** A case of Giulia's team that Elena, or whoever is named, reads through a referral that was accepted. */
  const referred = async (to: 'elena' | 'nino'): Promise<{ own: string; theirs: string; ended: () => Promise<void> }> => {
    const file = await world.opened();
    const receiver = organisations[people[to].organisation];
    const basis = await world.post<{ handle: string }>('giulia', `/api/cases/${file.handle}/legal-bases`, {
      ...{ kind: 'judicial_order', recipient: receiver.id, purpose: HELP.purpose, groups: ['ID', 'CON'] },
      ...{ expires: '2033-01-01T00:00:00.000Z', issuer: 'court', act: 'Decreto 12/2031' },
    });
    const ref = (await world.streamOf(basis.body.handle, 'coop')) ?? '';
    const id = stream('referral', ++referral);
    const sides = { referral: id, sender: organisations.coop.id, organisation: receiver.id, case: file.stream };
    await referrals.happened('ReferralAccepted', id, {
      ...{ ...sides, members: [people[to].member], service: 'legal_advice', purpose: HELP.purpose, bases: [{ kind: 'legal_basis', ref }] },
      ...{ groups: ['ID', 'CON'], mode: 'service', region: receiver.region },
    });
    const theirs = `/api/cases/${await world.handleFor(file.stream, people[to].organisation)}`;
    await world.world.until(
      () => (beats(), ask(to, theirs)),
      ({ status, text }) => status === 200 && text.includes('"CON"'),
    );
    return { own: `/api/cases/${file.handle}`, theirs, ended: () => referrals.happened('ReferralClosed', id, sides) };
  };

  it('opens nothing once the news are older than two seconds, and what ended meanwhile stays closed when they come', async () => {
    const { own, theirs, ended } = await referred('elena');
    expect((await ask('elena', theirs)).status).toBe(200);
    bus.cut();
    await ended(); // nobody here can know
    beats();
    later(2000);
    expect((await ask('elena', theirs)).status).toBe(200);
    later(1);
    const refused = await ask('elena', theirs);
    expect([refused.status, refused.body.title, refused.headers.get('retry-after')]).toEqual([503, 'case.facts-too-old', '1']);
    expect((await ask('giulia', own)).status).toBe(200);

    bus.mend();
    const answers: number[] = [];
    const last = await world.world.until(
      async () => {
        const { status } = await ask('elena', theirs);
        answers.push(status);
        return status;
      },
      (status) => status === 404,
    );
    expect(last).toBe(404);
    expect(new Set(answers.slice(0, -1))).not.toContain(200);
  });

  it('adds nothing to a list: no row, no number, no answer by a filter', async () => {
    const { own } = await referred('elena');
    const listed = async (who: Who, filter = ''): Promise<Page> => (await ask(who, `/api/cases${filter}`)).body as unknown as Page;
    const fresh = await listed('elena');
    expect([fresh.items.length, fresh.total]).toEqual([1, 1]);
    bus.cut();
    later(2001);
    for (const filter of ['', '?phase=Emersion', '?region=umbria', '?sort=opened_on'])
      expect([filter, await listed('elena', filter)]).toMatchObject([filter, { items: [], total: 0 }]);
    const mine = await listed('giulia');
    expect(mine.items.map(({ handle }) => `/api/cases/${String(handle)}`)).toContain(own);
    expect(mine.total).toBe(mine.items.length);
  });

  it('shows no more of a case than the team’s own reading does', async () => {
    const { theirs } = await referred('nino');
    const listed = async (): Promise<unknown> => {
      const { items } = (await ask('nino', '/api/cases')).body as unknown as { items: { handle: string; groups: { ID: object } }[] };
      return items.find(({ handle }) => theirs.endsWith(handle))?.groups.ID;
    };
    expect(await listed()).toMatchObject({ view: 'full' });
    bus.cut();
    later(2001);
    const seen = await ask('nino', theirs);
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain('"CON"');
    expect(await listed()).toMatchObject({ view: 'codes' });
    bus.mend();
    beats();
    await world.world.until(
      () => ask('nino', theirs),
      ({ text }) => text.includes('"CON"'),
    );
  });

  it.each([
    ['ahead of its database', 30_000],
    ['behind its database', -30_000],
  ])('opens nothing by the clock of a machine that is half a minute %s, and adds nothing to a list', async (_, ahead) => {
    const { own, theirs } = await referred('elena');
    const listed = async (): Promise<number> => ((await ask('elena', '/api/cases')).body as unknown as Page).items.length;
    expect([(await ask('elena', theirs)).status, (await listed()) > 0]).toEqual([200, true]);
    world.world.machine.ahead = ahead;
    try {
      const refused = await ask('elena', theirs);
      expect([refused.status, refused.body.title, refused.headers.get('retry-after')]).toEqual([503, 'case.clocks-apart', '1']);
      expect(await listed()).toBe(0);
      expect((await ask('giulia', own)).status).toBe(200);
      // So far behind that the database takes who asks for somebody of the past: it would show nothing to anybody, as if nothing were there.
      world.world.machine.ahead = -90_000;
      const nobody = await ask('giulia', own);
      expect([nobody.status, nobody.body.title]).toEqual([503, 'clock.apart']);
      // As far as clocks of a network may be.
      world.world.machine.ahead = Math.sign(ahead) * 1500;
      expect((await ask('elena', theirs)).status).toBe(200);
    } finally {
      world.world.machine.ahead = 0;
    }
    expect((await ask('elena', theirs)).status).toBe(200);
  });

  it.each([
    ['behind', -180_000],
    ['ahead', 180_000],
  ])('opens nothing on the word of a relay whose clock is three minutes %s', async (_, skew) => {
    const { own, theirs } = await referred('elena');
    await referrals.stop();
    later(2001);
    const at = (): string => new Date(Date.parse(world.world.clock.at) + skew).toISOString();
    referrals.start({ now: at });
    for (let n = 0; n < 10; n++) {
      beats();
      expect((await ask('elena', theirs)).status).toBe(503);
    }
    expect((await ask('giulia', own)).status).toBe(200);
    // What was said of the future stays the last word until that is past: nothing more can be read through grants here.
  });
});
