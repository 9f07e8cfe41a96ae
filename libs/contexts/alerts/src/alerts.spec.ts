import { assertServiceRolesOwnNothing } from '@platform/access';
import { AlertsWorld, organisation, PERUGIA, SPELLO, type Who } from '../test/alerts-world';

interface Delivered {
  handle: string;
  status: string;
  content: Record<string, unknown>;
}
interface Items<T = Record<string, unknown>> {
  items: T[];
}

describe('the alerts context', () => {
  let world: AlertsWorld;
  let dossier: string;
  beforeAll(async () => {
    world = await AlertsWorld.start();
    dossier = await world.company();
    await world.workers(4, 'coop', PERUGIA, dossier);
    await world.workers(2, 'project', PERUGIA, dossier);
  }, 60_000);
  afterAll(() => world.world.stop(), 120_000);

  it('counts distinct workers and organisations, one person of two files once, and says so in bands', async () => {
    const own = await world.company();
    const [first, second] = await world.workers(2, 'coop', SPELLO, own);
    await world.workers(3, 'project', SPELLO, own);
    const alert = await world.drafted(own);
    const cohort = async () => (await world.get<{ cohort: unknown }>('giulia', alert)).body.cohort;
    expect(await cohort()).toEqual({ workers: '5-10', companies: 'under-5', enough: true });
    for (const file of [first, second])
      await world.world.tell('cases', 'CasesLinked', file ?? '', { case: file, linkId: 'one-person', reason: 'confirmed_match' });
    expect(await cohort()).toEqual({ workers: 'under-5', companies: 'under-5', enough: false });
  });

  it('counts a file no more once its subject is erased', async () => {
    const own = await world.company();
    const [gone] = await world.workers(4, 'coop', SPELLO, own);
    await world.workers(1, 'project', SPELLO, own);
    const alert = await world.drafted(own);
    expect((await world.change('giulia', alert, 'screening', { retaliationRisk: false })).status).toBe(204);
    await world.world.tell('cases', 'SubjectErased', 'erasure-00000000-0000-7000-8000-000000000001', { subject: gone });
    const answer = await world.change('giulia', alert, 'issue', { audience: ['labour_inspectorate'] });
    expect([answer.status, answer.body['title']]).toEqual([409, 'alert.cohort-too-small']);
    expect((await world.change('giulia', alert, 'hold', { reason: 'cohort_too_small' })).status).toBe(204);
    expect((await world.get<{ status: string }>('giulia', alert)).body.status).toBe('Held');
  });

  it('asks for two organisations, and takes reports of organisations without a case for such', async () => {
    const own = await world.company();
    await world.workers(5, 'coop', SPELLO, own);
    const alert = await world.drafted(own);
    const screen = () => world.change('giulia', alert, 'screening', { retaliationRisk: false });
    expect((await screen()).body['title']).toBe('alert.cohort-too-small');
    await world.world.tell('cases', 'CompanyCorroborated', own, { dossier: own, indicators: ['EX01'], reporters: 2 });
    expect((await screen()).status).toBe(204);
  });

  it('is about no person: there is no way to say it', async () => {
    const [of] = await world.workers(1, 'coop', SPELLO);
    const asCompany = { kind: 'company', company: await world.handle(of ?? '', 'coop') };
    const answer = await world.post('giulia', '/api/alerts', {
      ...{ subject: asCompany, comune: PERUGIA, sector: 'A', patterns: [], indicators: ['EX01'] },
      ...{ period: { from: '2031-02-01', to: '2031-03-01' }, expires: '2031-06-14T12:00:00Z' },
    });
    expect(answer.status).toBe(404);
    const asPerson = { ...asCompany, kind: 'person' };
    expect((await world.post('giulia', '/api/alerts', { subject: asPerson })).status).toBe(400);
  });

  it('exists for its issuer only', async () => {
    const alert = await world.drafted(dossier);
    for (const who of ['lea', 'marco', 'sara'] as const) expect((await world.get(who, alert)).status).toBe(404);
    expect((await world.get<Items>('lea', '/api/alerts')).body.items).toEqual([]);
    expect((await world.get<Items>('marco', '/api/alerts')).status).toBe(403);
    const board = await world.world.until(
      () => world.get<Items>('karim', '/api/alerts'),
      ({ body }) => body.items.some((item) => alert.endsWith(String(item['handle']))),
    );
    expect(board.text).not.toMatch(/companyDossier-|organisation-|alert-/);
  });

  it('foretells what each kind of recipient will be told, by the code that will tell it', async () => {
    const alert = await world.drafted(dossier);
    const { items } = (
      await world.get<Items<{ kind: string; signatory: boolean; content: Record<string, unknown> | null }>>('giulia', `${alert}/previews`)
    ).body;
    const told = (kind: string, signatory = false) => items.find((item) => item.kind === kind && item.signatory === signatory)?.content;
    expect(told('labour_inspectorate')).toEqual({
      ...{ profile: 'inspection', subject: 'company', region: 'umbria', province: '054', sector: 'A', workers: '5-10' },
      ...{ patterns: ['transport_by_gangmaster'], indicators: ['EX01'], period: { from: '2031-02-01', to: '2031-03-01' }, company: true },
    });
    expect([told('trade_union')?.['company'], told('trade_union', true)?.['company']]).toEqual([false, true]);
    expect(told('employers_association')).toBeNull();
  });

  it('reaches each recipient in a delivery of its own: with the company, without it, or not at all', async () => {
    for (const who of ['marco', 'sara'] as const) expect((await world.subscribed(who)).status).toBe(201);
    expect((await world.subscribed('elio', { subjects: ['territory'] })).status).toBe(201);
    expect((await world.subscribed('ivo')).body).toMatchObject({ title: 'subscription.beyond-competence' });
    const alert = await world.issued(dossier, ['labour_inspectorate', 'trade_union']);
    const [inspector] = await world.delivered<Delivered>('marco', 1);
    const [union] = await world.delivered<Delivered>('sara', 1);
    const detail = await world.get<{ company: { handle: string; revealable: string[] } }>('marco', `/api/deliveries/${inspector?.handle}`);
    expect(detail.body).toMatchObject({ status: 'Delivered', disputed: false, content: { workers: '5-10', province: '054' } });
    expect(detail.body.company.revealable).toEqual(['name']);
    expect(detail.text).not.toMatch(/054039|organisation-|companyDossier-|alert-|vault:/);
    expect((await world.get('sara', `/api/deliveries/${union?.handle}`)).body).toMatchObject({ company: null, content: { sector: 'A' } });
    expect(await world.delivered('elio', 0)).toEqual([]);

    // Recipients do not see each other, nor what the other was told.
    expect((await world.get('sara', `/api/deliveries/${inspector?.handle}`)).status).toBe(404);
    expect((await world.get('ivo', `/api/deliveries/${inspector?.handle}`)).status).toBe(404);
    const reached = await world.get<Items>('giulia', `${alert}/deliveries`);
    expect(reached.body.items.map((item) => item['recipient']).sort()).toEqual([organisation('itl'), organisation('union')].sort());
  });

  it('opens the company’s name to the inspector, with a reason and on record; to the union without agreement not', async () => {
    const [inspector] = await world.delivered<Delivered>('marco', 1);
    const [union] = await world.delivered<Delivered>('sara', 1);
    const wish = { field: 'name', reason: 'Preparazione di un accesso ispettivo' };
    const reveal = (who: Who, handle: string | undefined) => world.post(who, `/api/deliveries/${handle}/company/reveals`, wish);
    expect((await reveal('marco', inspector?.handle)).body).toEqual({ value: 'Agricola Esempio srl' });
    const entry = world.world.trail.bodies.findLast(({ act }) => act === 'RevealCompany');
    expect(entry).toMatchObject({ effect: 'permitted', groups: ['COMP'], commitments: [expect.any(String)] });
    expect((await reveal('sara', union?.handle)).status).toBe(403);
    expect((await reveal('sara', inspector?.handle)).status).toBe(404);
  });

  it('shows the company no more while it disputes what is recorded', async () => {
    const [inspector] = await world.delivered<Delivered>('marco', 1);
    const detail = () => world.get<{ company: unknown; disputed: boolean }>('marco', `/api/deliveries/${inspector?.handle}`);
    await world.world.tell('cases', 'CompanyRecordDisputed', dossier, { dossier });
    expect((await detail()).body).toMatchObject({ company: null, disputed: true });
    const wish = { field: 'name', reason: 'Preparazione di un accesso ispettivo' };
    expect((await world.post('marco', `/api/deliveries/${inspector?.handle}/company/reveals`, wish)).status).toBe(403);
    await world.world.tell('cases', 'CompanyDisputeResolved', dossier, { dossier, outcome: 'record_upheld' });
    expect((await detail()).body.disputed).toBe(false);
  });

  it('is told to a union that signed with somebody of the region, from then on, with the company', async () => {
    const agreement = 'territorialAgreement-00000000-0000-7000-8000-000000000001';
    const parties = [
      { organisation: organisation('union'), region: 'umbria' },
      { organisation: organisation('coop'), region: 'umbria' },
    ];
    const terms = { agreement, parties, scope: ['joint_case'], caps: [], expiresAt: '2032-01-01T00:00:00.000Z' };
    await world.world.tell('regions', 'AgreementActivated', agreement, terms);
    await world.issued(dossier, ['trade_union']);
    const [latest] = await world.delivered<Delivered>('sara', 2);
    expect((await world.get<{ company: object | null }>('sara', `/api/deliveries/${latest?.handle}`)).body.company).not.toBeNull();
  });

  it('is acknowledged and answered with a code; the issuer closes once all have answered', async () => {
    const own = await world.company();
    await world.workers(4, 'coop', SPELLO, own);
    await world.workers(1, 'project', SPELLO, own);
    const before = (await world.delivered<Delivered>('marco', 1)).length;
    const alert = await world.issued(own, ['labour_inspectorate']);
    const [delivery] = await world.delivered<Delivered>('marco', before + 1);
    expect((await world.change('giulia', alert, 'closure')).body['title']).toBe('alert.deliveries-open');
    const path = `/api/deliveries/${delivery?.handle}`;
    expect((await world.change('marco', path, 'answer', { outcome: 'inspection_planned' })).body['title']).toBe('alertDelivery.not-now');
    expect((await world.change('marco', path, 'acknowledgement')).status).toBe(204);
    expect((await world.change('marco', path, 'answer', { outcome: 'we went there' })).status).toBe(400);
    expect((await world.change('marco', path, 'answer', { outcome: 'inspection_planned' })).status).toBe(204);
    expect((await world.change('giulia', alert, 'closure')).status).toBe(204);
  });

  it('is taken back from those who have not answered when it is withdrawn', async () => {
    const before = (await world.delivered<Delivered>('marco', 1)).length;
    const alert = await world.issued(dossier, ['labour_inspectorate']);
    const [delivery] = await world.delivered<Delivered>('marco', before + 1);
    await world.change('giulia', alert, 'withdrawal', { reason: 'error' });
    const seen = await world.world.until(
      () => world.get<{ status: string }>('marco', `/api/deliveries/${delivery?.handle}`),
      ({ body }) => body.status === 'DeliveryWithdrawn',
    );
    expect(seen.body.status).toBe('DeliveryWithdrawn');
    const wish = { field: 'name', reason: 'Preparazione di un accesso ispettivo' };
    expect((await world.post('marco', `/api/deliveries/${delivery?.handle}/company/reveals`, wish)).status).toBe(403);
  });

  it('tells an association of employers of a territory: a region, a pattern and a rounded count from eleven on', async () => {
    await world.company().then((other) => world.workers(6, 'project', PERUGIA, other));
    const alert = await world.drafted(undefined);
    await world.change('giulia', alert, 'screening', { retaliationRisk: false });
    expect((await world.change('giulia', alert, 'issue', { audience: ['employers_association'] })).status).toBe(204);
    const [delivery] = await world.delivered<Delivered>('elio', 1);
    expect(delivery?.content).toEqual({
      ...{ profile: 'aggregate', subject: 'territory', region: 'umbria', patterns: ['transport_by_gangmaster'], rounded: 10 },
      period: { from: '2031-02-01', to: '2031-03-01' },
    });
  });

  it('does not reach whoever paused', async () => {
    const { items } = (await world.get<Items<{ handle: string; etag: string }>>('elio', '/api/subscriptions')).body;
    const [own] = items;
    const paused = await world.post('elio', `/api/subscriptions/${own?.handle}/pause`, undefined, { ifMatch: own?.etag ?? '' });
    expect(paused.status).toBe(204);
    expect((await world.post('sara', `/api/subscriptions/${own?.handle}/end`, undefined, { ifMatch: own?.etag ?? '' })).status).toBe(404);
    const before = (await world.delivered('elio', 0)).length;
    const inspected = (await world.delivered('marco', 1)).length;
    await world.issued(undefined, ['employers_association', 'labour_inspectorate'], 1);
    expect(await world.delivered('marco', inspected + 1)).toHaveLength(inspected + 1);
    expect(await world.delivered('elio', 0)).toHaveLength(before);
  });

  it('ends by the clock, and so do its deliveries', async () => {
    const alert = await world.issued(dossier, ['labour_inspectorate']);
    await world.world.until(
      () => world.get<Items>('giulia', '/api/alerts'),
      ({ body }) => body.items.some((item) => item['status'] === 'Issued' && alert.endsWith(String(item['handle']))),
    );
    const reached = () => world.get<Items>('giulia', `${alert}/deliveries`);
    await world.world.until(reached, ({ body }) => body.items.length === 1);
    await world.world.passTo('2031-06-14T12:00:00.000Z');
    await world.world.tick();
    expect((await world.get<{ status: string }>('giulia', alert)).body.status).toBe('Expired');
    const ended = await world.world.until(reached, ({ body }) => body.items[0]?.['status'] === 'DeliveryExpired');
    expect(ended.body.items[0]?.['status']).toBe('DeliveryExpired');
  });

  it('keeps small counts and single files from whoever serves requests', async () => {
    const reader = await world.world.databases.reader('alerts');
    for (const table of ['company', 'cohort', 'alert_board', 'delivery', 'subscription'])
      expect(await reader.query(`select * from alerts.${table}`)).toEqual([]);
    for (const table of ['seen_case', 'case_company'])
      await expect(reader.query(`select * from alerts.${table}`)).rejects.toThrow('permission denied');
    const writer = await world.world.databases.writer('alerts');
    const [{ least }] = await writer.query<[{ least: number }]>('select min(workers)::int as least from alerts.cohort');
    expect(least).toBeGreaterThanOrEqual(5);
    await world.world.databases.asOwner((client) => assertServiceRolesOwnNothing(client, { schemas: ['alerts'] }));
  });

  it('has the same rows after a rebuild as before', async () => {
    const writer = await world.world.databases.writer('alerts');
    const names = ['alert_board', 'delivery', 'subscription', 'cohort', 'company', 'seen_case', 'case_company'];
    const rows = () => Promise.all(names.map((table) => writer.query<object[]>(`select * from alerts.${table} t order by t::text`)));
    const before = await rows();
    for (const consumer of ['alert-board', 'alert-deliveries', 'alert-subscriptions']) await world.world.runner.rebuild(consumer);
    const rebuilding = world.world.runner.rebuild('alert-facts');
    await world.world.passTo(world.world.clock.at);
    await rebuilding;
    await world.world.until(
      () => world.world.runner.status(),
      (all) => all.every(({ lag }) => !lag),
    );
    expect(await rows()).toEqual(before);
  });
});
