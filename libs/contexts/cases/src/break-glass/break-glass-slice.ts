import type { Slice } from '@platform/commanding';
import type { BreakGlass, BreakGlassEvent } from './break-glass';
import { type BreakGlassCommand, breakGlassCommands, breakGlassDecider, type BreakGlassFacts } from './break-glass.decider';

export const breakGlassSlice: Slice<BreakGlass, BreakGlassCommand, BreakGlassEvent, BreakGlassFacts> = {
  context: 'cases',
  noun: 'breakGlass',
  decider: breakGlassDecider,
  commands: breakGlassCommands,
  regionOf: (_command, by) => by.actor.region,
  hiddenAs: ({ kind }) => (kind === 'OpenBreakGlass' ? 'case' : undefined),
  casesOf: (command, state) => (command.kind === 'OpenBreakGlass' ? [command.body.case] : state ? [state.who.case] : []),
};
