import { assertNever, type Decider, type FieldGroup, invalid, notFound, type Purpose, refused } from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import type { BasisRef } from '../basis';
import { demandClock, demandCode, demandFuture, demandGroups, sameSet, sound, without } from '../demands';
import { isLater, isReached } from '../instants';
import {
  type AccessGrant,
  type AccessGrantData,
  accessGrantEvents,
  type AccessGrantEvent,
  evolveAccessGrant,
  type GrantScope,
  type MadeGrant,
  type Relation,
} from './access-grant';
import { type AccessGrantContext, type AccessGrantFacts, demandCustodian, demandGrantable } from './access-grant-facts';

/** Named people of one organisation for a referral; a team, and nobody by name, for a shared view. */
export class GrantAccess extends Addressed<{
  case: string;
  organisation?: string;
  members: readonly string[];
  team?: string;
  relation: Relation;
  groups: readonly FieldGroup[];
  purpose: Purpose;
  basis: BasisRef;
  referral?: string;
  service?: string;
  expires: string;
}> {
  readonly kind = 'GrantAccess';
}
/** What shall remain. */
export class NarrowAccess extends Addressed<{ groups: readonly FieldGroup[]; members: readonly string[]; expires: string }> {
  readonly kind = 'NarrowAccess';
}
export class RenewAccess extends Addressed<{ expires: string; reason: AccessGrantData<'AccessRenewed'>['reason'] }> {
  readonly kind = 'RenewAccess';
}
export class RevokeAccess extends Addressed<{ reason: AccessGrantData<'AccessRevoked'>['reason'] }> {
  readonly kind = 'RevokeAccess';
}
export class ExpireAccess extends Bare {
  readonly kind = 'ExpireAccess';
}
export const accessGrantCommands = [GrantAccess, NarrowAccess, RenewAccess, RevokeAccess, ExpireAccess] as const;
export type AccessGrantCommand = InstanceType<(typeof accessGrantCommands)[number]>;

function decide(command: AccessGrantCommand, state: AccessGrant, context: AccessGrantContext): AccessGrantEvent[] {
  if (command.kind === 'GrantAccess') {
    if (state) throw refused('accessGrant.already-granted', 'There is a grant with this id already.');
    return granted(command, context);
  }
  if (!state) throw notFound('accessGrant');
  switch (command.kind) {
    case 'NarrowAccess':
      return narrowed(command, state, context);
    case 'RenewAccess':
      return renewed(command, state, context);
    case 'RevokeAccess':
      if (state.status !== 'Active') return [];
      demandCustodian(state.scope.custodian, context);
      return [{ type: 'AccessRevoked', data: { ...state.scope, reason: command.body.reason } }];
    case 'ExpireAccess':
      if (state.status !== 'Active') return [];
      demandClock('accessGrant', context.actor, state.scope.expires, context.at);
      return [{ type: 'AccessExpired', data: state.scope }];
    default:
      return assertNever(command);
  }
}

function granted({ body }: GrantAccess, context: AccessGrantContext): AccessGrantEvent[] {
  demandGroups('accessGrant', body.groups);
  demandFuture('accessGrant', body.expires, context.at, '/expires');
  demandAudience(body);
  if (body.service !== undefined) demandCode('accessGrant', 'service', body.service, '/service');
  const { organisation, members, team, relation, groups, purpose, basis, referral, service, expires } = body;
  const scope: GrantScope = {
    ...{ case: body.case, custodian: context.facts.case?.custodian ?? '', members: [...new Set(members)], relation },
    ...{ groups, purpose, basis, expires },
    ...(organisation === undefined ? {} : { organisation }),
    ...(team === undefined ? {} : { team }),
    ...(referral === undefined ? {} : { referral }),
    ...(service === undefined ? {} : { service }),
  };
  demandGrantable(scope, context);
  return [{ type: 'AccessGranted', data: scope }];
}

/** An empty audience would reach nobody; it is refused, so that nobody believes something was shared (A11). */
function demandAudience({ relation, organisation, members, team, referral, service }: GrantAccess['body']): void {
  if (relation === 'interregional-team') {
    if (team === undefined) throw invalid('accessGrant.audience-empty', '/team', 'Name the team.');
    if (members.length > 0 || organisation !== undefined || referral !== undefined)
      throw invalid('accessGrant.audience-mixed', '/members', 'A shared view is granted to the team, not to people.');
    return;
  }
  if (team !== undefined)
    throw invalid('accessGrant.team-for-referral', '/team', 'A referral opens a case to named people, never to a team.');
  if (members.length === 0 || organisation === undefined) throw invalid('accessGrant.audience-empty', '/members', 'Name who shall see it.');
  if (referral === undefined || service === undefined)
    throw invalid('accessGrant.referral-missing', '/referral', 'Name the referral and its service.');
}

function narrowed({ body }: NarrowAccess, state: MadeGrant, context: AccessGrantContext): AccessGrantEvent[] {
  const { scope } = state;
  demandActive(state);
  demandCustodian(scope.custodian, context);
  demandGroups('accessGrant', body.groups);
  demandFuture('accessGrant', body.expires, context.at, '/expires');
  const more =
    without(body.groups, scope.groups).length > 0 ||
    without(body.members, scope.members).length > 0 ||
    isLater(body.expires, scope.expires);
  if (more) throw refused('accessGrant.only-shrinks', 'A grant is never widened: give another one.');
  if (scope.team === undefined && body.members.length === 0)
    throw invalid('accessGrant.audience-empty', '/members', 'Nobody would be left: revoke the grant.');
  const { groups, expires } = body;
  const members = [...new Set(body.members)];
  if (sameSet(groups, scope.groups) && sameSet(members, scope.members) && expires === scope.expires) return [];
  return [{ type: 'AccessNarrowed', data: { ...scope, groups, members, expires } }];
}

function renewed({ body }: RenewAccess, state: MadeGrant, context: AccessGrantContext): AccessGrantEvent[] {
  demandActive(state);
  if (isReached(state.scope.expires, context.at)) throw refused('accessGrant.expired', 'The grant has ended: give another one.');
  demandFuture('accessGrant', body.expires, context.at, '/expires');
  if (!isLater(body.expires, state.scope.expires)) throw invalid('accessGrant.not-later', '/expires', 'A renewal ends later than before.');
  const scope = { ...state.scope, expires: body.expires };
  demandGrantable(scope, context);
  return [{ type: 'AccessRenewed', data: { ...scope, reason: body.reason } }];
}

function demandActive({ status }: MadeGrant): void {
  if (status === 'Revoked') throw refused('accessGrant.revoked', 'The grant was revoked.');
  if (status === 'Expired') throw refused('accessGrant.expired', 'The grant has ended: give another one.');
}

/** The rules of need-to-know grants. */
export const accessGrantDecider: Decider<AccessGrant, AccessGrantCommand, AccessGrantEvent, AccessGrantFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('accessGrant', accessGrantEvents, decide(command, state, context)),
  evolve: evolveAccessGrant,
};
