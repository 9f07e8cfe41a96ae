import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { type CaseDatabase, caseDatabase } from '../test/case-database';
import { AT, SEED } from '../test/case-seed';
import { assertServiceRolesOwnNothing, catalogueBreaches } from './catalogue';
import { rowSecurity } from './row-security';
import { ContextSigner } from './signed-context';
import { withPrincipal } from './with-principal';

const MINE = 'select case_id, in_force from sec.my_grants order by case_id';
const GRANTED = 'select case_id from sec.granted_cases order by case_id';
const PROBE = "select from sec.granted_cases where 1 / (case when case_id = 'case-7' then 1 else 0 end) = 1";
describe('row-level security over cases', () => {
  let db: CaseDatabase;
  beforeAll(async () => {
    db = await caseDatabase();
    await db.projector.query(SEED);
  }, 60_000);
  afterAll(() => db.drop());

  const seen = (member: string, table = 'case_list', options: { at?: string; oversight?: string } = { at: AT }): Promise<string[]> =>
    withPrincipal(
      db.reader,
      db.signer,
      member,
      'direct_assistance',
      async ({ rows }) =>
        (await rows<{ case_id: string }>({ text: `select case_id from cases.${table} order by 1`, values: [] })).map((row) => row.case_id),
      options,
    );

  it('shows a member of the custodian team the team’s cases, closed ones too, except those they are recused from', async () => {
    expect(await seen('giulia')).toEqual([1, 2, 3, 4, 5, 6, 7, 9].map((n) => `case-${n}`));
    expect(await seen('giulia', 'case_group')).toHaveLength(8);
  });

  it('shows the holder of grants only what a grant in force opens: its basis live, neither ended nor expired, the case open', async () => {
    expect(await seen('elena')).toEqual(['case-1', 'case-6']);
    expect(await seen('elena', 'case_group')).toEqual(['case-1', 'case-6']);
    expect(await seen('marco')).toEqual(['case-7']);
  });

  it('judges expiry by the deciding clock in the signed context, and an expiry now is an expiry past', async () => {
    expect(await seen('elena', 'case_list', { at: '2031-03-14T11:59:59.999Z' })).toEqual(['case-1', 'case-3', 'case-4', 'case-6']);
    expect(await seen('elena', 'case_list', { at: '2031-04-01T00:00:00.000Z' })).toEqual([]);
    expect(await seen('marco', 'case_list', { at: '2031-03-14T12:30:00.000Z' })).toEqual([]);
  });

  it('ends a visit to the team by the deciding clock', async () => {
    // Not the closed one: partners of the team have no more business with it.
    expect(await seen('visitor')).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `case-${n}`));
    expect(await seen('visitor', 'access_grant')).toHaveLength(7);
    expect(await seen('visitor', 'case_list', { at: '2031-03-14T12:00:01.000Z' })).toEqual([]);
    expect(await seen('visitor', 'access_grant', { at: '2031-03-14T12:00:01.000Z' })).toEqual([]);
  });

  it('shows nothing to a disabled member, to a member of a suspended organisation and to a stranger', async () => {
    expect([await seen('old'), await seen('xenia'), await seen('nobody')]).toEqual([[], [], []]);
  });

  it('shows an office the cases of the region it was signed for, and no other', async () => {
    expect(await seen('ada', 'case_list', { at: AT, oversight: 'umbria' })).toHaveLength(9);
    expect(await seen('ada', 'case_list', { at: AT, oversight: 'toscana' })).toEqual([]);
  });

  it('shows the rows about grants and bases to their holder and to the team that has the case', async () => {
    expect(await seen('elena', 'access_grant')).toEqual([1, 2, 3, 4, 5, 6, 9].map((n) => `case-${n}`));
    expect(await seen('marco', 'access_grant')).toEqual(['case-7']);
    expect(await seen('giulia', 'access_grant')).toHaveLength(8);
    expect(await seen('marco', 'basis')).toEqual([]);
    expect(await seen('nobody', 'access_grant')).toEqual([]);
  });

  it('shows nobody more than their own grants in the view that the envelope asks', async () => {
    const mine = (member: string, at = AT): Promise<{ case_id: string; in_force: boolean }[]> =>
      withPrincipal(db.reader, db.signer, member, 'direct_assistance', ({ rows }) => rows({ text: MINE, values: [] }), { at });
    const inForce = async (member: string, at?: string): Promise<string[]> =>
      (await mine(member, at)).filter(({ in_force }) => in_force).map(({ case_id }) => case_id);
    expect((await mine('elena')).map(({ case_id }) => case_id)).toEqual([1, 2, 3, 4, 5, 6, 9].map((n) => `case-${n}`));
    expect(await inForce('elena')).toEqual(['case-1', 'case-6', 'case-9']);
    expect(await inForce('elena', '2031-03-14T11:59:59.999Z')).toEqual([1, 3, 4, 6, 9].map((n) => `case-${n}`));
    expect(await mine('marco')).toEqual([{ case_id: 'case-7', in_force: true }]);
    for (const member of ['giulia', 'old', 'xenia', 'nobody']) expect([member, await mine(member)]).toEqual([member, []]);
    expect((await db.reader.query(MINE)).rowCount).toBe(0);
  });

  it('lets no condition of a reader look at a grant that the view holds back', async () => {
    const context = db.signer.sign({ member: 'marco', purpose: 'direct_assistance', at: AT });
    const rows = await withContext(context, async (client) => {
      const probe = "select from sec.my_grants where 1 / (case when case_id = 'case-7' then 1 else 0 end) = 1";
      return (await client.query(probe)).rowCount;
    });
    expect(rows).toBe(1);
  });

  it('shows in the view of granted cases the rows a grant opens in the table, and none to anybody else, recused or without a context', async () => {
    const granted = (member: string, at = AT): Promise<string[]> =>
      withPrincipal(
        db.reader,
        db.signer,
        member,
        'direct_assistance',
        async ({ rows }) => (await rows<{ case_id: string }>({ text: GRANTED, values: [] })).map((row) => row.case_id),
        { at },
      );
    for (const at of [AT, '2031-03-14T11:59:59.999Z', '2031-03-14T12:30:00.000Z', '2031-04-01T00:00:00.000Z'])
      for (const member of ['elena', 'marco', 'nobody', 'xenia', 'old'])
        expect([member, at, await granted(member, at)]).toEqual([member, at, await seen(member, 'case_list', { at })]);
    expect(await granted('elena')).toEqual(['case-1', 'case-6']);
    // Her team has cases, which are no matter of grants.
    expect(await granted('giulia')).toEqual([]);
    await db.projector.query("update cases.case_list set recused = array['elena'] where case_id = 'case-1'");
    expect(await granted('elena')).toEqual(['case-6']);
    await db.projector.query("update cases.case_list set recused = '{}' where case_id = 'case-1'");
    expect((await db.reader.query(GRANTED)).rowCount).toBe(0);
    const probing = withPrincipal(db.reader, db.signer, 'marco', 'emergency', ({ rows }) => rows({ text: PROBE, values: [] }), { at: AT });
    expect(await probing).toHaveLength(1);
  });

  const withContext = async <T>(context: string | undefined, read: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await db.reader.connect();
    try {
      await client.query('begin');
      if (context !== undefined) await client.query("select set_config('raccordo.ctx', $1, true)", [context]);
      return await read(client);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const count = (context?: string): Promise<number> =>
    withContext(
      context,
      async (client) => (await client.query<{ n: number }>('select count(*)::int as n from cases.case_list')).rows[0]?.n ?? -1,
    );

  it('shows nothing under a forged, swapped, expired, cut, empty or absent context', async () => {
    const good = db.signer.sign({ member: 'giulia', purpose: 'direct_assistance', at: AT });
    const of = (member: string, signer = db.signer) => signer.sign({ member, purpose: 'direct_assistance', at: AT });
    expect(await count(good)).toBe(8);
    const expired = new ContextSigner({ kid: 'k1', key: db.key }, () => Date.now() - 61_000);
    const attacks = {
      forged: of('giulia', new ContextSigner({ kid: 'k1', key: randomBytes(32) })),
      unknownKey: of('giulia', new ContextSigner({ kid: 'k2', key: db.key })),
      swapped: of('nobody').replace('|nobody|', '|giulia|'),
      widened: of('giulia').replace(`|${AT}||`, `|${AT}|umbria|`),
      expired: of('giulia', expired),
      prolonged: of('giulia', expired).replace(/\|(\d{10})\|/, (_, seconds: string) => `|${Number(seconds) + 900}|`),
      cut: good.slice(0, -1),
      garbage: "x'|; drop table",
      bars: '|||||||',
      long: 'k1|'.repeat(5000),
      empty: '',
    };
    for (const [name, context] of Object.entries(attacks)) expect([name, await count(context)]).toEqual([name, 0]);
    expect(await count(undefined)).toBe(0);
  });

  it('forgets the context at COMMIT and at ROLLBACK', async () => {
    const client = await db.reader.connect();
    try {
      const context = db.signer.sign({ member: 'giulia', purpose: 'direct_assistance', at: AT });
      for (const end of ['commit', 'rollback']) {
        await client.query('begin');
        await client.query("select set_config('raccordo.ctx', $1, true)", [context]);
        expect((await client.query('select from cases.case_list')).rowCount).toBe(8);
        await client.query(end);
        expect((await client.query('select from cases.case_list')).rowCount).toBe(0);
      }
    } finally {
      client.release();
    }
  });

  it.each([
    ['reads the signing key', 'select * from sec.mac_key'],
    ['becomes the owner', 'set role raccordo_owner'],
    ['becomes the keeper', 'set role raccordo_ctx_owner'],
    ['becomes the projector', 'set role raccordo_cases_projector'],
    ['switches row security off', 'set row_security = off; select * from cases.case_list'],
    ['disables it on the table', 'alter table cases.case_list disable row level security'],
    ['drops the policy', 'drop policy envelope on cases.case_list'],
    ['adds a policy', 'create policy mine on cases.case_list using (true)'],
    [
      'redefines the check',
      "create or replace function sec.context() returns text[] language sql as $$ select array['giulia', '2031-01-01', ''] $$",
    ],
    ['shadows it in a schema of its own', 'create schema sec2'],
    [
      'writes a grant',
      "insert into cases.access_grant values ('g', 'case-1', 'nobody', null, 'o', 'referral-accepted', '{ID}', 'p', 'c', 'consent-1', '2099-01-01', null, 'other')",
    ],
    ['joins the team', "insert into cases.directory_seat values ('team-a', 'nobody', null)"],
    ['truncates', 'truncate cases.case_list'],
    ['makes a view for later', 'create view cases.mine as select * from cases.case_list'],
  ])('refuses that a request handler %s', async (_, sql) => {
    const attempt = withContext(db.signer.sign({ member: 'giulia', purpose: 'direct_assistance', at: AT }), (client) => client.query(sql));
    await expect(attempt).rejects.toThrow(/permission denied|must be owner|would be affected by row-level security/);
  });

  it('is not fooled by a temporary table of the key’s name', async () => {
    const context = new ContextSigner({ kid: 'k9', key: Buffer.alloc(32, 7) }).sign({
      member: 'giulia',
      purpose: 'direct_assistance',
      at: AT,
    });
    const rows = await withContext(context, async (client) => {
      await client.query('create temp table mac_key (kid text, ipad bytea, opad bytea, not_after timestamptz)');
      await client.query("create temp table directory_seat as select 'team-a' as team, 'nobody' as member, null::timestamptz as until");
      await client.query("insert into mac_key values ('k9', decode(repeat('31', 64), 'hex'), decode(repeat('5b', 64), 'hex'), 'infinity')");
      return (await client.query('select from cases.case_list')).rowCount;
    });
    expect(rows).toBe(0);
  });

  it('raises no error that tells of a hidden row', async () => {
    const context = db.signer.sign({ member: 'nobody', purpose: 'direct_assistance', at: AT });
    const rows = await withContext(context, async (client) => {
      const probe = "select from cases.case_list where 1 / (case when comune like '05%' then 0 else 1 end) = 1";
      return (await client.query(probe)).rowCount;
    });
    expect(rows).toBe(0);
  });

  it('shows a plain view of the owner nothing, and the key view routing only', async () => {
    await db.databases.asOwner((owner) =>
      owner.query(
        'create or replace view cases.forgotten as select * from cases.case_list; grant select on cases.forgotten to raccordo_cases',
      ),
    );
    expect((await db.reader.query('select from cases.forgotten')).rowCount).toBe(0);
    expect(await catalogueBreaches(db.admin, { schemas: ['cases'] })).toEqual(['a view reads with its owner’s rights: cases.forgotten']);
    await db.databases.asOwner((owner) => owner.query('drop view cases.forgotten'));
    const columns = (await db.reader.query('select * from sec.case_keys limit 0')).fields.map((field) => field.name);
    for (const content of ['needs', 'comune', 'companies']) expect(columns).not.toContain(content);
  });

  it('gives the projector all rows and the owner none', async () => {
    expect((await db.projector.query('select from cases.case_list')).rowCount).toBe(9);
    expect(await db.databases.asOwner(async (owner) => (await owner.query('select from cases.case_list')).rowCount)).toBe(0);
  });

  it('reads through TypeORM in the same one transaction', async () => {
    const source = await db.databases.reader('cases');
    const rows = await withPrincipal(
      source,
      db.signer,
      'marco',
      'emergency',
      async ({ manager }) => manager?.query<{ case_id: string }[]>('select case_id from cases.case_list'),
      { at: AT },
    );
    expect(rows).toEqual([{ case_id: 'case-7' }]);
    expect(await source.query('select case_id from cases.case_list')).toEqual([]);
    await expect(
      withPrincipal(
        source,
        db.signer,
        'marco',
        'emergency',
        ({ manager }) => manager?.query('create temp table t (n int)') ?? Promise.resolve(),
        { at: AT },
      ),
    ).rejects.toThrow('read-only');
  });

  it('passes the catalogue, and the catalogue finds each breach', async () => {
    const rules = { schemas: ['cases'] };
    await assertServiceRolesOwnNothing(db.admin, rules);
    const breaches: [string, RegExp][] = [
      ['alter role raccordo_cases bypassrls', /bypass row security/],
      ['create table cases.own (n int); alter table cases.own owner to raccordo_cases', /owns an object/],
      ['grant raccordo_cases_projector to raccordo_cases', /become another role/],
      ['alter table cases.case_group no force row level security', /not under forced row security: cases.case_group/],
      ['create table cases.leak (case_id text)', /not under forced row security: cases.leak/],
      ['grant references on cases.case_list to raccordo_cases', /may references/],
      ["create function cases.f() returns int language sql security definer as 'select 1'", /search path: cases.f/],
      ['grant select on sec.mac_key to raccordo_cases_projector', /signing key: raccordo_cases_projector/],
      ['alter role raccordo_ctx_owner login', /keeper/],
    ];
    for (const [breach, told] of breaches) {
      // Roles belong to the whole server: the breach is never committed, so that no other spec meets it.
      await db.admin.query('begin');
      await db.admin.query(breach);
      await expect(assertServiceRolesOwnNothing(db.admin, rules)).rejects.toThrow(told);
      await db.admin.query('rollback');
    }
    await assertServiceRolesOwnNothing(db.admin, rules);
  });

  it('is prepared a second time without harm', async () => {
    await db.databases.prepare([rowSecurity([{ table: 'case_group' }])]);
    await assertServiceRolesOwnNothing(db.admin, { schemas: ['cases'] });
    expect(await seen('elena')).toEqual(['case-1', 'case-6']);
  });
});
