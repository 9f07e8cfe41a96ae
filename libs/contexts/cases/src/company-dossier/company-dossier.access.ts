import { Injectable } from '@nestjs/common';
import { type Judgement, mayCommand, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { CaseLog } from '../case-log';
import { PolicyBook } from '../policy-book';
import type { CompanyDossier } from './company-dossier';
import type { CompanyDossierCommand } from './company-dossier-commands';
import { companyDossierDecider, type CompanyDossierFacts } from './company-dossier.decider';

/** Who writes into the dossier of a company: organisations of its region, each for themselves. */
@Injectable()
export class CompanyDossierAccess extends CommandAccess<CompanyDossier, CompanyDossierCommand, CompanyDossierFacts> {
  constructor(
    private readonly log: CaseLog,
    private readonly policies: PolicyBook,
  ) {
    super();
  }

  gather(): Promise<Grounded<CompanyDossierFacts>> {
    return Promise.resolve({ value: {}, facts: [] });
  }

  async judge(command: CompanyDossierCommand, _state: CompanyDossier, by: Authority): Promise<Judgement> {
    const held = await this.log.fold(companyDossierDecider, command.id);
    const region = held?.region ?? by.actor.region;
    const policy = await this.policies.inForce(region);
    const question = { command: command.kind, actor: by.actor, purpose: by.purpose, recused: false };
    return mayCommand(policy, { ...question, standings: companyStandings(by, region, held === undefined) }, held ? [held.at] : []);
  }
}

/** How somebody stands to the companies of a region; whoever begins a dossier begins their own. */
export const companyStandings = (by: Authority, region: string, mine = false): Standing[] => [
  ...(mine ? (['own-organisation'] as const) : []),
  by.actor.region === region ? 'same-region' : 'other-region',
];
