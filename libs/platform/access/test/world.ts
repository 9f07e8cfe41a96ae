import type { Actor, FieldGroup } from '@platform/kernel';
import {
  type GrantInHand,
  type Policy,
  type ReadDecision,
  type ReadQuestion,
  type Relation,
  type ServiceFamily,
  viewsFor,
  widest,
} from '../src';

/** Who there is. Every organisation is one that may hold cases, so that only relations, grants and disciplines differ. */
export const ORGANISATIONS = { 'org-a': 'umbria', 'org-b': 'toscana', 'org-c': 'umbria' } as const;
export type Organisation = keyof typeof ORGANISATIONS;
export const MEMBERS = {
  anna: { organisation: 'org-a', disciplines: ['social_worker'] },
  bruno: { organisation: 'org-a', disciplines: ['psychologist'] },
  carla: { organisation: 'org-b', disciplines: ['lawyer'] },
  dario: { organisation: 'org-b', disciplines: ['labour_expert', 'psychologist'] },
  elio: { organisation: 'org-c', disciplines: ['educator'] },
} as const;
export type Member = keyof typeof MEMBERS;
export const TEAMS = { 'team-a': 'org-a', 'team-b': 'org-b', 'team-i': undefined } as const;
export type Team = keyof typeof TEAMS;

/** What happens. `at` counts hours. */
export type Happening = { readonly at: number } & (
  | { readonly type: 'MemberSeated' | 'MemberUnseated'; readonly member: Member; readonly team: Team }
  | { readonly type: 'MemberDisabled' | 'MemberReinstated'; readonly member: Member }
  | { readonly type: 'OrganisationSuspended' | 'OrganisationReinstated'; readonly organisation: Organisation }
  | { readonly type: 'CaseOpened'; readonly case: string; readonly team: 'team-a' | 'team-b'; readonly responsible: Member }
  | { readonly type: 'CaseClosed' | 'CaseReopened'; readonly case: string }
  | { readonly type: 'PersonRecused'; readonly case: string; readonly member: Member }
  | { readonly type: 'SafetySet'; readonly case: string; readonly inProtection: boolean }
  | { readonly type: 'BasisRecorded'; readonly basis: string; readonly case: string; readonly hours: number }
  | { readonly type: 'BasisEnded'; readonly basis: string }
  | { readonly type: 'ReferralOffered'; readonly referral: string; readonly case: string; readonly member: Member }
  | {
      readonly type: 'AccessGranted';
      readonly grant: string;
      readonly case: string;
      readonly by: Member;
      readonly to: Member | 'team-i';
      readonly relation: Relation;
      readonly groups: readonly FieldGroup[];
      readonly purpose: string;
      readonly basis: string;
      readonly hours: number;
      readonly service: ServiceFamily;
    }
  | { readonly type: 'AccessNarrowed'; readonly grant: string; readonly groups: readonly FieldGroup[] }
  | { readonly type: 'AccessRevoked'; readonly grant: string }
  | { readonly type: 'GlassBroken'; readonly glass: string; readonly case: string; readonly member: Member; readonly group: FieldGroup }
  | { readonly type: 'GlassClosed'; readonly glass: string }
);
export const GLASS_HOURS = 1;

/** The thirteen faults that the model has to find. */
export const FAULTS = [
  'offer-grants', // an offered referral already opens the case
  'withdrawal-ignored', // a revoked grant goes on
  'close-keeps-grants', // a closed case stays open to grants
  'expiry-off-by-one', // a grant still counts at the instant it expires
  'seal-ignored', // a sealed group is shown to whoever may see the group
  'purpose-ignored', // a grant serves any purpose
  'basis-end-survived', // a grant outlives the consent it rests on
  'glass-grants', // who broke the glass may grant access to others
  'narrowing-ignored', // a narrowed grant shows what it showed
  'glass-any-region', // the glass breaks in any region
  'leaving-keeps-share', // who leaves the team keeps what was shared with it
  'recusal-stale', // who is recused reads on
  'glass-close-ignored', // a closed emergency access goes on
] as const;
export type Fault = (typeof FAULTS)[number];

