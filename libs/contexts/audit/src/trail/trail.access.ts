import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Judgement, loadPolicy, mayCommand, type Policy } from '@platform/access';
import type { Authority } from '@platform/kernel';

export type TrailAct = 'SearchTrail' | 'ReadTrailEntry' | 'CutTrail' | 'ProveTrail' | 'ExportTrail';

/** The policy file stands beside the source; the built application may run without a copy of it beside the output. */
const policyFile = (): string => {
  const beside = path.join(__dirname, 'trail.policy.yaml');
  return existsSync(beside) ? beside : beside.replace(`${path.sep}dist${path.sep}`, path.sep);
};
export const trailPolicy: Policy = loadPolicy(readFileSync(policyFile(), 'utf8'));

/** Judges a look into a region's trail. Nobody is recused from it. */
export const judgeTrail = (act: TrailAct, region: string, { actor, purpose }: Authority): Judgement =>
  mayCommand(trailPolicy, {
    command: act,
    actor,
    standings: [actor.region === region ? 'same-region' : 'other-region'],
    purpose,
    recused: false,
  });
