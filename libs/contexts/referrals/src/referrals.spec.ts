import { offerBody } from '@contracts';
import { assertServiceRolesOwnNothing } from '@platform/access';
import * as given from '../test/referrals-world';
import { CASE, coop, people, project, ReferralsWorld } from '../test/referrals-world';

interface View {
  status: string;
  terms: Record<string, unknown> | null;
  sent: Record<string, unknown> | null;
}
interface Items {
  items: Record<string, unknown>[];
}

describe('the referrals context', () => {
  let world: ReferralsWorld;
  beforeEach(async () => {
    world = await ReferralsWorld.start();
  }, 30_000);
  afterEach(() => world.world.stop(), 30_000);

  const reviewed = async (): Promise<{ sent: string; received: string }> => {
    const { sent, received } = await world.offered();
    expect((await world.change('elena', received, 'summary')).status).toBe(204);
    return { sent, received };
  };
  const accepted = async (): Promise<{ sent: string; received: string }> => {
    const { sent, received } = await reviewed();
    const answer = await world.change('elena', received, 'acceptance', { responsible: people.bruno.member, mode: 'service' });
    expect(answer.status).toBe(204);
    return { sent, received };
  };

  it('shows the receiver byte for byte the offer the sender foresaw, and nobody else anything', async () => {
    const { sent, received } = await world.offered();
    expect(sent).not.toBe(received);
    const offer = await world.get('elena', `/api/referrals/${received}/offer`);
    expect(offer.text).toBe(offerBody(given.OFFER));
    const seen = await world.get<View>('elena', `/api/referrals/${received}`);
    expect(seen.body).toMatchObject({ side: 'receiver', status: 'Offered', terms: null, sent: null, due: '2031-03-17T12:00:00.000Z' });
    expect(seen.text).not.toMatch(/case-|consent-|organisation-|member-/);
    for (const who of ['nino', 'ugo'] as const)
      for (const handle of [sent, received]) expect((await world.get(who, `/api/referrals/${handle}`)).status).toBe(404);
    // One audience's handle is nothing to another, not even to the other side.
    expect((await world.get('elena', `/api/referrals/${sent}`)).status).toBe(404);
    expect(world.world.trail.bodies.filter(({ act, effect }) => act === 'ReadReferral' && effect === 'denied')).toHaveLength(5);
  });

  it('lists for each side what is theirs, as the single referral shows it (A14)', async () => {
    const { sent, received } = await world.offered();
    const inbox = await world.world.until(
      () => world.get<Items>('elena', '/api/referrals/inbox'),
      ({ body }) => body.items.length > 0,
    );
    expect(inbox.body.items).toEqual([
      expect.objectContaining({ handle: received, status: 'Offered', service: 'legal_advice', region: 'umbria', mine: false }),
    ]);
    expect(inbox.text).not.toMatch(/case-|consent-|organisation-|member-/);
    const outbox = await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items[0]?.['status'] === 'Offered',
    );
    expect(outbox.body.items).toEqual([expect.objectContaining({ handle: sent, case: await world.handle(CASE, coop), receiver: project })]);
    for (const who of ['nino', 'ugo'] as const)
      for (const list of ['inbox', 'outbox']) expect((await world.get<Items>(who, `/api/referrals/${list}`)).body.items).toEqual([]);
  });

  it('shows a list that includes what the caller has just written (A10)', async () => {
    const drafted = await world.post<{ handle: string }>('giulia', '/api/referrals', await world.terms());
    const atLeast = drafted.headers.get('raccordo-position') ?? '';
    const outbox = await world.get<Items>('giulia', '/api/referrals/outbox', { atLeast });
    expect(outbox.body.items.map((item) => item['handle'])).toEqual([drafted.body.handle]);
    expect((await world.get<Items>('elena', '/api/referrals/inbox')).body.items).toEqual([]);
  });

  it('makes one draft of a resent request, and two of two requests (A24)', async () => {
    const terms = await world.terms();
    const first = await world.post<{ handle: string }>('giulia', '/api/referrals', terms, { key: 'the-first-one' });
    const again = await world.post<{ handle: string }>('giulia', '/api/referrals', terms, { key: 'the-first-one' });
    const second = await world.post<{ handle: string }>('giulia', '/api/referrals', terms);
    expect([first.status, again.body.handle === first.body.handle, second.body.handle === first.body.handle]).toEqual([201, true, false]);
  });

  it('does not let anybody refer a case that is not theirs, known or not', async () => {
    const stranger = await world.post('nino', '/api/referrals', await world.terms({ receiver: project }));
    const guess = await world.post('giulia', '/api/referrals', await world.terms({ case: `umbria.${'a'.repeat(26)}` }));
    expect([stranger.status, stranger.body['title'], guess.status]).toEqual([404, 'case.not-found', 404]);
    // Ugo works for the custodian in no team: he has the organisation's handle and still no case.
    expect((await world.post('ugo', '/api/referrals', await world.terms())).status).toBe(404);
  });

  it('refuses an offer that is not what was previewed', async () => {
    const drafted = await world.post<{ handle: string }>('giulia', '/api/referrals', await world.terms());
    const preview = { ...given.digests, stage0: 'f'.repeat(64) };
    const answer = await world.change('giulia', drafted.body.handle, 'offer', { preview });
    expect([answer.status, answer.body['title']]).toEqual([409, 'referral.preview-differs']);
  });

  it('opens the summary to one named member; a colleague sees the offer and nothing more (A2)', async () => {
    const { received } = await reviewed();
    const elena = await world.get<View>('elena', `/api/referrals/${received}`);
    expect(elena.body.terms).toEqual({
      ...{ sender: coop, reason: 'competent_territory', purpose: 'direct_assistance', mode: 'service', groups: ['ID', 'CON', 'LEG'] },
      case: await world.handle(CASE, project),
    });
    const bruno = await world.get<View>('bruno', `/api/referrals/${received}`);
    expect([bruno.body.status, bruno.body.terms]).toEqual(['UnderReview', null]);
    expect((await world.get('bruno', `/api/referrals/${received}/clarifications`)).status).toBe(403);
  });

  it('discloses nothing without a consent in force, and nothing on old news', async () => {
    const { received } = await world.offered();
    await world.world.tell('cases', 'ConsentExpired', given.assessment, given.consents[given.assessment] ?? {});
    const answer = await world.change('elena', received, 'summary');
    expect([answer.status, answer.body['title']]).toEqual([409, 'referral.no-basis']);
    const later = await ReferralsWorld.start();
    try {
      const offered = await later.offered();
      later.world.clock.at = '2031-03-14T12:00:05.000Z';
      const stale = await later.change('elena', offered.received, 'summary');
      expect([stale.status, stale.body['title'], stale.headers.get('retry-after')]).toEqual([503, 'referral.facts-too-old', '1']);
    } finally {
      await later.world.stop();
    }
  }, 30_000);

  it('keeps questions and answers in the vault and opens them to those who asked and answered', async () => {
    const { sent, received } = await reviewed();
    expect((await world.change('elena', received, 'clarifications', { question: 'Parla italiano?' })).status).toBe(204);
    expect((await world.change('giulia', sent, 'clarifications/answers', { answer: 'Un poco.' })).status).toBe(204);
    const expected = { items: [{ number: 1, question: 'Parla italiano?', answer: 'Un poco.' }] };
    for (const [who, handle] of [
      ['elena', received],
      ['giulia', sent],
    ] as const)
      expect((await world.get(who, `/api/referrals/${handle}/clarifications`)).body).toEqual(expected);
    const stream = (await world.world.vaults.of('umbria').resolve(sent, coop)) ?? '';
    const events = await world.world.store.readStream(stream);
    expect(JSON.stringify(events)).not.toMatch(/italiano|poco/);
    // The words outlive the sweep because an event names them, and end with the file of the person.
    const notes = events.flatMap(({ data }) => ('note' in data ? [(data as { note: string }).note] : []));
    const kept = (): Promise<number> => world.world.vaults.of('umbria').sweep('2031-04-14T12:00:00.000Z');
    await world.world.until(
      () => world.world.runner.status(),
      (all) => all.find(({ name }) => name === 'keep-words-when-clarified')?.lag === 0,
    );
    await kept();
    expect((await world.world.vaults.of('umbria').describe(notes)).map(({ subject }) => subject)).toEqual([CASE, CASE]);
  });

  it('does not change what somebody has not seen: without and with an old If-Match', async () => {
    const { received, sent } = await world.offered();
    expect((await world.post('elena', `/api/referrals/${received}/summary`)).status).toBe(428);
    const old = await world.etag('elena', received);
    await world.change('giulia', sent, 'withdrawal', { reason: 'need_met' });
    expect((await world.post('elena', `/api/referrals/${received}/summary`, undefined, { ifMatch: old })).status).toBe(412);
  });

  it('tells the other side who may not do it from who may: 403 for the wrong role, 409 for the wrong side', async () => {
    const { sent, received } = await reviewed();
    const own = await world.change('giulia', sent, 'acceptance', { responsible: people.giulia.member, mode: 'service' });
    expect(own.status).toBe(403);
    await world.world.tell('regions', 'RoleEnded', people.bruno.member, { member: people.bruno.member, role: 'case_manager' });
    await world.world.tell('regions', 'RoleAssigned', people.bruno.member, {
      member: people.bruno.member,
      role: 'operator',
      disciplines: [],
    });
    const operator = await world.world.until(
      () => world.change('bruno', received, 'acceptance', { responsible: people.bruno.member, mode: 'service' }),
      ({ status }) => status === 403,
    );
    expect(operator.status).toBe(403);
  });

  it('ends with its case, and the receiver is told (A19)', async () => {
    const { sent, received } = await reviewed();
    await world.world.tell('cases', 'CaseClosed', CASE, { case: CASE, reason: 'unreachable' });
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
    expect((await world.get<View>('elena', `/api/referrals/${received}`)).body.terms).toBeNull();
    const notices = await world.world.until(
      () => world.get<Items>('elena', '/api/notices'),
      ({ body }) => body.items.some((item) => item['kind'] === 'referral-withdrawn'),
    );
    expect(notices.body.items).toContainEqual(expect.objectContaining({ kind: 'referral-withdrawn', about: received, status: 'Sent' }));
    expect(await world.statusSeen('giulia', sent)).toBe('Withdrawn');
    expect((await world.post('giulia', '/api/referrals', await world.terms())).body['title']).toBe('referral.case-closed');
  });

  it('ends when the case is erased, even after acceptance', async () => {
    const { received } = await accepted();
    await world.world.tell('cases', 'SubjectErased', 'erasure-00000000-0000-7000-8000-000000000001', { subject: CASE });
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
  });

  it('ends when the consent it needs is withdrawn and nothing else carries it; the recipients are told (A26)', async () => {
    const { received } = await accepted();
    const grant = 'accessGrant-00000000-0000-7000-8000-000000000001';
    const stream = (await world.world.vaults.of('umbria').resolve(received, project)) ?? '';
    await world.world.tell('cases', 'AccessGranted', grant, {
      ...{ grant, case: CASE, organisation: project, members: [people.bruno.member], groups: ['ID', 'CON', 'LEG'] },
      ...{
        purpose: 'direct_assistance',
        basis: { kind: 'consent', ref: given.service },
        referral: stream,
        expires: '2032-01-01T00:00:00.000Z',
      },
    });
    const disclosed = async (): Promise<string[]> => (await world.world.store.readStream(stream)).map(({ type }) => type);
    expect(await world.world.until(disclosed, (types) => types.includes('IdentityDisclosed'))).toContain('IdentityDisclosed');
    // The consent to be assessed has served: withdrawing it changes nothing any more.
    await world.world.tell('cases', 'ConsentWithdrawn', given.assessment, { ...given.consents[given.assessment], reason: 'person_asked' });
    await world.world.tell('cases', 'ConsentWithdrawn', given.service, { ...given.consents[given.service], reason: 'person_asked' });
    expect(await world.settled('elena', received, 'Withdrawn')).toBe('Withdrawn');
    const withdrawn = (await world.world.store.readStream(stream)).filter(({ type }) => type === 'ReferralWithdrawn');
    expect(withdrawn.map(({ data }) => (data as { reason: string }).reason)).toEqual(['consent_withdrawn']);
    const notices = await world.world.until(
      () => world.get<Items>('elena', '/api/notices'),
      ({ body }) => body.items.some((item) => item['kind'] === 'consent-withdrawn'),
    );
    const notice = notices.body.items.find((item) => item['kind'] === 'consent-withdrawn');
    expect(notice).toMatchObject({ about: await world.handle(CASE, project), status: 'Sent' });

    // Nobody acknowledges in time: the custodian sees on whom it waits, before and after the clock has put that on record.
    expect((await world.get<Items>('giulia', '/api/notices/unacknowledged')).body.items).toEqual([]);
    await world.world.passTo('2031-03-18T12:00:00.000Z');
    const waiting = async () => (await world.get<Items>('giulia', '/api/notices/unacknowledged')).body.items;
    expect(await waiting()).toContainEqual(expect.objectContaining({ kind: 'consent-withdrawn', recipient: project, status: 'Sent' }));
    await world.world.tick();
    const lapsed = await world.world.until(waiting, (items) =>
      items.some((item) => item['kind'] === 'consent-withdrawn' && item['status'] === 'Lapsed'),
    );
    expect(lapsed).toContainEqual(expect.objectContaining({ kind: 'consent-withdrawn', status: 'Lapsed' }));
    expect((await world.get<Items>('nino', '/api/notices')).body.items).toEqual([]);
  }, 30_000);

  it('goes on when another consent it names carries the same purpose', async () => {
    const { received } = await world.offered();
    const spare = given.service.replace('1', '9');
    await world.world.tell('cases', 'ConsentGiven', spare, { ...given.consents[given.service], consent: spare });
    const stream = (await world.world.vaults.of('umbria').resolve(received, project)) ?? '';
    const writer = await world.world.databases.writer('referrals');
    await writer.query('insert into referrals.referral_basis (referral, basis) values ($1, $2)', [stream, spare]);
    await world.world.tell('cases', 'ConsentWithdrawn', given.service, { ...given.consents[given.service], reason: 'person_asked' });
    await world.world.until(
      () => world.world.runner.freshness('withdraw-referrals-when-consent-withdrawn'),
      (fresh) => fresh === given.START,
    );
    expect(await world.statusSeen('elena', received)).toBe('Offered');
  });

  it('acknowledges a notice once, by its recipient only', async () => {
    await world.offered();
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
    const { sent, received } = await world.offered();
    const started = await accepted();
    await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items.some((item) => item['status'] === 'Accepted'),
    );
    await world.world.passTo('2031-03-17T12:00:00.000Z');
    await world.world.tick();
    expect([await world.statusSeen('giulia', sent), await world.statusSeen('elena', received)]).toEqual(['Expired', 'Expired']);
    expect(await world.statusSeen('giulia', started.sent)).toBe('Accepted');
    await world.change('bruno', started.received, 'service');
    await world.change('bruno', started.received, 'outcome', { outcome: 'provided' });
    await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items.some((item) => item['status'] === 'OutcomeReported'),
    );
    await world.world.passTo('2031-04-17T12:00:00.000Z');
    await world.world.tick();
    expect(await world.statusSeen('giulia', started.sent)).toBe('Closed');
  }, 30_000);

  it('redirects only with the sender’s agreement, and the new draft names where it comes from', async () => {
    const { sent, received } = await world.offered();
    await world.change('elena', received, 'redirect-proposal', { to: given.other });
    expect((await world.change('elena', received, 'redirect', { to: given.other })).status).toBe(403);
    const early = await world.post('giulia', '/api/referrals', await world.terms({ receiver: given.other, redirectedFrom: sent }));
    expect(early.body['title']).toBe('referral.not-redirected');
    expect((await world.change('giulia', sent, 'redirect', { to: given.other })).status).toBe(204);
    const next = await world.post('giulia', '/api/referrals', await world.terms({ receiver: given.other, redirectedFrom: sent }));
    expect(next.status).toBe(201);
  });

  it('shows a connection without a signed context nothing, and its roles own nothing', async () => {
    await world.offered();
    await world.world.until(
      () => world.get<Items>('elena', '/api/referrals/inbox'),
      ({ body }) => body.items.length > 0,
    );
    const reader = await world.world.databases.reader('referrals');
    for (const table of ['referral_inbox', 'referral_outbox', 'referral_basis', 'custody', 'basis', 'access_grant', 'notice'])
      expect(await reader.query(`select * from referrals.${table}`)).toEqual([]);
    await expect(reader.query(`update referrals.custody set open = true`)).rejects.toThrow('permission denied');
    await world.world.databases.asOwner((client) => assertServiceRolesOwnNothing(client, { schemas: ['referrals'] }));
  });

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
});
