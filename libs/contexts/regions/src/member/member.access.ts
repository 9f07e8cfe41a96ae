import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { judged } from '../rulebook';
import { Streams } from '../streams';
import type { Member } from './member';
import type { MemberCommand, MemberFacts } from './member.decider';
import { StaffRegister } from './staff-register.projection';

/** Who may command a member's standing, and on which facts its rules decide. */
@Injectable()
export class MemberAccess extends CommandAccess<Member, MemberCommand, MemberFacts> {
  constructor(
    private readonly streams: Streams,
    private readonly staff: StaffRegister,
  ) {
    super();
  }

  async gather(command: MemberCommand, state: Member): Promise<Grounded<MemberFacts>> {
    const organisation = organisationOf(command, state);
    const [hosts, teams] = [
      await this.streams.organisations(organisation === '' ? [] : [organisation]),
      await this.streams.teams(command.kind === 'VisitTeam' ? [command.team] : []),
    ];
    const loginTaken = command.kind === 'InviteMember' && (await this.staff.loginTaken(command.login, command.id));
    return {
      value: { organisation: hosts.value.get(organisation), loginTaken, team: [...teams.value.values()][0] },
      facts: [...hosts.facts, ...teams.facts],
    };
  }

  judge(command: MemberCommand, state: Member, by: Authority, facts: MemberFacts): Promise<Judgement> {
    const teams = command.kind === 'VisitTeam' ? [command.team] : [];
    return Promise.resolve(
      judged(command.kind, { organisations: [organisationOf(command, state)], teams, region: facts.organisation?.region }, by),
    );
  }
}

const organisationOf = (command: MemberCommand, state: Member): string =>
  command.kind === 'InviteMember' ? command.organisation : state.organisation;
