import { assertNever, type Decider, type DecisionContext, invalid, isStream, isSystem, notFound, refused } from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { demandClock, demandFuture, demandGroups, sound } from '../demands';
import { isLater, isReached } from '../instants';
import { type AskedConsent, type Consent, type ConsentData, consentEvents, type ConsentEvent, evolveConsent } from './consent';

export class AskConsent extends Addressed<ConsentData<'ConsentAsked'>> {
  readonly kind = 'AskConsent';
}
export class GiveConsent extends Addressed<{ evidenceRef?: string }> {
  readonly kind = 'GiveConsent';
}
export class RefuseConsent extends Bare {
  readonly kind = 'RefuseConsent';
}
export class WithdrawConsent extends Addressed<Pick<ConsentData<'ConsentWithdrawn'>, 'reason'>> {
  readonly kind = 'WithdrawConsent';
}
export class ExpireConsent extends Bare {
  readonly kind = 'ExpireConsent';
}
export class LapseConsentRequest extends Bare {
  readonly kind = 'LapseConsentRequest';
}
export const consentCommands = [AskConsent, GiveConsent, RefuseConsent, WithdrawConsent, ExpireConsent, LapseConsentRequest] as const;
export type ConsentCommand = InstanceType<(typeof consentCommands)[number]>;

/** Absent: the case is unknown here. */
export interface ConsentFacts {
  readonly case?: { readonly custodian: string };
}
type Context = DecisionContext<ConsentFacts>;

const LANGUAGE = /^[a-z]{2,3}$/;

function decide(command: ConsentCommand, state: Consent, context: Context): ConsentEvent[] {
  if (command.kind === 'AskConsent') {
    if (state) throw refused('consent.already-asked', 'There is a consent with this id already.');
    return asked(command, context);
  }
  if (!state) throw notFound('consent');
  const { actor, at } = context;
  switch (command.kind) {
    case 'GiveConsent':
      if (state.status === 'Given') return [];
      demandUnanswered(state);
      if (isReached(state.answerDue, at)) throw refused('consent.request-lapsed', 'The answer came too late: ask again.');
      if (isReached(state.scope.expires, at)) throw refused('consent.already-past', 'The consent would have ended already: ask again.');
      demandPerson(context);
      return [{ type: 'ConsentGiven', data: { ...state.scope, ...evidence(command) } }];
    case 'RefuseConsent':
      if (state.status === 'Refused') return [];
      demandUnanswered(state);
      demandPerson(context);
      return [{ type: 'ConsentRefused', data: state.scope }];
    case 'WithdrawConsent':
      if (state.status === 'Withdrawn') return [];
      demandGiven(state);
      demandPerson(context);
      return [{ type: 'ConsentWithdrawn', data: { ...state.scope, reason: command.body.reason } }];
    case 'ExpireConsent':
      if (state.status === 'Expired') return [];
      demandGiven(state);
      demandClock('consent', actor, state.scope.expires, at);
      return [{ type: 'ConsentExpired', data: state.scope }];
    case 'LapseConsentRequest':
      if (state.status === 'Expired') return [];
      demandUnanswered(state);
      demandClock('consent', actor, state.answerDue, at);
      return [{ type: 'ConsentRequestLapsed', data: state.scope }];
    default:
      return assertNever(command);
  }
}

function asked({ body }: AskConsent, context: Context): ConsentEvent[] {
  const { facts, at } = context;
  demandPerson(context);
  if (!facts.case) throw notFound('case');
  if (!isStream(body.recipient, 'organisation') && !isStream(body.recipient, 'team'))
    throw invalid('consent.no-recipient', '/recipient', 'A consent names one organisation or one team.');
  if (body.recipient === facts.case.custodian)
    throw refused('consent.recipient-is-custodian', 'The custodian works on the case without this consent.');
  demandGroups('consent', body.groups);
  if (!LANGUAGE.test(body.language)) throw invalid('consent.unknown-language', '/language', 'A language is an ISO 639 code.');
  demandFuture('consent', body.answerDue, at, '/answerDue');
  demandFuture('consent', body.expires, at, '/expires');
  if (!isLater(body.expires, body.answerDue))
    throw invalid('consent.ends-before-answer', '/expires', 'It would end before it could be given.');
  return [{ type: 'ConsentAsked', data: body }];
}

/** What the person wants is written down by somebody who heard it, never by a clock or a machine. */
function demandPerson({ actor }: Context): void {
  if (isSystem(actor)) throw refused('consent.only-the-person', 'Only the person consents, refuses or withdraws.');
}
function demandUnanswered({ status }: AskedConsent): void {
  if (status === 'Expired') throw refused('consent.expired', 'This consent has ended: ask again.');
  if (status !== 'Asked') throw refused('consent.already-answered', 'The person has answered already.');
}
function demandGiven({ status }: AskedConsent): void {
  if (status !== 'Given') throw refused('consent.not-given', 'This consent is not in force.');
}
const evidence = ({ body: { evidenceRef } }: GiveConsent): { evidenceRef?: string } => (evidenceRef === undefined ? {} : { evidenceRef });

/** The rules of a consent. */
export const consentDecider: Decider<Consent, ConsentCommand, ConsentEvent, ConsentFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('consent', consentEvents, decide(command, state, context)),
  evolve: evolveConsent,
};
