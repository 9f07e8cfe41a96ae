import { DISCIPLINES, FIELD_GROUPS, type FieldGroup, PHASES, PURPOSES } from '@platform/kernel';
import * as fc from 'fast-check';
import { casePolicy } from '../test/case-database';
import { type Mutant, readMutants } from '../test/mutants';
import { plainViews } from '../test/plain-evaluator';
import { readQuestions } from '../test/questions';
import type { ReadQuestion } from './decide-read';
import { isWord, RELATIONS, SERVICE_FAMILIES } from './words';

const kinds = casePolicy.reading?.kinds ?? [];
const relations = casePolicy.reading?.relations ?? [];
const oneOfEachRow = kinds.map((row) => row.kinds[0] ?? 'none');
const CLASSES = [['educator', 'coordinator'], ['lawyer', 'supervisor'], ...DISCIPLINES.map((discipline) => [discipline])];

/** The questions the access table of a case is compared on, near the clause that was changed. */
const tableQuestions = ({ place }: Mutant): fc.Arbitrary<ReadQuestion> => {
  const [part, name, what = ''] = place.split(' ');
  const kind = part === 'kind' ? (kinds.find((row) => row.name === name)?.kinds[0] ?? 'none') : undefined;
  const bound = relations.filter((row) => row.boundBy.includes('discipline')).map((row) => row.name);
  const near =
    { relation: RELATIONS.filter((word) => word === name), limit: bound, seal: ['custodian-team' as const] }[part ?? ''] ?? RELATIONS;
  return fc.constantFrom(...near).chain((asked) => {
    const allowed = relations.find((row) => row.name === asked)?.purposes ?? [];
    return fc
      .oneof({ weight: 3, arbitrary: fc.constantFrom(...allowed) }, { weight: 1, arbitrary: fc.constantFrom(...PURPOSES) })
      .chain((purpose) =>
        fc.record(
          {
            kind: kind ? fc.constant(kind) : fc.constantFrom('anti_trafficking_project', 'anti_trafficking_project', ...oneOfEachRow),
            relation: fc.constant(asked),
            disciplines: fc.constantFrom(...(isWord(DISCIPLINES, what) ? [[what]] : CLASSES)),
            serviceFamily: fc.constantFrom(...SERVICE_FAMILIES),
            grant: fc.record({
              live: fc.constantFrom(true, true, true, false),
              groups: fc.constantFrom<readonly FieldGroup[]>(
                FIELD_GROUPS,
                ['HEA'],
                ['CON'],
                ['ID', 'NEED', 'TERR', 'EXP'],
                [],
                ...FIELD_GROUPS.map((group) => [group]),
              ),
              purpose: fc.constantFrom(purpose, purpose, purpose, 'audit'),
            }),
            purpose: fc.constant(purpose),
            phase: fc.constantFrom(...PHASES),
            acr: fc.constantFrom(0, 1, 2, 2, 2, 3),
            recused: fc.constant(false),
            sealedGroups: fc.constantFrom<readonly FieldGroup[]>([], [], ['PROT']),
            responsible: fc.boolean(),
          },
          { requiredKeys: ['kind', 'relation', 'disciplines', 'purpose', 'phase', 'acr', 'recused', 'sealedGroups', 'serviceFamily'] },
        ),
      );
  });
};

const answersOtherwise =
  ({ policy }: Mutant) =>
  (question: ReadQuestion): boolean =>
    JSON.stringify(plainViews(policy, question)) !== JSON.stringify(plainViews(casePolicy, question));

const firstDifference = (mutant: Mutant, questions: fc.Arbitrary<ReadQuestion>, numRuns: number): boolean =>
  fc.check(
    fc.property(questions, (question) => !answersOtherwise(mutant)(question)),
    { numRuns, seed: 5, endOnFailure: true },
  ).failed;

describe('the access table of a case', () => {
  it('notices every clause of the policy that is changed by one step and changes any answer', () => {
    const mutants = readMutants(casePolicy);
    const unnoticed = mutants.filter((mutant) => !firstDifference(mutant, tableQuestions(mutant), 1500));
    // A clause that another rule makes idle may change without changing an answer: then no question finds a difference, of whatever kind.
    const missed = unnoticed.filter((mutant) => firstDifference(mutant, readQuestions(casePolicy), 400));
    console.info(
      `policy mutants: ${mutants.length}, noticed ${mutants.length - unnoticed.length}, without effect ${unnoticed.length - missed.length}`,
    );
    expect(missed.map(({ place }) => place)).toEqual([]);
    expect(unnoticed.length).toBeLessThan(mutants.length / 2);
  }, 240_000);
});
