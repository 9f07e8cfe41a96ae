import * as fc from 'fast-check';
import { type CaseDatabase, caseDatabase, casePolicy } from '../test/case-database';
import { asMember, instant, tried } from '../test/rows-in-postgres';
import { compileCount, compileList, type ListAuthority, type ListPage } from './compile-sql';

const TEAMS = Array.from({ length: 20 }, (_, n) => `team-${n}`);
const AT = instant(0);

/** One case: its team, an hour it moved in (few, so that many moved in the same), and whether the coordinator may see it. */
interface Row {
  readonly team: number;
  readonly hour: number;
  readonly custodian: 'own' | 'other';
  readonly closed: boolean;
  readonly recused: boolean;
  readonly urgent: boolean;
}
const rows = fc.array(
  fc.record<Row>({
    team: fc.nat(TEAMS.length - 1),
    hour: fc.nat(40),
    custodian: fc.constantFrom('own', 'own', 'other'),
    closed: fc.boolean(),
    recused: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    urgent: fc.boolean(),
  }),
  { maxLength: 150, size: 'max' },
);
/** How the coordinator looks at them. */
const wishes = fc.record({
  limit: fc.integer({ min: 7, max: 40 }),
  sort: fc.constantFrom<'updated_at' | 'opened_on'>('updated_at', 'opened_on'),
  filters: fc.constantFrom<ListPage['filters']>({}, { urgent: true }, { phase: 'Emersion' }),
});

const coordinator = (teams?: readonly string[]): ListAuthority => ({
  actor: { member: 'coordinator', kind: 'anti_trafficking_project', disciplines: ['social_worker'], acr: 2, ...(teams && { teams }) },
  ...{ purpose: 'direct_assistance', at: AT },
});

describe('pages for members of many teams', () => {
  let db: CaseDatabase;
  beforeAll(async () => {
    db = await caseDatabase();
    await db.admin.query(`
insert into cases.directory_organisation select unnest(array['org-a', 'org-b']), 'anti_trafficking_project', 'umbria', true;
insert into cases.directory_member values ('coordinator', 'org-a', true)`);
    await db.admin.query("insert into cases.directory_seat select unnest($1::text[]), 'coordinator', null", [TEAMS]);
  }, 60_000);
  afterAll(() => db.drop());

  const load = (cases: readonly Row[]): Promise<unknown> =>
    db.admin.query(
      `insert into cases.case_list
       select * from jsonb_to_recordset($1::jsonb) as r (case_id text, region text, custodian text, team text, phase text, opened_on date, updated_at timestamptz,
         responsible text, sealed_groups text[], recused text[], needs text[], comune text, companies text[], urgent boolean)`,
      [
        JSON.stringify(
          cases.map(({ team, hour, custodian, closed, recused, urgent }, n) => ({
            ...{ case_id: `case-${n}`, region: 'umbria', custodian: custodian === 'own' ? 'org-a' : 'org-b', team: TEAMS[team] },
            ...{ phase: closed ? 'Closed' : 'Emersion', opened_on: instant(hour * 24).slice(0, 10), updated_at: instant(hour) },
            ...{ responsible: 'coordinator', sealed_groups: [], recused: recused ? ['coordinator'] : [], needs: [], comune: '054039' },
            ...{ companies: [], urgent },
          })),
        ),
      ],
    );

  /** Every page of a list, one after the other. */
  const pages = (by: ListAuthority, wish: ListPage): Promise<string[][]> =>
    asMember(db.admin, db.signer, 'coordinator', AT, async (ask) => {
      const seen: string[][] = [];
      for (let after: ListPage['after']; ;) {
        const page = await ask<{ case_id: string; key: string }>(compileList(casePolicy, by, { ...wish, ...(after && { after }) }));
        seen.push(page.map((row) => row.case_id));
        const last = page.at(-1);
        if (!last || page.length < wish.limit) return seen;
        after = { key: last.key, caseId: last.case_id };
      }
    });

  it('hold what they would hold if a full page of each team were read, in the same order, to the last one', async () => {
    let [longer, compared] = [0, 0];
    await fc.assert(
      fc.asyncProperty(rows, wishes, async (cases, wish) => {
        await tried(db.admin, async () => {
          await load(cases);
          const few = await pages(coordinator(TEAMS), wish);
          expect(few).toEqual(await pages(coordinator(), wish));
          const [counted] = await asMember(db.admin, db.signer, 'coordinator', AT, (ask) =>
            ask<{ count: number }>(compileCount(casePolicy, coordinator(TEAMS), wish.filters)),
          );
          expect(few.flat()).toHaveLength(counted?.count ?? 0);
          compared += few.length;
          if (few.length > 1) longer++;
        });
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(longer).toBeGreaterThan(20);
    console.info(`pages of many teams: ${compared} compared, ${longer} lists longer than a page`);
  }, 120_000);

  it('read few rows of each team, where a member of few teams has full pages read', () => {
    const text = (teams: number): string => compileList(casePolicy, coordinator(TEAMS.slice(0, teams)), { limit: 50 })?.text ?? '';
    expect(text(20)).toContain('limit 9)');
    expect(text(6)).toBe(compileList(casePolicy, coordinator(), { limit: 50 })?.text);
  });
});
