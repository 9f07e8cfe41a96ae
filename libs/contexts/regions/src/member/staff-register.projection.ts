import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { Discipline, Role } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { Member, MemberEvent, MemberSuspension } from './member';

export interface StaffRow {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly status: Exclude<Member['status'], '-'>;
  readonly suspendedFor: MemberSuspension | null;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  /** Vault reference to the name; null for somebody invited without one. */
  readonly nameRef: string | null;
  readonly revision: number;
}

const COLUMNS = `member, organisation, region, status, suspended_for as "suspendedFor", roles, disciplines, name_ref as "nameRef", revision`;

/** Who works for whom, with which roles and disciplines? Names stay in the vault. */
@Injectable()
export class StaffRegister {
  static readonly consumer = 'staff-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return { name: StaffRegister.consumer, context: 'regions', source: { store: 'regions' }, tables: tablesOf('staff'), handlers };
  }

  ofOrganisation(organisation: string): Promise<StaffRow[]> {
    return this.rows.query<StaffRow[]>(`select ${COLUMNS} from regions.staff_register where organisation = $1 order by member`, [
      organisation,
    ]);
  }

  ofMembers(members: readonly string[]): Promise<StaffRow[]> {
    return this.rows.query<StaffRow[]>(`select ${COLUMNS} from regions.staff_register where member = any ($1) order by member`, [members]);
  }

  /** All of this installation who were not disabled for good. */
  everybody(): Promise<StaffRow[]> {
    return this.rows.query<StaffRow[]>(`select ${COLUMNS} from regions.staff_register where status <> 'Disabled' order by member`);
  }

  /** A login stays with its member until they are disabled; then it may belong to a new member elsewhere. */
  async loginTaken(login: string, except: string): Promise<boolean> {
    const found = await this.rows.query<object[]>(
      `select 1 from regions.staff_register where login = $1 and member <> $2 and status <> 'Disabled' limit 1`,
      [login, except],
    );
    return found.length > 0;
  }

  /** Members whose visit to a team has not ended. */
  async visitors(team: string, at: string): Promise<{ member: string; discipline: Discipline; until: string }[]> {
    const rows = await this.rows.query<{ member: string; discipline: Discipline; until: Date }[]>(
      `select member, discipline, until from regions.staff_visit where team = $1 and until > $2 order by member`,
      [team, at],
    );
    return rows.map((row) => ({ ...row, until: row.until.toISOString() }));
  }
}

const change = async (tx: EntityManager, member: string, revision: number, set: string, values: readonly unknown[] = []): Promise<void> => {
  await tx.query(`update regions.staff_register set ${set}, revision = $2 where member = $1 and revision < $2`, [
    member,
    revision,
    ...values,
  ]);
};
const handlers: AllHandlers<MemberEvent> = {
  MemberInvited: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.staff_register (member, organisation, region, login, name_ref, status, roles, disciplines, revision)
       values ($1, $2, $3, $4, $5, 'Invited', '{}', '{}', $6) on conflict do nothing`,
      [stream, data.organisation, data.region, data.login, data.nameRef ?? null, revision],
    );
  },
  RoleAssigned: ({ stream, revision, data }, tx) =>
    change(tx, stream, revision, `status = 'Active', roles = array_append(array_remove(roles, $3), $3), disciplines = $4`, [
      data.role,
      data.disciplines,
    ]),
  RoleEnded: ({ stream, revision, data }, tx) => change(tx, stream, revision, `roles = array_remove(roles, $3)`, [data.role]),
  VisitingMembershipStarted: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.staff_visit (member, team, discipline, until) values ($1, $2, $3, $4)
       on conflict (member, team) do update set discipline = excluded.discipline, until = excluded.until`,
      [stream, data.team, data.discipline, data.until],
    );
    await change(tx, stream, revision, 'status = status');
  },
  MemberSuspended: ({ stream, revision, data }, tx) =>
    change(tx, stream, revision, `status = 'Suspended', suspended_for = $3`, [data.reason]),
  MemberReinstated: ({ stream, revision }, tx) => change(tx, stream, revision, `status = 'Active', suspended_for = null`),
  MemberDisabled: ({ stream, revision }, tx) => change(tx, stream, revision, `status = 'Disabled'`),
  SignInReset: ({ stream, revision }, tx) => change(tx, stream, revision, 'status = status'),
};
