import { Inject, Injectable } from '@nestjs/common';
import type { TeamKind } from '@contracts';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { Discipline } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { MeetingDecision, Seat, Team, TeamEvent } from './team';

export interface TeamRow {
  readonly team: string;
  readonly kind: TeamKind;
  readonly leadRegion: string;
  /** Organisation that leads it. */
  readonly organisation: string;
  readonly designation: string;
  readonly status: Exclude<Team['status'], '-'>;
  readonly revision: number;
  readonly seats: readonly Seat[];
}
export interface MeetingRow {
  /** Revision of the event in the team's stream: names the meeting. */
  readonly revision: number;
  readonly heldOn: string;
  readonly attendees: readonly string[];
  readonly decisions: readonly MeetingDecision[];
  readonly minutesRef: string | null;
}

const COLUMNS = `t.team, t.kind, t.lead_region as "leadRegion", t.organisation, t.designation, t.status, t.revision`;

/** Which teams are there, who sits in them, and what did they decide? */
@Injectable()
export class TeamRegister {
  static readonly consumer = 'team-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return { name: TeamRegister.consumer, context: 'regions', source: { store: 'regions' }, tables: tablesOf('teams'), handlers };
  }

  /** Teams with people of a region, or all. */
  list(region?: string): Promise<Omit<TeamRow, 'seats'>[]> {
    return this.rows.query<Omit<TeamRow, 'seats'>[]>(
      `select ${COLUMNS} from regions.team_register t
       where $1::text is null or t.lead_region = $1 or exists (select 1 from regions.team_seat s where s.team = t.team and s.region = $1)
       order by t.designation, t.team`,
      [region ?? null],
    );
  }

  async find(team: string): Promise<TeamRow | undefined> {
    const [row] = await this.rows.query<Omit<TeamRow, 'seats'>[]>(`select ${COLUMNS} from regions.team_register t where t.team = $1`, [
      team,
    ]);
    if (!row) return undefined;
    const seats = await this.rows.query<(Seat & { discipline: Discipline })[]>(
      `select member, organisation, region, discipline from regions.team_seat where team = $1 order by member`,
      [team],
    );
    return { ...row, seats };
  }

  meetings(team: string): Promise<MeetingRow[]> {
    return this.rows.query<MeetingRow[]>(
      `select revision, to_char(held_on, 'YYYY-MM-DD') as "heldOn", attendees, decisions, minutes_ref as "minutesRef"
       from regions.team_meeting where team = $1 order by held_on desc, revision desc`,
      [team],
    );
  }
}

const turn = async (tx: EntityManager, team: string, revision: number, status: TeamRow['status'] | null): Promise<void> => {
  await tx.query(`update regions.team_register set status = coalesce($2, status), revision = $3 where team = $1 and revision < $3`, [
    ...[team, status, revision],
  ]);
};
const handlers: AllHandlers<TeamEvent> = {
  TeamProposed: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.team_register (team, kind, lead_region, organisation, designation, status, revision)
       values ($1, $2, $3, $4, $5, 'Proposed', $6) on conflict do nothing`,
      [stream, data.kind, data.leadRegion, data.organisation, data.designation, revision],
    );
  },
  TeamMemberAdded: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.team_seat (team, member, organisation, region, discipline) values ($1, $2, $3, $4, $5)
       on conflict (team, member) do update set organisation = excluded.organisation, region = excluded.region, discipline = excluded.discipline`,
      [stream, data.member, data.organisation, data.region, data.discipline],
    );
    await turn(tx, stream, revision, null);
  },
  TeamMemberRemoved: async ({ stream, revision, data }, tx) => {
    await tx.query(`delete from regions.team_seat where team = $1 and member = $2`, [stream, data.member]);
    await turn(tx, stream, revision, null);
  },
  TeamConstituted: ({ stream, revision }, tx) => turn(tx, stream, revision, 'Constituted'),
  TeamMeetingRecorded: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.team_meeting (team, revision, held_on, attendees, decisions, minutes_ref) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [stream, revision, data.heldOn, data.attendees, data.decisions, data.minutesRef ?? null],
    );
    await turn(tx, stream, revision, null);
  },
  TeamDissolved: ({ stream, revision }, tx) => turn(tx, stream, revision, 'Dissolved'),
};
