import { checkMachine, deciding, streamId } from '@platform/testing';
import type { MemberEvent } from './member';
import {
  AssignRole,
  DisableMember,
  EndRole,
  InviteMember,
  type MemberCommand,
  memberDecider,
  ReinstateMember,
  ResetSignIn,
  SuspendMember,
  VisitTeam,
} from './member.decider';

const id = streamId('member', 7);
const own = streamId('organisation', 1);
const team = streamId('team', 3);
const login = 'c0'.repeat(32);
const context = deciding({
  organisation: { organisation: own, kind: 'social_cooperative', sector: 'private_social', region: 'umbria', active: true } as const,
  loginTaken: false,
  team: { team, constituted: true, kind: 'local', leadRegion: 'umbria', members: [] } as const,
});
const invited: MemberEvent = { type: 'MemberInvited', data: { organisation: own, region: 'umbria', login } };
const operator: MemberEvent = { type: 'RoleAssigned', data: { role: 'operator', disciplines: ['educator'] } };
const suspended: MemberEvent = { type: 'MemberSuspended', data: { reason: 'safeguarding' } };
const disabled: MemberEvent = { type: 'MemberDisabled', data: {} };
const pasts: Record<string, MemberEvent[]> = {
  '-': [],
  Invited: [invited],
  Active: [invited, operator],
  Suspended: [invited, operator, suspended],
  Disabled: [invited, operator, disabled],
};
const commands: Record<string, MemberCommand> = {
  InviteMember: new InviteMember(id, own, login),
  AssignRole: new AssignRole(id, 'coordinator', ['educator']),
  EndRole: new EndRole(id, 'operator'),
  VisitTeam: new VisitTeam(id, team, 'educator', '2031-04-14T12:00:00.000Z'),
  SuspendMember: new SuspendMember(id, 'safeguarding'),
  ReinstateMember: new ReinstateMember(id),
  DisableMember: new DisableMember(id),
  ResetSignIn: new ResetSignIn(id),
};

checkMachine({
  noun: 'member',
  decider: memberDecider,
  stateName: ({ status }) => status,
  commandFor: (command, from) => ({ given: pasts[from]!, command: commands[command]!, context }),
});
