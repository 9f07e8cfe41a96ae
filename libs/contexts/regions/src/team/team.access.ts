import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { StaffRegister } from '../member/staff-register.projection';
import { judged } from '../rulebook';
import { Streams } from '../streams';
import type { Team } from './team';
import type { TeamCommand, TeamFacts } from './team.decider';

/** Who may command a team, and on which facts its rules decide. */
@Injectable()
export class TeamAccess extends CommandAccess<Team, TeamCommand, TeamFacts> {
  constructor(
    private readonly streams: Streams,
    private readonly staff: StaffRegister,
  ) {
    super();
  }

  async gather(command: TeamCommand, state: Team, by: Authority): Promise<Grounded<TeamFacts>> {
    const seated = command.kind === 'ConstituteTeam' ? state.seats.map(({ member }) => member) : [];
    const members = await this.streams.members(command.kind === 'AddTeamMember' ? [command.member] : seated);
    const organisations = await this.streams.organisations([
      ...[...members.value.values()].map(({ organisation }) => organisation),
      ...(command.kind === 'ConstituteTeam' ? state.seats.map(({ organisation }) => organisation) : []),
    ]);
    const visits =
      command.kind === 'RecordTeamMeeting' || command.kind === 'RemoveTeamMember' ? await this.staff.visitors(command.id, by.at) : [];
    return {
      value: { members: members.value, organisations: organisations.value, visitors: visits.map(({ member }) => member) },
      facts: [...members.facts, ...organisations.facts],
    };
  }

  judge(command: TeamCommand, state: Team, by: Authority): Promise<Judgement> {
    // Whoever proposes a team does so for their own organisation.
    const organisation = command.kind === 'ProposeTeam' ? by.actor.organisation : state.organisation;
    return Promise.resolve(
      judged(command.kind, { organisations: [organisation], teams: [command.id], region: state.leadRegion || by.actor.region }, by),
    );
  }
}
