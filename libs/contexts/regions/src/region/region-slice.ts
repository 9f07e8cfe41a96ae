import type { Slice } from '@platform/commanding';
import type { Region, RegionEvent } from './region';
import { type RegionCommand, regionCommands, regionDecider, type RegionFacts } from './region.decider';

export const regionSlice: Slice<Region, RegionCommand, RegionEvent, RegionFacts> = {
  context: 'regions',
  noun: 'region',
  decider: regionDecider,
  commands: regionCommands,
  // A region's own log begins with its registration.
  regionOf: (command, by) => (command.kind === 'RegisterRegion' ? command.region : by.actor.region),
};
