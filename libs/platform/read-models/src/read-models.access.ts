import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Judgement, loadPolicy, mayCommand, type Policy } from '@platform/access';
import type { Authority } from '@platform/kernel';

export type ReadModelAct = 'ReadReadModels' | 'RebuildReadModel' | 'CancelRebuild';

/** The policy file stands beside the source; the built application may run without a copy of it beside the output. */
const policyFile = (): string => {
  const beside = path.join(__dirname, 'read-models.policy.yaml');
  return existsSync(beside) ? beside : beside.replace(`${path.sep}dist${path.sep}`, path.sep);
};
export const readModelsPolicy: Policy = loadPolicy(readFileSync(policyFile(), 'utf8'));

/** Judges an act on the read models of this installation. Nobody is recused from them: they are about nobody. */
export const judgeReadModels = (act: ReadModelAct, { actor, purpose }: Authority): Judgement =>
  mayCommand(readModelsPolicy, {
    command: act,
    actor,
    standings: actor.kind === 'region' ? ['own-organisation'] : [],
    purpose,
    recused: false,
  });
