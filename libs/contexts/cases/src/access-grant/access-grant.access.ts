import { Injectable } from '@nestjs/common';
import { PostgresDirectory } from '@platform/directory';
import type { Fact, Grounded } from '@platform/kernel';
import { Bases } from '../bases';
import type { OpenedCase } from '../case/case';
import { CaseBoundAccess } from '../case-bound';
import { CaseLog, type Folded } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { AccessGrant } from './access-grant';
import type { AccessGrantCommand } from './access-grant.decider';
import type { AccessGrantFacts, Grantee } from './access-grant-facts';

/** Who opens a case further, and what a grant can rest on at this moment. */
@Injectable()
export class AccessGrantAccess extends CaseBoundAccess<AccessGrant, AccessGrantCommand, AccessGrantFacts> {
  constructor(
    log: CaseLog,
    policies: PolicyBook,
    private readonly bases: Bases,
    private readonly directory: PostgresDirectory,
  ) {
    super(log, policies);
  }

  protected caseOf(command: AccessGrantCommand, state: AccessGrant): string | undefined {
    return command.kind === 'GrantAccess' ? command.body.case : state?.scope.case;
  }

  protected async facts(
    command: AccessGrantCommand,
    state: AccessGrant,
    held: Folded<OpenedCase> | undefined,
  ): Promise<Grounded<AccessGrantFacts>> {
    const scope = command.kind === 'GrantAccess' ? command.body : state?.scope;
    if (!held || !scope) return { value: {}, facts: [] };
    const { custodian, phase, safety, recused, shares, closedAt } = held.state;
    const basis = await this.bases.find(scope.basis);
    const grantees = (await Promise.all(scope.members.map((member) => this.#grantee(member)))).filter((one) => one !== undefined);
    const facts: Fact[] = basis ? [...basis.facts] : [];
    return {
      value: {
        case: {
          custodian: custodian.organisation,
          phase,
          sealed: safety === 'in_protection' ? ['PROT'] : [],
          recused,
          shares,
          ...(closedAt === '' ? {} : { closedAt }),
        },
        ...(basis ? { basis: basis.value } : {}),
        grantees,
      },
      facts,
    };
  }

  async #grantee(member: string): Promise<Grantee | undefined> {
    const known = await this.directory.member(member);
    return known && { member, organisation: known.organisation, kind: known.kind, roles: known.roles, active: known.active };
  }
}
