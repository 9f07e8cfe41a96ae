import * as fc from 'fast-check';
import { parse } from 'yaml';
import { type CaseDatabase, caseDatabase, casePolicy, casePolicyText } from '../test/case-database';
import { ASKED_PURPOSES, CASES, histories } from '../test/histories';
import { asMember, instant, load, tried } from '../test/rows-in-postgres';
import { actorOf, emptyRows, type Member, MEMBERS, take } from '../test/world';
import { compileBases, compileCount, compileList, type ListAuthority } from './compile-sql';
import { showsAnything } from './decide-read';
import { type BasesRow, viewsOfRow } from './list-rows';
import { narrow } from './load-policy';
import { policyOf, type RegionPolicies } from './region-policies';
import { atLeast } from './words';

/** Toscana shows partners of a team nothing and knows no emergency; to its own people it shows no plan. */
const narrowed = (): RegionPolicies => {
  const document = parse(casePolicyText) as { relations: Record<string, { cells: string; phases: string[] }> };
  const { relations } = document;
  relations['same-team']!.cells = '- - - - - - - - - - - - -';
  relations['break-glass']!.phases = [];
  relations['custodian-team']!.cells = 'F F F F F F F F F F - F F';
  return { otherwise: casePolicy, own: new Map([['toscana', narrow(casePolicy, document)]]) };
};

describe('a list over regions of which one has its own policy', () => {
  let db: CaseDatabase;
  beforeAll(async () => {
    db = await caseDatabase();
  }, 60_000);
  afterAll(() => db.drop());

  it('holds, with and without a filter, what each region’s policy shows, and counts nothing else', async () => {
    const policies = narrowed();
    const found = { kept: 0, dropped: 0 };
    await fc.assert(
      fc.asyncProperty(histories(40), async (attempted) => {
        const rows = emptyRows();
        for (const happening of attempted) take(rows, happening);
        const at = instant(attempted.at(-1)?.at ?? 0);
        await tried(db.admin, async () => {
          await load(db.admin, rows);
          for (const member of Object.keys(MEMBERS) as Member[])
            await asMember(db.admin, db.signer, member, at, async (ask) => {
              for (const purpose of ASKED_PURPOSES) {
                const by: ListAuthority = { actor: actorOf(member), purpose, at };
                const shipped = await ask<BasesRow>(compileBases(casePolicy, by, CASES));
                for (const filters of [{}, { phase: 'Emersion' }, { region: 'toscana' }, { region: 'umbria' }]) {
                  const visible = shipped.filter((row) => {
                    const decision = viewsOfRow(policyOf(policies, row.region), by, row);
                    if (filters.region !== undefined && row.region !== filters.region) return false;
                    if (filters.phase !== undefined && (row.phase !== filters.phase || !atLeast(decision.views.PLAN, 'codes')))
                      return false;
                    return showsAnything(decision);
                  });
                  const wanted = visible.map((row) => row.case_id).sort();
                  const list = await ask<{ case_id: string }>(compileList(policies, by, { limit: 200, filters }));
                  expect([member, purpose, filters, list.map((row) => row.case_id).sort()]).toEqual([member, purpose, filters, wanted]);
                  const [count] = await ask<{ count: number }>(compileCount(policies, by, filters));
                  expect(count?.count ?? 0).toBe(wanted.length);
                  found.kept += wanted.length;
                  found.dropped += shipped.length - wanted.length;
                }
                const own = await ask<BasesRow>(compileBases(policies, by, CASES));
                for (const row of own) expect(showsAnything(viewsOfRow(policyOf(policies, row.region), by, row))).toBe(true);
              }
            });
        });
      }),
      { numRuns: 25, seed: 77 },
    );
    expect(found.kept).toBeGreaterThan(100);
    expect(found.dropped).toBeGreaterThan(100);
  }, 120_000);
});