export interface CaseRow {
  readonly team: Team;
  readonly custodian: Organisation;
  readonly region: string;
  readonly responsible: Member;
  phase: string;
  sealed: readonly FieldGroup[];
  readonly recused: Member[];
}
export interface GrantRow {
  readonly case: string;
  readonly member?: Member;
  readonly team?: Team;
  readonly relation: Relation;
  groups: readonly FieldGroup[];
  readonly purpose: string;
  readonly basis: string;
  readonly expires: number;
  ended: boolean;
  readonly service: ServiceFamily;
}
/** The rows a read model holds: the same that stand in Postgres. */
export interface Rows {
  readonly disabled: Set<Member>;
  readonly suspended: Set<Organisation>;
  readonly seats: Set<string>;
  readonly cases: Map<string, CaseRow>;
  readonly grants: Map<string, GrantRow>;
  readonly bases: Map<string, { readonly case: string; live: boolean; readonly expires: number }>;
}
export const emptyRows = (): Rows => ({
  disabled: new Set(),
  suspended: new Set(),
  seats: new Set(),
  cases: new Map(),
  grants: new Map(),
  bases: new Map(),
});

const active = (rows: Rows, member: Member): boolean => !rows.disabled.has(member) && !rows.suspended.has(MEMBERS[member].organisation);
const holds = (rows: Rows, member: Member, row: CaseRow): boolean =>
  active(rows, member) &&
  rows.seats.has(`${row.team}|${member}`) &&
  row.custodian === MEMBERS[member].organisation &&
  !row.recused.includes(member);

/** Takes one happening into the rows. False: the rules refuse it and nothing changed. */
export function take(rows: Rows, e: Happening, fault?: Fault): boolean {
  const row = 'case' in e ? rows.cases.get(e.case) : undefined;
  const grant = 'grant' in e ? rows.grants.get(e.grant) : 'glass' in e ? rows.grants.get(e.glass) : undefined;
  switch (e.type) {
    case 'MemberSeated':
      rows.seats.add(`${e.team}|${e.member}`);
      return true;
    case 'MemberUnseated': {
      rows.seats.delete(`${e.team}|${e.member}`);
      if (fault === 'leaving-keeps-share') {
        for (const [id, kept] of [...rows.grants]) {
          if (kept.team === e.team) rows.grants.set(`${id}-${e.member}`, { ...kept, member: e.member, team: undefined });
        }
      }
      return true;
    }
    case 'MemberDisabled':
      rows.disabled.add(e.member);
      return true;
    case 'MemberReinstated':
      return rows.disabled.delete(e.member);
    case 'OrganisationSuspended':
      rows.suspended.add(e.organisation);
      return true;
    case 'OrganisationReinstated':
      return rows.suspended.delete(e.organisation);
    case 'CaseOpened': {
      if (row) return false;
      const custodian = TEAMS[e.team];
      rows.cases.set(e.case, {
        ...{ team: e.team, custodian, region: ORGANISATIONS[custodian], responsible: e.responsible },
        ...{ phase: 'Emersion', sealed: [], recused: [] },
      });
      return true;
    }
    case 'CaseClosed':
      if (!row || row.phase === 'Closed') return false;
      row.phase = 'Closed';
      for (const one of rows.grants.values()) if (one.case === e.case && fault !== 'close-keeps-grants') one.ended = true;
      return true;
    case 'CaseReopened':
      if (row?.phase !== 'Closed') return false;
      row.phase = 'Emersion';
      return true;
    case 'PersonRecused':
      if (!row || row.recused.includes(e.member)) return false;
      if (fault !== 'recusal-stale') row.recused.push(e.member);
      return true;
    case 'SafetySet':
      if (!row) return false;
      row.sealed = e.inProtection && fault !== 'seal-ignored' ? ['PROT', 'CON'] : [];
      return true;
    case 'BasisRecorded':
      if (!row || rows.bases.has(e.basis)) return false;
      rows.bases.set(e.basis, { case: e.case, live: true, expires: e.at + e.hours });
      return true;
    case 'BasisEnded': {
      const basis = rows.bases.get(e.basis);
      if (!basis?.live) return false;
      if (fault !== 'basis-end-survived') basis.live = false;
      return true;
    }
    case 'ReferralOffered':
      if (!row || row.phase === 'Closed') return false;
      if (fault === 'offer-grants') rows.grants.set(`offer-${e.referral}`, offered(e.case, e.member, e.at));
      return true;
    case 'AccessGranted': {
      const basis = rows.bases.get(e.basis);
      const glass = [...rows.grants.values()].some(
        (one) => one.relation === 'break-glass' && one.member === e.by && one.case === e.case && !one.ended,
      );
      const may = row && (holds(rows, e.by, row) || (fault === 'glass-grants' && glass));
      const inForce = basis?.live && basis.case === e.case && basis.expires > e.at;
      if (!may || grant || row.phase === 'Closed' || !inForce || (e.to === 'team-i') !== (e.relation === 'interregional-team'))
        return false;
      const { case: of, relation, groups, purpose, service } = e;
      const expires = Math.min(e.at + e.hours, basis.expires);
      const holder = e.to === 'team-i' ? { team: e.to } : { member: e.to };
      rows.grants.set(e.grant, { case: of, ...holder, relation, groups, purpose, basis: e.basis, expires, ended: false, service });
      return true;
    }
    case 'AccessNarrowed': {
      if (!grant || grant.ended || grant.relation === 'break-glass') return false;
      const kept = grant.groups.filter((group) => e.groups.includes(group));
      if (fault !== 'narrowing-ignored') grant.groups = kept;
      return true;
    }
    case 'AccessRevoked':
      if (!grant || grant.ended || grant.relation === 'break-glass') return false;
      if (fault !== 'withdrawal-ignored') grant.ended = true;
      return true;
    case 'GlassBroken': {
      const near = row && ORGANISATIONS[MEMBERS[e.member].organisation] === row.region;
      if (!row || grant || row.phase === 'Closed' || !active(rows, e.member) || !(near || fault === 'glass-any-region')) return false;
      if (!['CON', 'HEA', 'NEED', 'FAM'].includes(e.group) || row.recused.includes(e.member)) return false;
      rows.grants.set(e.glass, {
        ...{ case: e.case, member: e.member, relation: 'break-glass', groups: [e.group], purpose: 'emergency' },
        ...{ basis: e.glass, expires: e.at + GLASS_HOURS, ended: false, service: 'other' },
      });
      return true;
    }
    case 'GlassClosed':
      if (!grant || grant.ended || grant.relation !== 'break-glass') return false;
      if (fault !== 'glass-close-ignored') grant.ended = true;
      return true;
  }
}

