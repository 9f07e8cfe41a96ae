import { FIELD_GROUPS } from '@platform/kernel';
import * as fc from 'fast-check';
import { casePolicy } from '../test/case-database';
import { ASKED_PURPOSES, CASES, histories } from '../test/histories';
import { allowed, footings, shouldSee } from '../test/oracle';
import { emptyRows, type Fault, FAULTS, type Happening, type Member, MEMBERS, type Rows, take, viewsIn } from '../test/world';

const members = Object.keys(MEMBERS) as Member[];
let decisions = 0;

/** Plays a history against rows and policy, and compares every decision with what the oracle says of the same history. */
function play(tried: readonly Happening[], fault?: Fault): void {
  const rows = emptyRows();
  const history: Happening[] = [];
  tried.forEach((e, n) => {
    const [did, should] = [take(rows, e, fault), allowed(history, e)];
    if (did !== should) throw new Error(`${e.type} was ${did ? 'let happen' : 'refused'} against the rules`);
    if (!did) return;
    history.push(e);
    // The future is asked about now and then: what is granted today must end by itself.
    const times = n % 5 === 0 || n === tried.length - 1 ? [e.at, e.at + 1, e.at + 4, e.at + 24] : [e.at];
    for (const of of 'case' in e ? [e.case] : CASES)
      for (const at of times) for (const member of members) compare(rows, history, { member, of, at }, fault);
  });
}

function compare(
  rows: Rows,
  history: readonly Happening[],
  { member, of, at }: { readonly member: Member; readonly of: string; readonly at: number },
  fault?: Fault,
): void {
  const grounds = footings(history, member, of, at);
  for (const purpose of ASKED_PURPOSES) {
    decisions++;
    const { views } = viewsIn(rows, casePolicy, member, of, purpose, at, fault);
    const wanted = shouldSee(history, grounds, { member, of, purpose });
    for (const group of FIELD_GROUPS) {
      if (views[group] === wanted[group]) continue;
      throw new Error(`${member} sees ${group} of ${of} at ${at} for ${purpose}: ${views[group]}, should be ${wanted[group]}`);
    }
    const sees = FIELD_GROUPS.some((group) => views[group] !== 'none');
    if (sees && grounds.length === 0) throw new Error(`${member} reads ${of} without a live grant or a seat in its team`);
  }
}

describe('access to cases over any history', () => {
  it('is what the oracle says, and nobody reads a case without a live grant or a seat in its team', () => {
    fc.assert(
      fc.property(histories(30), (tried) => play(tried)),
      { numRuns: 300, seed: 20310314 },
    );
    console.info(`access model: 300 histories, ${decisions.toLocaleString('en')} decisions compared`);
  }, 240_000);

  it.each(FAULTS)(
    'would be found wrong if it had the fault %s',
    (fault) => {
      const result = fc.check(
        fc.property(histories(24), (tried) => play(tried, fault)),
        { numRuns: 3000, seed: 7, endOnFailure: true },
      );
      console.info(`fault ${fault}: ${result.failed ? `found after ${result.numRuns} histories` : 'not found'}`);
      expect(result.failed).toBe(true);
    },
    240_000,
  );
});
