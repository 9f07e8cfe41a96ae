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
import { isReached } from '../deadline';
import { competenceOf, isFormalActOnly } from '../recipients';
import { type Cohort, isLargeEnough, LEAST_OUTSIDE } from '../small-numbers';
import { type Alert, type AlertEvent, type AlertStatus, evolveAlert, HOLD_REASONS, initialAlert, type OpenedAlert } from './alert';
import type { AlertCommand, DraftAlert, HoldAlert, IssueAlert, ReleaseAlert } from './alert-commands';
import { contentOf } from './alert-drafting';

/** What the rules of an alert lean on beside its own stream. */
export interface AlertFacts {
  /** Counted now, over the subject as the alert has it. Absent counts as nobody. */
  readonly cohort?: Cohort;
  /** The company the alert is about, as the cases context publishes it. */
  readonly company?: { readonly disputed: boolean; readonly nameRef?: string; readonly vatRef?: string };
  /** Deliveries neither answered nor ended. */
  readonly openDeliveries?: number;
}
type Context = DecisionContext<AlertFacts>;
type Onward = Exclude<AlertCommand, DraftAlert>;

/** From where a command leads on, and where it already holds. Clock commands are the system's, all others the issuer's. */
const ROUTES: Readonly<Record<Onward['kind'], { from: readonly AlertStatus[]; satisfiedIn: AlertStatus; by?: 'clock' | 'either' }>> = {
  ScreenAlert: { from: ['Drafted'], satisfiedIn: 'Screened' },
  HoldAlert: { from: ['Drafted', 'Screened'], satisfiedIn: 'Held', by: 'either' },
  ReleaseAlert: { from: ['Held'], satisfiedIn: 'Drafted' },
  RejectAlert: { from: ['Held'], satisfiedIn: 'Rejected' },
  IssueAlert: { from: ['Screened'], satisfiedIn: 'Issued' },
  CloseAlert: { from: ['Issued'], satisfiedIn: 'Closed', by: 'either' },
  WithdrawAlert: { from: ['Issued'], satisfiedIn: 'Withdrawn' },
  ExpireAlert: { from: ['Issued'], satisfiedIn: 'Expired', by: 'clock' },
};

function decide(command: AlertCommand, state: Alert, context: Context): AlertEvent[] {
  const { actor } = context;
  if (command.kind === 'DraftAlert') {
    if (state)
      throw actor.organisation === state.issuer ? refused('alert.exists', 'An alert with this id exists already.') : notFound('alert');
    if (isSystem(actor)) throw refused('alert.only-people-alert', 'An alert is somebody’s decision.');
    return [{ type: 'AlertDrafted', data: contentOf(command.draft, context) }];
  }
  const system = isSystem(actor);
  // Recipients know their delivery; the alert itself exists for its issuer only.
  if (!state || (!system && actor.organisation !== state.issuer)) throw notFound('alert');
  const { from, satisfiedIn, by } = ROUTES[command.kind];
  if (by === 'clock' && !system) throw refused('alert.only-by-clock', 'Only the clock does this.');
  if (by === undefined && system) throw refused('alert.not-issuer', 'Only the issuer does this.');
  // A draft was never released unless it was held: nothing is satisfied by having happened to be in the state it leads to.
  if (state.status === satisfiedIn && command.kind !== 'ReleaseAlert') return [];
  if (!from.includes(state.status)) throw refused('alert.not-now', 'This cannot be done with the alert as it stands now.');
  return onward(command, state, context);
}

function onward(command: Onward, state: OpenedAlert, context: Context): AlertEvent[] {
  const about = { subject: state.subject };
  switch (command.kind) {
    case 'ScreenAlert':
      if (command.retaliationRisk !== false) throw refused('alert.retaliation-risk', 'Where somebody risks retaliation the alert is held.');
      return [{ type: 'AlertScreened', data: { cohort: soundCohort(state, context) } }];
    case 'HoldAlert':
      return [hold(command, state, context)];
    case 'ReleaseAlert':
      return [release(command, state, context)];
    case 'RejectAlert':
      return [{ type: 'AlertRejected', data: { reason: state.held?.reason ?? 'cohort_too_small' } }];
    case 'IssueAlert':
      return [issue(command, state, context)];
    case 'CloseAlert':
      if ((context.facts.openDeliveries ?? Infinity) > 0) throw refused('alert.deliveries-open', 'Some recipients have not answered yet.');
      return [{ type: 'AlertClosed', data: about }];
    case 'WithdrawAlert':
      if (!WITHDRAWALS.includes(command.reason)) throw invalid('alert.unknown-reason', '/reason', 'This reason is not on the list.');
      return [{ type: 'AlertWithdrawn', data: { ...about, reason: command.reason } }];
    case 'ExpireAlert':
      if (!isReached(state.expires, context.at)) throw refused('alert.too-early', 'The alert has not expired.');
      return [{ type: 'AlertExpired', data: about }];
    default:
      return assertNever(command);
  }
}

