import { routesOf } from '@platform/http';
import { specimen } from '../../../libs/contexts/regions/test/policy-specimen';
import { nameOf, RegionsApp } from './regions-app';

interface Person {
  readonly member: string;
  readonly name?: string;
  readonly status: string;
  readonly roles: readonly string[];
}
interface Line {
  readonly cell: string;
  readonly direction: string;
}

describe('the regions context over HTTP', () => {
  let app: RegionsApp;
  beforeAll(async () => {
    app = await RegionsApp.start();
  }, 120_000);
  afterAll(() => app?.stop(), 60_000);

  const organisation = (key: string): string => `/api/organisations/${app.ids.organisations[key]}`;
  const member = (key: keyof typeof app.ids.members): string => `/api/members/${app.ids.members[key]}`;
  const team = (key: string): string => `/api/teams/${app.ids.teams[key]}`;

  it('has no route that names no act', () => {
    const own = routesOf(app.running.app).filter(({ path }) =>
      /^\/api\/(regions|organisations|members|teams|agreements|policies)/.test(path),
    );
    expect(own.length).toBeGreaterThan(30);
    expect(own.filter(({ act, open }) => act === undefined || open === 'public')).toEqual([]);
  });

  it('tells strangers nothing', async () => {
    for (const place of ['regions', 'organisations', 'members', 'teams', 'agreements', 'policies']) {
      expect((await fetch(`${app.running.url}/api/${place}`)).status).toBe(401);
    }
  });

  it('shows every member the regions, organisations and standing teams', async () => {
    const regions = await app.get<{ items: { region: string; status: string }[] }>('teo', '/api/regions');
    expect(regions.body.items.map(({ region, status }) => [region, status])).toEqual([
      ['toscana', 'Active'],
      ['umbria', 'Active'],
    ]);
    const organisations = await app.get<{ items: { designation: string; sector: string }[] }>(
      'teo',
      '/api/organisations?region=umbria&sector=public',
    );
    expect(organisations.body.items.map(({ designation }) => designation)).toEqual(['Ente health-umbria', 'Ente office-umbria']);
    const teams = await app.get<{ items: { designation: string }[] }>('teo', '/api/teams');
    expect(teams.body.items.map(({ designation }) => designation)).toEqual(['Équipe umbra']);
  });

  it('shows colleagues by name, and people of other organisations not at all', async () => {
    const own = await app.get<{ items: Person[] }>('dino', '/api/members');
    expect(own.body.items.map(({ name }) => name).sort()).toEqual([nameOf('carla'), nameOf('dino')]);
    expect(own.text).not.toMatch(/vault:|login/);
    const others = await app.get('dino', `/api/members?organisation=${app.ids.organisations['project-toscana']}`);
    expect(others.status).toBe(404);
    expect((await app.get('dino', member('elena'))).status).toBe(404);
    const overseen = await app.get<{ items: Person[] }>('dora', `/api/members?organisation=${app.ids.organisations['project-umbria']}`);
    expect(overseen.body.items).toHaveLength(2);
    const inTeam = await app.get<{ items: Person[] }>('livia', `/api/members?team=${app.ids.teams['team-umbria']}`);
    expect(inTeam.body.items.map(({ name }) => name).sort()).toEqual([nameOf('carla'), nameOf('livia')]);
  });

  it('keeps names in the vault alone', async () => {
    const tables = await app.running.foundation.databases.asOwner(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('regions', 'event_store', 'bus', 'vault')`,
      );
      const texts = await Promise.all(
        rows.map(({ name }) => client.query(`select t::text as row from ${name} t`).then((found) => JSON.stringify(found.rows))),
      );
      return new Map(rows.map(({ name }, n) => [name, texts[n] ?? '']));
    });
    expect([...tables.keys()]).toEqual(expect.arrayContaining(['regions.staff_register', 'event_store.event']));
    expect([...tables].filter(([, text]) => text.includes('Canarino')).map(([name]) => name)).toEqual([]);
  });

  it('takes in an organisation and its first administrator at the word of the region’s office', async () => {
    const body = { kind: 'association', designation: 'Associazione Nuova' };
    expect((await app.post('carla', '/api/organisations', body)).status).toBe(404);
    const registered = await app.post<{ organisation: string }>('anna', '/api/organisations', body);
    expect(registered.status).toBe(201);
    const place = `/api/organisations/${registered.body.organisation}`;
    const papers = { agreement: 'ab'.repeat(32), signedOn: '2025-02-01' };
    expect((await app.change('anna', place, 'accreditation', papers, 2)).status).not.toBe(204);
    expect((await app.change('olga', place, 'accreditation', papers)).status).toBe(404);
    expect((await app.change('anna', place, 'accreditation', papers)).status).toBe(204);
    expect((await app.get<{ status: string }>('anna', place, 3)).body.status).toBe('Accredited');
    const person = {
      organisation: registered.body.organisation,
      issuer: 'https://issuer.example',
      subject: 'subject-1',
      name: 'Mara Canarino',
    };
    const invited = await app.post<{ member: string }>('anna', '/api/members', person);
    expect(invited.status).toBe(201);
    expect((await app.post('anna', '/api/members', person)).body).toMatchObject({ title: 'member.login-taken' });
    const role = { role: 'administrator', disciplines: ['supervisor'] };
    expect((await app.change('anna', `/api/members/${invited.body.member}`, 'roles', role)).status).toBe(204);
    const shown = await app.get<Person>('anna', `/api/members/${invited.body.member}`, 3);
    expect(shown.body).toMatchObject({ name: 'Mara Canarino', status: 'Active', roles: ['administrator'] });
    const above = await app.change('anna', `/api/members/${invited.body.member}`, 'roles', {
      role: 'inspector',
      disciplines: ['labour_expert'],
    });
    expect([above.status, above.body.title]).toEqual([409, 'member.role-above-ceiling']);
  });

  it('lets nobody change their own role (A7), and nobody but administrators change others’', async () => {
    const own = await app.change('carla', member('carla'), 'roles', { role: 'case_manager', disciplines: ['coordinator'] });
    expect([own.status, own.body.title]).toEqual([409, 'member.own-role']);
    const other = await app.change('dino', member('carla'), 'roles', { role: 'case_manager', disciplines: ['coordinator'] });
    expect(other.status).toBe(403);
  });

  it('asks which version a change is for, and refuses an old one', async () => {
    const body = { reason: 'absence' };
    expect((await app.post('carla', `${member('dino')}/suspension`, body)).status).toBe(428);
    expect((await app.post('carla', `${member('dino')}/suspension`, body, { etag: '"old"' })).status).toBe(412);
  });

  it('knows a suspended member no more, and again once reinstated', async () => {
    expect((await app.change('carla', member('dino'), 'suspension', { reason: 'absence' }, 2)).status).toBe(204);
    await app.until(async () => (await app.get('dino', '/api/members')).status === 403);
    expect((await app.change('carla', member('dino'), 'reinstatement')).status).toBe(204);
    await app.until(async () => (await app.get('dino', '/api/members')).status === 200);
  });

  it('forms an interregional team, and takes out who is removed', async () => {
    const proposed = await app.post<{ team: string }>('carla', '/api/teams', { kind: 'interregional', designation: 'Équipe di confine' });
    expect(proposed.status).toBe(201);
    const place = `/api/teams/${proposed.body.team}`;
    const add = (who: 'carla' | 'teo' | 'dora', discipline: string, conflictOfInterest = false) =>
      app.change('carla', place, 'members', { member: app.ids.members[who], discipline, conflictOfInterest }, 2);
    expect((await add('carla', 'coordinator')).status).toBe(204);
    expect((await app.change('carla', place, 'constitution', {}, 2)).body.title).toBe('team.too-few-disciplines');
    expect((await add('teo', 'social_worker', true)).body.title).toBe('team.conflict-of-interest');
    expect((await add('dora', 'dpo')).body.title).toBe('team.conflict-of-interest');
    expect((await add('teo', 'social_worker')).status).toBe(204);
    expect((await app.get('elena', place)).status).toBe(404);
    // Whoever leads it sees by name whom they called in; nobody else yet.
    const called = `/api/members?team=${proposed.body.team}`;
    const names = (await app.get<{ items: { name?: string }[] }>('carla', called)).body.items.map(({ name }) => name);
    expect(names.sort()).toEqual([nameOf('carla'), nameOf('teo')]);
    for (const other of ['elena', 'livia', 'teo'] as const) expect((await app.get(other, called)).status).toBe(404);
    expect((await app.change('carla', place, 'constitution', {}, 2)).status).toBe(204);
    const teams = async (): Promise<string[]> =>
      (await app.get<{ teams: { team: string }[] }>('teo', '/api/members/me')).body.teams.map((each) => each.team);
    await app.until(async () => (await teams()).includes(proposed.body.team));
    const minutes = {
      heldOn: '2025-05-05',
      attendees: [app.ids.members.teo],
      decisions: ['tasks_assigned'],
      minutes: 'Parole di Canarino',
    };
    expect((await app.change('teo', place, 'meetings', minutes, 2)).status).toBe(204);
    const met = await app.get<{ items: object[] }>('carla', `${place}/meetings`);
    expect(met.body.items).toEqual([
      { revision: 4, heldOn: '2025-05-05', attendees: [app.ids.members.teo], decisions: ['tasks_assigned'], minutes: true },
    ]);
    expect((await app.change('carla', place, 'removals', { member: app.ids.members.teo }, 2)).status).toBe(204);
    await app.until(async () => !(await teams()).includes(proposed.body.team));
  });

  it('lets the hosts, not the guest’s own organisation, decide on a visit', async () => {
    const visit = { team: app.ids.teams['team-umbria'], discipline: 'coordinator', until: new Date(Date.now() + 86_400_000).toISOString() };
    const etag = (await app.get('elena', member('elena'), 3)).headers.get('etag') ?? '';
    expect((await app.post('elena', `${member('elena')}/visits`, visit, { acr: 3, etag })).status).not.toBe(204);
    expect((await app.get('carla', `/api/members?team=${visit.team}`)).status).toBe(200);
  });

  it('binds organisations by an agreement all parties signed; others do not learn of it', async () => {
    const [from, to] = [app.ids.organisations['project-umbria'], app.ids.organisations['project-toscana']];
    const terms = {
      parties: [
        { organisation: from, region: 'umbria' },
        { organisation: to, region: 'toscana' },
      ],
      scope: ['joint_case'],
      caps: [{ from, to, groups: ['NEED', 'TERR'] }],
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    };
    const drafted = await app.post<{ agreement: string }>('carla', '/api/agreements', terms);
    expect(drafted.status).toBe(201);
    const place = `/api/agreements/${drafted.body.agreement}`;
    expect((await app.change('carla', place, 'negotiation', {}, 2)).status).toBe(204);
    expect((await app.change('carla', place, 'signatures')).status).toBe(204);
    expect((await app.change('carla', place, 'activation', {}, 2)).body.title).toBe('territorialAgreement.unsigned');
    expect((await app.get('livia', place)).status).toBe(404);
    expect((await app.get<{ items: object[] }>('livia', '/api/agreements')).body.items).toEqual([]);
    expect((await app.change('elena', place, 'signatures')).status).toBe(204);
    expect((await app.change('elena', place, 'activation', {}, 2)).status).toBe(204);
    expect((await app.get<{ status: string }>('carla', place)).body.status).toBe('Active');
  });

  it('puts an access policy in force by the DPO’s signature under each line that widens, and supersedes the one before', async () => {
    const propose = async (change: (document: ReturnType<typeof specimen>) => void): Promise<string> => {
      const document = specimen();
      change(document);
      const proposed = await app.post<{ policy: string }>('anna', '/api/policies', { document }, { acr: 3 });
      expect(proposed.status).toBe(201);
      return `/api/policies/${proposed.body.policy}`;
    };
    const read = (place: string) => app.get<{ hash: string; status: string; number: number; lines: Line[] }>('dora', place, 3);
    const sign = async (place: string, who: 'dora' | 'anna', signs: (cell: string) => boolean) => {
      const { hash, lines } = (await read(place)).body;
      const signed = lines.filter(({ cell, direction }) => direction === 'WIDENS' && signs(cell)).map(({ cell }) => cell);
      return app.change(who, place, 'activation', { hash, signed });
    };
    const first = await propose(() => undefined);
    expect((await sign(first, 'anna', () => true)).body.title).toBe('policy.own-proposal');
    expect((await sign(first, 'dora', (cell) => cell !== 'relation.dpo.HEA')).body.title).toBe('policy.widening-unsigned');
    expect((await sign(first, 'dora', () => true)).status).toBe(204);
    await app.until(async () => (await read(first)).body.status === 'InForce');
    const second = await propose(({ relations }) => void (relations['same-team']!.acr = 3));
    expect((await read(second)).body).toMatchObject({ number: 2, lines: [{ cell: 'relation.same-team.acr', direction: 'NARROWS' }] });
    expect((await sign(second, 'dora', () => false)).status).toBe(204);
    await app.until(async () => (await read(first)).body.status === 'Superseded');
    expect((await read(second)).body.status).toBe('InForce');
    const faulty = await app.post<{ title: string }>('anna', '/api/policies', { document: { policy: 'cases', boss: true } }, { acr: 3 });
    expect([faulty.status, faulty.body.title]).toEqual([400, 'policy.outside-vocabulary']);
  });

  it('lets an organisation leave only when nobody is in its charge, and then knows its people no more', async () => {
    const left = await app.change('livia', organisation('health-umbria'), 'withdrawal', { reason: 'merged' });
    expect(left.status).toBe(403);
    expect((await app.change('anna', organisation('health-umbria'), 'suspension', { reason: 'investigation' })).status).toBe(204);
    await app.until(async () => (await app.get('livia', '/api/members')).status === 403);
    expect((await app.get<{ seats: object[] }>('carla', team('team-umbria'))).status).toBe(200);
  });
});
