import { coop, other, people, project, ReferralsWorld, type Subject, team } from '../test/referrals-world';

interface View {
  due: string;
  terms: Record<string, unknown> | null;
}
interface Items {
  items: Record<string, unknown>[];
}

const after = (at: string, hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

describe('a referral, as time and other contexts go on,', () => {
  let world: ReferralsWorld;
  let subject: Subject;
  beforeAll(async () => {
    world = await ReferralsWorld.start();
  }, 60_000);
  beforeEach(async () => {
    subject = await world.opened();
  });
  afterAll(() => world.world.stop(), 120_000);

  const reviewed = async (): Promise<{ sent: string; received: string }> => {
    const { sent, received } = await world.offered(subject);
    const opened = await world.change('elena', received, 'summary');
    expect([opened.status, opened.text]).toEqual([204, '']);
    return { sent, received };
  };
  const accepted = async (): Promise<{ sent: string; received: string }> => {
    const { sent, received } = await reviewed();
    const answer = await world.change('elena', received, 'acceptance', { responsible: people.bruno.member, mode: 'service' });
    expect(answer.status).toBe(204);
    return { sent, received };
  };

  const dueOf = async (handle: string): Promise<string> => (await world.get<View>('elena', `/api/referrals/${handle}`)).body.due;

  it('is opened on what is in force, even while its own rows are still being written', async () => {
    const owner = await world.world.databases.writer('referrals');
    const held = owner.createQueryRunner();
    await held.startTransaction();
    await held.query('lock table referrals.referral_inbox, referrals.referral_basis in share mode'); // may be read, not written
    const { received } = await world.offered(subject);
    const opening = world.change('elena', received, 'summary');
    const early = await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, 300, 'waits'))]);
    await held.commitTransaction();
    await held.release();
    expect(early).toBe('waits');
    expect((await opening).status).toBe(204);
  });

  it('ends with its case, and the receiver is told (A19)', async () => {
    const { sent, received } = await reviewed();
    await world.world.tell('cases', 'CaseClosed', subject.case, { case: subject.case, reason: 'unreachable' });
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
    expect((await world.get<View>('elena', `/api/referrals/${received}`)).body.terms).toBeNull();
    const notices = await world.world.until(
      () => world.get<Items>('elena', '/api/notices'),
      ({ body }) => body.items.some((item) => item['kind'] === 'referral-withdrawn'),
    );
    expect(notices.body.items).toContainEqual(expect.objectContaining({ kind: 'referral-withdrawn', about: received, status: 'Sent' }));
    expect(await world.statusSeen('giulia', sent)).toBe('Withdrawn');
    expect((await world.post('giulia', '/api/referrals', await world.terms(subject))).body['title']).toBe('referral.case-closed');
  });

  it('ends when the case is erased, even after acceptance', async () => {
    const { received } = await accepted();
    await world.world.tell('cases', 'SubjectErased', 'erasure-00000000-0000-7000-8000-000000000001', { subject: subject.case });
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
  });

  it('ends when the consent it needs is withdrawn and nothing else carries it; the recipients are told (A26)', async () => {
    const { received } = await accepted();
    const grant = 'accessGrant-00000000-0000-7000-8000-000000000001';
    const stream = (await world.world.vaults.of('umbria').resolve(received, project)) ?? '';
    await world.world.tell('cases', 'AccessGranted', grant, {
      ...{ grant, case: subject.case, organisation: project, members: [people.bruno.member], groups: ['ID', 'CON', 'LEG'] },
      ...{
        purpose: 'direct_assistance',
        basis: { kind: 'consent', ref: subject.service },
        referral: stream,
        expires: '2032-01-01T00:00:00.000Z',
      },
    });
    const disclosed = async (): Promise<string[]> => (await world.world.store.readStream(stream)).map(({ type }) => type);
    expect(await world.world.until(disclosed, (types) => types.includes('IdentityDisclosed'))).toContain('IdentityDisclosed');
    // The consent to be assessed has served: withdrawing it changes nothing any more.
    await world.consent('ConsentWithdrawn', subject, 'assessment');
    await world.consent('ConsentWithdrawn', subject, 'service');
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
    const withdrawn = (await world.world.store.readStream(stream)).filter(({ type }) => type === 'ReferralWithdrawn');
    expect(withdrawn.map(({ data }) => (data as { reason: string }).reason)).toEqual(['consent_withdrawn']);
    const notices = await world.world.until(
      () => world.get<Items>('elena', '/api/notices'),
      ({ body }) => body.items.some((item) => item['kind'] === 'consent-withdrawn'),
    );
    const notice = notices.body.items.find((item) => item['kind'] === 'consent-withdrawn');
    expect(notice).toMatchObject({ about: await world.handle(subject.case, project), status: 'Sent' });

    // Nobody acknowledges in time: the custodian sees on whom it waits, before and after the clock has put that on record.
    expect((await world.get<Items>('giulia', '/api/notices/unacknowledged')).body.items).toEqual([]);
    await world.world.passTo(after(world.world.clock.at, 72));
    const waiting = async () => (await world.get<Items>('giulia', '/api/notices/unacknowledged')).body.items;
    expect(await waiting()).toContainEqual(expect.objectContaining({ kind: 'consent-withdrawn', recipient: project, status: 'Sent' }));
    await world.world.tick();
    const lapsed = await world.world.until(waiting, (items) =>
      items.some((item) => item['kind'] === 'consent-withdrawn' && item['status'] === 'Lapsed'),
    );
    expect(lapsed).toContainEqual(expect.objectContaining({ kind: 'consent-withdrawn', status: 'Lapsed' }));
    expect((await world.get<Items>('nino', '/api/notices')).body.items).toEqual([]);
  }, 120_000);

  it('goes on when another consent it names carries the same purpose', async () => {
    const spare = 'consent-00000000-0000-7000-8000-00000000ffff';
    await world.consent('ConsentGiven', subject, 'service', spare);
    const named = [subject.service, subject.assessment, spare].map(async (ref) => ({
      kind: 'consent',
      ref: await world.handle(ref, coop),
    }));
    const { received } = await world.offered(subject, { bases: await Promise.all(named) });
    await world.consent('ConsentWithdrawn', subject, 'service');
    expect(await world.statusSeen('elena', received)).toBe('Offered');
    await world.consent('ConsentWithdrawn', subject, 'service', spare);
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
  });

  it('tells the receiver that a grant ended, and the custodian that somebody broke the glass', async () => {
    const grant = 'accessGrant-00000000-0000-7000-8000-000000000077';
    const terms = {
      ...{ grant, case: subject.case, organisation: project, members: [people.bruno.member], groups: ['ID'], purpose: 'direct_assistance' },
      ...{ basis: { kind: 'consent', ref: subject.service }, expires: '2032-01-01T00:00:00.000Z' },
    };
    await world.world.tell('cases', 'AccessGranted', grant, terms);
    await world.world.tell('cases', 'AccessRevoked', grant, { ...terms, reason: 'no_longer_needed' });
    const glass = 'breakGlass-00000000-0000-7000-8000-000000000077';
    await world.world.tell('cases', 'BreakGlassOpened', glass, {
      ...{ breakGlass: glass, case: subject.case, custodian: coop, member: people.nino.member, organisation: other, group: 'HEA' },
      ...{ reason: 'medical_emergency', expires: '2032-01-01T00:00:00.000Z', reviewDue: '2032-01-01T00:00:00.000Z' },
    });
    const told = async (who: 'elena' | 'giulia' | 'ugo', kind: string, audience: string): Promise<void> => {
      const about = audience === '' ? '' : await world.handle(subject.case, audience);
      const list = await world.world.until(
        () => world.get<Items>(who, '/api/notices'),
        ({ body }) => body.items.some((item) => item['kind'] === kind && item['about'] === about),
      );
      expect(list.body.items).toContainEqual(expect.objectContaining({ kind, about, status: 'Sent' }));
      expect(list.text).not.toMatch(/case-|member-|accessGrant-/);
    };
    // Elena was named for no referral of this case, Ugo is in no team of it: their organisation is told, they are not told about whom.
    await told('elena', 'grant-ended', '');
    await told('giulia', 'break-glass-used', coop);
    await told('ugo', 'break-glass-used', '');
    const [named, others] = [await world.get<Items>('giulia', '/api/notices'), await world.get<Items>('ugo', '/api/notices')];
    expect(others.body.items.map(({ handle, kind }) => [handle, kind])).toEqual(named.body.items.map(({ handle, kind }) => [handle, kind]));
    const recorded = world.world.trail.bodies.filter(({ act }) => act === 'ListNotices').slice(-2);
    expect(recorded.map(({ cases }) => cases.length > 0)).toEqual([true, false]);
    expect((await world.get<Items>('nino', '/api/notices')).body.items).toEqual([]);
  });

  it('acknowledges a notice once, by its recipient only', async () => {
    await world.offered(subject);
    const list = await world.world.until(
      () => world.get<{ items: { handle: string; etag: string }[] }>('elena', '/api/notices'),
      ({ body }) => body.items.length > 0,
    );
    const [notice] = list.body.items;
    const acknowledge = (who: 'elena' | 'nino' | 'giulia') =>
      world.post(who, `/api/notices/${notice?.handle}/acknowledgement`, undefined, { ifMatch: notice?.etag ?? '' });
    expect([(await acknowledge('nino')).status, (await acknowledge('giulia')).status]).toEqual([404, 404]);
    expect((await acknowledge('elena')).status).toBe(204);
  });

  it('expires by the clock when nobody answers, and closes when nobody closes', async () => {
    const { sent, received } = await world.offered(subject);
    const started = await accepted();
    await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items.some((item) => item['status'] === 'Accepted'),
    );
    await world.world.passTo(await dueOf(received));
    await world.world.tick();
    expect([await world.statusSeen('giulia', sent), await world.statusSeen('elena', received)]).toEqual(['Expired', 'Expired']);
    expect(await world.statusSeen('giulia', started.sent)).toBe('Accepted');
    await world.change('bruno', started.received, 'service');
    await world.change('bruno', started.received, 'outcome', { outcome: 'provided' });
    await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items.some((item) => item['status'] === 'OutcomeReported'),
    );
    await world.world.passTo(after(world.world.clock.at, 30 * 24));
    await world.world.tick();
    expect(await world.statusSeen('giulia', started.sent)).toBe('Closed');
  }, 120_000);

  it('has the same rows after a rebuild as before', async () => {
    await accepted();
    await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items.some((item) => item['status'] === 'Accepted'),
    );
    const writer = await world.world.databases.writer('referrals');
    const rows = async () =>
      Promise.all(
        ['referral_inbox', 'referral_outbox', 'referral_basis'].map((table) =>
          writer.query<object[]>(`select * from referrals.${table} order by 1, 2`),
        ),
      );
    const before = await rows();
    for (const consumer of ['referral-inbox', 'referral-outbox']) await world.world.runner.rebuild(consumer);
    await world.world.until(
      () => world.world.runner.status(),
      (all) => all.every(({ lag }) => !lag),
    );
    expect(await rows()).toEqual(before);
  });

  it('can be withdrawn by a colleague when whoever sent it has no account any more (A9)', async () => {
    const { sent, received } = await reviewed();
    const seat = { member: people.ugo.member, organisation: coop, region: 'umbria', discipline: 'social_worker' };
    await world.world.tell('regions', 'TeamMemberAdded', team, { team, ...seat });
    await world.world.tell('regions', 'MemberDisabled', people.giulia.member, { member: people.giulia.member });
    expect([401, 403]).toContain((await world.get('giulia', `/api/referrals/${sent}`)).status);
    const entries = world.world.trail.bodies.length;
    expect((await world.change('ugo', sent, 'withdrawal', { reason: 'person_unreachable' })).status).toBe(204);
    expect(await world.statusSeen('elena', received)).toBe('Withdrawn');
    expect(world.world.trail.bodies.length).toBeGreaterThanOrEqual(entries);
  });
});
