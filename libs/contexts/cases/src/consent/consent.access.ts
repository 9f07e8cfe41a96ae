import { Injectable } from '@nestjs/common';
import type { Grounded } from '@platform/kernel';
import type { OpenedCase } from '../case/case';
import { CaseBoundAccess } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { Consent } from './consent';
import type { ConsentCommand, ConsentFacts } from './consent.decider';

/** Who writes down what the person decides. */
@Injectable()
export class ConsentAccess extends CaseBoundAccess<Consent, ConsentCommand, ConsentFacts> {
  constructor(log: CaseLog, policies: PolicyBook) {
    super(log, policies);
  }
  protected caseOf(command: ConsentCommand, state: Consent): string | undefined {
    return command.kind === 'AskConsent' ? command.body.case : state?.scope.case;
  }
  protected facts(_command: ConsentCommand, _state: Consent, held: Folded<OpenedCase> | undefined): Promise<Grounded<ConsentFacts>> {
    return Promise.resolve({ value: held ? { case: { custodian: held.state.custodian.organisation } } : {}, facts: [] });
  }
}
