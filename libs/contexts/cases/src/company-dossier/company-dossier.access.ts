import { Injectable } from '@nestjs/common';
import { ceilingFor, hide, type Judgement, mayCommand, type Policy, type Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Actor, type Authority, type Grounded, isSystem } from '@platform/kernel';
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
    const facts = held ? [held.at] : [];
    const judgement = mayCommand(policy, { ...question, standings: companyStandings(by, region, held === undefined) }, facts);
    // Whoever records a company is told whether the region knows it: nobody whose kind may know none records one, nor writes about one.
    const blind = !isSystem(by.actor) && judgement.role !== 'dpo' && knowsNone(policy, by.actor.kind);
    return judgement.effect === 'permitted' && blind ? hide({ policy: policy.hash, reasons: ['kind.no-companies'], facts }) : judgement;
  }
}

/** Organisations of this kind may know of no company: nothing, or numbers over many. */
export const knowsNone = (policy: Policy, kind: Actor['kind']): boolean => ['none', 'aggregate'].includes(ceilingFor(policy, kind).COMP);

/** How somebody stands to the companies of a region; whoever begins a dossier begins their own. */
export const companyStandings = (by: Authority, region: string, mine = false): Standing[] => [
  ...(mine ? (['own-organisation'] as const) : []),
  by.actor.region === region ? 'same-region' : 'other-region',
];
