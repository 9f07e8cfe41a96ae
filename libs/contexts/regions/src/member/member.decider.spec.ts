import { deciding, NOON, person, scenario, streamId } from '@platform/testing';
import type { OrganisationStanding } from '../organisation/organisation';
import type { TeamStanding } from '../team/team';
import type { MemberEvent } from './member';
import {
  AssignRole,
  DisableMember,
  EndRole,
  InviteMember,
  LONGEST_VISIT_DAYS,
  memberDecider,
  type MemberFacts,
  ReinstateMember,
  ResetSignIn,
  SuspendMember,
  VisitTeam,
} from './member.decider';

const id = streamId('member', 7);
const own = streamId('organisation', 1);
const team = streamId('team', 3);
const login = 'c0'.repeat(32);
const organisation: OrganisationStanding = {
  organisation: own,
  kind: 'social_cooperative',
  sector: 'private_social',
  region: 'umbria',
  active: true,
};
const host: TeamStanding = { team, constituted: true, kind: 'local', leadRegion: 'umbria', members: [] };
const facts: MemberFacts = { organisation, loginTaken: false, team: host };

const invited: MemberEvent = { type: 'MemberInvited', data: { organisation: own, region: 'umbria', login } };
const operator: MemberEvent = { type: 'RoleAssigned', data: { role: 'operator', disciplines: ['educator'] } };
const suspendedFor = (reason: 'safeguarding' | 'misuse'): MemberEvent => ({ type: 'MemberSuspended', data: { reason } });
const disabled: MemberEvent = { type: 'MemberDisabled', data: {} };
const member = scenario(memberDecider, deciding(facts));
const active = member.given(invited, operator);
const self = { actor: person({ member: id, organisation: own }) };
const withFacts = (changed: Partial<MemberFacts>) => ({ facts: { ...facts, ...changed } });

describe('an invitation', () => {
  it('names organisation, region and login, and no person', () => {
    member.when(new InviteMember(id, own, login)).then(invited);
    const nameRef = 'vault:umbria:abcdefghijklmnopqrstuvwxyz';
    member.when(new InviteMember(id, own, login, nameRef)).then({ type: 'MemberInvited', data: { ...invited.data, nameRef } });
  });

  it('is never one’s own', () =>
    member
      .by(self)
      .when(new InviteMember(id, own, login))
      .thenRefused('member.own-invitation'));

  it('comes from the own organisation', () =>
    member
      .by({ actor: person({ organisation: streamId('organisation', 9) }) })
      .when(new InviteMember(id, own, login))
      .thenRefused('member.inviter-of-other-organisation'));

  it('may come from the office of the same region, not from that of another', () => {
    const office = person({ organisation: streamId('organisation', 9), kind: 'region' });
    member
      .by({ actor: office })
      .when(new InviteMember(id, own, login))
      .then(invited);
    member
      .by({ actor: { ...office, region: 'toscana' } })
      .when(new InviteMember(id, own, login))
      .thenRefused('member.inviter-of-other-organisation');
  });

  it('needs an accredited organisation', () => {
    member
      .by(withFacts({ organisation: { ...organisation, active: false } }))
      .when(new InviteMember(id, own, login))
      .thenRefused('member.organisation-inactive');
    member
      .by(withFacts({ organisation: undefined }))
      .when(new InviteMember(id, own, login))
      .thenRefused('member.organisation-inactive');
  });

  it('needs a login of its own, as a digest', () => {
    member
      .by(withFacts({ loginTaken: true }))
      .when(new InviteMember(id, own, login))
      .thenRefused('member.login-taken');
    member.when(new InviteMember(id, own, 'anna.rossi')).thenRefused('member.login-malformed', ['/login']);
  });

  it('that was sent is not sent again', () => {
    member
      .given(invited)
      .when(new InviteMember(id, own, login))
      .thenNothing();
    member
      .given(invited)
      .when(new InviteMember(id, own, 'd1'.repeat(32)))
      .thenRefused('member.already-invited');
  });
});

