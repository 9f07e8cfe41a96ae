import { type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever, type Discipline, DISCIPLINES, type Role, ROLES } from '@platform/kernel';

export const MEMBER_SUSPENSIONS = ['safeguarding', 'misuse', 'absence'] as const;
export type MemberSuspension = (typeof MEMBER_SUSPENSIONS)[number];

export const memberEvents = stored({
  /** `login` = SHA-256 of issuer and subject. The display name is in the vault only. */
  MemberInvited: v1({
    organisation: field.ref('organisation'),
    region: field.region(),
    login: field.digest(),
    nameRef: field.optional(field.vaultRef()),
  }),
  /** `disciplines`: all that are declared from now on. */
  RoleAssigned: v1({ role: field.oneOf(ROLES), disciplines: field.list(field.oneOf(DISCIPLINES)) }),
  RoleEnded: v1({ role: field.oneOf(ROLES) }),
  VisitingMembershipStarted: v1({
    team: field.ref('team'),
    organisation: field.ref('organisation'),
    region: field.region(),
    discipline: field.oneOf(DISCIPLINES),
    until: field.instant(),
  }),
  MemberSuspended: v1({ reason: field.oneOf(MEMBER_SUSPENSIONS) }),
  MemberReinstated: v1({}),
  MemberDisabled: v1({}),
  /** All ways in of the account were thrown away, and a link to make new ones was handed out. */
  SignInReset: v1({}),
});
export type MemberEvent = EventsOf<typeof memberEvents>;

/** A stay in another team that ends by itself. */
export interface Visit {
  readonly team: string;
  readonly discipline: Discipline;
  /** ISO instant after which it counts no more; nothing has to happen for that. */
  readonly until: string;
}

export interface Member {
  readonly status: '-' | 'Invited' | 'Active' | 'Suspended' | 'Disabled';
  readonly organisation: string;
  readonly region: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  readonly visits: readonly Visit[];
  readonly suspendedFor?: MemberSuspension;
}

/** A member as the rules of other nouns see it. */
export interface MemberStanding {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
}

export const noMember: Member = { status: '-', organisation: '', region: '', login: '', roles: [], disciplines: [], visits: [] };

export function evolveMember(state: Member, event: MemberEvent): Member {
  switch (event.type) {
    case 'MemberInvited':
      return { ...noMember, status: 'Invited', organisation: event.data.organisation, region: event.data.region, login: event.data.login };
    case 'RoleAssigned':
      return { ...state, status: 'Active', roles: [...new Set([...state.roles, event.data.role])], disciplines: event.data.disciplines };
    case 'RoleEnded':
      return { ...state, roles: state.roles.filter((role) => role !== event.data.role) };
    case 'VisitingMembershipStarted': {
      const { team, discipline, until } = event.data;
      return { ...state, visits: [...state.visits.filter((visit) => visit.team !== team), { team, discipline, until }] };
    }
    case 'MemberSuspended':
      return { ...state, status: 'Suspended', suspendedFor: event.data.reason };
    case 'MemberReinstated':
      return { ...state, status: 'Active', suspendedFor: undefined };
    case 'MemberDisabled':
      return { ...state, status: 'Disabled' };
    case 'SignInReset':
      return state;
    default:
      return assertNever(event);
  }
}

export const memberStanding = (member: string, state: Member): MemberStanding | undefined =>
  state.status === '-'
    ? undefined
    : {
        member,
        organisation: state.organisation,
        region: state.region,
        active: state.status === 'Active',
        roles: state.roles,
        disciplines: state.disciplines,
      };
