import { CasesWorld, etagOf, organisations, START, stream, type Who } from '../test/cases-world';

interface Items {
  items: Record<string, unknown>[];
}
const OFFICE = { purpose: 'audit', acr: 3 } as const;
const OURS = ['contact', 'contact_tally', 'company', 'dynamic', 'dynamic_witness', 'unmask', 'erasure', 'case_history'].map(
  (table) => `cases.${table}`,
);
const minutesAfter = (minutes: number): string => new Date(Date.parse(START) + minutes * 60_000).toISOString();

describe('unmasking and erasure in the cases context', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);
  beforeEach(async () => {
    if (world.world.clock.at < START) await world.world.passTo(START);
  });

  const wish = (handle: string, more: object = {}) => ({
    ...{ case: handle, groups: ['ID'], reason: 'authorised_replay', minutes: 10 },
    ...{ account: 'The replay of the night of the fire needs the name' },
    ...more,
  });
  const audited = async (record: string): Promise<string> =>
    (await world.world.vaults.of('umbria').handleFor(record, 'audit@umbria')).handle;
  const waiting = async (who: Who): Promise<Record<string, unknown>[]> =>
    (await world.get<Items>(who, '/api/unmaskings', { acr: 3 })).body.items ?? [];

  it('needs two people and the strongest sign-in, and opens what was named for minutes', async () => {
    const file = await world.opened();
    const asked = wish(await audited(file.stream));
    expect((await world.post('ada', '/api/unmaskings', asked, { purpose: 'audit', acr: 2 })).status).toBe(403);
    expect((await world.post('nino', '/api/unmaskings', asked, OFFICE)).status).toBe(404);
    const request = await world.post<{ handle: string }>('ada', '/api/unmaskings', asked, OFFICE);
    expect(request.status).toBe(201);
    const mine = `/api/unmaskings/${request.body.handle}`;
    const reveal = (who: Who, path: string, field = 'given_name', more: object = OFFICE) =>
      world.post(who, `${path}/reveals`, { group: 'ID', field }, more);
    expect((await reveal('ada', mine)).status).toBe(403);
    expect((await world.at(etagOf(request), 'ada', `${mine}/approval`, {}, OFFICE)).status).toBe(403);

    const [theirs] = await world.world.until(
      () => waiting('giulia'),
      ({ length }) => length === 1,
    );
    expect(theirs).toMatchObject({ status: 'Requested', groups: ['ID'], mine: false });
    expect(await waiting('karim')).toEqual([]);
    const approval = `/api/unmaskings/${String(theirs?.handle)}/approval`;
    expect((await world.at(theirs?.etag, 'giulia', approval, {}, { acr: 2 })).status).toBe(403);
    expect((await world.at(theirs?.etag, 'giulia', approval, {}, { acr: 3 })).status).toBe(204);

    const before = world.world.trail.bodies.length;
    expect((await reveal('ada', mine)).body).toEqual({ value: 'Canarino' });
    const [entry, ...more] = world.world.trail.bodies.slice(before);
    expect(entry).toMatchObject({ act: 'RevealUnmasked', effect: 'permitted', groups: ['ID'], acr: 3 });
    expect([entry?.commitments.length, entry?.cases.length, more]).toEqual([1, 1, []]);
    expect((await reveal('ada', mine, 'given_name', { purpose: 'audit', acr: 2 })).status).toBe(403);
    expect((await world.post('ada', `${mine}/reveals`, { group: 'CON', field: 'phone' }, OFFICE)).status).toBe(403);
    expect((await reveal('dora', mine)).status).toBe(404);

    await world.world.passTo(minutesAfter(10));
    expect((await reveal('ada', mine)).status).toBe(403);
    await world.world.tick();
    const events = await world.world.store.readStream((await world.streamOf(request.body.handle, 'office')) ?? '');
    expect(events.map(({ type }) => type)).toEqual(['UnmaskRequested', 'UnmaskApproved', 'UnmaskEnded']);
  });

  it('may be ended by whoever asked, and by nobody else before its time', async () => {
    const file = await world.opened();
    const request = await world.post<{ handle: string }>('ada', '/api/unmaskings', wish(await audited(file.stream)), OFFICE);
    const mine = `/api/unmaskings/${request.body.handle}`;
    // A data protection officer takes instructions from nobody: also not in the same house.
    const approved = await world.at(etagOf(request), 'dora', `${mine}/approval`, {}, OFFICE);
    expect(approved.status).toBe(204);
    expect((await world.at(etagOf(approved), 'dora', `${mine}/end`, {}, OFFICE)).status).toBe(403);
    expect((await world.at(etagOf(approved), 'ada', `${mine}/end`, {}, OFFICE)).status).toBe(204);
    expect((await world.post('ada', `${mine}/reveals`, { group: 'ID', field: 'given_name' }, OFFICE)).status).toBe(403);
  });

  it('never opens the protected place while the person is in protection', async () => {
    const file = await world.opened();
    const place = [{ group: 'PROT', field: 'address', value: 'Via Canarino 1' }];
    const safety = await world.at(file.etag, 'giulia', `/api/cases/${file.handle}/safety`, { status: 'in_protection', place });
    expect(safety.status).toBe(204);
    const request = await world.post<{ handle: string }>(
      'ada',
      '/api/unmaskings',
      wish(await audited(file.stream), { groups: ['PROT'] }),
      OFFICE,
    );
    const mine = `/api/unmaskings/${request.body.handle}`;
    expect((await world.at(etagOf(request), 'dora', `${mine}/approval`, {}, OFFICE)).status).toBe(204);
    const shown = await world.post('ada', `${mine}/reveals`, { group: 'PROT', field: 'address' }, OFFICE);
    expect([shown.status, shown.text.includes('Via')]).toEqual([403, false]);
  });

  it('forgets a person when one asks and the data protection officer agrees, and keeps that it happened', async () => {
    const file = await world.opened();
    const body = { subject: file.handle, ground: 'asked_by_person', account: 'She asked for it in writing' };
    // A colleague of the custodian who is not in the team learns nothing of the case.
    expect((await world.post('ugo', '/api/erasures', body)).status).toBe(404);
    const request = await world.post<{ handle: string }>('giulia', '/api/erasures', body);
    expect(request.status).toBe(201);
    const [row] = await world.world.until(
      async () => (await world.get<Items>('dora', '/api/erasures')).body.items ?? [],
      ({ length }) => length === 1,
    );
    expect(row).toMatchObject({ ground: 'asked_by_person', status: 'Requested', subject: { kind: 'case' } });
    expect((await world.get('giulia', '/api/erasures')).status).toBe(404);
    const approval = `/api/erasures/${String(row?.handle)}/approval`;
    expect((await world.at(row?.etag, 'dora', approval, {}, { acr: 2 })).status).toBe(403);
    expect((await world.at(row?.etag, 'dora', approval, {}, { acr: 3 })).status).toBe(204);
    const erasure = (await world.streamOf(request.body.handle, 'coop')) ?? '';
    const events = await world.world.until(
      () => world.world.store.readStream(erasure),
      ({ length }) => length === 3,
    );
    expect(events.map(({ type }) => type)).toEqual(['ErasureRequested', 'ErasureApproved', 'SubjectErased']);
    expect(await world.world.vaults.of('umbria').isShredded(file.stream)).toBe(true);
    expect((await world.get('giulia', `/api/cases/${file.handle}`)).status).toBe(404);
    const rows = await world.world.databases.writer('cases');
    const left = await world.world.until(
      async () => {
        const groups = await rows.query<object[]>('select 1 from cases.case_group where case_id = $1', [file.stream]);
        const lines = await rows.query<object[]>("select 1 from cases.case_history where case_id = $1 and line <> '{}'", [file.stream]);
        return [groups.length, lines.length];
      },
      ([groups, lines]) => groups === 0 && lines === 0,
    );
    const kept = await rows.query<object[]>('select 1 from cases.case_history where case_id = $1', [file.stream]);
    expect(kept.length).toBeGreaterThan(0);
    expect(left).toEqual([0, 0]);
    expect(await world.world.store.readStream(file.stream)).not.toEqual([]);
  });

  it('names the duty that stands against an erasure', async () => {
    const file = await world.opened();
    await world.post('giulia', '/api/erasures', { subject: file.handle, ground: 'asked_for_person' });
    const [row] = await world.world.until(
      async () => (await world.get<Items>('dora', '/api/erasures')).body.items ?? [],
      ({ length }) => length === 1,
    );
    const refusal = await world.at(row?.etag, 'dora', `/api/erasures/${String(row?.handle)}/refusal`, { duty: 'criminal_proceedings' });
    expect(refusal.status).toBe(204);
    expect(await world.world.vaults.of('umbria').isShredded(file.stream)).toBe(false);
  });

  it('asks for the erasure of a contact that was kept as long as it may be', async () => {
    const meeting = { on: '2031-03-02', comune: '054039', channel: 'field_camp', language: 'fr', met: 'approached_by_team' };
    const contact = await world.post<{ handle: string }>('karim', '/api/contacts', meeting);
    await world.get('karim', `/api/contacts/${contact.body.handle}`);
    await world.world.passTo('2032-03-20T12:00:00.000Z');
    await world.world.tick();
    const asked = await world.world.until(
      async () => ((await world.get<Items>('dora', '/api/erasures')).body.items ?? []).filter(({ ground }) => ground === 'retention_over'),
      ({ length }) => length === 1,
    );
    expect(asked).toMatchObject([{ subject: { kind: 'contact' }, status: 'Requested' }]);
    expect((await world.get('karim', `/api/contacts/${contact.body.handle}`)).status).toBe(404);
  });

  it('tells the vault which values events name, so that the sweep takes the others alone', async () => {
    const vault = world.world.vaults.of('umbria');
    const file = await world.opened();
    const [event] = await world.world.store.readStream(file.stream);
    const { refs } = event?.data as { refs: { ref: string }[] };
    const abandoned = await vault.put(file.stream, 'ID', 'family_name', 'Nobody');
    await world.world.until(
      () => world.world.runner.status(),
      (all) => all.find(({ name }) => name === 'cases-vault-keeper')?.lag === 0,
    );
    await world.world.vaults.sweep(new Date(Date.parse(world.world.clock.at) + 2 * 86_400_000).toISOString());
    const left = await vault.describe([...refs.map(({ ref }) => ref), abandoned]);
    expect(left.map(({ ref }) => ref).sort()).toEqual(refs.map(({ ref }) => ref).sort());
  });

  it('rests a grant on a legal basis, and ends both', async () => {
    const file = await world.opened();
    const body = {
      ...{ kind: 'judicial_order', recipient: organisations.tuscan.id, purpose: 'direct_assistance', groups: ['ID', 'CON'] },
      ...{ expires: '2033-01-01T00:00:00.000Z', issuer: 'court', act: 'Decreto 12/2031' },
    };
    const basis = await world.post<{ handle: string }>('giulia', `/api/cases/${file.handle}/legal-bases`, body);
    expect(basis.status).toBe(201);
    const ref = (await world.streamOf(basis.body.handle, 'coop')) ?? '';
    const told = {
      ...{ referral: stream('referral', 1), sender: organisations.coop.id, organisation: organisations.tuscan.id, case: file.stream },
      ...{ members: [stream('member', 9)], service: 'legal_advice', purpose: 'direct_assistance', bases: [{ kind: 'legal_basis', ref }] },
      ...{ groups: ['ID', 'CON'], mode: 'service', region: 'toscana' },
    };
    await world.world.tell('referrals', 'ReferralAccepted', told.referral, told);
    const grants = async (): Promise<Record<string, unknown>[]> =>
      (await world.get<{ grants: Record<string, unknown>[] }>('giulia', `/api/cases/${file.handle}/access`)).body.grants ?? [];
    const [grant] = await world.world.until(grants, ({ length }) => length === 1);
    expect(grant).toMatchObject({ live: true, groups: ['ID', 'CON'] });
    const path = `/api/grants/${String(grant?.handle)}`;
    const less = { groups: ['ID'], members: [stream('member', 9)], expires: body.expires };
    const narrowed = await world.at(grant?.etag, 'giulia', `${path}/narrowing`, less);
    expect(narrowed.status).toBe(204);
    const wider = await world.at(etagOf(narrowed), 'giulia', `${path}/narrowing`, { ...less, groups: ['ID', 'CON'] });
    expect(wider.body).toMatchObject({ title: 'accessGrant.only-shrinks' });
    expect((await world.at('"stale"', 'giulia', `${path}/revocation`, { reason: 'no_longer_needed' })).status).toBe(412);
    expect((await world.at(etagOf(narrowed), 'giulia', `${path}/revocation`, { reason: 'no_longer_needed' })).status).toBe(204);
    const end = `/api/legal-bases/${basis.body.handle}/end`;
    const acts = async (): Promise<unknown> =>
      (await world.get<{ legalBases: unknown }>('giulia', `/api/cases/${file.handle}/access`)).body.legalBases;
    const shown = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'act'));
    expect(await acts()).toEqual([{ handle: basis.body.handle, etag: etagOf(basis), status: 'Recorded', ...shown }]);
    expect((await world.at(etagOf(basis), 'ugo', end, { reason: 'purpose_met' })).status).toBe(404);
    expect((await world.at(etagOf(basis), 'giulia', end, { reason: 'purpose_met' })).status).toBe(204);
    expect(await grants()).toMatchObject([{ live: false }]);
    expect(await acts()).toMatchObject([{ status: 'Ended' }]);
  });

  it('tells the whole network of a territorial dynamic, and lets another region confirm it', async () => {
    const season = { comune: '054039', from: '2031-02-01', to: '2034-06-30', pattern: 'seasonal_peak' };
    expect((await world.post('giulia', '/api/dynamics', season)).status).toBe(201);
    const seen = async (who: Who): Promise<Record<string, unknown>[]> =>
      (await world.get<Items>(who, '/api/dynamics?region=umbria')).body.items ?? [];
    const [theirs] = await world.world.until(
      () => seen('elena'),
      ({ length }) => length === 1,
    );
    expect(theirs).toMatchObject({ region: 'umbria', comune: '054039', status: 'Observed', corroboratedBy: null });
    expect((await seen('marco'))[0]).toMatchObject({ province: '054' });
    expect(JSON.stringify(await seen('marco'))).not.toContain('054039');
    const [ours] = await seen('giulia');
    expect((await world.at(ours?.etag, 'nino', `/api/dynamics/${String(ours?.handle)}/corroboration`)).status).toBe(404);
    expect((await world.at(ours?.etag, 'giulia', `/api/dynamics/${String(ours?.handle)}/corroboration`)).status).toBe(403);
    expect((await world.at(theirs?.etag, 'elena', `/api/dynamics/${String(theirs?.handle)}/corroboration`)).status).toBe(204);
    const [confirmed] = await world.world.until(
      () => seen('giulia'),
      ([one]) => one?.status === 'Corroborated',
    );
    expect(confirmed).toMatchObject({ corroboratedBy: 'toscana' });
  });

  it('serves code lists and comuni to everybody at work in the network', async () => {
    const lists = await world.get<{ items: { name: string; codes: { it: string; en: string }[] }[] }>('enzo', '/api/codes');
    expect(lists.body.items.length).toBeGreaterThan(30);
    expect((await world.get<{ codes: object[] }>('enzo', '/api/codes/need')).body.codes[0]).toHaveProperty('it');
    expect((await world.get('enzo', '/api/codes/__proto__')).status).toBe(404);
    const comuni = await world.get<Items>('enzo', '/api/comuni?prefix=san&region=umbria');
    expect(comuni.body.items.length).toBeLessThanOrEqual(20);
    expect(comuni.body.items.every(({ region }) => region === 'umbria')).toBe(true);
    expect((await world.get<Items>('enzo', '/api/comuni/all?region=umbria')).body.items).toHaveLength(92);
    expect((await world.get('enzo', '/api/comuni/all')).status).toBe(400);
  });

  it('has read models that are rebuilt as they grew', async () => {
    const rows = await world.world.databases.writer('cases');
    for (const consumer of world.world.registry.consumers.filter(({ tables }) => tables.some((table) => OURS.includes(table)))) {
      const image = async (): Promise<string[]> =>
        (await Promise.all(consumer.tables.map((table) => rows.query<object[]>(`select * from ${table}`))))
          .flat()
          .map((row) => JSON.stringify(row))
          .sort();
      const grown = await image();
      await world.world.runner.rebuild(consumer.name);
      expect([consumer.name, await image()]).toEqual([consumer.name, grown]);
    }
  });

  it('left nothing it stumbled over', () => expect(world.world.failed).toEqual([]));
});
