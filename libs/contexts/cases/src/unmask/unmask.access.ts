import { Injectable } from '@nestjs/common';
import type { Standing } from '@platform/access';
import type { Authority, Grounded } from '@platform/kernel';
import type { OpenedCase } from '../case/case';
import { CaseBoundAccess } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { Unmask } from './unmask';
import type { UnmaskCommand, UnmaskFacts } from './unmask.decider';

/** Who asks for the values of a case they do not work on, and who says yes. */
@Injectable()
export class UnmaskAccess extends CaseBoundAccess<Unmask, UnmaskCommand, UnmaskFacts> {
  constructor(log: CaseLog, policies: PolicyBook) {
    super(log, policies);
  }

  protected caseOf(command: UnmaskCommand, state: Unmask): string | undefined {
    return command.kind === 'RequestUnmask' ? command.body.case : state?.what.case;
  }

  protected override more(_command: UnmaskCommand, state: Unmask, by: Authority): Standing[] {
    return state?.what.member === by.actor.member ? ['own-act'] : [];
  }

  protected facts(
    command: UnmaskCommand,
    state: Unmask,
    held: Folded<OpenedCase> | undefined,
    by: Authority,
  ): Promise<Grounded<UnmaskFacts>> {
    if (!held) return Promise.resolve({ value: {}, facts: [] });
    const { recused, custodian } = held.state;
    const file = { region: custodian.region, recused };
    const value =
      command.kind === 'ApproveUnmask' && state ? { case: file, approverIsSubordinate: mayAnswerTo(by, state) } : { case: file };
    return Promise.resolve({ value, facts: [] });
  }
}

/**
 * The platform knows no hierarchy inside an organisation, so a colleague counts as somebody who may answer to whoever asked. A data protection
 * officer takes instructions from nobody (art. 38.3 GDPR).
 */
const mayAnswerTo = ({ actor }: Authority, state: NonNullable<Unmask>): boolean =>
  actor.organisation === state.what.organisation && !actor.roles.includes('dpo');
