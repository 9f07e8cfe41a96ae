import { type EventsOf, field, type Sector, SECTORS, stored, v1 } from '@contracts';
import { assertNever, ORGANISATION_KINDS, type OrganisationKind } from '@platform/kernel';

export const ORGANISATION_SUSPENSIONS = ['own_request', 'agreement_lapsed', 'security_incident', 'investigation'] as const;
export type OrganisationSuspension = (typeof ORGANISATION_SUSPENSIONS)[number];
export const ORGANISATION_WITHDRAWALS = ['own_request', 'dissolved', 'merged', 'accreditation_revoked'] as const;
export type OrganisationWithdrawal = (typeof ORGANISATION_WITHDRAWALS)[number];

const identity = { kind: field.oneOf(ORGANISATION_KINDS), sector: field.oneOf(SECTORS), region: field.region() } as const;

export const organisationEvents = stored({
  /** A company's designation may be a person's name (sole traders): it lives in the vault. */
  OrganisationRegistered: v1({ ...identity, designation: field.optional(field.label()), nameRef: field.optional(field.vaultRef()) }),
  /** `agreement` = digest of the signed data-sharing agreement. */
  OrganisationAccredited: v1({ ...identity, agreement: field.digest(), signedOn: field.day() }),
  OrganisationSuspended: v1({ reason: field.oneOf(ORGANISATION_SUSPENSIONS) }),
  OrganisationReinstated: v1({}),
  OrganisationWithdrawn: v1({ reason: field.oneOf(ORGANISATION_WITHDRAWALS) }),
});
export type OrganisationEvent = EventsOf<typeof organisationEvents>;

export interface Organisation {
  readonly status: '-' | 'Registered' | 'Accredited' | 'Suspended' | 'Withdrawn';
  readonly kind?: OrganisationKind;
  readonly sector?: Sector;
  readonly region: string;
}

/** An organisation as the rules of other nouns see it. */
export interface OrganisationStanding {
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly sector: Sector;
  readonly region: string;
  /** Accredited, neither suspended nor withdrawn. */
  readonly active: boolean;
}

export const noOrganisation: Organisation = { status: '-', region: '' };

export function evolveOrganisation(state: Organisation, event: OrganisationEvent): Organisation {
  switch (event.type) {
    case 'OrganisationRegistered':
      return { status: 'Registered', kind: event.data.kind, sector: event.data.sector, region: event.data.region };
    case 'OrganisationAccredited':
      return { ...state, status: 'Accredited' };
    case 'OrganisationSuspended':
      return { ...state, status: 'Suspended' };
    case 'OrganisationReinstated':
      return { ...state, status: 'Accredited' };
    case 'OrganisationWithdrawn':
      return { ...state, status: 'Withdrawn' };
    default:
      return assertNever(event);
  }
}

export const standingOf = (organisation: string, state: Organisation): OrganisationStanding | undefined =>
  state.kind && state.sector
    ? { organisation, kind: state.kind, sector: state.sector, region: state.region, active: state.status === 'Accredited' }
    : undefined;
