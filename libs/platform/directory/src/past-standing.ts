import type { Discipline, Fact, OrganisationKind, Role } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { assertContextName } from './names';
import { seatsFrom } from './seats';

/** What a member was at an instant, and the events that say so. */
export interface PastStanding {
  readonly member: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly region: string;
  readonly status: 'invited' | 'active' | 'suspended' | 'disabled';
  /** The member was active and so was the organisation. */
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  /** Constituted teams the member sat in, visits included. */
  readonly teams: readonly { readonly team: string; readonly discipline: Discipline }[];
  readonly facts: readonly Fact[];
}

type Row = Omit<PastStanding, 'facts' | 'teams'> & { readonly revision: number; readonly organisationRevision: number };
interface SeatRow {
  readonly team: string;
  readonly discipline: Discipline;
  readonly stream: string;
  readonly revision: number;
  readonly teamRevision: number;
}

/**
 * Answers "as of this instant, was X an active member, with which roles, in which teams", from history, the same answer every time.
 * Instants are those the deciding services recorded. Undefined for somebody who had not been invited yet.
 */
export async function standingAsOf(source: DataSource, context: string, member: string, at: string): Promise<PastStanding | undefined> {
  const s = assertContextName(context);
  const [row] = await source.query<Row[]>(
    `select h.member, m.organisation, o.kind, m.region, h.status, (h.status = 'active' and oh.active) as active, h.roles, h.disciplines,
       h.revision, oh.revision as "organisationRevision"
     from ${s}.directory_member_history h
     join ${s}.directory_member m on m.member = h.member
     join ${s}.directory_organisation o on o.organisation = m.organisation
     cross join lateral (
       select past.active, past.revision from ${s}.directory_organisation_history past
       where past.organisation = m.organisation and past.at <= $2 order by past.revision desc limit 1
     ) oh
     where h.member = $1 and h.at <= $2 order by h.revision desc limit 1`,
    [member, at],
  );
  if (!row) return undefined;
  const seats = await source.query<SeatRow[]>(
    `select seat.team, seat.discipline, seat.stream, seat.revision, th.revision as "teamRevision"
     from (${seatsFrom(s, 'h.member = $1', (row) => `${row}.at <= $2`)}) seat
     cross join lateral (
       select past.active, past.revision from ${s}.directory_team_history past
       where past.team = seat.team and past.at <= $2 order by past.revision desc limit 1
     ) th
     where th.active and (seat.until is null or seat.until > $2) order by seat.team`,
    [member, at],
  );
  const { revision, organisationRevision, ...standing } = row;
  return {
    ...standing,
    teams: seats.map(({ team, discipline }) => ({ team, discipline })),
    facts: distinct([
      { stream: member, revision },
      { stream: standing.organisation, revision: organisationRevision },
      ...seats.flatMap(({ team, stream, revision: taken, teamRevision }) => [
        { stream, revision: taken },
        { stream: team, revision: teamRevision },
      ]),
    ]),
  };
}

const distinct = (facts: readonly Fact[]): Fact[] => [...new Map(facts.map((fact) => [`${fact.stream}@${fact.revision}`, fact])).values()];