describe('a role', () => {
  it('is assigned by another, with declared disciplines, and makes the member active', () =>
    member
      .given(invited)
      .when(new AssignRole(id, 'operator', ['educator']))
      .then(operator));

  it('is never one’s own to assign or end (A7)', () => {
    active
      .by(self)
      .when(new AssignRole(id, 'case_manager', ['educator']))
      .thenRefused('member.own-role');
    active.by(self).when(new EndRole(id, 'operator')).thenRefused('member.own-role');
  });

  it('stays within the ceiling of the organisation’s kind', () => {
    active.when(new AssignRole(id, 'inspector', ['labour_expert'])).thenRefused('member.role-above-ceiling');
    const inspectorate: OrganisationStanding = { ...organisation, kind: 'labour_inspectorate', sector: 'public' };
    member
      .given(invited)
      .by(withFacts({ organisation: inspectorate }))
      .when(new AssignRole(id, 'case_manager', ['labour_expert']))
      .thenRefused('member.role-above-ceiling');
  });

  it('needs a discipline', () => active.when(new AssignRole(id, 'case_manager', [])).thenRefused('member.discipline-missing'));

  it('that oversees is not joined with one that is overseen', () =>
    active.when(new AssignRole(id, 'dpo', ['dpo'])).thenRefused('member.roles-incompatible'));

  it('held already is not assigned again, other disciplines are', () => {
    active.when(new AssignRole(id, 'operator', ['educator'])).thenNothing();
    active
      .when(new AssignRole(id, 'operator', ['educator', 'lawyer', 'lawyer']))
      .then({ type: 'RoleAssigned', data: { role: 'operator', disciplines: ['educator', 'lawyer'] } });
  });

  it('ends by the word of another', () => {
    active.when(new EndRole(id, 'operator')).then({ type: 'RoleEnded', data: { role: 'operator' } });
    active.when(new EndRole(id, 'coordinator')).thenNothing();
  });

  it('is not given for an organisation that is suspended', () =>
    active
      .by(withFacts({ organisation: { ...organisation, active: false } }))
      .when(new AssignRole(id, 'coordinator', ['educator']))
      .thenRefused('member.organisation-inactive'));
});

describe('a visit to another team', () => {
  const until = '2031-04-14T12:00:00.000Z';
  const started = {
    type: 'VisitingMembershipStarted',
    data: { team, organisation: own, region: 'umbria', discipline: 'educator', until },
  } satisfies MemberEvent;

  it('has an end', () => {
    active.when(new VisitTeam(id, team, 'educator', until)).then(started);
    active
      .given(started)
      .when(new VisitTeam(id, team, 'educator', until))
      .thenNothing();
    active.when(new VisitTeam(id, team, 'educator', NOON)).thenRefused('member.visit-without-end');
    active.when(new VisitTeam(id, team, 'educator', 'some day')).thenRefused('member.visit-without-end');
    active.when(new VisitTeam(id, team, 'educator', '2031-12-14T12:00:00.000Z')).thenRefused('member.visit-too-long');
    const longest = new Date(Date.parse(NOON) + LONGEST_VISIT_DAYS * 86_400_000).toISOString();
    active.when(new VisitTeam(id, team, 'educator', longest)).then({ ...started, data: { ...started.data, until: longest } });
  });

  it('to another team, until another day or in another discipline is another visit', () => {
    const both = active.given({ type: 'RoleAssigned', data: { role: 'operator', disciplines: ['educator', 'lawyer'] } }, started);
    const [elsewhere, later] = [streamId('team', 4), '2031-04-15T12:00:00.000Z'];
    const data = started.data;
    both.when(new VisitTeam(id, elsewhere, 'educator', until)).then({ ...started, data: { ...data, team: elsewhere } });
    both.when(new VisitTeam(id, team, 'educator', later)).then({ ...started, data: { ...data, until: later } });
    both.when(new VisitTeam(id, team, 'lawyer', until)).then({ ...started, data: { ...data, discipline: 'lawyer' } });
  });

  it('is in a declared discipline', () =>
    active.when(new VisitTeam(id, team, 'physician', until)).thenRefused('member.discipline-undeclared'));

  it('is to a constituted team other than the own', () => {
    active
      .by(withFacts({ team: undefined }))
      .when(new VisitTeam(id, team, 'educator', until))
      .thenRefused('member.team-unknown');
    active
      .by(withFacts({ team: { ...host, constituted: false } }))
      .when(new VisitTeam(id, team, 'educator', until))
      .thenRefused('member.team-unknown');
    active
      .by(withFacts({ team: { ...host, members: [id] } }))
      .when(new VisitTeam(id, team, 'educator', until))
      .thenRefused('member.already-in-team');
  });

  it('is for active members', () =>
    member
      .given(invited)
      .when(new VisitTeam(id, team, 'educator', until))
      .thenRefused('member.not-active'));
});

