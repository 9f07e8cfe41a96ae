import {
  type DecisionContext,
  type FieldGroup,
  isSystem,
  notFound,
  type OrganisationKind,
  type Phase,
  refused,
  type Role,
} from '@platform/kernel';
import { type BasisFact, demandBasis, KINDS_AT_A_CASE, KINDS_BY_FORMAL_ACT } from '../basis';
import { isLater, isReached } from '../instants';
import type { GrantScope } from './access-grant';

/** A person to be granted access, as the directory of this context knows them. */
export interface Grantee {
  readonly member: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly roles: readonly Role[];
  readonly active: boolean;
}
/** Absent means unknown, and unknown grants nothing. */
export interface AccessGrantFacts {
  readonly case?: {
    readonly custodian: string;
    readonly phase: Phase;
    /** Field groups the case's safety status seals. */
    readonly sealed: readonly FieldGroup[];
    readonly recused: readonly string[];
    /** Teams it is shared with, and until when. */
    readonly shares: readonly { readonly team: string; readonly expires: string }[];
    /** When it was last closed, if ever. */
    readonly closedAt?: string;
  };
  /** The consent or legal basis the grant is to rest on. */
  readonly basis?: BasisFact;
  /** One entry for every member named. */
  readonly grantees?: readonly Grantee[];
}
export type AccessGrantContext = DecisionContext<AccessGrantFacts>;

/** Everything that must hold when access is given or prolonged. */
export function demandGrantable(scope: GrantScope, context: AccessGrantContext): void {
  const { facts, at } = context;
  const file = facts.case;
  if (!file) throw notFound('case');
  // Whoever received a case passes nothing on: only the custodian opens it further (A12).
  demandCustodian(file.custodian, context);
  if (file.phase === 'Closed') throw refused('accessGrant.case-closed', 'The case is closed.');
  if (scope.groups.some((group) => file.sealed.includes(group)))
    throw refused('accessGrant.group-sealed', 'The person is in protection: the protected place is shown to nobody else.');
  if (scope.team !== undefined) {
    const share = file.shares.find(({ team }) => team === scope.team);
    if (!share || isReached(share.expires, at)) throw refused('accessGrant.not-shared-with-team', 'The case is not shared with this team.');
    if (isLater(scope.expires, share.expires)) throw refused('accessGrant.outlives-share', 'It would outlive the sharing with this team.');
  }
  for (const member of scope.members) demandGrantee(member, scope, context);
  demandBasis(
    'accessGrant',
    {
      ...{ case: scope.case, basis: scope.basis, purpose: scope.purpose, groups: scope.groups, expires: scope.expires },
      recipient: scope.team ?? scope.organisation ?? '',
      ...(file.closedAt === undefined ? {} : { closedAt: file.closedAt }),
    },
    facts.basis,
    at,
  );
}

export function demandCustodian(custodian: string, { actor }: AccessGrantContext): void {
  if (!isSystem(actor) && actor.organisation !== custodian)
    throw refused('accessGrant.not-custodian', 'Only the custodian of the case decides who else sees it.');
}

function demandGrantee(member: string, { organisation, basis }: GrantScope, { facts }: AccessGrantContext): void {
  const grantee = facts.grantees?.find((each) => each.member === member);
  if (!grantee?.active) throw refused('accessGrant.member-not-active', 'Somebody named is not at work in the network.');
  if (grantee.organisation !== organisation)
    throw refused('accessGrant.member-of-another', 'Somebody named belongs to another organisation than the grant.');
  const formal = basis.kind === 'legal_basis' && KINDS_BY_FORMAL_ACT.includes(grantee.kind);
  if (!formal && !KINDS_AT_A_CASE.includes(grantee.kind))
    throw refused('accessGrant.kind-never-reaches-a-case', 'Organisations of this kind are shown alerts or numbers, never a case.');
  if (grantee.roles.includes('mentor')) throw refused('accessGrant.mentor', 'A mentor is never shown a case.');
  if (facts.case?.recused.includes(member)) throw refused('accessGrant.member-recused', 'Somebody named is recused from the case.');
}
