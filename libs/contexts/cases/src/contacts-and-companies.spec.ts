import { assertServiceRolesOwnNothing, ContextSigner, withPrincipal } from '@platform/access';
import { CasesWorld, etagOf, organisations, people, stream, type Who } from '../test/cases-world';

interface Items {
  items: Record<string, unknown>[];
}
const MEETING = { on: '2031-03-02', comune: '054039', channel: 'field_camp', language: 'fr', met: 'approached_by_team' };
const COMPANY = { name: 'Azienda Canarino', vat: 'IT 00743110157', sector: 'A', comune: '054039' };

describe('contacts and companies of the cases context', () => {
  let world: CasesWorld;
  beforeAll(async () => {
    world = await CasesWorld.start();
  }, 60_000);
  afterAll(() => world?.world.stop(), 120_000);

  const met = async (who: Who, more: object = {}): Promise<string> => {
    const answer = await world.post<{ handle: string }>(who, '/api/contacts', { ...MEETING, ...more });
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body.handle;
  };
  const listed = async (who: Who, place: 'contacts' | 'companies', handle: string): Promise<Record<string, unknown> | undefined> =>
    (await world.get<Items>(who, `/api/${place}`)).body.items?.find((item) => item.handle === handle);
  const recorded = (who: Who, more: object = {}) => world.post<{ handle: string }>(who, '/api/companies', { ...COMPANY, ...more });
  const company = async (who: Who): Promise<{ handle: string; etag: string }> => {
    const { handle } = (await recorded(who)).body;
    return { handle, etag: etagOf(await world.get(who, `/api/companies/${handle}`)) };
  };

  it('shows a contact to the organisation that met the person, and to nobody else', async () => {
    const handle = await met('karim', { needs: ['food_and_material_aid'], offered: ['legal_advice'] });
    expect(await listed('ugo', 'contacts', handle)).toMatchObject({ needs: ['food_and_material_aid'], urgent: true, revealable: [] });
    const others = await world.get<Items>('nino', '/api/contacts');
    expect(others.body.items).toEqual([]);
    expect((await world.get('nino', `/api/contacts/${handle}`)).status).toBe(404);
    expect((await world.get('enzo', '/api/contacts')).text).not.toContain(handle);
  });

  it('is not there for a colleague who may not work with contacts', async () => {
    const [handle, member, login] = [await met('karim'), stream('member', 12), 'c'.repeat(64)];
    await world.world.tell('regions', 'MemberInvited', member, { member, organisation: organisations.coop.id, region: 'umbria', login });
    await world.world.tell('regions', 'RoleAssigned', member, { member, role: 'administrator', disciplines: ['supervisor'] });
    await world.world.until(
      () => world.world.call({ login }, 'GET', '/api/contacts'),
      ({ body }) => body['title'] === 'contact.forbidden',
    );
    const told = async (method: 'GET' | 'POST', path: string, body?: object): Promise<string> => {
      const { status, body: problem } = await world.world.call({ login }, method, path, body);
      return `${status} ${String(problem['title'])}`;
    };
    const reason = 'To see whether there is such a contact';
    for (const called of [handle, `umbria.${'a'.repeat(26)}`]) {
      expect(await told('GET', `/api/contacts/${called}`)).toBe('404 contact.not-found');
      expect(await told('POST', `/api/contacts/${called}/reveals`, { field: 'ID.given_name', reason })).toBe('404 contact.not-found');
      expect(await told('POST', `/api/contacts/${called}/same`, { other: handle })).toBe('404 contact.not-found');
    }
  });

  it('keeps needs and what identifies the person out of events', async () => {
    const handle = await met('karim', {
      needs: ['food_and_material_aid'],
      person: [{ group: 'CON', field: 'phone', value: '+39 555 0101' }],
    });
    const events = await world.world.store.readStream((await world.streamOf(handle, 'coop')) ?? '');
    expect(JSON.stringify(events)).not.toMatch(/food_and_material|555 0101/);
    const shown = await world.get('ugo', `/api/contacts/${handle}`);
    expect(shown.body).toMatchObject({ revealable: ['CON.phone'] });
    expect(shown.text).not.toContain('555 0101');
  });

  it('opens a value of a contact with a reason, against one entry of the trail', async () => {
    const handle = await met('karim', { person: [{ group: 'ID', field: 'given_name', value: 'Canarino' }] });
    const ask = { field: 'ID.given_name', reason: 'She asked to be called back today' };
    const before = world.world.trail.bodies.length;
    expect((await world.post('giulia', `/api/contacts/${handle}/reveals`, ask)).body).toEqual({ value: 'Canarino' });
    expect(world.world.trail.bodies.slice(before)).toMatchObject([{ act: 'RevealContact', effect: 'permitted', groups: ['ID'] }]);
    expect(world.world.trail.bodies.at(-1)?.commitments).toHaveLength(1);
    expect((await world.post('nino', `/api/contacts/${handle}/reveals`, ask)).status).toBe(404);
  });

  it('makes a contact part of the case that grew from it', async () => {
    const handle = await met('giulia');
    await world.opened({ contact: handle });
    const linked = await world.until('giulia', `/api/contacts/${handle}`, ({ body }) => body.status === 'Linked');
    expect(linked.body.status).toBe('Linked');
  });

  it('links a contact to a case of one’s own team alone', async () => {
    const [handle, { handle: file }] = [await met('giulia'), await world.opened()];
    const { etag = '' } = (await listed('giulia', 'contacts', handle)) ?? {};
    expect((await world.at(etag, 'ugo', `/api/contacts/${handle}/link`, { case: file })).status).toBe(404);
    expect((await world.at(etag, 'nino', `/api/contacts/${handle}/link`, { case: file })).status).toBe(404);
    expect((await world.at(etag, 'giulia', `/api/contacts/${handle}/link`, { case: file })).status).toBe(204);
    expect((await listed('giulia', 'contacts', handle))?.status).toBe('Linked');
  });

  it('counts two contacts with one person once, and tells other regions nothing about few', async () => {
    const month = '2030-11';
    const [one, other] = [await met('karim', { on: `${month}-02` }), await met('karim', { on: `${month}-20` })];
    const count = async (): Promise<unknown> =>
      (await world.get<Items>('giulia', '/api/contact-counts')).body.items.find((item) => item.month === month);
    await world.world.until(count, (found) => (found as { contacts?: number } | undefined)?.contacts === 2);
    expect(await count()).toEqual({ region: 'umbria', month, contacts: 2, persons: 2 });
    const { etag = '' } = (await listed('karim', 'contacts', one)) ?? {};
    expect((await world.at(etag, 'karim', `/api/contacts/${one}/same`, { other })).status).toBe(204);
    await world.world.until(count, (found) => (found as { persons?: number } | undefined)?.persons === 1);
    expect(await count()).toEqual({ region: 'umbria', month, contacts: 2, persons: 1 });
    expect((await world.get<Items>('elena', '/api/contact-counts')).body.items).toEqual([]);
  });

  it('has one dossier for one company in a region, however its number is written', async () => {
    const first = await recorded('giulia', { vat: '00743110157' });
    const again = await recorded('nino', { name: 'Another spelling' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await world.streamOf(again.body.handle, 'project')).toBe(await world.streamOf(first.body.handle, 'coop'));
    expect(again.body.handle).not.toBe(first.body.handle);
    const events = await world.world.store.readStream((await world.streamOf(first.body.handle, 'coop')) ?? '');
    expect(events.map(({ type }) => type)).toEqual(['CompanyInvolved', 'CompanyMetAgain']);
    expect((await recorded('nino')).status).toBe(200);
    expect(await world.world.store.readStream((await world.streamOf(first.body.handle, 'coop')) ?? '')).toHaveLength(2);
  });

  it('tells nobody whose kind may know of no company whether the region knows one, not even by recording it', async () => {
    const { handle } = (await recorded('giulia')).body;
    const before = await world.world.store.head('cases@umbria');
    const answers = await Promise.all([recorded('enzo'), recorded('enzo', { vat: '07643520567' }), recorded('enzo', { vat: undefined })]);
    expect(answers.map(({ status, body }) => `${status} ${String((body as { title?: string }).title)}`)).toEqual(
      Array(3).fill('404 companyDossier.not-found'),
    );
    const called = await world.handleFor((await world.streamOf(handle, 'coop')) ?? '', 'employers');
    for (const [act, body] of [
      ['report', { indicators: ['EX01'] }],
      ['observations', { indicators: ['EX01'] }],
    ] as const)
      expect([act, (await world.post('enzo', `/api/companies/${called}/${act}`, body)).status]).toEqual([act, 404]);
    expect(await world.world.store.head('cases@umbria')).toBe(before);
  });

  it('refuses a number that is no partita IVA, at its place', async () => {
    const answer = await recorded('giulia', { vat: '00743110158' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ title: 'companyDossier.no-vat-number', errors: [{ pointer: '/vat' }] });
  });

  it('takes up a number whose dossier never came to be stored', async () => {
    const lost = stream('companyDossier', 77);
    const vault = world.world.vaults.of('umbria');
    await vault.put(lost, 'COMP', 'vat', '07643520567');
    await vault.claim('vat', await vault.label('vat', '07643520567'), lost);
    const answer = await recorded('giulia', { vat: '07643520567' });
    expect(answer.status).toBe(201);
    expect(await world.streamOf(answer.body.handle, 'coop')).toBe(lost);
  });

  it('shows companies without a name to the region, the sector alone to none who may know no company', async () => {
    const { handle } = await company('giulia');
    const shown = await world.get('giulia', `/api/companies/${handle}`);
    expect(shown.body).toMatchObject({ sector: 'A', ours: true });
    expect(shown.text).not.toMatch(/Canarino|00743110157|organisation-|companyDossier-/);
    expect((await world.get<Items>('marco', '/api/companies')).body.items.length).toBeGreaterThan(0);
    expect((await world.get('enzo', '/api/companies')).status).toBe(404);
    expect((await world.get<Items>('elena', '/api/companies')).body.items).toEqual([]);
  });

  it('opens a company’s name to organisations that met it, and to nobody else', async () => {
    const { handle } = await company('giulia');
    const ask = { field: 'name', reason: 'Preparing the report to the inspectorate' };
    expect((await world.post('giulia', `/api/companies/${handle}/reveals`, ask)).body).toEqual({ value: COMPANY.name });
    expect(world.world.trail.bodies.at(-1)).toMatchObject({ act: 'RevealCompany', groups: ['COMP'] });
    const dossier = (await world.streamOf(handle, 'coop')) ?? '';
    const theirs = await world.handleFor(dossier, 'inspectorate');
    const denied = await world.post('marco', `/api/companies/${theirs}/reveals`, ask);
    expect([denied.status, denied.text.includes('Canarino')]).toEqual([403, false]);
    expect((await world.post('giulia', `/api/companies/${handle}/reveals`, ask, { acr: 1 })).status).not.toBe(200);
  });

  it('does not tell its name to a member who is recused from a case it is linked to', async () => {
    const { handle } = await company('giulia');
    const file = await world.opened();
    const linked = await world.at(file.etag, 'giulia', `/api/cases/${file.handle}/companies`, { company: handle });
    const member = people.karim.member;
    const reason = 'works_for_involved_company';
    const recused = await world.at(etagOf(linked), 'giulia', `/api/cases/${file.handle}/recusals`, { member, reason });
    expect([linked.status, recused.status]).toEqual([204, 204]);
    // Reads of cases wait until the recusal has reached the rows.
    await world.get('giulia', `/api/cases/${file.handle}`);
    const ask = { field: 'name', reason: 'Preparing the report to the inspectorate' };
    expect((await world.post('karim', `/api/companies/${handle}/reveals`, ask)).status).toBe(403);
    expect((await world.post('giulia', `/api/companies/${handle}/reveals`, ask)).status).toBe(200);
  });

  it('goes from report over corroboration to the alert and its inspection, and never says who spoke', async () => {
    const { handle } = (await recorded('giulia', { vat: '12345670017' })).body;
    const dossier = (await world.streamOf(handle, 'coop')) ?? '';
    const [ours, theirs, inspectors] = [
      `/api/companies/${handle}`,
      `/api/companies/${await world.handleFor(dossier, 'project')}`,
      `/api/companies/${await world.handleFor(dossier, 'inspectorate')}`,
    ];
    const tag = async (who: Who, path: string): Promise<string> => etagOf(await world.get(who, path));
    const indicators = { indicators: ['EX02'] };
    expect((await world.at(await tag('giulia', ours), 'giulia', `${ours}/report`, indicators)).status).toBe(204);
    expect((await world.at(await tag('giulia', ours), 'ugo', `${ours}/corroboration`, indicators)).status).toBe(409);
    expect((await world.at(await tag('nino', theirs), 'nino', `${theirs}/corroboration`, indicators)).status).toBe(204);
    const alert = stream('alert', 1);
    const issued = { alert, subject: 'company', dossier, issuer: stream('organisation', 1), expires: '2031-05-01T00:00:00.000Z' };
    await world.world.tell('alerts', 'AlertIssued', alert, issued);
    const alerted = await world.until('nino', theirs, ({ body }) => body.status === 'Alerted');
    expect(alerted.body).toMatchObject({ status: 'Alerted', reporters: 2, indicators: ['EX02'] });
    expect(alerted.text).not.toContain('organisation');
    expect((await world.at(etagOf(alerted), 'nino', `${theirs}/inspection`, { on: '2031-03-10' })).status).toBe(404);
    expect((await world.at(await tag('marco', inspectors), 'marco', `${inspectors}/inspection`, { on: '2031-03-10' })).status).toBe(204);
  });

  it('is replied to by the company through somebody who writes it down, and judged by neither them nor a reporter', async () => {
    const { handle } = (await recorded('giulia', { vat: '01234567897' })).body;
    const dossier = (await world.streamOf(handle, 'coop')) ?? '';
    const [ours, theirs] = [`/api/companies/${handle}`, `/api/companies/${await world.handleFor(dossier, 'project')}`];
    const office = `/api/companies/${await world.handleFor(dossier, 'office')}`;
    const tag = async (who: Who, path: string): Promise<string> => etagOf(await world.get(who, path));
    const reply = { reply: 'The wages were paid: Canarino' };
    expect((await world.at(await tag('giulia', ours), 'giulia', `${ours}/report`, { indicators: ['EX02'] })).status).toBe(204);
    expect((await world.at(await tag('nino', theirs), 'nino', `${theirs}/dispute`, reply)).status).toBe(204);
    expect((await world.get('nino', theirs)).body).toMatchObject({ disputed: true });
    expect(JSON.stringify(await world.world.store.readStream(dossier))).not.toContain('wages');
    const outcome = { outcome: 'record_upheld' };
    expect((await world.at(await tag('nino', theirs), 'nino', `${theirs}/dispute-resolution`, outcome)).status).toBe(409);
    expect((await world.at(await tag('giulia', ours), 'giulia', `${ours}/dispute-resolution`, outcome)).status).toBe(409);
    expect((await world.at(await tag('dora', office), 'dora', `${office}/dispute-resolution`, outcome)).status).toBe(204);
    expect((await world.get('nino', theirs)).body).toMatchObject({ disputed: false });
  });

  it('is shown by the database itself to its own organisation and region alone, whatever is asked', async () => {
    await met('giulia');
    await recorded('giulia');
    const reader = await world.world.databases.reader('cases');
    const signer = world.world.app.get(ContextSigner, { strict: false });
    const rowsFor = (who: Who, table: string): Promise<number> =>
      withPrincipal(
        reader,
        signer,
        people[who].member,
        'direct_assistance',
        async ({ rows }) => (await rows({ text: `select 1 from cases.${table}`, values: [] })).length,
        { at: world.world.clock.at },
      );
    for (const [who, contacts, companies] of [
      ['ugo', true, true],
      ['nino', false, true],
      ['elena', false, false],
    ] as const)
      expect([who, (await rowsFor(who, 'contact')) > 0, (await rowsFor(who, 'company')) > 0]).toEqual([who, contacts, companies]);
    expect(await reader.query('select 1 from cases.contact union all select 1 from cases.company')).toEqual([]);
  });

  it('owns none of its tables as a service, and keeps what is about cases under row security', async () => {
    await world.world.databases.asOwner((client) => assertServiceRolesOwnNothing(client, { schemas: ['cases'] }));
  });

  it('is archived when the region has kept it long enough', async () => {
    const { handle } = (await recorded('giulia', { vat: '01114601006' })).body;
    expect((await listed('giulia', 'companies', handle))?.status).toBe('Involved');
    await world.world.passTo('2036-03-14T12:00:00.000Z');
    await world.world.tick();
    const archived = await world.until('giulia', `/api/companies/${handle}`, ({ body }) => body.status === 'Archived');
    expect(archived.body.status).toBe('Archived');
  });

  it('has read models that are rebuilt as they grew', async () => {
    const rows = await world.world.databases.writer('cases');
    for (const name of ['contacts', 'contact-counts', 'companies']) {
      const tables = world.world.registry.consumers.find((one) => one.name === name)?.tables ?? [];
      const image = async (): Promise<string[]> =>
        (await Promise.all(tables.map((table) => rows.query<object[]>(`select * from ${table}`))))
          .flat()
          .map((row) => JSON.stringify(row))
          .sort();
      const grown = await image();
      expect(grown.length).toBeGreaterThan(0);
      await world.world.runner.rebuild(name);
      expect(await image()).toEqual(grown);
    }
  });

  it('left nothing it stumbled over', () => expect(world.world.failed).toEqual([]));
});
