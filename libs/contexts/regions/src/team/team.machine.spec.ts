import { checkMachine, deciding, streamId } from '@platform/testing';
import type { TeamEvent } from './team';
import {
  AddTeamMember,
  ConstituteTeam,
  DissolveTeam,
  ProposeTeam,
  RecordTeamMeeting,
  RemoveTeamMember,
  type TeamCommand,
  teamDecider,
} from './team.decider';

const id = streamId('team', 1);
const [coop, comune] = [streamId('organisation', 1), streamId('organisation', 2)] as const;
const [educator, social, lawyer] = [streamId('member', 1), streamId('member', 2), streamId('member', 3)] as const;
const of = (member: string, organisation: string, discipline: 'educator' | 'social_worker' | 'lawyer') =>
  [member, { member, organisation, region: 'umbria', active: true, roles: ['operator'], disciplines: [discipline] }] as const;
const context = deciding({
  members: new Map([of(educator, coop, 'educator'), of(social, comune, 'social_worker'), of(lawyer, coop, 'lawyer')]),
  organisations: new Map([
    [coop, { organisation: coop, kind: 'association', sector: 'private_social', region: 'umbria', active: true } as const],
    [comune, { organisation: comune, kind: 'local_authority', sector: 'public', region: 'umbria', active: true } as const],
  ]),
  visitors: [],
});
const seats = [
  { member: educator, organisation: coop, region: 'umbria', discipline: 'educator' },
  { member: social, organisation: comune, region: 'umbria', discipline: 'social_worker' },
] as const;
const proposed: TeamEvent[] = [
  { type: 'TeamProposed', data: { kind: 'local', leadRegion: 'umbria', organisation: coop, designation: 'Équipe' } },
  ...seats.map((seat): TeamEvent => ({ type: 'TeamMemberAdded', data: seat })),
];
const constituted: TeamEvent = { type: 'TeamConstituted', data: { kind: 'local', leadRegion: 'umbria', members: seats } };
const pasts: Record<string, TeamEvent[]> = {
  '-': [],
  Proposed: proposed,
  Constituted: [...proposed, constituted],
  Dissolved: [...proposed, constituted, { type: 'TeamDissolved', data: { reason: 'task_done' } }],
};
const commands: Record<string, TeamCommand> = {
  ProposeTeam: new ProposeTeam(id, 'local', 'Équipe'),
  AddTeamMember: new AddTeamMember(id, lawyer, 'lawyer', false),
  RemoveTeamMember: new RemoveTeamMember(id, social),
  ConstituteTeam: new ConstituteTeam(id),
  RecordTeamMeeting: new RecordTeamMeeting(id, '2031-03-13', [educator], ['no_decision']),
  DissolveTeam: new DissolveTeam(id, 'task_done'),
};

checkMachine({
  noun: 'team',
  decider: teamDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({ given: pasts[from]!, command: commands[command]!, context }),
});
