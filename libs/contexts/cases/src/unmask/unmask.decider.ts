import {
  type Actor,
  assertNever,
  type Decider,
  type DecisionContext,
  DomainError,
  invalid,
  isSystem,
  notFound,
  refused,
  type Role,
} from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { demandClock, demandGroups, sound } from '../demands';
import { minutesAfter } from '../instants';
import {
  evolveUnmask,
  MOST_MINUTES,
  type RequestedUnmask,
  type Unmask,
  type UnmaskData,
  unmaskEvents,
  type UnmaskEvent,
  UNMASKED_GROUPS,
} from './unmask';

/** `accountRef`: why, in words, in the vault. */
export class RequestUnmask extends Addressed<Pick<UnmaskData<'UnmaskRequested'>, 'case' | 'groups' | 'reason' | 'accountRef' | 'minutes'>> {
  readonly kind = 'RequestUnmask';
}
export class ApproveUnmask extends Bare {
  readonly kind = 'ApproveUnmask';
}
export class RefuseUnmask extends Bare {
  readonly kind = 'RefuseUnmask';
}
export class EndUnmask extends Bare {
  readonly kind = 'EndUnmask';
}
export const unmaskCommands = [RequestUnmask, ApproveUnmask, RefuseUnmask, EndUnmask] as const;
export type UnmaskCommand = InstanceType<(typeof unmaskCommands)[number]>;

/** Absent means unknown, and unknown unmasks nobody. */
export interface UnmaskFacts {
  /** The case the values belong to: for RequestUnmask and ApproveUnmask. */
  readonly case?: { readonly region: string; readonly recused: readonly string[] };
  /** For ApproveUnmask: the approver answers to the requester in their organisation. */
  readonly approverIsSubordinate?: boolean;
}
type Context = DecisionContext<UnmaskFacts>;

/** The closed lists of who may ask and who may say yes: part of the rule, not of the policy, so that no change of policy shortens it. */
const MAY_REQUEST: readonly Role[] = ['dpo', 'auditor'];
const MAY_APPROVE: readonly Role[] = ['dpo', 'coordinator'];

function decide(command: UnmaskCommand, state: Unmask, context: Context): UnmaskEvent[] {
  if (command.kind === 'RequestUnmask') {
    if (state) throw refused('unmask.already-requested', 'There is a request with this id already.');
    return requested(command, context);
  }
  if (!state) throw notFound('unmask');
  switch (command.kind) {
    case 'ApproveUnmask':
      if (state.status === 'Open') return [];
      demandOpenRequest(state);
      return approved(state, context);
    case 'RefuseUnmask':
      if (state.status === 'Refused') return [];
      demandOpenRequest(state);
      demandRole(context.actor, MAY_APPROVE);
      return [{ type: 'UnmaskRefused', data: state.what }];
    case 'EndUnmask':
      if (state.status === 'Ended') return [];
      if (state.status !== 'Open') throw refused('unmask.not-open', 'Nothing is unmasked.');
      // Whoever asked may be done earlier; for everybody else the clock ends it.
      if (context.actor.member !== state.what.member) demandClock('unmask', context.actor, state.until, context.at);
      return [{ type: 'UnmaskEnded', data: state.what }];
    default:
      return assertNever(command);
  }
}

function requested({ body }: RequestUnmask, { actor, facts }: Context): UnmaskEvent[] {
  demandRole(actor, MAY_REQUEST);
  demandStrongSignIn(actor);
  if (facts.case?.region !== actor.region || facts.case.recused.includes(actor.member)) throw notFound('case');
  const { groups, reason, accountRef, minutes } = body;
  demandGroups('unmask', groups);
  if (groups.some((group) => !UNMASKED_GROUPS.includes(group)))
    throw invalid('unmask.nothing-masked', '/groups', 'This field group holds nothing that is masked.');
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw invalid('unmask.too-long', '/minutes', `An unmasking lasts 1 to ${MOST_MINUTES} minutes.`);
  const what = { case: body.case, member: actor.member, organisation: actor.organisation, groups };
  return [{ type: 'UnmaskRequested', data: { ...what, reason, accountRef, minutes } }];
}

function approved(state: RequestedUnmask, { actor, at, facts }: Context): UnmaskEvent[] {
  if (actor.member === state.what.member) throw refused('unmask.self-approval', 'Nobody approves their own request.');
  demandRole(actor, MAY_APPROVE);
  demandStrongSignIn(actor);
  if (facts.approverIsSubordinate !== false) throw refused('unmask.approver-subordinate', 'The approver must not answer to whoever asked.');
  if (facts.case?.region !== actor.region || facts.case.recused.includes(actor.member)) throw notFound('unmask');
  return [{ type: 'UnmaskApproved', data: { ...state.what, approver: actor.member, until: minutesAfter(at, state.minutes) } }];
}

function demandOpenRequest({ status }: RequestedUnmask): void {
  if (status !== 'Requested') throw refused('unmask.already-decided', 'This request was decided already.');
}
function demandRole(actor: Actor, listed: readonly Role[]): void {
  if (isSystem(actor) || !actor.roles.some((role) => listed.includes(role)))
    throw new DomainError('unmask.role-not-listed', 'forbidden', 'Your roles are not among those that do this.');
}
function demandStrongSignIn({ acr }: Actor): void {
  if (acr < 3) throw new DomainError('unmask.sign-in-too-weak', 'forbidden', 'Sign in with the strongest means (level 3).');
}

/** The rules of unmasking with four eyes. */
export const unmaskDecider: Decider<Unmask, UnmaskCommand, UnmaskEvent, UnmaskFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('unmask', unmaskEvents, decide(command, state, context)),
  evolve: evolveUnmask,
};
