import { type Declarations, personLikePaths } from '@contracts';
import { type Command, type Decider, type DecisionContext, type DomainEvent, DomainError } from '@platform/kernel';
import { deciding, eventOf, recorded, streamId } from '@platform/testing';
import fc from 'fast-check';
import { memberEvents } from './member/member';
import {
  AssignRole,
  DisableMember,
  EndRole,
  InviteMember,
  memberDecider,
  ReinstateMember,
  ResetSignIn,
  SuspendMember,
  VisitTeam,
} from './member/member.decider';
import { organisationEvents } from './organisation/organisation';
import {
  AccreditOrganisation,
  organisationDecider,
  RegisterOrganisation,
  ReinstateOrganisation,
  SuspendOrganisation,
  WithdrawOrganisation,
} from './organisation/organisation.decider';
import { policyEvents } from './policy/policy';
import { ActivatePolicy, policyDecider, ProposePolicy, RefusePolicy, SupersedePolicy } from './policy/policy.decider';
import { publishedOf } from './published';
import { regionEvents } from './region/region';
import { ActivateRegion, ReactivateRegion, regionDecider, RegisterRegion, SuspendRegion } from './region/region.decider';
import { teamEvents } from './team/team';
import {
  AddTeamMember,
  ConstituteTeam,
  DissolveTeam,
  ProposeTeam,
  RecordTeamMeeting,
  RemoveTeamMember,
  teamDecider,
} from './team/team.decider';
import { territorialAgreementEvents } from './territorial-agreement/territorial-agreement';
import {
  ActivateAgreement,
  DraftAgreement,
  ExpireAgreement,
  OpenNegotiation,
  SignAgreement,
  TerminateAgreement,
  territorialAgreementDecider,
} from './territorial-agreement/territorial-agreement.decider';

const SEED = 20310314;
const [organisation, member, team] = [streamId('organisation', 1), streamId('member', 1), streamId('team', 1)];
const hash = 'ab'.repeat(32);

interface Aggregate {
  readonly noun: string;
  readonly events: Declarations;
  readonly run: (past: readonly DomainEvent[]) => void;
  readonly statusAfter: (past: readonly DomainEvent[]) => string;
  readonly terminal: readonly string[];
}

/** Any past, however impossible, then each command: whatever happens must be events that apply or a refusal. */
function aggregate<S extends { status: string }, C extends Command, E extends DomainEvent, F>(
  noun: string,
  events: Declarations,
  decider: Decider<S, C, E, F>,
  commands: readonly C[],
  facts: F,
  terminal: readonly string[] = [],
): Aggregate {
  const context: DecisionContext<F> = deciding(facts);
  const fold = (past: readonly DomainEvent[]): S => past.reduce((state, event) => decider.evolve(state, event as E), decider.initialState);
  return {
    noun,
    events,
    terminal,
    statusAfter: (past) => fold(past).status,
    run: (past) => {
      const state = fold(past);
      for (const command of commands) {
        try {
          const made = decider.decide(command, state, context);
          const after = made.reduce((soFar, event) => decider.evolve(soFar, event), state);
          if (made.length > 0 && terminal.includes(state.status))
            throw new Error(`${command.kind} left ${state.status} for ${after.status}`);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect(error.code).toMatch(new RegExp(`^${noun}\\.[a-z-]+$`));
        }
      }
    },
  };
}

const standing = { organisation, kind: 'social_cooperative', sector: 'private_social', region: 'umbria', active: true } as const;
const organisations = new Map([[organisation, standing]]);
const id = (noun: string): string => streamId(noun, 2);
const terms = { parties: [], scope: [], caps: [], expiresAt: '2032-01-01T00:00:00.000Z' };

