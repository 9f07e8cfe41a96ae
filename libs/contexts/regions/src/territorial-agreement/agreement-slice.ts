import type { Slice } from '@platform/commanding';
import type { TerritorialAgreement, TerritorialAgreementEvent } from './territorial-agreement';
import {
  type AgreementFacts,
  type TerritorialAgreementCommand,
  territorialAgreementCommands,
  territorialAgreementDecider,
} from './territorial-agreement.decider';

export const agreementSlice: Slice<TerritorialAgreement, TerritorialAgreementCommand, TerritorialAgreementEvent, AgreementFacts> = {
  context: 'regions',
  noun: 'territorialAgreement',
  decider: territorialAgreementDecider,
  commands: territorialAgreementCommands,
  regionOf: (_command, by) => by.actor.region,
};
