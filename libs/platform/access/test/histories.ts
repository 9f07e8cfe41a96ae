import { FIELD_GROUPS } from '@platform/kernel';
import * as fc from 'fast-check';
import { type Happening, type Member, MEMBERS, ORGANISATIONS, type Organisation, TEAMS, type Team } from './world';

/** What is asked for after each happening. */
export const ASKED_PURPOSES = ['direct_assistance', 'joint_case', 'referral_assessment', 'emergency'] as const;
export const CASES = ['case-0', 'case-1', 'case-2'] as const;

const member = fc.constantFrom(...(Object.keys(MEMBERS) as Member[]));
const team = fc.constantFrom(...(Object.keys(TEAMS) as Team[]));
const organisation = fc.constantFrom(...(Object.keys(ORGANISATIONS) as Organisation[]));
// Steered: most of it is about one case, its custodian and a few grants, or rare states would never be reached.
const of = fc.constantFrom('case-0', 'case-0', 'case-0', 'case-0', 'case-1', 'case-2');
const id = (prefix: string): fc.Arbitrary<string> => fc.constantFrom(0, 0, 1, 2).map((n) => `${prefix}-${n}`);
const by: fc.Arbitrary<Member> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('anna' as const, 'anna' as const, 'elio' as const) },
  { weight: 1, arbitrary: member },
);
const groups = fc.subarray([...FIELD_GROUPS], { minLength: 1 });
const hours = fc.constantFrom(1, 4, 24, 96);
/** Relation, recipient and purpose fit together most of the time. */
const terms = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      relation: fc.constant('referral-accepted' as const),
      to: member,
      purpose: fc.constantFrom('direct_assistance', 'joint_case'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ relation: fc.constant('referral-stage-1' as const), to: member, purpose: fc.constant('referral_assessment') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      relation: fc.constant('interregional-team' as const),
      to: fc.constant('team-i' as const),
      purpose: fc.constant('joint_case'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ relation: fc.constant('interregional-team' as const), to: member, purpose: fc.constant('joint_case') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      relation: fc.constant('referral-accepted' as const),
      to: fc.constant('team-i' as const),
      purpose: fc.constantFrom('emergency', 'direct_assistance'),
    }),
  },
);

type Timeless = Happening extends infer H ? (H extends Happening ? Omit<H, 'at'> : never) : never;
const is = <T extends Happening['type']>(...types: T[]): fc.Arbitrary<T> => fc.constantFrom(...types);
const happening: fc.Arbitrary<Timeless> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: is('MemberSeated', 'MemberUnseated'), member, team }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: is('MemberUnseated'), member: fc.constant('dario' as const), team: fc.constant('team-i' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('MemberDisabled', 'MemberReinstated'), member }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: is('OrganisationSuspended', 'OrganisationReinstated', 'OrganisationReinstated'), organisation }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: is('CaseOpened'),
      case: of,
      team: fc.constantFrom('team-a' as const, 'team-b' as const),
      responsible: member,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('CaseClosed', 'CaseReopened'), case: of }) },
  { weight: 1, arbitrary: fc.record({ type: is('PersonRecused'), case: of, member }) },
  { weight: 1, arbitrary: fc.record({ type: is('SafetySet'), case: of, inProtection: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: is('BasisRecorded'), basis: id('basis'), case: of, hours: fc.constantFrom(4, 24, 96) }) },
  { weight: 1, arbitrary: fc.record({ type: is('BasisEnded'), basis: id('basis') }) },
  { weight: 1, arbitrary: fc.record({ type: is('ReferralOffered'), referral: id('referral'), case: of, member }) },
  {
    weight: 6,
    arbitrary: fc
      .record({
        terms,
        rest: fc.record({
          grant: id('grant'),
          case: of,
          by,
          groups,
          basis: id('basis'),
          hours,
          service: fc.constantFrom('health' as const, 'legal' as const, 'other' as const),
        }),
      })
      .map(({ terms: chosen, rest }) => ({ type: 'AccessGranted' as const, ...rest, ...chosen })),
  },
  { weight: 2, arbitrary: fc.record({ type: is('AccessNarrowed'), grant: id('grant'), groups }) },
  { weight: 1, arbitrary: fc.record({ type: is('AccessRevoked'), grant: id('grant') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: is('GlassBroken'),
      glass: id('glass'),
      case: of,
      member,
      group: fc.constantFrom('CON' as const, 'HEA' as const, 'NEED' as const, 'FAM' as const, 'ID' as const, 'PROT' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('GlassClosed'), glass: id('glass') }) },
);

