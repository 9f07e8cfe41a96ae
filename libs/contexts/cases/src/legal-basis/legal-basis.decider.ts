import { assertNever, type Decider, type DecisionContext, invalid, isStream, isSystem, notFound, refused } from '@platform/kernel';
import { Addressed } from '../addressed';
import { demandClock, demandFuture, demandGroups, sound } from '../demands';
import { evolveLegalBasis, type LegalBasis, type LegalBasisData, legalBasisEvents, type LegalBasisEvent } from './legal-basis';

export class RecordLegalBasis extends Addressed<LegalBasisData<'LegalBasisRecorded'>> {
  readonly kind = 'RecordLegalBasis';
}
/** The clock gives `term_reached`; people give the act that ended it. */
export class EndLegalBasis extends Addressed<Pick<LegalBasisData<'LegalBasisEnded'>, 'reason'>> {
  readonly kind = 'EndLegalBasis';
}
export const legalBasisCommands = [RecordLegalBasis, EndLegalBasis] as const;
export type LegalBasisCommand = InstanceType<(typeof legalBasisCommands)[number]>;

/** Absent: the case is unknown here. */
export interface LegalBasisFacts {
  readonly case?: { readonly custodian: string };
}
type Context = DecisionContext<LegalBasisFacts>;

function decide(command: LegalBasisCommand, state: LegalBasis, context: Context): LegalBasisEvent[] {
  switch (command.kind) {
    case 'RecordLegalBasis':
      if (state) throw refused('legalBasis.already-recorded', 'There is a legal basis with this id already.');
      return recorded(command, context);
    case 'EndLegalBasis':
      if (!state) throw notFound('legalBasis');
      if (state.status === 'Ended') return [];
      if (command.body.reason === 'term_reached') demandClock('legalBasis', context.actor, state.scope.expires, context.at);
      else demandPerson(context);
      return [{ type: 'LegalBasisEnded', data: { ...state.scope, reason: command.body.reason } }];
    default:
      return assertNever(command);
  }
}

function recorded({ body }: RecordLegalBasis, context: Context): LegalBasisEvent[] {
  demandPerson(context);
  if (!context.facts.case) throw notFound('case');
  if (!isStream(body.recipient, 'organisation') && !isStream(body.recipient, 'team'))
    throw invalid('legalBasis.no-recipient', '/recipient', 'A legal basis names one organisation or one team.');
  demandGroups('legalBasis', body.groups);
  demandFuture('legalBasis', body.expires, context.at, '/expires');
  return [{ type: 'LegalBasisRecorded', data: body }];
}

function demandPerson({ actor }: Context): void {
  if (isSystem(actor)) throw refused('legalBasis.only-people', 'An act is recorded, and ended before its term, by people.');
}

export const legalBasisDecider: Decider<LegalBasis, LegalBasisCommand, LegalBasisEvent, LegalBasisFacts> = {
  initialState: null,
  decide: (command, state, context) => sound('legalBasis', legalBasisEvents, decide(command, state, context)),
  evolve: evolveLegalBasis,
};
