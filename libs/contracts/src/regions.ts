import { DISCIPLINES, ORGANISATION_KINDS, ROLES } from '@platform/kernel';
import { contract, v1 } from './contract';
import * as field from './fields';

/** Public bodies, the private social sector (terzo settore), and business. */
export const SECTORS = ['public', 'private_social', 'business'] as const;
export type Sector = (typeof SECTORS)[number];
export const TEAM_KINDS = ['local', 'interregional'] as const;
export type TeamKind = (typeof TEAM_KINDS)[number];

const teamMember = {
  member: field.ref('member'),
  organisation: field.ref('organisation'),
  region: field.region(),
  discipline: field.oneOf(DISCIPLINES),
} as const;
const party = { organisation: field.ref('organisation'), region: field.region() } as const;

/** What regions tell the other contexts: who may act, for whom, in which teams, under which policy and agreements. Never who somebody is. */
export const regionsContract = contract('regions', {
  RegionRegistered: v1({ region: field.region() }),
  RegionActivated: v1({ region: field.region(), custodian: field.ref('organisation'), controller: field.ref('organisation') }),
  RegionSuspended: v1({ region: field.region(), reason: field.code() }),
  RegionReactivated: v1({ region: field.region() }),

  OrganisationAccredited: v1({
    organisation: field.ref('organisation'),
    kind: field.oneOf(ORGANISATION_KINDS),
    sector: field.oneOf(SECTORS),
    region: field.region(),
  }),
  OrganisationSuspended: v1({ organisation: field.ref('organisation'), reason: field.code() }),
  OrganisationReinstated: v1({ organisation: field.ref('organisation') }),
  OrganisationWithdrawn: v1({ organisation: field.ref('organisation') }),

  /** `login` = SHA-256 of issuer and subject: recognises a session, tells nothing. Comes before any role. */
  MemberInvited: v1({
    member: field.ref('member'),
    organisation: field.ref('organisation'),
    region: field.region(),
    login: field.digest(),
  }),
  /** The first role makes the member active. `disciplines` are all that are declared from now on. */
  RoleAssigned: v1({ member: field.ref('member'), role: field.oneOf(ROLES), disciplines: field.list(field.oneOf(DISCIPLINES)) }),
  RoleEnded: v1({ member: field.ref('member'), role: field.oneOf(ROLES) }),
  VisitingMembershipStarted: v1({ ...teamMember, team: field.ref('team'), until: field.instant() }),
  MemberSuspended: v1({ member: field.ref('member'), reason: field.code() }),
  MemberReinstated: v1({ member: field.ref('member') }),
  MemberDisabled: v1({ member: field.ref('member') }),

  TeamConstituted: v1({
    team: field.ref('team'),
    kind: field.oneOf(TEAM_KINDS),
    leadRegion: field.region(),
    members: field.list(field.record(teamMember)),
  }),
  TeamMemberAdded: v1({ team: field.ref('team'), ...teamMember }),
  TeamMemberRemoved: v1({ team: field.ref('team'), member: field.ref('member') }),
  TeamDissolved: v1({ team: field.ref('team') }),

  AgreementActivated: v1({
    agreement: field.ref('territorialAgreement'),
    parties: field.list(field.record(party)),
    scope: field.list(field.code()),
    /** For each ordered pair of parties, what the first may at most show the second. */
    caps: field.list(field.record({ from: field.ref('organisation'), to: field.ref('organisation'), groups: field.list(field.code()) })),
    expiresAt: field.instant(),
  }),
  AgreementExpired: v1({ agreement: field.ref('territorialAgreement') }),
  AgreementTerminated: v1({ agreement: field.ref('territorialAgreement'), reason: field.code() }),

  PolicyActivated: v1({
    policy: field.ref('policy'),
    region: field.region(),
    number: field.count(),
    hash: field.digest(),
    document: field.policyDocument(),
    widens: field.flag(),
    supersedes: field.optional(field.digest()),
  }),
  PolicySuperseded: v1({ policy: field.ref('policy'), region: field.region(), hash: field.digest(), by: field.digest() }),
});
