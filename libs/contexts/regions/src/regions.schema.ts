import { projectorRole, readerRole, type SchemaPart } from '@platform/database';

/** Registers of this context, by the question each answers. */
export const REGISTERS = {
  regions: ['region_register'],
  organisations: ['organisation_register'],
  staff: ['staff_register', 'staff_visit'],
  teams: ['team_register', 'team_seat', 'team_meeting'],
  agreements: ['agreement_register'],
  policies: ['policy_register'],
  custody: ['open_custody'],
  referrals: ['open_referral'],
} as const;
/** Schema-qualified tables of a register, as consumers name them. */
export const tablesOf = (register: keyof typeof REGISTERS): string[] => REGISTERS[register].map((table) => `regions.${table}`);

const tables = `
create table if not exists regions.region_register (
  id text primary key, region text not null unique, status text not null, custodian text, controller text, revision int not null);

create table if not exists regions.organisation_register (
  organisation text primary key, region text not null, kind text not null, sector text not null, designation text, name_ref text,
  status text not null, revision int not null);
create index if not exists organisation_register_region on regions.organisation_register (region, kind);

create table if not exists regions.staff_register (
  member text primary key, organisation text not null, region text not null, login text not null, name_ref text, status text not null,
  suspended_for text, roles text[] not null, disciplines text[] not null, revision int not null);
create index if not exists staff_register_organisation on regions.staff_register (organisation);
create index if not exists staff_register_login on regions.staff_register (login);
create table if not exists regions.staff_visit (
  member text not null, team text not null, discipline text not null, until timestamptz not null, primary key (member, team));
create index if not exists staff_visit_team on regions.staff_visit (team);

create table if not exists regions.team_register (
  team text primary key, kind text not null, lead_region text not null, organisation text not null, designation text not null,
  status text not null, revision int not null);
create table if not exists regions.team_seat (
  team text not null, member text not null, organisation text not null, region text not null, discipline text not null,
  primary key (team, member));
create table if not exists regions.team_meeting (
  team text not null, revision int not null, held_on date not null, attendees text[] not null, decisions text[] not null,
  minutes_ref text, primary key (team, revision));

create table if not exists regions.agreement_register (
  agreement text primary key, status text not null, parties text[] not null, regions text[] not null, terms jsonb not null,
  signed text[] not null, expires_at timestamptz not null, revision int not null);
create index if not exists agreement_register_party on regions.agreement_register using gin (parties);

create table if not exists regions.policy_register (
  policy text primary key, region text not null, number int not null, hash text not null, status text not null, proposer text not null,
  document jsonb not null, lines jsonb not null, signatures jsonb not null, proposed_at timestamptz not null, decided_at timestamptz,
  revision int not null);
create index if not exists policy_register_region on regions.policy_register (region, number desc);

create table if not exists regions.open_custody (
  case_id text primary key, organisation text not null, open boolean not null, revision int not null);
create index if not exists open_custody_organisation on regions.open_custody (organisation) where open;
create table if not exists regions.open_referral (
  referral text primary key, organisation text not null, open boolean not null, revision int not null);
create index if not exists open_referral_organisation on regions.open_referral (organisation) where open;
`;

const all = Object.keys(REGISTERS)
  .flatMap((register) => tablesOf(register as keyof typeof REGISTERS))
  .join(', ');

/** None of these tables holds who somebody is: names are vault references. */
export const regionsSchema: SchemaPart = {
  schemas: ['regions'],
  roles: [readerRole('regions'), projectorRole('regions')],
  sql: `${tables}
grant usage on schema regions to ${readerRole('regions')}, ${projectorRole('regions')};
grant select on ${all} to ${readerRole('regions')};
grant select, insert, update, delete, truncate on ${all} to ${projectorRole('regions')};`,
};