describe('a suspended member', () => {
  const reinstated: MemberEvent = { type: 'MemberReinstated', data: {} };

  it('does not reinstate themselves (A4)', () =>
    active.given(suspendedFor('safeguarding')).by(self).when(new ReinstateMember(id)).thenRefused('member.own-reinstatement'));

  it('returns after misuse only by the word of another organisation', () => {
    const misused = active.given(suspendedFor('misuse'));
    misused.when(new ReinstateMember(id)).thenRefused('member.misuse-needs-other-organisation');
    misused
      .by({ actor: person({ organisation: streamId('organisation', 9) }) })
      .when(new ReinstateMember(id))
      .then(reinstated);
    active.given(suspendedFor('safeguarding')).when(new ReinstateMember(id)).then(reinstated);
  });

  it('who was reinstated is not reinstated again, nor is somebody who was never suspended', () => {
    active.given(suspendedFor('safeguarding'), reinstated).when(new ReinstateMember(id)).thenNothing();
    active.when(new ReinstateMember(id)).thenNothing();
  });

  it('gets no role and visits no team', () => {
    const paused = active.given(suspendedFor('safeguarding'));
    paused.when(new AssignRole(id, 'coordinator', ['educator'])).thenRefused('member.suspended');
    paused.when(new VisitTeam(id, team, 'educator', '2031-04-14T12:00:00.000Z')).thenRefused('member.suspended');
    paused.when(new SuspendMember(id, 'safeguarding')).thenNothing();
  });
});

describe('a member who cannot sign in any more', () => {
  const reset: MemberEvent = { type: 'SignInReset', data: {} };

  it('gets a new way in by somebody else, also before the first and while suspended', () => {
    active.when(new ResetSignIn(id)).then(reset);
    member.given(invited).when(new ResetSignIn(id)).then(reset);
    active.given(suspendedFor('misuse')).when(new ResetSignIn(id)).then(reset);
    active.given(reset).when(new ResetSignIn(id)).then(reset);
  });

  it('never by themselves', () => active.by(self).when(new ResetSignIn(id)).thenRefused('member.own-reset'));

  it('keeps standing, roles and disciplines', () =>
    active
      .given(reset)
      .when(new AssignRole(id, 'operator', ['educator']))
      .thenNothing());
});

describe('a disabled member', () => {
  it('stays disabled, and everything recorded stays (A9)', () => {
    active.when(new DisableMember(id)).then(disabled);
    const gone = active.given(disabled);
    gone.when(new DisableMember(id)).thenNothing();
    gone.when(new AssignRole(id, 'operator', ['educator'])).thenRefused('member.disabled');
    gone.when(new ReinstateMember(id)).thenRefused('member.disabled');
    gone.when(new ResetSignIn(id)).thenRefused('member.disabled');
    gone.when(new InviteMember(id, own, login)).thenRefused('member.disabled');
  });
});
