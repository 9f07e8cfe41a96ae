import type { Slice } from '@platform/commanding';
import type { CompanyDossier, CompanyDossierEvent } from './company-dossier';
import { type CompanyDossierCommand, companyDossierCommands } from './company-dossier-commands';
import { companyDossierDecider, type CompanyDossierFacts } from './company-dossier.decider';

export const companyDossierSlice: Slice<CompanyDossier, CompanyDossierCommand, CompanyDossierEvent, CompanyDossierFacts> = {
  context: 'cases',
  noun: 'companyDossier',
  decider: companyDossierDecider,
  commands: companyDossierCommands,
  regionOf: (_command, by) => by.actor.region,
};