const all: readonly Aggregate[] = [
  aggregate(
    'region',
    regionEvents,
    regionDecider,
    [
      new RegisterRegion(id('region'), 'umbria'),
      new ActivateRegion(id('region'), organisation, organisation),
      new SuspendRegion(id('region'), 'own_request'),
      new ReactivateRegion(id('region')),
    ],
    { taken: false, organisations, openReferrals: 0 },
  ),
  aggregate(
    'organisation',
    organisationEvents,
    organisationDecider,
    [
      new RegisterOrganisation(id('organisation'), { kind: 'association', region: 'umbria', designation: 'Ponte' }),
      new AccreditOrganisation(id('organisation'), hash, '2031-01-01'),
      new SuspendOrganisation(id('organisation'), 'own_request'),
      new ReinstateOrganisation(id('organisation')),
      new WithdrawOrganisation(id('organisation'), 'merged'),
    ],
    { regionKnown: true, openCustody: 0 },
    ['Withdrawn'],
  ),
  aggregate(
    'member',
    memberEvents,
    memberDecider,
    [
      new InviteMember(id('member'), organisation, hash),
      new AssignRole(id('member'), 'operator', ['educator']),
      new EndRole(id('member'), 'operator'),
      new VisitTeam(id('member'), team, 'educator', '2031-04-01T00:00:00.000Z'),
      new SuspendMember(id('member'), 'misuse'),
      new ReinstateMember(id('member')),
      new DisableMember(id('member')),
      new ResetSignIn(id('member')),
    ],
    {
      organisation: standing,
      loginTaken: false,
      team: { team, constituted: true, kind: 'local' as const, leadRegion: 'umbria', members: [] },
    },
    ['Disabled'],
  ),
  aggregate(
    'team',
    teamEvents,
    teamDecider,
    [
      new ProposeTeam(id('team'), 'local', 'Équipe'),
      new AddTeamMember(id('team'), member, 'educator', false),
      new RemoveTeamMember(id('team'), member),
      new ConstituteTeam(id('team')),
      new RecordTeamMeeting(id('team'), '2031-03-01', [member], []),
      new DissolveTeam(id('team'), 'task_done'),
    ],
    {
      members: new Map([
        [
          member,
          { member, organisation, region: 'umbria', active: true, roles: ['operator' as const], disciplines: ['educator' as const] },
        ],
      ]),
      organisations,
      visitors: [],
    },
    ['Dissolved'],
  ),
  aggregate(
    'territorialAgreement',
    territorialAgreementEvents,
    territorialAgreementDecider,
    [
      new DraftAgreement(id('territorialAgreement'), terms),
      new OpenNegotiation(id('territorialAgreement')),
      new SignAgreement(id('territorialAgreement')),
      new ActivateAgreement(id('territorialAgreement')),
      new ExpireAgreement(id('territorialAgreement')),
      new TerminateAgreement(id('territorialAgreement'), 'breach'),
    ],
    { organisations },
    ['Expired', 'Terminated'],
  ),
  aggregate(
    'policy',
    policyEvents,
    policyDecider,
    [
      new ProposePolicy(id('policy'), {}),
      new ActivatePolicy(id('policy'), hash, []),
      new RefusePolicy(id('policy'), 'mistaken'),
      new SupersedePolicy(id('policy'), hash),
    ],
    { proposal: { hash, lines: [], faults: [] }, latest: undefined },
    ['Superseded', 'Refused'],
  ),
];

describe.each(all)('the rules of $noun', ({ noun, events, run, terminal, statusAfter }) => {
  const past = fc.array(eventOf(events), { maxLength: 8 });

  it('answer with events or a refusal, whatever happened before, and leave no end', () => {
    fc.assert(
      fc.property(past, (given) => run(given)),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('reach every end in some past, so that the property above says something', () => {
    const reached = new Set(fc.sample(past, { seed: SEED, numRuns: 300 }).map(statusAfter));
    expect(terminal.filter((state) => !reached.has(state))).toEqual([]);
  });

  it('store nothing about a person', () => expect(personLikePaths(events)).toEqual([]));

  it('publish what fits the contract, and neither designations nor vault references', () => {
    const stream = streamId(noun, 1);
    fc.assert(
      fc.property(eventOf(events), (event) => {
        const published = publishedOf(recorded(event, { stream }));
        expect(JSON.stringify(published ?? {})).not.toMatch(/vault:|Canarino|Trasimeno/);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
