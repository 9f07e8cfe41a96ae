import type { Slice } from '@platform/commanding';
import type { TerritorialDynamic, TerritorialDynamicEvent } from './territorial-dynamic';
import { type TerritorialDynamicCommand, territorialDynamicCommands, territorialDynamicDecider } from './territorial-dynamic.decider';

export const territorialDynamicSlice: Slice<TerritorialDynamic, TerritorialDynamicCommand, TerritorialDynamicEvent, object> = {
  context: 'cases',
  noun: 'territorialDynamic',
  decider: territorialDynamicDecider,
  commands: territorialDynamicCommands,
  regionOf: (_command, by) => by.actor.region,
};
