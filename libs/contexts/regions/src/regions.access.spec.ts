import { type OrganisationKind, ORGANISATION_KINDS, type Role, ROLES, systemActor } from '@platform/kernel';
import { mayCommand, type Standing } from '@platform/access';
import { person, streamId } from '@platform/testing';
import { withinCeiling } from './member/role-ceilings';
import { memberCommands } from './member/member.decider';
import { organisationCommands } from './organisation/organisation.decider';
import { policyCommands } from './policy/policy.decider';
import { regionCommands } from './region/region.decider';
import { regionsPolicy, standingsTo } from './rulebook';
import { teamCommands } from './team/team.decider';
import { territorialAgreementCommands } from './territorial-agreement/territorial-agreement.decider';

const STANDINGS: readonly Standing[] = ['own-organisation', 'own-team', 'same-region', 'other-region'];
const BY_CLOCK_OR_EVENT = ['ExpireAgreement', 'SupersedePolicy'];
const commands = [regionCommands, organisationCommands, memberCommands, teamCommands, territorialAgreementCommands, policyCommands].flatMap(
  (classes) => (classes as readonly { name: string }[]).map(({ name }) => name),
);
const acts = regionsPolicy.commands.map(({ command }) => command);

const may = (act: string, role: Role, standing: Standing, kind: OrganisationKind = 'region', acr = 3): boolean =>
  mayCommand(regionsPolicy, {
    command: act,
    actor: person({ roles: [role], kind, acr }),
    standings: [standing],
    purpose: 'direct_assistance',
    recused: false,
  }).effect === 'permitted';
/** Every combination that is permitted, as `act role standing kind`, for roles that an organisation of the kind can have. */
const permitted = acts.flatMap((act) =>
  ORGANISATION_KINDS.flatMap((kind) =>
    ROLES.filter((role) => withinCeiling(kind, role)).flatMap((role) =>
      STANDINGS.filter((standing) => may(act, role, standing, kind)).map((standing) => ({ act, role, standing, kind })),
    ),
  ),
);
const of = (...names: string[]) => permitted.filter(({ act }) => names.includes(act));

describe('who may do what in regions', () => {
  it('is said of every command, and of nothing that is none', () => {
    expect(commands.filter((command) => !acts.includes(command))).toEqual([]);
    expect(acts.filter((act) => !commands.includes(act) && !act.startsWith('Read') && act !== 'OverseeStaff')).toEqual([]);
  });

  it('leaves every command to somebody, or to the service alone', () => {
    expect(commands.filter((command) => of(command).length === 0)).toEqual(BY_CLOCK_OR_EVENT);
  });

  it('leaves accreditation, regions and policies to offices of the region', () => {
    const offices = of(
      ...['RegisterRegion', 'ActivateRegion', 'SuspendRegion', 'ReactivateRegion', 'RegisterOrganisation', 'AccreditOrganisation'],
    );
    offices.push(...of('SuspendOrganisation', 'ReinstateOrganisation', 'ProposePolicy', 'ActivatePolicy', 'RefusePolicy', 'OverseeStaff'));
    expect(new Set(offices.map(({ kind }) => kind))).toEqual(new Set(['region']));
    expect(new Set(offices.filter(({ act }) => act !== 'RegisterRegion').map(({ standing }) => standing))).toEqual(
      new Set(['same-region']),
    );
  });

  it('gives auditors and mentors no command at all', () => {
    expect(permitted.filter(({ act, role }) => (role === 'auditor' || role === 'mentor') && commands.includes(act))).toEqual([]);
  });

  it('gives roles and invitations to administrators alone', () => {
    expect(new Set(of('InviteMember', 'AssignRole', 'EndRole', 'DisableMember', 'ResetSignIn').map(({ role }) => role))).toEqual(
      new Set(['administrator']),
    );
  });

  it('lets only the hosts take in a visitor, and only the team record its meetings', () => {
    expect(new Set(of('VisitTeam', 'RecordTeamMeeting').map(({ standing }) => standing))).toEqual(new Set(['own-team']));
  });

  it('shows names to colleagues and to those who answer for the region, nobody else', () => {
    expect(new Set(of('ReadStaff').map(({ standing }) => standing))).toEqual(new Set(['own-organisation', 'own-team']));
    expect(new Set(of('OverseeStaff').map(({ role }) => role))).toEqual(new Set(['administrator', 'dpo', 'auditor']));
  });

  it.each([
    'AccreditOrganisation',
    'AssignRole',
    'EndRole',
    'ResetSignIn',
    'VisitTeam',
    'SignAgreement',
    'ActivatePolicy',
    'RegisterRegion',
  ])('asks the strongest sign-in for %s', (act) => {
    const { role, standing, kind } = of(act)[0]!;
    expect([1, 2, 3].map((acr) => may(act, role, standing, kind, acr))).toEqual([false, false, true]);
  });

  it('lets the service do what a set-up, an event or the clock asks, and nothing else', () => {
    const own = acts.filter(
      (command) =>
        mayCommand(regionsPolicy, { command, actor: systemActor('umbria'), standings: [], purpose: 'direct_assistance', recused: false })
          .effect === 'permitted',
    );
    expect(own).toEqual([
      ...['RegisterRegion', 'ActivateRegion', 'RegisterOrganisation', 'AccreditOrganisation', 'InviteMember', 'AssignRole'],
      ...[
        'ResetSignIn',
        'ProposeTeam',
        'AddTeamMember',
        'RemoveTeamMember',
        'ConstituteTeam',
        'ExpireAgreement',
        'ProposePolicy',
        'SupersedePolicy',
      ],
    ]);
  });
});

describe('a standing in regions', () => {
  const [own, other] = [streamId('organisation', 1), streamId('organisation', 2)];

  it('is by organisation, by team, and for offices by region', () => {
    expect(standingsTo({ organisations: [own], region: 'umbria' }, person())).toEqual(['own-organisation']);
    expect(standingsTo({ organisations: [other, undefined], teams: ['team-1'], region: 'umbria' }, person({ teams: ['team-1'] }))).toEqual([
      'own-team',
    ]);
    const office = person({ kind: 'region' });
    expect(standingsTo({ organisations: [other], region: 'umbria' }, office)).toEqual(['same-region']);
    expect(standingsTo({ organisations: [other], region: 'toscana' }, office)).toEqual(['other-region']);
    expect(standingsTo({ organisations: [other] }, office)).toEqual([]);
  });
});
