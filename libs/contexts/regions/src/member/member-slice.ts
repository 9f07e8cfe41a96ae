import type { Slice } from '@platform/commanding';
import type { Member, MemberEvent } from './member';
import { type MemberCommand, memberCommands, memberDecider, type MemberFacts } from './member.decider';

export const memberSlice: Slice<Member, MemberCommand, MemberEvent, MemberFacts> = {
  context: 'regions',
  noun: 'member',
  decider: memberDecider,
  commands: memberCommands,
  // Members are invited from their own region: by their organisation, the region's office or the service.
  regionOf: (_command, by) => by.actor.region,
};
