import {
  assertNever,
  Command,
  type Decider,
  type DecisionContext,
  type Discipline,
  invalid,
  isSystem,
  notFound,
  refused,
  type Role,
} from '@platform/kernel';
import type { OrganisationStanding } from '../organisation/organisation';
import type { TeamStanding } from '../team/team';
import { evolveMember, type Member, type MemberEvent, type MemberSuspension, noMember } from './member';
import { compatible, withinCeiling } from './role-ceilings';

export class InviteMember extends Command {
  readonly kind = 'InviteMember';
  /** @param login hex SHA-256 of issuer and subject, @param nameRef vault reference to the name shown to colleagues */
  constructor(
    readonly id: string,
    readonly organisation: string,
    readonly login: string,
    readonly nameRef?: string,
  ) {
    super();
  }
}
export class AssignRole extends Command {
  readonly kind = 'AssignRole';
  /** @param disciplines all the person works in from now on */
  constructor(
    readonly id: string,
    readonly role: Role,
    readonly disciplines: readonly Discipline[],
  ) {
    super();
  }
}
export class EndRole extends Command {
  readonly kind = 'EndRole';
  constructor(
    readonly id: string,
    readonly role: Role,
  ) {
    super();
  }
}
export class VisitTeam extends Command {
  readonly kind = 'VisitTeam';
  /** @param until ISO instant at which the stay ends by itself */
  constructor(
    readonly id: string,
    readonly team: string,
    readonly discipline: Discipline,
    readonly until: string,
  ) {
    super();
  }
}
export class SuspendMember extends Command {
  readonly kind = 'SuspendMember';
  constructor(
    readonly id: string,
    readonly reason: MemberSuspension,
  ) {
    super();
  }
}
export class ReinstateMember extends Command {
  readonly kind = 'ReinstateMember';
  constructor(readonly id: string) {
    super();
  }
}
export class DisableMember extends Command {
  readonly kind = 'DisableMember';
  constructor(readonly id: string) {
    super();
  }
}
/** For whoever lost their keys or password, or never used their invitation. */
export class ResetSignIn extends Command {
  readonly kind = 'ResetSignIn';
  constructor(readonly id: string) {
    super();
  }
}

export const memberCommands = [
  InviteMember,
  AssignRole,
  EndRole,
  VisitTeam,
  SuspendMember,
  ReinstateMember,
  DisableMember,
  ResetSignIn,
] as const;
export type MemberCommand = InstanceType<(typeof memberCommands)[number]>;

export interface MemberFacts {
  /** The organisation the member works for, or is invited into. */
  readonly organisation: OrganisationStanding | undefined;
  /** Another member already signs in with this login. */
  readonly loginTaken: boolean;
  /** The team that is to be visited. */
  readonly team: TeamStanding | undefined;
}
type Context = DecisionContext<MemberFacts>;

/** Staff exchanges are short; whoever stays longer joins the team. */
export const LONGEST_VISIT_DAYS = 180;
const DAY = 86_400_000;

function decide(command: MemberCommand, state: Member, context: Context): MemberEvent[] {
  if (command.kind !== 'InviteMember' && state.status === '-') throw notFound('member');
  if (command.kind !== 'DisableMember' && state.status === 'Disabled')
    throw refused('member.disabled', 'This member was disabled for good.');
  switch (command.kind) {
    case 'InviteMember':
      return invite(command, state, context);
    case 'AssignRole':
      return assignRole(command, state, context);
    case 'EndRole':
      active(state);
      byAnother(command.id, context, 'member.own-role');
      return state.roles.includes(command.role) ? [{ type: 'RoleEnded', data: { role: command.role } }] : [];
    case 'VisitTeam':
      return visit(command, state, context);
    case 'SuspendMember':
      if (state.status === 'Suspended') return [];
      active(state);
      return [{ type: 'MemberSuspended', data: { reason: command.reason } }];
    case 'ReinstateMember':
      return reinstate(command, state, context);
    case 'DisableMember':
      if (state.status === 'Disabled') return [];
      if (state.status === 'Invited') throw refused('member.not-active', 'This member never became active.');
      return [{ type: 'MemberDisabled', data: {} }];
    case 'ResetSignIn':
      byAnother(command.id, context, 'member.own-reset');
      return [{ type: 'SignInReset', data: {} }];
    default:
      return assertNever(command);
  }
}

