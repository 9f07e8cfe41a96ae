import type { Slice } from '@platform/commanding';
import type { AccessGrant, AccessGrantEvent } from './access-grant';
import { type AccessGrantCommand, accessGrantCommands, accessGrantDecider } from './access-grant.decider';
import type { AccessGrantFacts } from './access-grant-facts';

export const accessGrantSlice: Slice<AccessGrant, AccessGrantCommand, AccessGrantEvent, AccessGrantFacts> = {
  context: 'cases',
  noun: 'accessGrant',
  decider: accessGrantDecider,
  commands: accessGrantCommands,
  regionOf: (_command, by) => by.actor.region,
  casesOf: (command, state) => (command.kind === 'GrantAccess' ? [command.body.case] : state ? [state.scope.case] : []),
};