const offered = (of: string, member: Member, at: number): GrantRow => ({
  ...{ case: of, member, relation: 'referral-stage-1', groups: ['ID', 'NEED'], purpose: 'referral_assessment' },
  ...{ basis: 'offer', expires: at + 24, ended: false, service: 'other' },
});

/** The decision as the application takes it: from rows to relations and grants, from there by the policy. */
export function viewsIn(rows: Rows, policy: Policy, member: Member, of: string, purpose: string, at: number, fault?: Fault): ReadDecision {
  const row = rows.cases.get(of);
  if (!row || !active(rows, member)) return widest([]);
  const { organisation, disciplines } = MEMBERS[member];
  const common = {
    ...{ kind: 'anti_trafficking_project', disciplines, purpose, phase: row.phase, acr: 2 },
    ...{ recused: row.recused.includes(member), sealedGroups: row.sealed, responsible: row.responsible === member },
  };
  const questions: ReadQuestion[] = [];
  if (rows.seats.has(`${row.team}|${member}`)) {
    questions.push({ ...common, relation: row.custodian === organisation ? 'custodian-team' : 'same-team' });
  }
  for (const grant of rows.grants.values()) {
    const mine = grant.member === undefined ? rows.seats.has(`${grant.team}|${member}`) : grant.member === member;
    if (grant.case !== of || !mine) continue;
    const basis = rows.bases.get(grant.basis);
    const inForce = grant.relation === 'break-glass' || grant.basis === 'offer' || (basis?.live && basis.expires > at);
    const unexpired = fault === 'expiry-off-by-one' ? grant.expires >= at : grant.expires > at;
    const hand: GrantInHand = {
      live: !grant.ended && unexpired && inForce === true,
      groups: grant.groups,
      purpose: fault === 'purpose-ignored' ? purpose : grant.purpose,
    };
    questions.push({ ...common, relation: grant.relation, serviceFamily: grant.service, grant: hand });
  }
  return widest(questions.map((question) => remembered(policy, question)));
}

const memory = new Map<string, ReadDecision>();
/** The same question has the same answer: thousands of sequences ask few different ones. */
function remembered(policy: Policy, question: ReadQuestion): ReadDecision {
  const key = policy.hash + JSON.stringify(question);
  const known = memory.get(key) ?? viewsFor(policy, question);
  memory.set(key, known);
  return known;
}

export const actorOf = (member: Member): Pick<Actor, 'member' | 'kind' | 'disciplines' | 'acr'> => ({
  ...{ member, kind: 'anti_trafficking_project', disciplines: MEMBERS[member].disciplines, acr: 2 },
});
