import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { PostgresDirectory } from '@platform/directory';
import type { Authority, Fact, Grounded } from '@platform/kernel';
import type { BasisFact, BasisRef } from '../basis';
import { Bases } from '../bases';
import { PolicyBook } from '../policy-book';
import type { Case } from './case';
import type { CaseCommand } from './case-commands';
import type { CaseFacts, TeamWorker } from './case-facts';
import { commandStandings } from './case-standing';

/** Who may command a case, and on which facts its rules decide. */
@Injectable()
export class CaseAccess extends CommandAccess<Case, CaseCommand, CaseFacts> {
  constructor(
    private readonly policies: PolicyBook,
    private readonly directory: PostgresDirectory,
    private readonly bases: Bases,
  ) {
    super();
  }

  async gather(command: CaseCommand, state: Case): Promise<Grounded<CaseFacts>> {
    switch (command.kind) {
      case 'OpenCase':
        return { value: { workers: await this.#workers(command.body.custodian.team) }, facts: [] };
      case 'AssignResponsibleWorker':
      case 'RecusePerson':
        return { value: state ? { workers: await this.#workers(state.custodian.team) } : {}, facts: [] };
      case 'RecordDocumentReference': {
        const keeper = await this.directory.organisation(command.body.keeper);
        return { value: keeper?.active ? { keeper: keeper.organisation } : {}, facts: [] };
      }
      case 'ShareCaseWithTeam': {
        const team = await this.directory.team(command.body.team);
        const { basis, facts } = await this.#basis(command.body.basis);
        return { value: { ...(team ? { sharedTeam: { kind: team.kind, active: team.active } } : {}), ...(basis ? { basis } : {}) }, facts };
      }
      case 'ReopenCase': {
        const { basis, facts } = await this.#basis(command.body.basis);
        return { value: basis ? { basis } : {}, facts };
      }
      default:
        // No educational plan exists in this release: what needs one is refused by the rules.
        return { value: {}, facts: [] };
    }
  }

  async judge(command: CaseCommand, state: Case, by: Authority): Promise<Judgement> {
    const custodian = state?.custodian ?? (command.kind === 'OpenCase' ? command.body.custodian : undefined);
    const policy = await this.policies.inForce(custodian?.region ?? by.actor.region);
    const standings: Standing[] = custodian
      ? commandStandings(by.actor, { team: custodian.team, custodian: custodian.organisation, region: custodian.region })
      : [];
    if (command.kind === 'OpenCase' && by.actor.teams.includes(command.body.custodian.team)) standings.push('own-team');
    const recused = state?.recused.includes(by.actor.member) ?? false;
    return mayCommand(policy, { command: command.kind, actor: by.actor, standings, purpose: by.purpose, recused });
  }

  async #workers(team: string): Promise<TeamWorker[]> {
    return (await this.directory.membersOf(team)).map(({ member, organisation }) => ({ member, organisation }));
  }

  async #basis(ref: BasisRef): Promise<{ basis: BasisFact | undefined; facts: readonly Fact[] }> {
    const found = await this.bases.find(ref);
    return { basis: found?.value, facts: found?.facts ?? [] };
  }
}
