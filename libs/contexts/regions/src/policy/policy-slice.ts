import type { Slice } from '@platform/commanding';
import type { Policy, PolicyEvent } from './policy';
import { type PolicyCommand, policyCommands, policyDecider, type PolicyFacts } from './policy.decider';

export const policySlice: Slice<Policy, PolicyCommand, PolicyEvent, PolicyFacts> = {
  context: 'regions',
  noun: 'policy',
  decider: policyDecider,
  commands: policyCommands,
  regionOf: (_command, by) => by.actor.region,
};
