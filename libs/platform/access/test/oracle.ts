import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FIELD_GROUPS, type FieldGroup, type View } from '@platform/kernel';
import type { Happening, Member } from './world';

/**
 * What is right, said a second time: by quantifiers over the whole history and by the hand-written table. It shares nothing with the policy,
 * its evaluator or the rows, and does not care how long it takes.
 */

const REGION: Record<Member, string> = { anna: 'umbria', bruno: 'umbria', carla: 'toscana', dario: 'toscana', elio: 'umbria' };
const HOME: Record<Member, string> = { anna: 'org-a', bruno: 'org-a', carla: 'org-b', dario: 'org-b', elio: 'org-c' };
const SKILL: Record<Member, readonly string[]> = {
  anna: ['none'],
  bruno: ['health'],
  carla: ['lawyer'],
  dario: ['labour', 'health'],
  elio: ['none'],
};
const CUSTODIAN: Record<string, string> = { 'team-a': 'org-a', 'team-b': 'org-b' };

const table = new Map(
  readFileSync(path.join(__dirname, '../../../contexts/cases/src/case/access-table.csv'), 'utf8')
    .split('\n[cells]\n')[1]
    ?.split('\n[grants]\n')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('case-holder,'))
    .map((line) => line.split(','))
    .map(([, relation, skill, ...cells]) => [`${relation}|${skill}`, cells] as const),
);
const ORDER: readonly View[] = ['none', 'aggregate', 'banded', 'codes', 'full'];
const best = (views: readonly View[]): View => ORDER[Math.max(0, ...views.map((view) => ORDER.indexOf(view)))] ?? 'none';

function cell(relation: string, member: Member, group: FieldGroup, service: string): View {
  return best(
    SKILL[member].map((skill) => {
      const [letter = '-', condition] = (
        (table.get(`${relation}|${skill}`) ?? table.get(`${relation}|any`))?.[FIELD_GROUPS.indexOf(group)] ?? '-'
      ).split('/');
      const view = ORDER['-ABPF'.indexOf(letter)] ?? 'none';
      return condition === undefined || condition === service ? view : 'none';
    }),
  );
}

type Of<T extends Happening['type']> = Extract<Happening, { type: T }>;
const all = <T extends Happening['type']>(history: readonly Happening[], ...types: T[]): Of<T>[] =>
  history.filter((e): e is Of<T> => (types as string[]).includes(e.type));
const after = (history: readonly Happening[], e: Happening): readonly Happening[] => history.slice(history.indexOf(e) + 1);

const seated = (history: readonly Happening[], member: Member, team: string): boolean =>
  all(history, 'MemberSeated', 'MemberUnseated').findLast((e) => e.member === member && e.team === team)?.type === 'MemberSeated';
const standing = (history: readonly Happening[], member: Member): boolean =>
  all(history, 'MemberDisabled', 'MemberReinstated').findLast((e) => e.member === member)?.type !== 'MemberDisabled' &&
  all(history, 'OrganisationSuspended', 'OrganisationReinstated').findLast((e) => e.organisation === HOME[member])?.type !==
    'OrganisationSuspended';
const opening = (history: readonly Happening[], of: string): Of<'CaseOpened'> | undefined =>
  all(history, 'CaseOpened').find((e) => e.case === of);
const closed = (history: readonly Happening[], of: string): boolean =>
  all(history, 'CaseClosed', 'CaseReopened').findLast((e) => e.case === of)?.type === 'CaseClosed';
const recused = (history: readonly Happening[], member: Member, of: string): boolean =>
  all(history, 'PersonRecused').some((e) => e.case === of && e.member === member);
const inForce = (history: readonly Happening[], basis: string, at: number): boolean =>
  all(history, 'BasisRecorded').some((e) => e.basis === basis && at < e.at + e.hours) &&
  !all(history, 'BasisEnded').some((e) => e.basis === basis);

export interface Footing {
  readonly relation: string;
  readonly groups: readonly FieldGroup[];
  readonly purpose: string | undefined;
  readonly service: string;
}

/** Everything that entitles the person to look at the case at an instant, whatever for. */
export function footings(history: readonly Happening[], member: Member, of: string, at: number): Footing[] {
  const opened = opening(history, of);
  if (!opened || !standing(history, member) || recused(history, member, of)) return [];
  const found: Footing[] = [];
  if (seated(history, member, opened.team)) {
    const relation = CUSTODIAN[opened.team] === HOME[member] ? 'custodian-team' : 'same-team';
    if (relation === 'custodian-team' || !closed(history, of))
      found.push({ relation, groups: FIELD_GROUPS, purpose: undefined, service: 'other' });
  }
  if (closed(history, of)) return found;
  for (const e of all(history, 'AccessGranted')) {
    const later = after(history, e);
    const basis = all(history, 'BasisRecorded').find((b) => b.basis === e.basis);
    const ends = Math.min(e.at + e.hours, basis ? basis.at + basis.hours : e.at);
    const mine = e.to === 'team-i' ? seated(history, member, 'team-i') : e.to === member;
    const ended = later.some((x) => (x.type === 'AccessRevoked' && x.grant === e.grant) || (x.type === 'CaseClosed' && x.case === of));
    if (e.case !== of || !mine || ended || at >= ends || !inForce(history, e.basis, at)) continue;
    const narrowings = all(later, 'AccessNarrowed').filter((x) => x.grant === e.grant);
    const groups = e.groups.filter((group) => narrowings.every((x) => x.groups.includes(group)));
    found.push({ relation: e.relation, groups, purpose: e.purpose, service: e.service });
  }
  for (const e of all(history, 'GlassBroken')) {
    const ended = after(history, e).some(
      (x) => (x.type === 'GlassClosed' && x.glass === e.glass) || (x.type === 'CaseClosed' && x.case === of),
    );
    if (e.case === of && e.member === member && !ended && at < e.at + 1) {
      found.push({ relation: 'break-glass', groups: [e.group], purpose: 'emergency', service: 'other' });
    }
  }
  return found;
}

