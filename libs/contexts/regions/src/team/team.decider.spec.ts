import type { Discipline, Role } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { MemberStanding } from '../member/member';
import type { OrganisationStanding } from '../organisation/organisation';
import type { Seat, TeamEvent } from './team';
import {
  AddTeamMember,
  ConstituteTeam,
  DissolveTeam,
  ProposeTeam,
  RecordTeamMeeting,
  RemoveTeamMember,
  teamDecider,
  type TeamFacts,
} from './team.decider';

const id = streamId('team', 1);
const coop: OrganisationStanding = {
  organisation: streamId('organisation', 1),
  kind: 'social_cooperative',
  sector: 'private_social',
  region: 'umbria',
  active: true,
};
const comune: OrganisationStanding = {
  organisation: streamId('organisation', 2),
  kind: 'local_authority',
  sector: 'public',
  region: 'umbria',
  active: true,
};
const tuscan: OrganisationStanding = {
  organisation: streamId('organisation', 3),
  kind: 'association',
  sector: 'private_social',
  region: 'toscana',
  active: true,
};
const member = (n: number, of: OrganisationStanding, disciplines: Discipline[], roles: Role[] = ['operator']): MemberStanding => ({
  ...{ member: streamId('member', n), organisation: of.organisation, region: of.region, active: true, roles, disciplines },
});
const educator = member(1, coop, ['educator', 'outreach_worker']);
const lawyer = member(2, coop, ['lawyer']);
const social = member(3, comune, ['social_worker']);
const mediator = member(4, tuscan, ['cultural_mediator']);
const dpo = member(5, coop, ['dpo'], ['dpo']);
const facts: TeamFacts = {
  members: new Map([educator, lawyer, social, mediator, dpo].map((each) => [each.member, each])),
  organisations: new Map([coop, comune, tuscan].map((each) => [each.organisation, each])),
  visitors: [],
};
const seat = (of: MemberStanding, discipline: Discipline): Seat => ({
  member: of.member,
  organisation: of.organisation,
  region: of.region,
  discipline,
});
const added = (of: MemberStanding, discipline: Discipline): TeamEvent => ({ type: 'TeamMemberAdded', data: seat(of, discipline) });
const proposed: TeamEvent = {
  type: 'TeamProposed',
  data: { kind: 'local', leadRegion: 'umbria', organisation: coop.organisation, designation: 'Équipe Trasimeno' },
};
const interregional: TeamEvent = { type: 'TeamProposed', data: { ...proposed.data, kind: 'interregional' } };
const seats = [seat(educator, 'educator'), seat(social, 'social_worker')];
const constituted: TeamEvent = { type: 'TeamConstituted', data: { kind: 'local', leadRegion: 'umbria', members: seats } };
const team = scenario(teamDecider, deciding(facts, person({ organisation: coop.organisation })));
const standing = team.given(proposed, added(educator, 'educator'), added(social, 'social_worker'), constituted);
const inactive = (changed: MemberStanding | OrganisationStanding) => ({
  facts: {
    ...facts,
    members: 'member' in changed ? new Map([...facts.members, [changed.member, { ...changed, active: false }]]) : facts.members,
    organisations:
      'kind' in changed ? new Map([...facts.organisations, [changed.organisation, { ...changed, active: false }]]) : facts.organisations,
  },
});

