import { field, type TeamKind } from '@contracts';
import {
  assertNever,
  Command,
  dayInItaly,
  type Decider,
  type DecisionContext,
  type Discipline,
  invalid,
  notFound,
  refused,
} from '@platform/kernel';
import type { MemberStanding } from '../member/member';
import type { OrganisationStanding } from '../organisation/organisation';
import { evolveTeam, type MeetingDecision, noTeam, type Team, type TeamDissolution, type TeamEvent } from './team';

export class ProposeTeam extends Command {
  readonly kind = 'ProposeTeam';
  /** The proposer's region leads the team and keeps its log. */
  constructor(
    readonly id: string,
    readonly teamKind: TeamKind,
    readonly designation: string,
  ) {
    super();
  }
}
export class AddTeamMember extends Command {
  readonly kind = 'AddTeamMember';
  /** @param conflictOfInterest what the person declared when asked */
  constructor(
    readonly id: string,
    readonly member: string,
    readonly discipline: Discipline,
    readonly conflictOfInterest: boolean,
  ) {
    super();
  }
}
export class RemoveTeamMember extends Command {
  readonly kind = 'RemoveTeamMember';
  constructor(
    readonly id: string,
    readonly member: string,
  ) {
    super();
  }
}
export class ConstituteTeam extends Command {
  readonly kind = 'ConstituteTeam';
  constructor(readonly id: string) {
    super();
  }
}
export class RecordTeamMeeting extends Command {
  readonly kind = 'RecordTeamMeeting';
  /** @param heldOn day, @param minutesRef vault reference to the minutes */
  constructor(
    readonly id: string,
    readonly heldOn: string,
    readonly attendees: readonly string[],
    readonly decisions: readonly MeetingDecision[],
    readonly minutesRef?: string,
  ) {
    super();
  }
}
export class DissolveTeam extends Command {
  readonly kind = 'DissolveTeam';
  constructor(
    readonly id: string,
    readonly reason: TeamDissolution,
  ) {
    super();
  }
}

export const teamCommands = [ProposeTeam, AddTeamMember, RemoveTeamMember, ConstituteTeam, RecordTeamMeeting, DissolveTeam] as const;
export type TeamCommand = InstanceType<(typeof teamCommands)[number]>;

export interface TeamFacts {
  /** Members the command or the team names, by id. */
  readonly members: ReadonlyMap<string, MemberStanding>;
  /** Their organisations, by id. */
  readonly organisations: ReadonlyMap<string, OrganisationStanding>;
  /** Members on a visit to this team that has not ended. */
  readonly visitors: readonly string[];
}
type Context = DecisionContext<TeamFacts>;

function decide(command: TeamCommand, state: Team, context: Context): TeamEvent[] {
  if (command.kind !== 'ProposeTeam' && state.status === '-') throw notFound('team');
  if (command.kind !== 'DissolveTeam' && state.status === 'Dissolved') throw refused('team.dissolved', 'This team was dissolved.');
  switch (command.kind) {
    case 'ProposeTeam':
      return propose(command, state, context);
    case 'AddTeamMember':
      return addMember(command, state, context);
    case 'RemoveTeamMember':
      // Visitors, too, can be shown the door before their stay ends.
      return presentIn(state, context.facts).has(command.member) ? [{ type: 'TeamMemberRemoved', data: { member: command.member } }] : [];
    case 'ConstituteTeam':
      return constitute(state, context);
    case 'RecordTeamMeeting':
      return recordMeeting(command, state, context);
    case 'DissolveTeam':
      if (state.status === 'Dissolved') return [];
      if (state.status !== 'Constituted') throw refused('team.not-constituted', 'Only a constituted team can be dissolved.');
      return [{ type: 'TeamDissolved', data: { reason: command.reason } }];
    default:
      return assertNever(command);
  }
}

function propose({ teamKind, designation }: ProposeTeam, state: Team, { actor }: Context): TeamEvent[] {
  if (state.status !== '-') {
    if (state.status === 'Proposed' && state.kind === teamKind && state.organisation === actor.organisation) return [];
    throw refused('team.already-proposed', 'This team was proposed already.');
  }
  if (!field.label().fits(designation)) {
    throw invalid('team.designation-form', '/designation', 'A designation has no telephone or tax number and no address.');
  }
  return [{ type: 'TeamProposed', data: { kind: teamKind, leadRegion: actor.region, organisation: actor.organisation, designation } }];
}