const PURPOSES: Record<string, readonly string[]> = {
  'custodian-team': ['direct_assistance', 'referral_assessment', 'joint_case'],
  'same-team': ['direct_assistance', 'joint_case'],
  'interregional-team': ['joint_case'],
  'referral-stage-1': ['referral_assessment'],
  'referral-accepted': ['direct_assistance', 'joint_case'],
  'break-glass': ['emergency'],
};

/** What a person on these footings should see of each group; purposes are those of the generator. */
export function shouldSee(
  history: readonly Happening[],
  grounds: readonly Footing[],
  { member, of, purpose }: { readonly member: Member; readonly of: string; readonly purpose: string },
): Record<FieldGroup, View> {
  const usable = grounds.filter(
    (footing) => PURPOSES[footing.relation]?.includes(purpose) && (footing.purpose === undefined || footing.purpose === purpose),
  );
  const sealed = usable.length > 0 && all(history, 'SafetySet').findLast((e) => e.case === of)?.inProtection ? ['PROT', 'CON'] : [];
  const responsible = opening(history, of)?.responsible === member;
  return viewsWhere((group) =>
    best(
      usable
        .filter((footing) => group === 'REF' || footing.groups.includes(group))
        .filter((footing) => !sealed.includes(group) || (responsible && footing.relation === 'custodian-team'))
        .map((footing) => cell(footing.relation, member, group, footing.service)),
    ),
  );
}

const viewsWhere = (of: (group: FieldGroup) => View): Record<FieldGroup, View> =>
  Object.fromEntries(FIELD_GROUPS.map((group) => [group, of(group)])) as Record<FieldGroup, View>;

/** Whether the rules let it happen. */
export function allowed(history: readonly Happening[], e: Happening): boolean {
  const has = <T extends Happening['type']>(type: T, test: (x: Of<T>) => boolean): boolean => all(history, type).some(test);
  const granted = (id: string): Of<'AccessGranted'> | undefined => all(history, 'AccessGranted').find((x) => x.grant === id);
  const open = (id: string): boolean =>
    granted(id) !== undefined &&
    !after(history, granted(id) as Happening).some(
      (x) => (x.type === 'AccessRevoked' && x.grant === id) || (x.type === 'CaseClosed' && x.case === granted(id)?.case),
    );
  switch (e.type) {
    case 'MemberReinstated':
      return all(history, 'MemberDisabled', 'MemberReinstated').findLast((x) => x.member === e.member)?.type === 'MemberDisabled';
    case 'OrganisationReinstated':
      return (
        all(history, 'OrganisationSuspended', 'OrganisationReinstated').findLast((x) => x.organisation === e.organisation)?.type ===
        'OrganisationSuspended'
      );
    case 'CaseOpened':
      return !opening(history, e.case);
    case 'CaseClosed':
    case 'ReferralOffered':
      return opening(history, e.case) !== undefined && !closed(history, e.case);
    case 'CaseReopened':
      return closed(history, e.case);
    case 'PersonRecused':
      return opening(history, e.case) !== undefined && !recused(history, e.member, e.case);
    case 'SafetySet':
      return opening(history, e.case) !== undefined;
    case 'BasisRecorded':
      return opening(history, e.case) !== undefined && !has('BasisRecorded', (x) => x.basis === e.basis);
    case 'BasisEnded':
      return has('BasisRecorded', (x) => x.basis === e.basis) && !has('BasisEnded', (x) => x.basis === e.basis);
    case 'AccessGranted':
      return (
        footings(history, e.by, e.case, e.at).some((footing) => footing.relation === 'custodian-team') &&
        !closed(history, e.case) &&
        !granted(e.grant) &&
        inForce(history, e.basis, e.at) &&
        has('BasisRecorded', (x) => x.basis === e.basis && x.case === e.case) &&
        (e.to === 'team-i') === (e.relation === 'interregional-team')
      );
    case 'AccessNarrowed':
    case 'AccessRevoked':
      return open(e.grant);
    case 'GlassBroken':
      return (
        opening(history, e.case) !== undefined &&
        !closed(history, e.case) &&
        standing(history, e.member) &&
        !recused(history, e.member, e.case) &&
        REGION[e.member] === (opening(history, e.case)?.team === 'team-a' ? 'umbria' : 'toscana') &&
        ['CON', 'HEA', 'NEED', 'FAM'].includes(e.group) &&
        !has('GlassBroken', (x) => x.glass === e.glass)
      );
    case 'GlassClosed': {
      const broken = all(history, 'GlassBroken').find((x) => x.glass === e.glass);
      return (
        broken !== undefined &&
        !after(history, broken).some(
          (x) => (x.type === 'GlassClosed' && x.glass === e.glass) || (x.type === 'CaseClosed' && x.case === broken.case),
        )
      );
    }
    default:
      return true;
  }
}