/** Why an issuer takes an alert back. */
export const WITHDRAWALS: readonly string[] = ['error', 'dispute', 'safety', 'evidence_lost'];

/** @throws DomainError `alert.cohort-too-small`, `alert.company-disputed` */
function soundCohort({ subject }: OpenedAlert, { facts }: Context): Cohort {
  if (subject.kind === 'company' && facts.company?.disputed !== false)
    throw refused('alert.company-disputed', 'While a company disputes what is recorded, nothing about it is shared.');
  const { workers = 0, organisations = 0, companies = 0 } = facts.cohort ?? {};
  const cohort = { workers, organisations, companies };
  if (!isLargeEnough(cohort, subject.kind))
    throw refused('alert.cohort-too-small', 'So few that it could point at one worker, or at who reported.');
  return cohort;
}

function hold({ reason }: HoldAlert, state: OpenedAlert, { actor, facts }: Context): AlertEvent {
  if (!HOLD_REASONS.includes(reason)) throw invalid('alert.unknown-reason', '/reason', 'This reason is not on the list.');
  if (reason === 'cohort_too_small' && facts.cohort && isLargeEnough(facts.cohort, state.subject.kind))
    throw refused('alert.cohort-large-enough', 'The cohort is large enough.');
  if (reason === 'retaliation_risk' && isSystem(actor))
    throw refused('alert.risk-is-judged-by-people', 'A risk of retaliation is judged by people.');
  return { type: 'AlertHeld', data: { reason, by: actor.member } };
}

function release({ reason }: ReleaseAlert, state: OpenedAlert, context: Context): AlertEvent {
  const risk = state.held?.reason === 'retaliation_risk';
  if (reason === 'wider_area') {
    if (state.subject.kind !== 'territory' || state.area === 'province')
      throw refused('alert.area-cannot-widen', 'The place is as wide as it can be.');
    return { type: 'AlertReleased', data: { reason, area: 'province' } };
  }
  if ((reason === 'risk_assessed') !== risk) throw refused('alert.release-unfit', 'This does not answer why the alert is held.');
  if (risk && state.held?.by === context.actor.member)
    throw refused('alert.release-by-holder', 'Somebody else must judge that the risk has passed.');
  if (!risk) soundCohort(state, context);
  return { type: 'AlertReleased', data: { reason, area: state.area } };
}

/** Screened again: what was safe to say last week may point at one worker today. */
function issue({ audience }: IssueAlert, state: OpenedAlert, context: Context): AlertEvent {
  const { issuer, subject, comune, area, sector, patterns, indicators, period, expires } = state;
  const cohort = soundCohort(state, context);
  if (isReached(expires, context.at)) throw refused('alert.expired', 'The alert expired before it was issued.');
  if (audience.length === 0) throw refused('alert.nobody-addressed', 'An alert to nobody reaches nobody.');
  audience.forEach((kind, n) => mayBeAddressed(kind, `/audience/${n}`, subject.kind, cohort));
  const { nameRef, vatRef } = context.facts.company ?? {};
  const company = subject.kind === 'company' ? { company: { nameRef, vatRef } } : {};
  return {
    type: 'AlertIssued',
    data: {
      issuer,
      subject,
      comune,
      area,
      sector,
      patterns,
      indicators,
      period,
      expires,
      cohort,
      audience: [...new Set(audience)],
      ...company,
    },
  };
}

function mayBeAddressed(kind: OrganisationKind, pointer: string, subject: 'company' | 'territory', cohort: Cohort): void {
  if (isFormalActOnly(kind)) throw refused('alert.formal-act-only', 'Prosecutors and courts are reached by a formal act.');
  const competence = competenceOf(kind);
  if (!competence) throw invalid('alert.kind-without-profile', pointer, 'Organisations of this kind receive no alerts.');
  if (!competence.subjects.includes(subject))
    throw refused('alert.company-beyond-audience', 'Recipients of aggregates are told of territories only.');
  if (competence.profile === 'aggregate' && cohort.workers < LEAST_OUTSIDE)
    throw refused('alert.cohort-too-small-for-audience', 'Aggregates are told from eleven workers on.');
}

export const alertDecider: Decider<Alert, AlertCommand, AlertEvent, AlertFacts> = {
  initialState: initialAlert,
  decide,
  evolve: evolveAlert,
};