const start: readonly Happening[] = [
  { at: 0, type: 'MemberSeated', member: 'anna', team: 'team-a' },
  { at: 0, type: 'MemberSeated', member: 'bruno', team: 'team-a' },
  { at: 0, type: 'MemberSeated', member: 'carla', team: 'team-b' },
  { at: 0, type: 'MemberSeated', member: 'dario', team: 'team-i' },
  { at: 0, type: 'CaseOpened', case: 'case-0', team: 'team-a', responsible: 'anna' },
  { at: 0, type: 'BasisRecorded', basis: 'basis-0', case: 'case-0', hours: 96 },
];

/** Cases seen in every way there is: what lists have to keep apart. */
export const MANY_WAYS: readonly Happening[] = [
  { at: 0, type: 'MemberSeated', member: 'elio', team: 'team-a' },
  { at: 0, type: 'CaseOpened', case: 'case-1', team: 'team-a', responsible: 'bruno' },
  { at: 0, type: 'CaseOpened', case: 'case-2', team: 'team-b', responsible: 'carla' },
  { at: 0, type: 'BasisRecorded', basis: 'basis-1', case: 'case-1', hours: 96 },
  { at: 0, type: 'BasisRecorded', basis: 'basis-2', case: 'case-2', hours: 96 },
  ...(
    [
      {
        grant: 'kept-0',
        case: 'case-0',
        by: 'anna',
        to: 'carla',
        relation: 'referral-accepted',
        groups: ['ID', 'NEED', 'PLAN'],
        purpose: 'direct_assistance',
      },
      {
        grant: 'kept-1',
        case: 'case-0',
        by: 'anna',
        to: 'team-i',
        relation: 'interregional-team',
        groups: ['ID', 'TERR', 'COMP'],
        purpose: 'joint_case',
      },
      {
        grant: 'kept-2',
        case: 'case-1',
        by: 'anna',
        to: 'team-i',
        relation: 'interregional-team',
        groups: ['ID', 'PLAN', 'NEED'],
        purpose: 'joint_case',
      },
      {
        grant: 'kept-3',
        case: 'case-1',
        by: 'anna',
        to: 'carla',
        relation: 'referral-stage-1',
        groups: ['ID', 'NEED', 'TERR'],
        purpose: 'referral_assessment',
      },
      {
        grant: 'kept-4',
        case: 'case-2',
        by: 'carla',
        to: 'bruno',
        relation: 'referral-accepted',
        groups: ['ID'],
        purpose: 'direct_assistance',
      },
    ] as const
  ).map((grant, n) => ({
    at: 0,
    type: 'AccessGranted' as const,
    ...grant,
    basis: `basis-${[0, 0, 1, 1, 2][n]}`,
    hours: 96,
    service: 'other' as const,
  })),
];

/** A history to try: some of it will be refused. */
export const histories = (length: number, before: readonly Happening[] = []): fc.Arbitrary<readonly Happening[]> =>
  fc.array(fc.tuple(happening, fc.constantFrom(0, 0, 0, 1, 2)), { minLength: 1, maxLength: length, size: 'max' }).map((steps) => {
    let at = 0;
    return [...start, ...before, ...steps.map(([what, hoursLater]) => ({ ...what, at: (at += hoursLater) }))];
  });
