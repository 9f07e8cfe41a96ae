import type { Slice } from '@platform/commanding';
import type { Consent, ConsentEvent } from './consent';
import { type ConsentCommand, consentCommands, consentDecider, type ConsentFacts } from './consent.decider';

export const consentSlice: Slice<Consent, ConsentCommand, ConsentEvent, ConsentFacts> = {
  context: 'cases',
  noun: 'consent',
  decider: consentDecider,
  commands: consentCommands,
  regionOf: (_command, by) => by.actor.region,
  hiddenAs: ({ kind }) => (kind === 'AskConsent' ? 'case' : undefined),
  casesOf: (command, state) => (command.kind === 'AskConsent' ? [command.body.case] : state ? [state.scope.case] : []),
};
