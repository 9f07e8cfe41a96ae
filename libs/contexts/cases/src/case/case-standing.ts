import { type GrantInHand, type ReadQuestion, type Relation, type ServiceFamily, type Standing } from '@platform/access';
import type { Actor, Fact, FieldGroup } from '@platform/kernel';

/** What a decision about a case needs to know of the case itself. Never its contents. */
export interface CaseLabel {
  readonly caseId: string;
  readonly region: string;
  readonly custodian: string;
  readonly team: string;
  readonly phase: string;
  readonly sealedGroups: readonly FieldGroup[];
  readonly recused: readonly string[];
  readonly responsible: readonly string[];
  readonly revision: number;
}

/** A grant or an emergency access as the read model knows it. */
export interface HeldGrant {
  readonly stream: string;
  readonly revision: number;
  readonly relation: Relation;
  readonly member: string | undefined;
  readonly team: string | undefined;
  readonly groups: readonly FieldGroup[];
  readonly purpose: string;
  readonly serviceFamily: ServiceFamily;
  readonly expiresAt: string;
  readonly ended: boolean;
  /** The consent or legal basis it rests on; emergency access rests on its own event. */
  readonly basis?: { readonly stream: string; readonly revision: number; readonly live: boolean; readonly expiresAt: string | undefined };
}

/** One relation in which the actor stands to the case, with the events it stands on. */
export interface StandingInCase {
  readonly question: ReadQuestion;
  readonly facts: readonly Fact[];
}

/** A grant counts only while it and what it rests on are in force at the deciding clock. Equality is past the end. */
export const isLive = (grant: HeldGrant, at: string): boolean =>
  !grant.ended &&
  grant.expiresAt > at &&
  (grant.basis === undefined || (grant.basis.live && (grant.basis.expiresAt === undefined || grant.basis.expiresAt > at)));

const isFor = (grant: HeldGrant, actor: Actor): boolean =>
  grant.member !== undefined ? grant.member === actor.member : grant.team !== undefined && actor.teams.includes(grant.team);

/** Home relation of a member: the custodian's own people in the case's team, or the team's other people. */
export const homeRelation = (actor: Actor, label: Pick<CaseLabel, 'team' | 'custodian'>): Relation | undefined => {
  if (!actor.teams.includes(label.team)) return undefined;
  return actor.organisation === label.custodian ? 'custodian-team' : 'same-team';
};

/** Every relation the actor really has. An empty list means: this case does not exist for them. */
export function standingsIn(actor: Actor, label: CaseLabel, grants: readonly HeldGrant[], purpose: string, at: string): StandingInCase[] {
  const common = {
    kind: actor.kind,
    disciplines: actor.disciplines,
    purpose,
    phase: label.phase,
    acr: actor.acr,
    recused: label.recused.includes(actor.member),
    sealedGroups: label.sealedGroups,
    responsible: label.responsible.includes(actor.member),
  };
  const own: Fact = { stream: label.caseId, revision: label.revision };
  const found: StandingInCase[] = [];
  const home = homeRelation(actor, label);
  if (home) found.push({ question: { ...common, relation: home }, facts: [own] });
  for (const grant of grants.filter((held) => isFor(held, actor))) {
    const hand: GrantInHand = { live: isLive(grant, at), groups: grant.groups, purpose: grant.purpose };
    const facts = [own, { stream: grant.stream, revision: grant.revision }];
    if (grant.basis) facts.push({ stream: grant.basis.stream, revision: grant.basis.revision });
    found.push({ question: { ...common, relation: grant.relation, grant: hand, serviceFamily: grant.serviceFamily }, facts });
  }
  if (actor.region === label.region && actor.roles.includes('auditor'))
    found.push({ question: { ...common, relation: 'auditor' }, facts: [own] });
  if (actor.region === label.region && actor.roles.includes('dpo')) found.push({ question: { ...common, relation: 'dpo' }, facts: [own] });
  return found;
}

/**
 * How an actor stands to a case when they command something about it. Colleagues of the custodian who are not in the case's team are no other
 * organisation, and stand in nothing by which they would learn that there is a case.
 */
export function commandStandings(actor: Actor, label: Pick<CaseLabel, 'team' | 'custodian' | 'region'>): Standing[] {
  const home = homeRelation(actor, label);
  return [
    ...(home ? [home] : []),
    ...(actor.organisation === label.custodian ? (home ? (['own-organisation'] as const) : []) : (['other-organisation'] as const)),
    ...(actor.region === label.region ? (['same-region'] as const) : (['other-region'] as const)),
  ];
}
