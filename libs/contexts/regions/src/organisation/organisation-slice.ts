import type { Slice } from '@platform/commanding';
import type { Organisation, OrganisationEvent } from './organisation';
import { type OrganisationCommand, organisationCommands, organisationDecider, type OrganisationFacts } from './organisation.decider';

export const organisationSlice: Slice<Organisation, OrganisationCommand, OrganisationEvent, OrganisationFacts> = {
  context: 'regions',
  noun: 'organisation',
  decider: organisationDecider,
  commands: organisationCommands,
  regionOf: (command, by) => (command.kind === 'RegisterOrganisation' ? command.profile.region : by.actor.region),
};