function addMember({ member, discipline, conflictOfInterest }: AddTeamMember, state: Team, { facts }: Context): TeamEvent[] {
  const person = facts.members.get(member);
  if (!person?.active) throw refused('team.member-inactive', 'Only active members join a team.');
  if (!facts.organisations.get(person.organisation)?.active)
    throw refused('team.organisation-inactive', 'The member’s organisation is not accredited.');
  if (!person.disciplines.includes(discipline))
    throw refused('team.discipline-undeclared', 'A member joins in a discipline declared for them.');
  // Whoever checks what a team read cannot be one of its readers.
  const oversees = person.roles.some((role) => role === 'auditor' || role === 'dpo');
  if (conflictOfInterest || oversees)
    throw refused('team.conflict-of-interest', 'A conflict of interest keeps this person out of the team.');
  if (state.kind === 'local' && person.region !== state.leadRegion)
    throw refused('team.member-of-other-region', 'A local team has members of its own region only.');
  const seat = { member, organisation: person.organisation, region: person.region, discipline };
  const known = state.seats.find((each) => each.member === member);
  if (known?.discipline === discipline && known.organisation === seat.organisation) return [];
  return [{ type: 'TeamMemberAdded', data: seat }];
}

function constitute(state: Team, { facts }: Context): TeamEvent[] {
  if (state.status === 'Constituted') return [];
  const { seats, kind, leadRegion } = state;
  if (!seats.every(({ member }) => facts.members.get(member)?.active))
    throw refused('team.member-inactive', 'Somebody in the team is no longer an active member.');
  const organisations = seats.map(({ organisation }) => facts.organisations.get(organisation));
  if (!organisations.every((each) => each?.active))
    throw refused('team.organisation-inactive', 'An organisation in the team is not accredited.');
  if (distinct(seats.map(({ discipline }) => discipline)) < 2)
    throw refused('team.too-few-disciplines', 'A team needs people of at least two disciplines.');
  if (!organisations.some((each) => each?.sector === 'public'))
    throw refused('team.no-public-organisation', 'A team needs a public organisation.');
  if (!organisations.some((each) => each?.sector === 'private_social')) {
    throw refused('team.no-private-social-organisation', 'A team needs an organisation of the private social sector.');
  }
  if (kind === 'interregional' && distinct(seats.map(({ region }) => region)) < 2) {
    throw refused('team.too-few-regions', 'An interregional team needs people of at least two regions.');
  }
  return [{ type: 'TeamConstituted', data: { kind, leadRegion, members: seats } }];
}

function recordMeeting({ heldOn, attendees, decisions, minutesRef }: RecordTeamMeeting, state: Team, { at, facts }: Context): TeamEvent[] {
  if (state.status !== 'Constituted') throw refused('team.not-constituted', 'Only a constituted team meets.');
  if (heldOn > dayInItaly(at)) throw refused('team.meeting-not-yet-held', 'A meeting is recorded after it was held.');
  if (attendees.length === 0) throw refused('team.nobody-attended', 'A meeting has at least one attendee.');
  const present = presentIn(state, facts);
  if (!attendees.every((member) => present.has(member)))
    throw refused('team.attendee-not-member', 'Only members and visitors of the team attend its meetings.');
  return [
    {
      type: 'TeamMeetingRecorded',
      data: { heldOn, attendees: [...new Set(attendees)], decisions, ...(minutesRef === undefined ? {} : { minutesRef }) },
    },
  ];
}

const presentIn = ({ seats }: Team, { visitors }: TeamFacts): ReadonlySet<string> =>
  new Set([...seats.map(({ member }) => member), ...visitors]);
const distinct = (values: readonly string[]): number => new Set(values).size;

export const teamDecider: Decider<Team, TeamCommand, TeamEvent, TeamFacts> = { initialState: noTeam, decide, evolve: evolveTeam };
