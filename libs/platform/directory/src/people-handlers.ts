import type { EntityManager } from 'typeorm';
import type { DirectoryHandlers } from './directory-consumer';
import { assertContextName } from './names';
import { seatsFrom } from './seats';

type Some<P extends string> = { readonly [K in keyof DirectoryHandlers as K extends P ? K : never]: DirectoryHandlers[K] };
type OrganisationHandlers = Some<'OrganisationAccredited' | 'OrganisationSuspended' | 'OrganisationReinstated' | 'OrganisationWithdrawn'>;
type MemberHandlers = Some<
  'MemberInvited' | 'RoleAssigned' | 'RoleEnded' | 'VisitingMembershipStarted' | 'MemberSuspended' | 'MemberReinstated' | 'MemberDisabled'
>;
type TeamHandlers = Some<'TeamConstituted' | 'TeamMemberAdded' | 'TeamMemberRemoved' | 'TeamDissolved'>;
interface Stamp {
  readonly subject: string;
  readonly revision: number;
  readonly time: string;
}

/** Organisations and since when they may take part. */
export function organisationHandlers(context: string): OrganisationHandlers {
  const schema = assertContextName(context);
  const turn = async ({ subject, revision, time }: Stamp, active: boolean, tx: EntityManager): Promise<void> => {
    await tx.query(`update ${schema}.directory_organisation set active = $2, revision = $3 where organisation = $1 and revision < $3`, [
      ...[subject, active, revision],
    ]);
    await tx.query(
      `insert into ${schema}.directory_organisation_history (organisation, revision, at, active) values ($1, $2, $3, $4) on conflict do nothing`,
      [subject, revision, time, active],
    );
  };
  return {
    OrganisationAccredited: async (message, tx) => {
      const { organisation, kind, sector, region } = message.data;
      await tx.query(
        `insert into ${schema}.directory_organisation (organisation, kind, sector, region, active, revision) values ($1, $2, $3, $4, false, -1)
         on conflict do nothing`,
        [organisation, kind, sector, region],
      );
      await turn(message, true, tx);
    },
    OrganisationSuspended: (message, tx) => turn(message, false, tx),
    OrganisationReinstated: (message, tx) => turn(message, true, tx),
    OrganisationWithdrawn: (message, tx) => turn(message, false, tx),
  };
}

/** Members with their roles and disciplines, and a snapshot of both after each change. */
export function memberHandlers(context: string): MemberHandlers {
  const schema = assertContextName(context);
  /** `set` is one of the fixed assignments below; its values start at $3. */
  const change = async ({ subject, revision, time }: Stamp, set: string, values: readonly unknown[], tx: EntityManager): Promise<void> => {
    await tx.query(`update ${schema}.directory_member set ${set}, revision = $2 where member = $1 and revision < $2`, [
      subject,
      revision,
      ...values,
    ]);
    await tx.query(
      `insert into ${schema}.directory_member_history (member, revision, at, status, roles, disciplines)
       select member, $2, $3, status, roles, disciplines from ${schema}.directory_member where member = $1 and revision = $2 on conflict do nothing`,
      [subject, revision, time],
    );
  };
  return {
    MemberInvited: async (message, tx) => {
      const { member, login, organisation, region } = message.data;
      await tx.query(
        `insert into ${schema}.directory_member (member, login, organisation, region, status, roles, disciplines, revision)
         values ($1, $2, $3, $4, 'invited', '{}', '{}', -1) on conflict (member) do nothing`,
        [member, login, organisation, region],
      );
      await change(message, `status = 'invited'`, [], tx);
    },
    RoleAssigned: (message, tx) =>
      change(
        message,
        `status = 'active', roles = array_append(array_remove(roles, $3), $3), disciplines = $4`,
        [message.data.role, message.data.disciplines],
        tx,
      ),
    RoleEnded: (message, tx) => change(message, `roles = array_remove(roles, $3)`, [message.data.role], tx),
    VisitingMembershipStarted: async (message, tx) => {
      const { member, team, organisation, region, discipline, until } = message.data;
      await change(message, `status = status`, [], tx);
      await takeSeat(schema, message, { team, member, organisation, region, discipline, until }, tx);
      await settle(schema, team, member, tx);
    },
    MemberSuspended: (message, tx) => change(message, `status = 'suspended'`, [], tx),
    MemberReinstated: (message, tx) => change(message, `status = 'active'`, [], tx),
    MemberDisabled: (message, tx) => change(message, `status = 'disabled'`, [], tx),
  };
}

/** Teams and who sits in them. */
export function teamHandlers(context: string): TeamHandlers {
  const schema = assertContextName(context);
  const turn = async ({ subject, revision, time }: Stamp, active: boolean, tx: EntityManager): Promise<void> => {
    await tx.query(`update ${schema}.directory_team set active = $2, revision = $3 where team = $1 and revision < $3`, [
      subject,
      active,
      revision,
    ]);
    await tx.query(
      `insert into ${schema}.directory_team_history (team, revision, at, active) values ($1, $2, $3, $4) on conflict do nothing`,
      [subject, revision, time, active],
    );
    await settle(schema, subject, null, tx);
  };
  return {
    TeamConstituted: async (message, tx) => {
      const { team, kind, leadRegion, members } = message.data;
      await tx.query(
        `insert into ${schema}.directory_team (team, kind, lead_region, active, revision) values ($1, $2, $3, false, -1) on conflict do nothing`,
        [team, kind, leadRegion],
      );
      for (const seat of members) await takeSeat(schema, message, { team, ...seat }, tx);
      await turn(message, true, tx);
    },
    TeamMemberAdded: async (message, tx) => {
      const { team, member } = message.data;
      await takeSeat(schema, message, message.data, tx);
      await settle(schema, team, member, tx);
    },
    TeamMemberRemoved: async (message, tx) => {
      const { team, member } = message.data;
      await tx.query(
        `insert into ${schema}.directory_seat_history (team, member, stream, revision, at, seated) values ($1, $2, $3, $4, $5, false)
         on conflict do nothing`,
        [team, member, message.subject, message.revision, message.time],
      );
      await settle(schema, team, member, tx);
    },
    TeamDissolved: (message, tx) => turn(message, false, tx),
  };
}

interface SeatRow {
  readonly team: string;
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly discipline: string;
  readonly until?: string;
}

async function takeSeat(schema: string, { subject, revision, time }: Stamp, seat: SeatRow, tx: EntityManager): Promise<void> {
  await tx.query(
    `insert into ${schema}.directory_seat_history (team, member, stream, revision, at, seated, organisation, region, discipline, until)
     values ($1, $2, $3, $4, $5, true, $6, $7, $8, $9) on conflict do nothing`,
    [seat.team, seat.member, subject, revision, time, seat.organisation, seat.region, seat.discipline, seat.until ?? null],
  );
}

/**
 * Works out anew who sits in a team (one member, or all): visits come from the visitor's stream and may overtake the team's own, so the
 * order of arrival must not matter.
 */
async function settle(schema: string, team: string, member: string | null, tx: EntityManager): Promise<void> {
  await tx.query(`delete from ${schema}.directory_seat where team = $1 and ($2::text is null or member = $2)`, [team, member]);
  await tx.query(
    `insert into ${schema}.directory_seat (team, member, organisation, region, discipline, until)
     select seat.team, seat.member, seat.organisation, seat.region, seat.discipline, seat.until
     from (${seatsFrom(schema, 'h.team = $1 and ($2::text is null or h.member = $2)')}) seat
     join ${schema}.directory_team t on t.team = seat.team and t.active`,
    [team, member],
  );
}
