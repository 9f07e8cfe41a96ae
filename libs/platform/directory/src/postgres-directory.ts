import type { Sector, TeamKind } from '@contracts';
import { Directory } from '@platform/http';
import type { Actor, Clock, Discipline, FieldGroup, OrganisationKind, Role } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { assertContextName } from './names';
import { type PastStanding, standingAsOf } from './past-standing';

/** A member as this context knows them now. */
export interface DirectoryMember {
  readonly member: string;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly region: string;
  readonly status: 'invited' | 'active' | 'suspended' | 'disabled';
  /** The member is active and so is the organisation. */
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  /** Last event of the member's stream this rests on. */
  readonly revision: number;
}
export interface DirectoryOrganisation {
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly sector: Sector;
  readonly region: string;
  readonly active: boolean;
  readonly revision: number;
}
export interface DirectoryTeam {
  readonly team: string;
  readonly kind: TeamKind;
  readonly leadRegion: string;
  readonly active: boolean;
  readonly revision: number;
}
export interface DirectorySeat {
  readonly team: string;
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly discipline: Discipline;
  /** End of a visit, ISO 8601; absent for those who belong to the team. */
  readonly until?: string;
}
export interface DirectoryPolicy {
  readonly policy: string;
  readonly region: string;
  readonly number: number;
  readonly hash: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly inForceFrom: string;
}
export interface DirectoryRegion {
  readonly region: string;
  readonly active: boolean;
  readonly custodian?: string;
  readonly controller?: string;
}
/** What one organisation may at most show another under an agreement. */
export interface DirectoryCap {
  readonly agreement: string;
  readonly groups: readonly FieldGroup[];
  readonly expiresAt: string;
}

const ORGANISATION = `organisation, kind, sector, region, active, revision`;
const POLICY = `policy, region, number, hash, document, in_force_from as "inForceFrom"`;

/** A context's own directory, read with the rights of its request-handling role. The clock given, never the database's, says what has ended. */
export class PostgresDirectory extends Directory {
  readonly #schema: string;

  constructor(
    private readonly source: DataSource,
    context: string,
    private readonly clock: Clock,
  ) {
    super();
    this.#schema = assertContextName(context);
  }

