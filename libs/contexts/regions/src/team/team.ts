import { type EventsOf, field, stored, TEAM_KINDS, type TeamKind, v1 } from '@contracts';
import { assertNever, type Discipline, DISCIPLINES } from '@platform/kernel';

export const TEAM_DISSOLUTIONS = ['task_done', 'project_ended', 'too_few_members', 'safeguarding'] as const;
export type TeamDissolution = (typeof TEAM_DISSOLUTIONS)[number];
export const MEETING_DECISIONS = [
  'strategy_agreed',
  'tasks_assigned',
  'referral_proposed',
  'case_sharing_proposed',
  'outing_proposed',
  'alert_proposed',
  'no_decision',
] as const;
export type MeetingDecision = (typeof MEETING_DECISIONS)[number];

const seat = {
  member: field.ref('member'),
  organisation: field.ref('organisation'),
  region: field.region(),
  discipline: field.oneOf(DISCIPLINES),
} as const;

export const teamEvents = stored({
  TeamProposed: v1({
    kind: field.oneOf(TEAM_KINDS),
    leadRegion: field.region(),
    organisation: field.ref('organisation'),
    designation: field.label(),
  }),
  TeamMemberAdded: v1(seat),
  TeamMemberRemoved: v1({ member: field.ref('member') }),
  TeamConstituted: v1({ kind: field.oneOf(TEAM_KINDS), leadRegion: field.region(), members: field.list(field.record(seat)) }),
  /** Who was there and what was decided; the minutes are in the vault. */
  TeamMeetingRecorded: v1({
    heldOn: field.day(),
    attendees: field.list(field.ref('member')),
    decisions: field.list(field.oneOf(MEETING_DECISIONS)),
    minutesRef: field.optional(field.vaultRef()),
  }),
  TeamDissolved: v1({ reason: field.oneOf(TEAM_DISSOLUTIONS) }),
});
export type TeamEvent = EventsOf<typeof teamEvents>;

/** A person's place in a team. */
export interface Seat {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly discipline: Discipline;
}

export interface Team {
  readonly status: '-' | 'Proposed' | 'Constituted' | 'Dissolved';
  readonly kind: TeamKind;
  readonly leadRegion: string;
  /** Organisation that proposed it and leads it. */
  readonly organisation: string;
  readonly seats: readonly Seat[];
}

/** A team as the rules of other nouns see it. */
export interface TeamStanding {
  readonly team: string;
  readonly constituted: boolean;
  readonly kind: TeamKind;
  readonly leadRegion: string;
  readonly members: readonly string[];
}

export const noTeam: Team = { status: '-', kind: 'local', leadRegion: '', organisation: '', seats: [] };

export function evolveTeam(state: Team, event: TeamEvent): Team {
  switch (event.type) {
    case 'TeamProposed':
      return {
        ...noTeam,
        status: 'Proposed',
        kind: event.data.kind,
        leadRegion: event.data.leadRegion,
        organisation: event.data.organisation,
      };
    case 'TeamMemberAdded':
      return { ...state, seats: [...without(state.seats, event.data.member), event.data] };
    case 'TeamMemberRemoved':
      return { ...state, seats: without(state.seats, event.data.member) };
    case 'TeamConstituted':
      return { ...state, status: 'Constituted' };
    case 'TeamMeetingRecorded':
      return state;
    case 'TeamDissolved':
      return { ...state, status: 'Dissolved' };
    default:
      return assertNever(event);
  }
}

const without = (seats: readonly Seat[], member: string): Seat[] => seats.filter((seat) => seat.member !== member);

export const teamStanding = (team: string, state: Team): TeamStanding | undefined =>
  state.status === '-'
    ? undefined
    : {
        team,
        constituted: state.status === 'Constituted',
        kind: state.kind,
        leadRegion: state.leadRegion,
        members: state.seats.map((seat) => seat.member),
      };
