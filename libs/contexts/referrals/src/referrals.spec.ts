import { offerBody } from '@contracts';
import { assertServiceRolesOwnNothing } from '@platform/access';
import * as given from '../test/referrals-world';
import { coop, people, project, ReferralsWorld, type Subject } from '../test/referrals-world';

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
    expect((await world.change('elena', received, 'summary')).status).toBe(204);
    return { sent, received };
  };

  it('shows the receiver byte for byte the offer the sender foresaw, and nobody else anything', async () => {
    const { sent, received } = await world.offered(subject);
    expect(sent).not.toBe(received);
    const offer = await world.get('elena', `/api/referrals/${received}/offer`);
    expect(offer.text).toBe(offerBody(given.OFFER));
    const seen = await world.get<View>('elena', `/api/referrals/${received}`);
    expect(seen.body).toMatchObject({
      side: 'receiver',
      status: 'Offered',
      terms: null,
      sent: null,
      due: expect.stringMatching(/^2031-03-17T12:00:00/) as string,
    });
    expect(seen.text).not.toMatch(/case-|consent-|organisation-|member-/);
    for (const who of ['nino', 'ugo'] as const)
      for (const handle of [sent, received]) expect((await world.get(who, `/api/referrals/${handle}`)).status).toBe(404);
    // One audience's handle is nothing to another, not even to the other side.
    expect((await world.get('elena', `/api/referrals/${sent}`)).status).toBe(404);
    const denied = world.world.trail.bodies.filter(({ act, effect }) => act === 'ReadReferral' && effect === 'denied');
    expect(denied.map(({ cases }) => cases)).toEqual([[], [], [], [], []]);
  });

  it('is changed by nobody who cannot read the case: not by a colleague outside the team, not by a stranger, whatever they try (A1)', async () => {
    const { sent, received } = await reviewed();
    const stream = (await world.world.vaults.of('umbria').resolve(sent, coop)) ?? '';
    const before = (await world.world.store.readStream(stream)).length;
    const [mine, theirs] = [await world.etag('giulia', sent), await world.etag('elena', received)];
    const attempts: [string, object | undefined][] = [
      ['offer', { preview: given.digests }],
      ['summary', undefined],
      ['clarifications', { question: 'Chi è?' }],
      ['clarifications/answers', { answer: 'Nessuno.' }],
      ['acceptance', { responsible: people.nino.member, mode: 'service' }],
      ['decline', { reason: 'no_capacity' }],
      ['redirect-proposal', { to: given.other }],
      ['redirect', { to: given.other }],
      ['service', undefined],
      ['outcome', { outcome: 'provided' }],
      ['withdrawal', { reason: 'error' }],
      ['return', { reason: 'other' }],
      ['closure', undefined],
    ];
    for (const who of ['nino', 'ugo'] as const) {
      const own = await world.handle(stream, people[who].organisation);
      for (const [what, body] of attempts)
        for (const handle of new Set([sent, received, own]))
          for (const ifMatch of [mine, theirs]) {
            const answer = await world.post(who, `/api/referrals/${handle}/${what}`, body, { ifMatch });
            expect([who, what, answer.status]).toEqual([who, what, 404]);
          }
    }
    expect((await world.world.store.readStream(stream)).length).toBe(before);
    expect(await world.statusSeen('elena', received)).toBe('UnderReview');
  });

  it('lists for each side what is theirs, as the single referral shows it (A14)', async () => {
    const { sent, received } = await world.offered(subject);
    const inbox = await world.world.until(
      () => world.get<Items>('elena', '/api/referrals/inbox'),
      ({ body }) => body.items.some(({ handle }) => handle === received),
    );
    expect(inbox.body.items.filter(({ handle }) => handle === received)).toEqual([
      expect.objectContaining({ handle: received, status: 'Offered', service: 'legal_advice', region: 'umbria', mine: false }),
    ]);
    expect(inbox.text).not.toMatch(/case-|consent-|organisation-|member-/);
    const outbox = await world.world.until(
      () => world.get<Items>('giulia', '/api/referrals/outbox'),
      ({ body }) => body.items[0]?.['status'] === 'Offered',
    );
    expect(outbox.body.items.filter(({ handle }) => handle === sent)).toEqual([
      expect.objectContaining({ handle: sent, case: await world.handle(subject.case, coop), receiver: project }),
    ]);
    // What both show is the same; what only one shows is not looked for in the other.
    for (const [who, list, referral] of [
      ['elena', inbox, received],
      ['giulia', outbox, sent],
    ] as const) {
      const { body } = await world.get<{ offer: object; sent: { receiver: { organisation: string } } | null }>(
        who,
        `/api/referrals/${referral}`,
      );
      const single: Record<string, unknown> = { ...body, ...body.offer, ...body.sent, receiver: body.sent?.receiver.organisation };
      const line = list.body.items.find(({ handle }) => handle === referral) ?? {};
      const both = Object.keys(line).filter((key) => key in single && key !== 'mine');
      expect(both.length).toBeGreaterThanOrEqual(6);
      for (const key of both) expect([key, line[key]]).toEqual([key, single[key]]);
    }
    for (const who of ['nino', 'ugo'] as const)
      for (const list of ['inbox', 'outbox']) expect((await world.get<Items>(who, `/api/referrals/${list}`)).body.items).toEqual([]);
  });

  it('shows a list that includes what the caller has just written (A10)', async () => {
    const drafted = await world.post<{ handle: string }>('giulia', '/api/referrals', await world.terms(subject));
    const atLeast = drafted.headers.get('raccordo-position') ?? '';
    const outbox = await world.get<Items>('giulia', '/api/referrals/outbox', { atLeast });
    expect(outbox.body.items[0]?.['handle']).toBe(drafted.body.handle);
    // Nor does the receiver wait for what it has just accepted.
    const { received } = await reviewed();
    const terms = { responsible: people.elena.member, mode: 'service' };
    const accepted = await world.change('elena', received, 'acceptance', terms);
    const shown = await world.get<Items>('elena', '/api/referrals/inbox', { atLeast: accepted.headers.get('raccordo-position') ?? '' });
    expect(shown.body.items.find(({ handle }) => handle === received)).toMatchObject({ status: 'Accepted', mine: true });
    // A draft is nobody's but the sender's.
    const stream = (await world.world.vaults.of('umbria').resolve(drafted.body.handle, coop)) ?? '';
    const theirs = await world.handle(stream, project);
    expect((await world.get('elena', `/api/referrals/${theirs}`)).status).toBe(404);
    expect((await world.get('elena', '/api/referrals/inbox', { atLeast })).text).not.toContain(theirs);
  });

  it('makes one draft of a resent request, and two of two requests (A24)', async () => {
    const terms = await world.terms(subject);
    const first = await world.post<{ handle: string }>('giulia', '/api/referrals', terms, { key: 'the-first-one' });
    const again = await world.post<{ handle: string }>('giulia', '/api/referrals', terms, { key: 'the-first-one' });
    const second = await world.post<{ handle: string }>('giulia', '/api/referrals', terms);
    expect([first.status, again.body.handle === first.body.handle, second.body.handle === first.body.handle]).toEqual([201, true, false]);
  });

  it('does not let anybody refer a case that is not theirs, known or not', async () => {
    const stranger = await world.post('nino', '/api/referrals', await world.terms(subject, { receiver: project }));
    const guess = await world.post('giulia', '/api/referrals', await world.terms(subject, { case: `umbria.${'a'.repeat(26)}` }));
    expect([stranger.status, stranger.body['title'], guess.status]).toEqual([404, 'case.not-found', 404]);
    // Ugo works for the custodian in no team: he has the organisation's handle and still no case.
    expect((await world.post('ugo', '/api/referrals', await world.terms(subject))).status).toBe(404);
  });

  it('refuses an offer that is not what was previewed', async () => {
    const drafted = await world.post<{ handle: string }>('giulia', '/api/referrals', await world.terms(subject));
    const preview = { ...given.digests, stage0: 'f'.repeat(64) };
    const answer = await world.change('giulia', drafted.body.handle, 'offer', { preview });
    expect([answer.status, answer.body['title']]).toEqual([409, 'referral.preview-differs']);
  });

  it('opens the summary to one named member; a colleague sees the offer and nothing more (A2)', async () => {
    const { received } = await reviewed();
    const elena = await world.get<View>('elena', `/api/referrals/${received}`);
    expect(elena.body.terms).toEqual({
      ...{ sender: coop, reason: 'competent_territory', purpose: 'direct_assistance', mode: 'service', groups: ['ID', 'CON', 'LEG'] },
      case: await world.handle(subject.case, project),
    });
    const bruno = await world.get<View>('bruno', `/api/referrals/${received}`);
    expect([bruno.body.status, bruno.body.terms]).toEqual(['UnderReview', null]);
    expect((await world.get('bruno', `/api/referrals/${received}/clarifications`)).status).toBe(403);
  });

  it('discloses nothing without a consent in force, and nothing on old news', async () => {
    const bases = [{ kind: 'consent', ref: await world.handle(subject.service, coop) }];
    const { received } = await world.offered(subject, { bases });
    const answer = await world.change('elena', received, 'summary');
    expect([answer.status, answer.body['title']]).toEqual([409, 'referral.no-basis']);
    const next = await world.opened();
    const offered = await world.offered(next);
    world.world.clock.at = new Date(Date.parse(world.world.clock.at) + 5000).toISOString();
    const stale = await world.change('elena', offered.received, 'summary');
    expect([stale.status, stale.body['title'], stale.headers.get('retry-after')]).toEqual([503, 'referral.facts-too-old', '1']);
  }, 120_000);

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
    expect((await world.world.vaults.of('umbria').describe(notes)).map(({ subject }) => subject)).toEqual([subject.case, subject.case]);
  });

  it('does not change what somebody has not seen: without and with an old If-Match', async () => {
    const { received, sent } = await world.offered(subject);
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

  it('redirects only with the sender’s agreement, and the new draft names where it comes from', async () => {
    const { sent, received } = await world.offered(subject);
    await world.change('elena', received, 'redirect-proposal', { to: given.other });
    expect((await world.change('elena', received, 'redirect', { to: given.other })).status).toBe(403);
    const early = await world.post('giulia', '/api/referrals', await world.terms(subject, { receiver: given.other, redirectedFrom: sent }));
    expect(early.body['title']).toBe('referral.not-redirected');
    expect((await world.change('giulia', sent, 'redirect', { to: given.other })).status).toBe(204);
    const next = await world.post('giulia', '/api/referrals', await world.terms(subject, { receiver: given.other, redirectedFrom: sent }));
    expect(next.status).toBe(201);
  });

  it('shows a connection without a signed context nothing, and its roles own nothing', async () => {
    await world.offered(subject);
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
});
