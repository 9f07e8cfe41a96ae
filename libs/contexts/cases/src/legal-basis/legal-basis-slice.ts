import type { Slice } from '@platform/commanding';
import type { LegalBasis, LegalBasisEvent } from './legal-basis';
import { type LegalBasisCommand, legalBasisCommands, legalBasisDecider, type LegalBasisFacts } from './legal-basis.decider';

export const legalBasisSlice: Slice<LegalBasis, LegalBasisCommand, LegalBasisEvent, LegalBasisFacts> = {
  context: 'cases',
  noun: 'legalBasis',
  decider: legalBasisDecider,
  commands: legalBasisCommands,
  regionOf: (_command, by) => by.actor.region,
  hiddenAs: ({ kind }) => (kind === 'RecordLegalBasis' ? 'case' : undefined),
  casesOf: (command, state) => (command.kind === 'RecordLegalBasis' ? [command.body.case] : state ? [state.scope.case] : []),
};
