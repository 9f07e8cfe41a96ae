import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { TEAM_KINDS, type TeamKind } from '@contracts';
import { Pipeline } from '@platform/commanding';
import {
  Act,
  Code,
  code,
  ContextController,
  DateOnly,
  type Exchange,
  Flag,
  Http,
  ListOf,
  newStreamId,
  Slug,
  slug,
  Text,
} from '@platform/http';
import { type Authority, type Discipline, DISCIPLINES, notFound } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { MEETING_DECISIONS, type MeetingDecision, TEAM_DISSOLUTIONS, type TeamDissolution } from './team';
import { TeamAccess } from './team.access';
import { AddTeamMember, ConstituteTeam, DissolveTeam, ProposeTeam, RecordTeamMeeting, RemoveTeamMember, teamDecider } from './team.decider';
import { type MeetingRow, TeamRegister, type TeamRow } from './team-register.projection';
import { teamSlice } from './team-slice';

const MEMBER = '^member-[0-9a-f-]{36}$';

export class ProposeTeamBody {
  @Code(TEAM_KINDS) kind!: TeamKind;
  @Text({ max: 120 }) designation!: string;
}
export class TeamMemberBody {
  @Slug({ pattern: MEMBER }) member!: string;
  @Code(DISCIPLINES) discipline!: Discipline;
  @Flag({ description: 'What the person declared when asked about conflicts of interest' }) conflictOfInterest!: boolean;
}
export class RemovalBody {
  @Slug({ pattern: MEMBER }) member!: string;
}
export class MeetingBody {
  @DateOnly() heldOn!: string;
  @ListOf(slug(MEMBER), { min: 1, max: 60 }) attendees!: string[];
  @ListOf(code(MEETING_DECISIONS), { max: MEETING_DECISIONS.length }) decisions!: MeetingDecision[];
  @Text({ max: 8000, lines: true, optional: true, description: 'Kept in the vault' }) minutes?: string;
}
export class DissolutionBody {
  @Code(TEAM_DISSOLUTIONS) reason!: TeamDissolution;
}
export class TeamQuery {
  @Slug({ pattern: '^[a-z][a-z0-9-]{1,39}$', optional: true, description: 'Teams with people of this region' }) region?: string;
}
type Listed = Omit<TeamRow, 'seats'> & { readonly etag: string };

@ContextController('teams', 'Teams')
export class TeamController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: TeamAccess,
    private readonly register: TeamRegister,
    private readonly reading: Reading,
    private readonly awaiting: Awaiting,
    private readonly vaults: Vaults,
  ) {}

  @Get()
  @Act('ReadDirectory')
  async list(@Http() http: Exchange, @Query() { region }: TeamQuery): Promise<{ items: Listed[] }> {
    await this.awaiting.caughtUp(http, TeamRegister.consumer);
    const { actor } = http.by;
    const judgement = judged('ReadDirectory', { organisations: [actor.organisation] }, http.by);
    const question = { act: 'ReadDirectory', noun: 'team', region: actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(http.by, question, async () => {
      // A team that is only proposed concerns nobody but those who propose it.
      const known = (await this.register.list(region)).filter(
        (row) => row.status !== 'Proposed' || row.organisation === actor.organisation,
      );
      return { items: known.map((row) => ({ ...row, etag: http.etagOf(row.team, row.revision) })) };
    });
  }

  /** The team with its people; by name under /api/members?team=. */
  @Get(':team')
  @Act('ReadTeam')
  async read(@Http() http: Exchange, @Param('team') team: string): Promise<TeamRow> {
    const { row } = await this.#readable(http, team, 'ReadTeam');
    http.tag(team, row.revision);
    return row;
  }

  /** Who met and what was decided. Minutes stay in the vault. */
  @Get(':team/meetings')
  @Act('ReadTeam')
  async meetings(
    @Http() http: Exchange,
    @Param('team') team: string,
  ): Promise<{ items: (Omit<MeetingRow, 'minutesRef'> & { minutes: boolean })[] }> {
    await this.#readable(http, team, 'ReadTeam');
    const items = (await this.register.meetings(team)).map(({ minutesRef, ...row }) => ({ ...row, minutes: minutesRef !== null }));
    return { items };
  }

  @Post()
  @Act('ProposeTeam')
  async propose(@Http() http: Exchange, @Body() { kind, designation }: ProposeTeamBody): Promise<{ team: string }> {
    const id = newStreamId('team', http.by.commandId);
    await this.running.run(http, http.by, new ProposeTeam(id, kind, designation));
    http.created(`/api/teams/${id}`);
    return { team: id };
  }

  @Post(':team/members')
  @HttpCode(204)
  @Act('AddTeamMember')
  async add(
    @Http() http: Exchange,
    @Param('team') team: string,
    @Body() { member, discipline, conflictOfInterest }: TeamMemberBody,
  ): Promise<void> {
    await this.running.run(http, (await this.#at(http, team)).by, new AddTeamMember(team, member, discipline, conflictOfInterest));
  }

  @Post(':team/removals')
  @HttpCode(204)
  @Act('RemoveTeamMember')
  async remove(@Http() http: Exchange, @Param('team') team: string, @Body() { member }: RemovalBody): Promise<void> {
    await this.running.run(http, (await this.#at(http, team)).by, new RemoveTeamMember(team, member));
  }

  @Post(':team/constitution')
  @HttpCode(204)
  @Act('ConstituteTeam')
  async constitute(@Http() http: Exchange, @Param('team') team: string): Promise<void> {
    await this.running.run(http, (await this.#at(http, team)).by, new ConstituteTeam(team));
  }

  @Post(':team/meetings')
  @HttpCode(204)
  @Act('RecordTeamMeeting')
  async meet(
    @Http() http: Exchange,
    @Param('team') team: string,
    @Body() { heldOn, attendees, decisions, minutes }: MeetingBody,
  ): Promise<void> {
    const { by, region } = await this.#at(http, team);
    const done = await this.pipeline.before(teamSlice, this.access, new RecordTeamMeeting(team, heldOn, attendees, decisions).by(by));
    const minutesRef = minutes === undefined || done ? undefined : await this.vaults.of(region).note(team, minutes);
    await this.running.run(http, by, new RecordTeamMeeting(team, heldOn, attendees, decisions, minutesRef));
  }

  @Post(':team/dissolution')
  @HttpCode(204)
  @Act('DissolveTeam')
  async dissolve(@Http() http: Exchange, @Param('team') team: string, @Body() { reason }: DissolutionBody): Promise<void> {
    await this.running.run(http, (await this.#at(http, team)).by, new DissolveTeam(team, reason));
  }

  #at = (http: Exchange, team: string): Promise<{ by: Authority; region: string }> => this.running.at(http, teamDecider, 'team', team);

  async #readable(http: Exchange, team: string, act: string): Promise<{ row: TeamRow }> {
    await this.awaiting.caughtUp(http, TeamRegister.consumer);
    const row = await this.register.find(team);
    const organisations = [row?.organisation, ...(row?.seats.map(({ organisation }) => organisation) ?? [])];
    const judgement = judged(act, { organisations, teams: [team], region: row?.leadRegion }, http.by);
    const question = { act, noun: 'team', region: row?.leadRegion ?? http.by.actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(http.by, question, () => (row ? Promise.resolve({ row }) : Promise.reject(notFound('team'))));
  }
}
