import type { Slice } from '@platform/commanding';
import type { Team, TeamEvent } from './team';
import { type TeamCommand, teamCommands, teamDecider, type TeamFacts } from './team.decider';

export const teamSlice: Slice<Team, TeamCommand, TeamEvent, TeamFacts> = {
  context: 'regions',
  noun: 'team',
  decider: teamDecider,
  commands: teamCommands,
  // The proposer's region leads.
  regionOf: (_command, by) => by.actor.region,
};