  override async actor(login: string, session: { id: string; acr: number }): Promise<Actor | undefined> {
    const s = this.#schema;
    const [row, another] = await this.#rows<DirectoryMember & { teams: string[] }>(
      `select m.member, m.organisation, m.region, m.roles, m.disciplines, m.revision, o.kind,
         array(select seat.team from ${s}.directory_seat seat
               where seat.member = m.member and (seat.until is null or seat.until > $2) order by seat.team) as teams
       from ${s}.directory_member m join ${s}.directory_organisation o on o.organisation = m.organisation
       where m.login = $1 and m.active and o.active`,
      [login, this.clock.now()],
    );
    // A login stands for one person; where it stood for two, nobody could say who acted.
    if (!row || another) return undefined;
    const { member, organisation, region, kind, roles, disciplines, teams, revision } = row;
    const standing = { stream: member, revision };
    return { member, organisation, region, kind, roles, disciplines, teams, session: session.id, acr: session.acr, standing };
  }

  /** What a member would be in a session of theirs that is signed in most weakly: the same answer, also for letters nobody asks for. */
  async actorOf(member: string, session: { id: string; acr: number }): Promise<Actor | undefined> {
    const [row] = await this.#rows<{ login: string }>(`select login from ${this.#schema}.directory_member where member = $1`, [member]);
    const actor = row && (await this.actor(row.login, session));
    return actor?.member === member ? actor : undefined;
  }

  /** Who of these is disabled: for good. */
  async disabledAmong(members: readonly string[]): Promise<string[]> {
    const sql = `select member from ${this.#schema}.directory_member where member = any ($1) and status = 'disabled' order by member`;
    return (await this.#rows<{ member: string }>(sql, [[...members]])).map(({ member }) => member);
  }

  async member(member: string): Promise<DirectoryMember | undefined> {
    const [row] = await this.#members(`m.member = $1`, [member]);
    return row;
  }

  /** Everybody of an organisation, whatever their status. */
  membersOfOrganisation(organisation: string): Promise<DirectoryMember[]> {
    return this.#members(`m.organisation = $1`, [organisation]);
  }

  /** The login belongs to a member who was not disabled. */
  async loginTaken(login: string): Promise<boolean> {
    return (
      (await this.#rows(`select 1 from ${this.#schema}.directory_member where login = $1 and status <> 'disabled'`, [login])).length > 0
    );
  }

  async organisation(organisation: string): Promise<DirectoryOrganisation | undefined> {
    const [row] = await this.#rows<DirectoryOrganisation>(
      `select ${ORGANISATION} from ${this.#schema}.directory_organisation where organisation = $1`,
      [organisation],
    );
    return row;
  }

  /** Organisations of a region, or of all; those that lost their standing included. */
  organisations(region?: string): Promise<DirectoryOrganisation[]> {
    return this.#rows<DirectoryOrganisation>(
      `select ${ORGANISATION} from ${this.#schema}.directory_organisation where ($1::text is null or region = $1) order by organisation`,
      [region ?? null],
    );
  }

  async team(team: string): Promise<DirectoryTeam | undefined> {
    const [row] = await this.#rows<DirectoryTeam>(
      `select team, kind, lead_region as "leadRegion", active, revision from ${this.#schema}.directory_team where team = $1`,
      [team],
    );
    return row;
  }

  /** Those who sit in a team now: active members of active organisations, visitors until their visit ends. Empty for a team that is none. */
  async membersOf(team: string): Promise<DirectorySeat[]> {
    const s = this.#schema;
    const rows = await this.#rows<Omit<DirectorySeat, 'until'> & { until: Date | null }>(
      `select seat.team, seat.member, seat.organisation, seat.region, seat.discipline, seat.until
       from ${s}.directory_seat seat
       join ${s}.directory_member m on m.member = seat.member and m.active
       join ${s}.directory_organisation o on o.organisation = m.organisation and o.active
       where seat.team = $1 and (seat.until is null or seat.until > $2) order by seat.member`,
      [team, this.clock.now()],
    );
    return rows.map(({ until, ...seat }) => ({ ...seat, ...(until ? { until: until.toISOString() } : {}) }));
  }

  /** What a member was at an instant, from history: undefined for somebody not yet invited. */
  asOf(member: string, at: string): Promise<PastStanding | undefined> {
    return standingAsOf(this.source, this.#schema, member, at);
  }

  /** Everybody who ever sat in a team: where a question about the past begins. */
  async everSeated(team: string): Promise<string[]> {
    const rows = await this.#rows<{ member: string }>(
      `select distinct member from ${this.#schema}.directory_seat_history where team = $1 order by member`,
      [team],
    );
    return rows.map(({ member }) => member);
  }

  async region(region: string): Promise<DirectoryRegion | undefined> {
    return (await this.#regions(`where region = $1`, [region]))[0];
  }

  regions(): Promise<DirectoryRegion[]> {
    return this.#regions('', []);
  }

  /** The region's policy in force, now or at an instant; undefined while it has activated none. */
  async policyInForce(region: string, at?: string): Promise<DirectoryPolicy | undefined> {
    const [row] = await this.#rows<Omit<DirectoryPolicy, 'inForceFrom'> & { inForceFrom: Date }>(
      `select ${POLICY} from ${this.#schema}.directory_policy where region = $1 and in_force_from <= $2 order by number desc, in_force_from desc limit 1`,
      [region, at ?? this.clock.now()],
    );
    return row && { ...row, inForceFrom: row.inForceFrom.toISOString() };
  }

  /** Regions that have a policy of their own in force, with its hash. */
  async ownPolicies(): Promise<{ region: string; hash: string }[]> {
    return this.#rows<{ region: string; hash: string }>(
      `select distinct on (region) region, hash from ${this.#schema}.directory_policy where in_force_from <= $1
       order by region, number desc, in_force_from desc`,
      [this.clock.now()],
    );
  }

  async policyByHash(region: string, hash: string): Promise<DirectoryPolicy | undefined> {
    const [row] = await this.#rows<Omit<DirectoryPolicy, 'inForceFrom'> & { inForceFrom: Date }>(
      `select ${POLICY} from ${this.#schema}.directory_policy where region = $1 and hash = $2 order by number desc, in_force_from desc limit 1`,
      [region, hash],
    );
    return row && { ...row, inForceFrom: row.inForceFrom.toISOString() };
  }

  /** What the agreements in force at an instant let one organisation show another for a purpose; empty when none does. */
  async capsBetween(giver: string, receiver: string, purpose: string, at = this.clock.now()): Promise<DirectoryCap[]> {
    const s = this.#schema;
    const rows = await this.#rows<Omit<DirectoryCap, 'expiresAt'> & { expiresAt: Date }>(
      `select a.agreement, cap.groups, a.expires_at as "expiresAt"
       from ${s}.directory_agreement_cap cap join ${s}.directory_agreement a on a.agreement = cap.agreement
       where cap.giver = $1 and cap.receiver = $2 and $3 = any (a.scope)
         and a.in_force_from <= $4 and a.expires_at > $4 and (a.ended_at is null or a.ended_at > $4)
       order by a.agreement`,
      [giver, receiver, purpose, at],
    );
    return rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
  }

  async #regions(where: string, values: readonly unknown[]): Promise<DirectoryRegion[]> {
    const rows = await this.#rows<{ region: string; active: boolean; custodian: string | null; controller: string | null }>(
      `select region, active, custodian, controller from ${this.#schema}.directory_region ${where} order by region`,
      values,
    );
    return rows.map(({ custodian, controller, ...row }) => ({
      ...row,
      ...(custodian ? { custodian } : {}),
      ...(controller ? { controller } : {}),
    }));
  }

  #members(where: string, values: readonly unknown[]): Promise<DirectoryMember[]> {
    const s = this.#schema;
    return this.#rows<DirectoryMember>(
      `select m.member, m.organisation, o.kind, m.region, m.status, (m.active and o.active) as active, m.roles, m.disciplines, m.revision
       from ${s}.directory_member m join ${s}.directory_organisation o on o.organisation = m.organisation
       where ${where} order by m.member`,
      values,
    );
  }

  #rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.source.query<T[]>(sql, [...values]);
  }
}
