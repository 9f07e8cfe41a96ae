import { Injectable } from '@nestjs/common';
import type { Grounded } from '@platform/kernel';
import type { OpenedCase } from '../case/case';
import { CaseBoundAccess } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { LegalBasis } from './legal-basis';
import type { LegalBasisCommand, LegalBasisFacts } from './legal-basis.decider';

/** Who writes down an act that stands in the place of a consent. */
@Injectable()
export class LegalBasisAccess extends CaseBoundAccess<LegalBasis, LegalBasisCommand, LegalBasisFacts> {
  constructor(log: CaseLog, policies: PolicyBook) {
    super(log, policies);
  }
  protected caseOf(command: LegalBasisCommand, state: LegalBasis): string | undefined {
    return command.kind === 'RecordLegalBasis' ? command.body.case : state?.scope.case;
  }
  protected facts(
    _command: LegalBasisCommand,
    _state: LegalBasis,
    held: Folded<OpenedCase> | undefined,
  ): Promise<Grounded<LegalBasisFacts>> {
    return Promise.resolve({ value: held ? { case: { custodian: held.state.custodian.organisation } } : {}, facts: [] });
  }
}
