import { isCode } from '@platform/codes';
import {
  type Actor,
  assertNever,
  Command,
  type Decider,
  type DecisionContext,
  invalid,
  isSystem,
  notFound,
  type OrganisationKind,
  refused,
} from '@platform/kernel';
import type { IssuedAlert } from '../alert/alert';
import { isReached } from '../deadline';
import { competenceOf, isFormalActOnly } from '../recipients';
import {
  type AlertDelivery,
  type AlertDeliveryEvent,
  type AlertDeliveryStatus,
  evolveAlertDelivery,
  initialAlertDelivery,
  type OpenedDelivery,
} from './alert-delivery';
import { contentFor } from './alert-profile';

/** Issued by the reactor that follows an issued alert: one delivery per recipient, each a stream of its own. */
export class DeliverAlert extends Command {
  readonly kind = 'DeliverAlert';
  constructor(
    readonly id: string,
    readonly alert: string,
    readonly recipient: string,
    readonly alerted: IssuedAlert,
  ) {
    super();
  }
}
export class AcknowledgeAlert extends Command {
  readonly kind = 'AcknowledgeAlert';
  constructor(readonly id: string) {
    super();
  }
}
export class AnswerAlert extends Command {
  readonly kind = 'AnswerAlert';
  constructor(
    readonly id: string,
    readonly outcome: string,
  ) {
    super();
  }
}
export class WithdrawDelivery extends Command {
  readonly kind = 'WithdrawDelivery';
  constructor(readonly id: string) {
    super();
  }
}
export class ExpireDelivery extends Command {
  readonly kind = 'ExpireDelivery';
  constructor(readonly id: string) {
    super();
  }
}
export const alertDeliveryCommands = [DeliverAlert, AcknowledgeAlert, AnswerAlert, WithdrawDelivery, ExpireDelivery] as const;
export type AlertDeliveryCommand = InstanceType<(typeof alertDeliveryCommands)[number]>;

/** What the rules of a delivery lean on beside its own stream. */
export interface AlertDeliveryFacts {
  readonly recipient?: {
    readonly kind: OrganisationKind;
    readonly active: boolean;
    /** Party to a territorial agreement in force. */
    readonly signatory: boolean;
  };
}
type Onward = Exclude<AlertDeliveryCommand, DeliverAlert>;

const ROUTES: Readonly<Record<Onward['kind'], { from: readonly AlertDeliveryStatus[]; satisfiedIn: AlertDeliveryStatus }>> = {
  AcknowledgeAlert: { from: ['Delivered'], satisfiedIn: 'Acknowledged' },
  AnswerAlert: { from: ['Acknowledged'], satisfiedIn: 'Answered' },
  WithdrawDelivery: { from: ['Delivered', 'Acknowledged'], satisfiedIn: 'DeliveryWithdrawn' },
  ExpireDelivery: { from: ['Delivered', 'Acknowledged'], satisfiedIn: 'DeliveryExpired' },
};

function decide(command: AlertDeliveryCommand, state: AlertDelivery, context: DecisionContext<AlertDeliveryFacts>): AlertDeliveryEvent[] {
  const { actor, at } = context;
  if (command.kind === 'DeliverAlert') return deliver(command, state, context);
  if (!state || !isConcerned(actor, state)) throw notFound('alertDelivery');
  isOfTheirs(command, actor, state);
  const { from, satisfiedIn } = ROUTES[command.kind];
  if (state.status === satisfiedIn) return command.kind === 'AnswerAlert' ? sameAnswer(command, state) : [];
  if (!from.includes(state.status)) throw refused('alertDelivery.not-now', 'This cannot be done with the delivery as it stands now.');
  switch (command.kind) {
    case 'AcknowledgeAlert':
      return [{ type: 'AlertAcknowledged', data: { member: actor.member } }];
    case 'AnswerAlert':
      if (!isCode('alert-outcome', command.outcome))
        throw invalid('alertDelivery.unknown-outcome', '/outcome', 'This code is not on the list.');
      return [{ type: 'AlertAnswered', data: { alert: state.alert, outcome: command.outcome } }];
    case 'WithdrawDelivery':
      return [{ type: 'AlertDeliveryWithdrawn', data: { alert: state.alert } }];
    case 'ExpireDelivery':
      if (!isReached(state.due, at)) throw refused('alertDelivery.too-early', 'The deadline has not passed.');
      return [{ type: 'AlertDeliveryExpired', data: { alert: state.alert } }];
    default:
      return assertNever(command);
  }
}

/** Recipients do not see each other: to anybody else, another recipient included, a delivery does not exist. */
const isConcerned = (actor: Actor, { recipient, issuer }: OpenedDelivery): boolean =>
  isSystem(actor) || actor.organisation === recipient || actor.organisation === issuer;

function isOfTheirs({ kind }: Onward, actor: Actor, { recipient }: OpenedDelivery): void {
  const answers = kind === 'AcknowledgeAlert' || kind === 'AnswerAlert';
  if (answers && actor.organisation !== recipient)
    throw refused('alertDelivery.not-addressee', 'Only the recipient acknowledges and answers.');
  if (!answers && !isSystem(actor)) throw refused('alertDelivery.only-by-system', 'A delivery ends with its alert or by the clock.');
}

function sameAnswer({ outcome }: AnswerAlert, state: OpenedDelivery): AlertDeliveryEvent[] {
  if (state.outcome !== outcome) throw refused('alertDelivery.answered', 'The alert was answered before.');
  return [];
}

function deliver(
  { alert, recipient, alerted }: DeliverAlert,
  state: AlertDelivery,
  { actor, facts, at }: DecisionContext<AlertDeliveryFacts>,
): AlertDeliveryEvent[] {
  if (!isSystem(actor))
    throw state && isConcerned(actor, state)
      ? refused('alertDelivery.only-by-system', 'Deliveries follow an issued alert.')
      : notFound('alertDelivery');
  if (state) {
    if (state.alert === alert && state.recipient === recipient) return [];
    throw refused('alertDelivery.exists', 'A delivery with this id exists already.');
  }
  const { kind, active, signatory } = facts.recipient ?? {};
  if (!active || kind === undefined) throw refused('alertDelivery.recipient-not-active', 'This organisation receives nothing now.');
  if (isFormalActOnly(kind)) throw refused('alertDelivery.formal-act-only', 'Prosecutors and courts are reached by a formal act.');
  const competence = competenceOf(kind);
  if (!competence || !alerted.audience.includes(kind))
    throw refused('alertDelivery.not-addressed', 'The alert is not for organisations of this kind.');
  if (isReached(alerted.expires, at)) throw refused('alertDelivery.alert-expired', 'The alert has expired.');
  const content = contentFor(competence.profile, alerted, signatory === true);
  if (!content) throw refused('alertDelivery.cohort-too-small', 'So few that nothing may be told outside the network.');
  return [{ type: 'AlertDelivered', data: { alert, issuer: alerted.issuer, recipient, kind, content, due: alerted.expires } }];
}

export const alertDeliveryDecider: Decider<AlertDelivery, AlertDeliveryCommand, AlertDeliveryEvent, AlertDeliveryFacts> = {
  initialState: initialAlertDelivery,
  decide,
  evolve: evolveAlertDelivery,
};
