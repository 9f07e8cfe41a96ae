import { FIELD_GROUPS } from '@platform/kernel';
import * as fc from 'fast-check';
import { type CaseDatabase, caseDatabase, casePolicy } from '../test/case-database';
import { ASKED_PURPOSES, CASES, histories } from '../test/histories';
import { footings, shouldSee } from '../test/oracle';
import { asMember, instant, load, tried } from '../test/rows-in-postgres';
import { actorOf, emptyRows, type Happening, type Member, MEMBERS, take } from '../test/world';
import { compileBases, compileCount, compileList, type ListAuthority } from './compile-sql';
import { type BasesRow, viewsOfRow } from './list-rows';

const members = Object.keys(MEMBERS) as Member[];

describe('lists of cases on Postgres', () => {
  let db: CaseDatabase;
  let checks = 0;
  let beyondPolicy = 0;
  beforeAll(async () => {
    db = await caseDatabase();
  }, 60_000);
  afterAll(() => db.drop());

  /** What the database lets a member see of a history's rows, compared with what the oracle says of the history. */
  async function compare(history: readonly Happening[], member: Member, at: number): Promise<void> {
    const seen = await asMember(db.admin, db.signer, member, instant(at), async (ask) => {
      const envelope = (await ask<{ case_id: string }>({ text: 'select case_id from cases.case_list', values: [] })).map(
        (row) => row.case_id,
      );
      const answers = [];
      for (const purpose of ASKED_PURPOSES) {
        const by: ListAuthority = { actor: actorOf(member), purpose, at: instant(at) };
        const listed = (await ask<{ case_id: string }>(compileList(casePolicy, by, { limit: 200 }))).map((row) => row.case_id);
        const routed = (await ask<{ case_id: string }>(compileList(casePolicy, by, { limit: 200, keyView: true }))).map(
          (row) => row.case_id,
        );
        const counted = (await ask<{ count: number }>(compileCount(casePolicy, by)))[0]?.count ?? 0;
        const rows = await ask<BasesRow>(compileBases(casePolicy, by, CASES));
        answers.push({ purpose, by, listed, routed, counted, rows });
      }
      return { envelope, answers };
    });
    for (const { purpose, by, listed, routed, counted, rows } of seen.answers) {
      expect([routed, counted]).toEqual([listed, listed.length]);
      expect(rows.map((row) => row.case_id).sort()).toEqual([...listed].sort());
      for (const of of CASES) {
        checks++;
        const wanted = shouldSee(history, footings(history, member, of, at), { member, of, purpose });
        const row = rows.find((found) => found.case_id === of);
        const { views } = row ? viewsOfRow(casePolicy, by, row) : { views: shouldSee([], [], { member, of, purpose }) };
        for (const group of FIELD_GROUPS) {
          if (views[group] !== wanted[group])
            throw new Error(`${member} ${group} of ${of} at ${at} for ${purpose}: ${views[group]}, should be ${wanted[group]}`);
        }
        if (row && !seen.envelope.includes(of)) throw new Error(`the envelope hides ${of}, which ${member} may see`);
      }
    }
    for (const of of seen.envelope) {
      if (footings(history, member, of, at).length === 0) throw new Error(`the envelope shows ${of} to ${member}, who has no footing`);
      if (!seen.answers.some((answer) => answer.listed.includes(of))) beyondPolicy++;
    }
  }

  it('show what the oracle says, in list, count and detail alike, and the envelope never hides it nor shows a case without a footing', async () => {
    await fc.assert(
      fc.asyncProperty(histories(40), async (attempted) => {
        const rows = emptyRows();
        const history = attempted.filter((e) => take(rows, e));
        const now = attempted.at(-1)?.at ?? 0;
        await tried(db.admin, async () => {
          await load(db.admin, rows);
          for (const at of [now, now + 4]) for (const member of members) await compare(history, member, at);
        });
      }),
      { numRuns: 40, seed: 99 },
    );
    console.info(
      `lists on Postgres: 40 histories, ${checks.toLocaleString('en')} cases compared, envelope wider than policy in ${beyondPolicy} rows`,
    );
  }, 240_000);
});
