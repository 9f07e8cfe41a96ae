import {
  assertNever,
  type Decider,
  type DecisionContext,
  invalid,
  isSystem,
  notFound,
  type OrganisationKind,
  refused,
} from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { demandClock, demandCode, sound } from '../demands';
import { hoursAfter, isReached, minutesAfter } from '../instants';
import {
  type BreakGlass,
  breakGlassEvents,
  type BreakGlassEvent,
  type BrokenGlass,
  evolveBreakGlass,
  GLASS_GROUPS,
  type GlassGroup,
  REVIEW_HOURS,
} from './break-glass';

/** `accountRef`: why, in words, in the vault. */
export class OpenBreakGlass extends Addressed<{ case: string; group: GlassGroup; reason: string; accountRef: string }> {
  readonly kind = 'OpenBreakGlass';
}
export class CloseBreakGlass extends Bare {
  readonly kind = 'CloseBreakGlass';
}
export class ExpireBreakGlass extends Bare {
  readonly kind = 'ExpireBreakGlass';
}
export class MarkReviewOverdue extends Bare {
  readonly kind = 'MarkReviewOverdue';
}
export class JustifyBreakGlass extends Addressed<{ accountRef?: string }> {
  readonly kind = 'JustifyBreakGlass';
}
export class CondemnBreakGlass extends Addressed<{ accountRef?: string }> {
  readonly kind = 'CondemnBreakGlass';
}
export const breakGlassCommands = [
  OpenBreakGlass,
  CloseBreakGlass,
  ExpireBreakGlass,
  MarkReviewOverdue,
  JustifyBreakGlass,
  CondemnBreakGlass,
] as const;
export type BreakGlassCommand = InstanceType<(typeof breakGlassCommands)[number]>;

/** For OpenBreakGlass only. Absent case: unknown here. */
export interface BreakGlassFacts {
  readonly case?: { readonly custodian: string; readonly region: string; readonly closed: boolean; readonly recused: readonly string[] };
  /** Minutes the region grants; 60 where it says nothing, held between 15 and 240. */
  readonly minutes?: number;
  /** The actor's own emergency accesses whose review is overdue at this instant. */
  readonly overdueReviews?: number;
  /** The actor's own emergency accesses that were found unjustified. */
  readonly unjustified?: number;
}
type Context = DecisionContext<BreakGlassFacts>;

const NEVER: readonly (OrganisationKind | 'none')[] = [
  ...(['prosecutor', 'court', 'prefettura', 'ministry_department', 'employers_association', 'trade_association', 'company'] as const),
  'none',
];

const MINUTES = { least: 15, usual: 60, most: 240 };

function decide(command: BreakGlassCommand, state: BreakGlass, context: Context): BreakGlassEvent[] {
  const { actor, at } = context;
  if (command.kind === 'OpenBreakGlass') {
    if (state) throw refused('breakGlass.already-opened', 'There is an emergency access with this id already.');
    return opened(command, context);
  }
  if (!state) throw notFound('breakGlass');
  const { who } = state;
  switch (command.kind) {
    case 'CloseBreakGlass':
      if (state.status !== 'Opened') return [];
      if (actor.member !== who.member) throw refused('breakGlass.not-opener', 'Only whoever opened it closes it early.');
      if (isReached(state.expires, at)) return [];
      return [{ type: 'BreakGlassClosedEarly', data: who }];
    case 'ExpireBreakGlass':
      if (state.status !== 'Opened') return [];
      demandClock('breakGlass', actor, state.expires, at);
      return [{ type: 'BreakGlassExpired', data: who }];
    case 'MarkReviewOverdue':
      if (state.overdue || state.status === 'Justified' || state.status === 'Unjustified') return [];
      demandAwaiting(state);
      demandClock('breakGlass', actor, state.reviewDue, at);
      return [{ type: 'BreakGlassReviewOverdue', data: who }];
    case 'JustifyBreakGlass':
      if (state.status === 'Justified') return [];
      demandReviewer(state, context);
      return [{ type: 'BreakGlassJustified', data: { ...who, ...account(command) } }];
    case 'CondemnBreakGlass':
      if (state.status === 'Unjustified') return [];
      demandReviewer(state, context);
      return [{ type: 'BreakGlassFoundUnjustified', data: { ...who, ...account(command) } }];
    default:
      return assertNever(command);
  }
}

function opened({ body }: OpenBreakGlass, { actor, at, facts }: Context): BreakGlassEvent[] {
  if (isSystem(actor) || NEVER.includes(actor.kind) || actor.roles.includes('mentor'))
    throw refused('breakGlass.kind-never', 'Emergency access is not for organisations of this kind, nor for mentors.');
  const file = facts.case;
  // Whoever is recused may not come back through the emergency door.
  if (!file || file.recused.includes(actor.member)) throw notFound('case');
  if (actor.region !== file.region)
    throw refused('breakGlass.other-region', 'Emergency access is only for organisations of the case’s region.');
  if (file.closed) throw refused('breakGlass.case-closed', 'The case is closed.');
  if (facts.overdueReviews === undefined || facts.overdueReviews > 0)
    throw refused('breakGlass.review-overdue', 'Your last emergency access still waits for its review.');
  if (facts.unjustified === undefined || facts.unjustified > 0)
    throw refused('breakGlass.suspended', 'An earlier emergency access of yours was found unjustified.');
  if (!GLASS_GROUPS.includes(body.group))
    throw refused('breakGlass.group-never', 'Emergency access opens a safe contact, health, needs or family: nothing else.');
  demandCode('breakGlass', 'break-glass-reason', body.reason, '/reason');
  if (body.accountRef === '') throw invalid('breakGlass.reason-missing', '/accountRef', 'Say why in words.');
  const minutes = Math.min(MINUTES.most, Math.max(MINUTES.least, facts.minutes ?? MINUTES.usual));
  const who = { case: body.case, custodian: file.custodian, member: actor.member, organisation: actor.organisation, group: body.group };
  const { reason, accountRef } = body;
  return [
    {
      type: 'BreakGlassOpened',
      data: { ...who, reason, accountRef, expires: minutesAfter(at, minutes), reviewDue: hoursAfter(at, REVIEW_HOURS) },
    },
  ];
}

function demandAwaiting({ status }: BrokenGlass): void {
  if (status === 'Opened') throw refused('breakGlass.still-open', 'It is reviewed once it has ended.');
  if (status !== 'AwaitingReview') throw refused('breakGlass.already-reviewed', 'It was reviewed already.');
}

/** Nobody judges their own emergency, nor does their organisation (A4). */
function demandReviewer(state: BrokenGlass, { actor }: Context): void {
  demandAwaiting(state);
  if (isSystem(actor)) throw refused('breakGlass.only-people-review', 'A review is somebody’s judgement.');
  if (actor.member === state.who.member) throw refused('breakGlass.self-review', 'Nobody reviews their own emergency access.');
  if (actor.organisation === state.who.organisation)
    throw refused('breakGlass.reviewer-same-organisation', 'Somebody of another organisation reviews it.');
}

const account = ({ body: { accountRef } }: JustifyBreakGlass | CondemnBreakGlass): { accountRef?: string } =>
  accountRef === undefined ? {} : { accountRef };

/** The rules of emergency access. */
export const breakGlassDecider: Decider<BreakGlass, BreakGlassCommand, BreakGlassEvent, BreakGlassFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('breakGlass', breakGlassEvents, decide(command, state, context)),
  evolve: evolveBreakGlass,
};