function invite({ id, organisation, login, nameRef }: InviteMember, state: Member, { actor, facts }: Context): MemberEvent[] {
  if (!/^[0-9a-f]{64}$/.test(login)) throw invalid('member.login-malformed', '/login', 'A login is the hex SHA-256 of issuer and subject.');
  if (state.status !== '-') {
    if (state.login === login && state.organisation === organisation) return [];
    throw refused('member.already-invited', 'This member was invited already.');
  }
  const host = facts.organisation;
  if (!host?.active) throw refused('member.organisation-inactive', 'Only an accredited organisation has members.');
  if (actor.member === id) throw refused('member.own-invitation', 'Nobody invites themselves.');
  // The region's own office may invite the first administrator of an organisation that has none yet.
  const mayInvite = isSystem(actor) || actor.organisation === organisation || (actor.kind === 'region' && actor.region === host.region);
  if (!mayInvite) throw refused('member.inviter-of-other-organisation', 'Members are invited by their own organisation.');
  if (facts.loginTaken) throw refused('member.login-taken', 'Somebody already signs in with this login.');
  return [{ type: 'MemberInvited', data: { organisation, region: host.region, login, ...(nameRef === undefined ? {} : { nameRef }) } }];
}

function assignRole({ id, role, disciplines }: AssignRole, state: Member, context: Context): MemberEvent[] {
  if (state.status === 'Suspended') throw refused('member.suspended', 'A suspended member gets no role.');
  byAnother(id, context, 'member.own-role');
  const { organisation } = context.facts;
  if (!organisation?.active) throw refused('member.organisation-inactive', 'Only an accredited organisation has members.');
  if (!withinCeiling(organisation.kind, role))
    throw refused('member.role-above-ceiling', 'Nobody of an organisation of this kind holds this role.');
  if (disciplines.length === 0) throw refused('member.discipline-missing', 'A role needs a declared discipline.');
  if (!state.roles.every((held) => compatible(held, role)))
    throw refused('member.roles-incompatible', 'One person does not hold these roles together.');
  const declared = [...new Set(disciplines)];
  if (state.roles.includes(role) && sameSet(state.disciplines, declared)) return [];
  return [{ type: 'RoleAssigned', data: { role, disciplines: declared } }];
}

function visit({ id, team, discipline, until }: VisitTeam, state: Member, { at, facts }: Context): MemberEvent[] {
  active(state);
  if (state.visits.some((known) => known.team === team && known.until === until && known.discipline === discipline)) return [];
  const host = facts.team;
  if (!host?.constituted) throw refused('member.team-unknown', 'There is no constituted team to visit.');
  if (host.members.includes(id)) throw refused('member.already-in-team', 'Members do not visit their own team.');
  if (!state.disciplines.includes(discipline)) throw refused('member.discipline-undeclared', 'A visitor works in a declared discipline.');
  const length = Date.parse(until) - Date.parse(at);
  if (!(length > 0)) throw refused('member.visit-without-end', 'A visit needs an end that lies ahead.');
  if (length > LONGEST_VISIT_DAYS * DAY) throw refused('member.visit-too-long', `A visit lasts at most ${LONGEST_VISIT_DAYS} days.`);
  return [{ type: 'VisitingMembershipStarted', data: { team, organisation: state.organisation, region: state.region, discipline, until } }];
}

function reinstate({ id }: ReinstateMember, state: Member, context: Context): MemberEvent[] {
  if (state.status === 'Active') return [];
  if (state.status !== 'Suspended') throw refused('member.not-suspended', 'Only a suspended member can be reinstated.');
  byAnother(id, context, 'member.own-reinstatement');
  if (state.suspendedFor === 'misuse' && context.actor.organisation === state.organisation) {
    throw refused('member.misuse-needs-other-organisation', 'After misuse, a reviewer of another organisation decides.');
  }
  return [{ type: 'MemberReinstated', data: {} }];
}

function active(state: Member): void {
  if (state.status === 'Invited') throw refused('member.not-active', 'This member holds no role yet.');
  if (state.status === 'Suspended') throw refused('member.suspended', 'This member is suspended.');
}

/** Nobody changes their own standing (A4, A7). */
function byAnother(id: string, { actor }: Context, code: string): void {
  if (actor.member === id) throw refused(code, 'Somebody else has to decide this.');
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

export const memberDecider: Decider<Member, MemberCommand, MemberEvent, MemberFacts> = {
  initialState: noMember,
  decide,
  evolve: evolveMember,
};
