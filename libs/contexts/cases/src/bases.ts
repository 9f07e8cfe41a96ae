import { Injectable } from '@nestjs/common';
import type { Grounded } from '@platform/kernel';
import type { BasisFact, BasisRef } from './basis';
import { CaseLog } from './case-log';
import { consentDecider } from './consent/consent.decider';
import { legalBasisDecider } from './legal-basis/legal-basis.decider';

/** Consents and legal bases as they stand in the log at this moment: what gives access is never asked of a read model. */
@Injectable()
export class Bases {
  constructor(private readonly log: CaseLog) {}

  async find({ kind, ref }: BasisRef): Promise<Grounded<BasisFact> | undefined> {
    if (kind === 'consent') {
      const found = await this.log.fold(consentDecider, ref);
      if (!found?.state) return undefined;
      const { status, scope } = found.state;
      return { value: { kind, ref, ...scope, live: status === 'Given', since: found.changedAt }, facts: [found.at] };
    }
    const found = await this.log.fold(legalBasisDecider, ref);
    if (!found?.state) return undefined;
    const { status, scope } = found.state;
    return { value: { kind, ref, ...scope, live: status === 'Recorded', since: found.changedAt }, facts: [found.at] };
  }
}
