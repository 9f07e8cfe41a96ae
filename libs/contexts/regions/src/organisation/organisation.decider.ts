import { field, type Sector } from '@contracts';
import {
  assertNever,
  Command,
  dayInItaly,
  type Decider,
  type DecisionContext,
  invalid,
  notFound,
  type OrganisationKind,
  refused,
} from '@platform/kernel';
import {
  evolveOrganisation,
  noOrganisation,
  type Organisation,
  type OrganisationEvent,
  type OrganisationSuspension,
  type OrganisationWithdrawal,
} from './organisation';
import { SECTORS_OF_KIND } from './sectors';

/** What is said about an organisation when it is entered. */
export interface OrganisationProfile {
  readonly kind: OrganisationKind;
  readonly region: string;
  /** Assumed from the kind when absent. */
  readonly sector?: Sector;
  /** Public designation; not for companies. */
  readonly designation?: string;
  /** Vault reference to a company's name. */
  readonly nameRef?: string;
}

export class RegisterOrganisation extends Command {
  readonly kind = 'RegisterOrganisation';
  constructor(
    readonly id: string,
    readonly profile: OrganisationProfile,
  ) {
    super();
  }
}
export class AccreditOrganisation extends Command {
  readonly kind = 'AccreditOrganisation';
  /** @param agreement digest (hex SHA-256) of the signed data-sharing agreement, @param signedOn its day */
  constructor(
    readonly id: string,
    readonly agreement: string | undefined,
    readonly signedOn: string | undefined,
  ) {
    super();
  }
}
export class SuspendOrganisation extends Command {
  readonly kind = 'SuspendOrganisation';
  constructor(
    readonly id: string,
    readonly reason: OrganisationSuspension,
  ) {
    super();
  }
}
export class ReinstateOrganisation extends Command {
  readonly kind = 'ReinstateOrganisation';
  constructor(readonly id: string) {
    super();
  }
}
export class WithdrawOrganisation extends Command {
  readonly kind = 'WithdrawOrganisation';
  constructor(
    readonly id: string,
    readonly reason: OrganisationWithdrawal,
  ) {
    super();
  }
}

export const organisationCommands = [
  RegisterOrganisation,
  AccreditOrganisation,
  SuspendOrganisation,
  ReinstateOrganisation,
  WithdrawOrganisation,
] as const;
export type OrganisationCommand = InstanceType<(typeof organisationCommands)[number]>;

export interface OrganisationFacts {
  /** The region the organisation names is registered. */
  readonly regionKnown: boolean;
  /** Cases this organisation is custodian of that are not closed. */
  readonly openCustody: number;
}

function decide(command: OrganisationCommand, state: Organisation, context: DecisionContext<OrganisationFacts>): OrganisationEvent[] {
  if (command.kind !== 'RegisterOrganisation' && state.status === '-') throw notFound('organisation');
  if (command.kind !== 'WithdrawOrganisation' && state.status === 'Withdrawn')
    throw refused('organisation.withdrawn', 'This organisation has left the network.');
  switch (command.kind) {
    case 'RegisterOrganisation':
      return register(command, state, context.facts);
    case 'AccreditOrganisation':
      return accredit(command, state, context);
    case 'SuspendOrganisation':
      if (state.status === 'Suspended') return [];
      if (state.status !== 'Accredited') throw refused('organisation.not-accredited', 'Only an accredited organisation can be suspended.');
      return [{ type: 'OrganisationSuspended', data: { reason: command.reason } }];
    case 'ReinstateOrganisation':
      if (state.status === 'Accredited') return [];
      if (state.status !== 'Suspended') throw refused('organisation.not-suspended', 'Only a suspended organisation can be reinstated.');
      byAnother(command.id, context, 'organisation.own-reinstatement');
      return [{ type: 'OrganisationReinstated', data: {} }];
    case 'WithdrawOrganisation':
      if (state.status === 'Withdrawn') return [];
      if (state.status === 'Registered') throw refused('organisation.not-accredited', 'This organisation never joined the network.');
      if (context.facts.openCustody > 0)
        throw refused('organisation.open-custody', 'People are in this organisation’s charge: transfer or close their cases first.');
      return [{ type: 'OrganisationWithdrawn', data: { reason: command.reason } }];
    default:
      return assertNever(command);
  }
}

function register({ profile }: RegisterOrganisation, state: Organisation, facts: OrganisationFacts): OrganisationEvent[] {
  const { kind, region, designation, nameRef } = profile;
  const sector = profile.sector ?? SECTORS_OF_KIND[kind][0]!;
  if (!SECTORS_OF_KIND[kind].includes(sector))
    throw invalid('organisation.sector-unfit', '/sector', 'An organisation of this kind does not belong to this sector.');
  if (state.status !== '-') {
    if (state.kind === kind && state.region === region && state.sector === sector) return [];
    throw refused('organisation.already-registered', 'This organisation is registered already.');
  }
  if (!facts.regionKnown) throw refused('organisation.region-unknown', 'The region is not registered.');
  if (kind === 'company') {
    if (designation !== undefined)
      throw invalid(
        'organisation.company-in-clear',
        '/designation',
        'A company may be named after its owner: its designation belongs to the vault.',
      );
    if (nameRef === undefined) throw invalid('organisation.nameless', '/nameRef', 'A company needs a vault reference to its designation.');
  } else if (designation === undefined) {
    throw invalid('organisation.nameless', '/designation', 'An organisation needs a public designation.');
  } else if (!field.label().fits(designation)) {
    throw invalid('organisation.designation-form', '/designation', 'A designation has no telephone or tax number and no address.');
  }
  return [
    {
      type: 'OrganisationRegistered',
      data: { kind, sector, region, ...(designation === undefined ? {} : { designation }), ...(nameRef === undefined ? {} : { nameRef }) },
    },
  ];
}

function accredit(
  { id, agreement, signedOn }: AccreditOrganisation,
  state: Organisation,
  context: DecisionContext<OrganisationFacts>,
): OrganisationEvent[] {
  if (state.status === 'Accredited') return [];
  if (state.status === 'Suspended') throw refused('organisation.suspended', 'A suspended organisation is reinstated, not accredited anew.');
  const { kind, sector, region } = state;
  if (!kind || !sector) throw notFound('organisation');
  byAnother(id, context, 'organisation.own-accreditation');
  if (!agreement || !signedOn)
    throw refused('organisation.no-data-sharing-agreement', 'Without a signed data-sharing agreement nobody joins.');
  if (signedOn > dayInItaly(context.at))
    throw refused('organisation.agreement-not-yet-signed', 'The data-sharing agreement is dated in the future.');
  return [{ type: 'OrganisationAccredited', data: { kind, sector, region, agreement, signedOn } }];
}

/** Nobody approves their own act (A4). */
function byAnother(id: string, { actor }: DecisionContext<OrganisationFacts>, code: string): void {
  if (actor.organisation === id) throw refused(code, 'Another organisation has to decide this.');
}

export const organisationDecider: Decider<Organisation, OrganisationCommand, OrganisationEvent, OrganisationFacts> = {
  initialState: noOrganisation,
  decide,
  evolve: evolveOrganisation,
};
