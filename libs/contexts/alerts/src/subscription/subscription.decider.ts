import type { AlertSubject } from '@contracts';
import { isCode } from '@platform/codes';
import { assertNever, Command, type Decider, type DecisionContext, invalid, isSystem, notFound, refused } from '@platform/kernel';
import { competenceOf, isFormalActOnly } from '../recipients';
import { evolveSubscription, initialSubscription, type Subscription, type SubscriptionEvent } from './subscription';

export class Subscribe extends Command {
  readonly kind = 'Subscribe';
  constructor(
    readonly id: string,
    readonly scope: {
      readonly regions: readonly string[];
      readonly sectors: readonly string[];
      readonly subjects: readonly AlertSubject[];
    },
  ) {
    super();
  }
}
export class PauseSubscription extends Command {
  readonly kind = 'PauseSubscription';
  constructor(readonly id: string) {
    super();
  }
}
export class ResumeSubscription extends Command {
  readonly kind = 'ResumeSubscription';
  constructor(readonly id: string) {
    super();
  }
}
export class EndSubscription extends Command {
  readonly kind = 'EndSubscription';
  constructor(readonly id: string) {
    super();
  }
}
export const subscriptionCommands = [Subscribe, PauseSubscription, ResumeSubscription, EndSubscription] as const;
export type SubscriptionCommand = InstanceType<(typeof subscriptionCommands)[number]>;

function decide(command: SubscriptionCommand, state: Subscription, { actor }: DecisionContext): SubscriptionEvent[] {
  if (command.kind === 'Subscribe') {
    if (state)
      throw actor.organisation === state.organisation
        ? refused('subscription.exists', 'A subscription with this id exists already.')
        : notFound('subscription');
    return [started(command, actor)];
  }
  if (!state || (actor.organisation !== state.organisation && !isSystem(actor))) throw notFound('subscription');
  const by = { member: actor.member };
  switch (command.kind) {
    case 'PauseSubscription':
      if (state.status === 'Paused') return [];
      return [{ type: 'SubscriptionPaused', data: goingOn(state, by) }];
    case 'ResumeSubscription':
      if (state.status === 'Active') return [];
      return [{ type: 'SubscriptionResumed', data: goingOn(state, by) }];
    case 'EndSubscription':
      if (state.status === 'Ended') return [];
      return [{ type: 'SubscriptionEnded', data: by }];
    default:
      return assertNever(command);
  }
}

function started({ scope }: Subscribe, actor: DecisionContext['actor']): SubscriptionEvent {
  const { organisation, kind, region } = actor;
  if (isFormalActOnly(kind))
    throw refused('subscription.formal-act-only', 'Prosecutors and courts are reached by a formal act, never by standing order.');
  const competence = competenceOf(kind);
  if (!competence || kind === 'none') throw refused('subscription.kind-without-profile', 'Organisations of this kind receive no alerts.');
  const [regions, sectors, subjects] = [[...new Set(scope.regions)], [...new Set(scope.sectors)], [...new Set(scope.subjects)]];
  if (regions.length === 0 || subjects.length === 0)
    throw invalid('subscription.covers-nothing', '/regions', 'Name a region and a kind of subject.');
  regions.forEach((slug, n) => known(isCode('region', slug), 'subscription.unknown-region', `/regions/${n}`));
  sectors.forEach((sector, n) => known(isCode('sector', sector), 'subscription.unknown-sector', `/sectors/${n}`));
  const beyond =
    subjects.some((subject) => !competence.subjects.includes(subject)) || (competence.local && regions.some((slug) => slug !== region));
  if (beyond) throw refused('subscription.beyond-competence', 'This goes beyond what the organisation is competent for.');
  return { type: 'SubscriptionStarted', data: { organisation, kind, regions, sectors, subjects } };
}

function goingOn<T>(state: NonNullable<Subscription>, data: T): T {
  if (state.status === 'Ended') throw refused('subscription.ended', 'The subscription has ended.');
  return data;
}

function known(isKnown: boolean, code: string, pointer: string): void {
  if (!isKnown) throw invalid(code, pointer, 'This code is not on the list.');
}

export const subscriptionDecider: Decider<Subscription, SubscriptionCommand, SubscriptionEvent> = {
  initialState: initialSubscription,
  decide,
  evolve: evolveSubscription,
};
