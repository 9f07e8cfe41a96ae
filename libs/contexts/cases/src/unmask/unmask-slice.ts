import type { Slice } from '@platform/commanding';
import type { Unmask, UnmaskEvent } from './unmask';
import { type UnmaskCommand, unmaskCommands, unmaskDecider, type UnmaskFacts } from './unmask.decider';

export const unmaskSlice: Slice<Unmask, UnmaskCommand, UnmaskEvent, UnmaskFacts> = {
  context: 'cases',
  noun: 'unmask',
  decider: unmaskDecider,
  commands: unmaskCommands,
  regionOf: (_command, by) => by.actor.region,
  hiddenAs: ({ kind }) => (kind === 'RequestUnmask' ? 'case' : undefined),
  casesOf: (command, state) => (command.kind === 'RequestUnmask' ? [command.body.case] : state ? [state.what.case] : []),
};
