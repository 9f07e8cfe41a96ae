import { checkMachine, deciding, streamId } from '@platform/testing';
import type { OrganisationEvent } from './organisation';
import {
  AccreditOrganisation,
  type OrganisationCommand,
  organisationDecider,
  RegisterOrganisation,
  ReinstateOrganisation,
  SuspendOrganisation,
  WithdrawOrganisation,
} from './organisation.decider';

const id = streamId('organisation', 7);
const agreement = 'ab'.repeat(32);
const identity = { kind: 'association', sector: 'private_social', region: 'umbria' } as const;
const registered: OrganisationEvent = { type: 'OrganisationRegistered', data: { ...identity, designation: 'Associazione Ponte' } };
const accredited: OrganisationEvent = { type: 'OrganisationAccredited', data: { ...identity, agreement, signedOn: '2031-03-01' } };
const suspended: OrganisationEvent = { type: 'OrganisationSuspended', data: { reason: 'own_request' } };
const withdrawn: OrganisationEvent = { type: 'OrganisationWithdrawn', data: { reason: 'dissolved' } };
const pasts: Record<string, OrganisationEvent[]> = {
  '-': [],
  Registered: [registered],
  Accredited: [registered, accredited],
  Suspended: [registered, accredited, suspended],
  Withdrawn: [registered, accredited, withdrawn],
};
const commands: Record<string, OrganisationCommand> = {
  RegisterOrganisation: new RegisterOrganisation(id, { kind: 'association', region: 'umbria', designation: 'Associazione Ponte' }),
  AccreditOrganisation: new AccreditOrganisation(id, agreement, '2031-03-01'),
  SuspendOrganisation: new SuspendOrganisation(id, 'own_request'),
  ReinstateOrganisation: new ReinstateOrganisation(id),
  WithdrawOrganisation: new WithdrawOrganisation(id, 'dissolved'),
};

checkMachine({
  noun: 'organisation',
  decider: organisationDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding({ regionKnown: true, openCustody: 0 }),
  }),
});
