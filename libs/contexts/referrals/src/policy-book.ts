import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Injectable } from '@nestjs/common';
import { type CommandJudgement, loadPolicy, mayCommand, type Policy, type Standing } from '@platform/access';
import type { Authority, Fact } from '@platform/kernel';

/** The policy file stands beside the source; the built application may run without a copy of it beside the output. */
const policyFile = (): string => {
  const beside = path.join(__dirname, 'referral', 'referral.policy.yaml');
  return existsSync(beside) ? beside : beside.replace(`${path.sep}dist${path.sep}`, path.sep);
};

/** By what a side reads the record it is a side of. */
const READ_BY: Readonly<Partial<Record<Standing, string>>> = { sender: 'ReadReferral', receiver: 'ReadReferral' };

/** The policy this release ships for referrals and notices. Regions narrow what is shown of a case, not who refers. */
@Injectable()
export class PolicyBook {
  readonly shipped: Policy = loadPolicy(readFileSync(policyFile(), 'utf8'));

  judge(act: string, by: Authority, standings: readonly Standing[], facts: readonly Fact[] = []): CommandJudgement {
    const readBy = standings.map((standing) => READ_BY[standing]).find((reading) => reading !== undefined);
    return mayCommand(this.shipped, { command: act, actor: by.actor, standings, purpose: by.purpose, recused: false, readBy }, facts);
  }
}
