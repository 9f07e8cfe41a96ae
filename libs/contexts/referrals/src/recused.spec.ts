import { people, ReferralsWorld, type Subject, type Who } from '../test/referrals-world';

interface View {
  readonly terms: object | null;
  readonly sent: object | null;
  readonly offer: object;
}

/** Who stands back from a case for a conflict of interest loses with it what was sent because of it: terms, questions, words and lists. */
describe('somebody who stands back from a case', () => {
  let world: ReferralsWorld;
  beforeAll(async () => {
    world = await ReferralsWorld.start();
  }, 60_000);
  afterAll(() => world.world.stop(), 120_000);

  const recuse = (who: Who, of: Subject): Promise<void> =>
    world.world.tell('cases', 'PersonRecused', of.case, { case: of.case, member: people[who].member });
  const told = async (who: Who, path: string, body?: object, ifMatch = '"A"'): Promise<string> => {
    const answer = await (body === undefined ? world.get(who, path) : world.post(who, path, body, { ifMatch }));
    return `${answer.status} ${String(answer.body['title'])}`;
  };
  const sentBy = async (who: Who): Promise<string[]> =>
    (await world.get<{ items: { handle: string }[] }>(who, '/api/referrals/outbox')).body.items.map(({ handle }) => handle);

  it('finds no referral of it any more, as if it had never been sent, and can send none', async () => {
    const [of, another] = [await world.opened(), await world.opened()];
    const { sent, received, etag } = await world.offered(of);
    const { sent: kept } = await world.offered(another);
    expect((await world.change('elena', received, 'summary')).status).toBe(204);
    expect((await world.change('elena', received, 'clarifications', { question: 'Da quanti mesi?' })).status).toBe(204);
    const path = `/api/referrals/${sent}`;
    expect([await told('giulia', path), await told('giulia', `${path}/clarifications`)]).toEqual(['200 undefined', '200 undefined']);
    expect((await sentBy('giulia')).sort()).toEqual([sent, kept].sort());

    await recuse('giulia', of);
    await recuse('giulia', of);
    const nobodys = `/api/referrals/umbria.${'a'.repeat(26)}`;
    const withdrawal = { reason: 'need_met' };
    for (const root of [path, nobodys])
      expect([
        root,
        await told('giulia', root),
        await told('giulia', `${root}/offer`),
        await told('giulia', `${root}/clarifications`),
      ]).toEqual([root, ...Array<string>(3).fill('404 referral.not-found')]);
    for (const tag of [etag, '"A"']) expect(await told('giulia', `${path}/withdrawal`, withdrawal, tag)).toBe('404 referral.not-found');
    expect(await sentBy('giulia')).toEqual([kept]);
    expect(await told('giulia', '/api/referrals', await world.terms(of))).toBe('404 case.not-found');
    // The other side goes on.
    expect((await world.get<View>('elena', `/api/referrals/${received}`)).body.terms).not.toBeNull();
  });

  it('is on the receiving side told the offer and nothing of the person, and decides nothing', async () => {
    const of = await world.opened();
    const { received } = await world.offered(of);
    await world.change('elena', received, 'summary');
    const path = `/api/referrals/${received}`;
    expect((await world.get<View>('elena', path)).body.terms).not.toBeNull();
    const tag = await world.etag('elena', received);
    await recuse('elena', of);
    expect((await world.get<View>('elena', path)).body).toMatchObject({ terms: null, sent: null, offer: { service: 'legal_advice' } });
    expect(await told('elena', `${path}/clarifications`)).toBe('403 referral.forbidden');
    const acceptance = { responsible: people.elena.member, mode: 'service' };
    expect(await told('elena', `${path}/acceptance`, acceptance, tag)).toBe('404 referral.not-found');
  });
});