describe('a team', () => {
  it('is proposed by an organisation whose region leads it', () => {
    team.when(new ProposeTeam(id, 'local', 'Équipe Trasimeno')).then(proposed);
    team
      .given(proposed)
      .when(new ProposeTeam(id, 'local', 'Équipe Trasimeno'))
      .thenNothing();
    team
      .given(proposed)
      .when(new ProposeTeam(id, 'interregional', 'Équipe Trasimeno'))
      .thenRefused('team.already-proposed');
  });

  it('is not called by a telephone number or an e-mail address', () =>
    team.when(new ProposeTeam(id, 'local', 'Équipe 3331234567')).thenRefused('team.designation-form', ['/designation']));

  it('takes active members in a declared discipline', () => {
    team
      .given(proposed)
      .when(new AddTeamMember(id, educator.member, 'educator', false))
      .then(added(educator, 'educator'));
    team
      .given(proposed)
      .when(new AddTeamMember(id, educator.member, 'lawyer', false))
      .thenRefused('team.discipline-undeclared');
    team
      .given(proposed)
      .when(new AddTeamMember(id, streamId('member', 99), 'educator', false))
      .thenRefused('team.member-inactive');
    team
      .given(proposed)
      .by(inactive(educator))
      .when(new AddTeamMember(id, educator.member, 'educator', false))
      .thenRefused('team.member-inactive');
    team
      .given(proposed)
      .by(inactive(coop))
      .when(new AddTeamMember(id, educator.member, 'educator', false))
      .thenRefused('team.organisation-inactive');
  });

  it('takes nobody with a conflict of interest, nor those who oversee it', () => {
    team
      .given(proposed)
      .when(new AddTeamMember(id, educator.member, 'educator', true))
      .thenRefused('team.conflict-of-interest');
    team
      .given(proposed)
      .when(new AddTeamMember(id, dpo.member, 'dpo', false))
      .thenRefused('team.conflict-of-interest');
  });

  it('that is local takes nobody of another region', () => {
    team
      .given(proposed)
      .when(new AddTeamMember(id, mediator.member, 'cultural_mediator', false))
      .thenRefused('team.member-of-other-region');
    team
      .given(interregional)
      .when(new AddTeamMember(id, mediator.member, 'cultural_mediator', false))
      .then(added(mediator, 'cultural_mediator'));
  });

  it('knows a member once, in one discipline', () => {
    const one = team.given(proposed, added(educator, 'educator'));
    one.when(new AddTeamMember(id, educator.member, 'educator', false)).thenNothing();
    one.when(new AddTeamMember(id, educator.member, 'outreach_worker', false)).then(added(educator, 'outreach_worker'));
  });

  it('is constituted by two disciplines, a public and a private-social organisation (NAV-7)', () => {
    team.given(proposed, added(educator, 'educator'), added(social, 'social_worker')).when(new ConstituteTeam(id)).then(constituted);
    team.given(proposed).when(new ConstituteTeam(id)).thenRefused('team.too-few-disciplines');
    team
      .given(proposed, added(educator, 'educator'), added(lawyer, 'lawyer'))
      .when(new ConstituteTeam(id))
      .thenRefused('team.no-public-organisation');
    const officials = team.by({
      facts: { ...facts, members: new Map([...facts.members, [educator.member, { ...educator, organisation: comune.organisation }]]) },
    });
    const insider = { ...educator, organisation: comune.organisation };
    officials
      .given(proposed, added(insider, 'educator'), added(social, 'social_worker'))
      .when(new ConstituteTeam(id))
      .thenRefused('team.no-private-social-organisation');
  });

  it('that is interregional needs people of two regions (DIA-3)', () => {
    const home = team.given(interregional, added(educator, 'educator'), added(social, 'social_worker'));
    home.when(new ConstituteTeam(id)).thenRefused('team.too-few-regions');
    const members = [...seats, seat(mediator, 'cultural_mediator')];
    home
      .given(added(mediator, 'cultural_mediator'))
      .when(new ConstituteTeam(id))
      .then({ type: 'TeamConstituted', data: { kind: 'interregional', leadRegion: 'umbria', members } });
  });

  it('is not constituted with somebody who left in the meantime', () => {
    const ready = team.given(proposed, added(educator, 'educator'), added(social, 'social_worker'));
    ready.by(inactive(social)).when(new ConstituteTeam(id)).thenRefused('team.member-inactive');
    ready.by(inactive(comune)).when(new ConstituteTeam(id)).thenRefused('team.organisation-inactive');
  });

  it('loses a member at once', () => {
    standing.when(new RemoveTeamMember(id, social.member)).then({ type: 'TeamMemberRemoved', data: { member: social.member } });
    standing.when(new RemoveTeamMember(id, lawyer.member)).thenNothing();
  });

  it('records who met and what was decided, by reference', () => {
    const minutesRef = 'vault:umbria:abcdefghijklmnopqrstuvwxyz';
    const meeting: TeamEvent = {
      type: 'TeamMeetingRecorded',
      data: { heldOn: '2031-03-13', attendees: [social.member], decisions: ['tasks_assigned'], minutesRef },
    };
    standing.when(new RecordTeamMeeting(id, '2031-03-13', [social.member, social.member], ['tasks_assigned'], minutesRef)).then(meeting);
    standing.when(new RecordTeamMeeting(id, '2031-03-15', [social.member], [])).thenRefused('team.meeting-not-yet-held');
    standing
      .when(new RecordTeamMeeting(id, '2031-03-14', [social.member], []))
      .then({ type: 'TeamMeetingRecorded', data: { heldOn: '2031-03-14', attendees: [social.member], decisions: [] } });
    standing.when(new RecordTeamMeeting(id, '2031-03-13', [], [])).thenRefused('team.nobody-attended');
    standing.when(new RecordTeamMeeting(id, '2031-03-13', [mediator.member], [])).thenRefused('team.attendee-not-member');
    team
      .given(proposed)
      .when(new RecordTeamMeeting(id, '2031-03-13', [social.member], []))
      .thenRefused('team.not-constituted');
  });

  it('counts a visitor among those present', () =>
    standing
      .by({ facts: { ...facts, visitors: [mediator.member] } })
      .when(new RecordTeamMeeting(id, '2031-03-13', [mediator.member], []))
      .then({ type: 'TeamMeetingRecorded', data: { heldOn: '2031-03-13', attendees: [mediator.member], decisions: [] } }));

  it('may end a visit before its time', () =>
    standing
      .by({ facts: { ...facts, visitors: [mediator.member] } })
      .when(new RemoveTeamMember(id, mediator.member))
      .then({ type: 'TeamMemberRemoved', data: { member: mediator.member } }));

  it('that nobody proposed is not found', () => team.when(new ConstituteTeam(id)).thenRefused('team.not-found'));

  it('is dissolved for good', () => {
    const dissolved: TeamEvent = { type: 'TeamDissolved', data: { reason: 'task_done' } };
    standing.when(new DissolveTeam(id, 'task_done')).then(dissolved);
    standing.given(dissolved).when(new DissolveTeam(id, 'task_done')).thenNothing();
    standing
      .given(dissolved)
      .when(new AddTeamMember(id, lawyer.member, 'lawyer', false))
      .thenRefused('team.dissolved');
    team.given(proposed).when(new DissolveTeam(id, 'task_done')).thenRefused('team.not-constituted');
  });
});
