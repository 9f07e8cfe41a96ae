import { readFileSync } from 'node:fs';
import { loadPolicy, type ReadQuestion, RELATIONS, viewsFor } from '@platform/access';
import { type Figure, figure } from './figure';
import { CASE_POLICY } from './root';
import type { Sizes } from './sizes';

/** Questions of people who stand to cases in every relation, with and without a grant; about half of them are shown nothing. */
const QUESTIONS: readonly ReadQuestion[] = [...RELATIONS, 'none' as const].flatMap((relation) =>
  (['direct_assistance', 'joint_case', 'emergency'] as const).flatMap((purpose) =>
    [true, false].map((live) => ({
      ...{ kind: 'anti_trafficking_project', relation, disciplines: ['social_worker'], purpose, phase: 'FirstAssistance', acr: 2 },
      ...{ recused: false, sealedGroups: ['PROT' as const], grant: { live, groups: ['ID' as const, 'NEED' as const], purpose } },
    })),
  ),
);

/** Whole decisions (all field groups of one question) on one core. There is no tool to compare it with. */
export function checkFigures(sizes: Sizes): Figure[] {
  const policy = loadPolicy(readFileSync(CASE_POLICY, 'utf8'));
  const round = (): void => QUESTIONS.forEach((question) => viewsFor(policy, question));
  const during = (ms: number): number => {
    const began = performance.now();
    let rounds = 0;
    while (performance.now() - began < ms) {
      round();
      rounds++;
    }
    return (rounds * QUESTIONS.length) / ((performance.now() - began) / 1000);
  };
  during(200);
  return [figure('check.rate', during(sizes.checkSeconds * 1000), 'decisions/s')];
}
