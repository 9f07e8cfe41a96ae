import { assertContextName } from './names';

/** Tables of a context's directory, in the order a rebuild empties them. */
export const directoryTables = (context: string): readonly string[] =>
  [
    ...['directory_member', 'directory_member_history', 'directory_organisation', 'directory_organisation_history'],
    ...['directory_team', 'directory_team_history', 'directory_seat_history', 'directory_seat', 'directory_region', 'directory_policy'],
    ...['directory_agreement', 'directory_agreement_party', 'directory_agreement_cap'],
  ].map((table) => `${assertContextName(context)}.${table}`);

/**
 * Idempotent SQL for the owner of the context's schema: what this context knows of members, teams, organisations, regions, agreements and
 * policies, now and at any time before. The projector writes, the reader selects. No table holds who somebody is.
 */
export function directorySchema(context: string): string {
  const schema = assertContextName(context);
  return `
create table if not exists ${schema}.directory_member (
  member text collate "C" primary key,
  login text collate "C" not null,
  organisation text collate "C" not null,
  region text collate "C" not null,
  status text collate "C" not null,
  roles text[] not null,
  disciplines text[] not null,
  revision int not null,
  active boolean not null generated always as (status = 'active') stored
);
-- Not unique: somebody who was disabled in one organisation may be invited by another. Two active members of one login are nobody.
create index if not exists directory_member_login on ${schema}.directory_member (login);
create index if not exists directory_member_organisation on ${schema}.directory_member (organisation);
create table if not exists ${schema}.directory_member_history (
  member text collate "C" not null,
  revision int not null,
  at timestamptz not null,
  status text collate "C" not null,
  roles text[] not null,
  disciplines text[] not null,
  primary key (member, revision)
);
create table if not exists ${schema}.directory_organisation (
  organisation text collate "C" primary key,
  kind text collate "C" not null,
  sector text collate "C" not null,
  region text collate "C" not null,
  active boolean not null,
  revision int not null
);
create table if not exists ${schema}.directory_organisation_history (
  organisation text collate "C" not null,
  revision int not null,
  at timestamptz not null,
  active boolean not null,
  primary key (organisation, revision)
);
create table if not exists ${schema}.directory_team (
  team text collate "C" primary key,
  kind text collate "C" not null,
  lead_region text collate "C" not null,
  active boolean not null,
  revision int not null
);
create table if not exists ${schema}.directory_team_history (
  team text collate "C" not null,
  revision int not null,
  at timestamptz not null,
  active boolean not null,
  primary key (team, revision)
);
-- Every change of who sits in a team, from the team's stream and, for visits, from the visitor's: the last one at an instant counts.
create table if not exists ${schema}.directory_seat_history (
  team text collate "C" not null,
  member text collate "C" not null,
  stream text collate "C" not null,
  revision int not null,
  at timestamptz not null,
  seated boolean not null,
  organisation text collate "C",
  region text collate "C",
  discipline text collate "C",
  until timestamptz,
  primary key (team, member, stream, revision)
);
create index if not exists directory_seat_history_member on ${schema}.directory_seat_history (member);
create table if not exists ${schema}.directory_region (
  region text collate "C" primary key,
  active boolean not null,
  custodian text collate "C",
  controller text collate "C",
  revision int not null
);
create table if not exists ${schema}.directory_policy (
  policy text collate "C" primary key,
  region text collate "C" not null,
  number int not null,
  hash text collate "C" not null,
  document jsonb not null,
  in_force_from timestamptz not null,
  superseded_at timestamptz
);
create index if not exists directory_policy_region on ${schema}.directory_policy (region, number desc);
create table if not exists ${schema}.directory_agreement (
  agreement text collate "C" primary key,
  scope text[] not null,
  in_force_from timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create table if not exists ${schema}.directory_agreement_party (
  agreement text collate "C" not null,
  organisation text collate "C" not null,
  region text collate "C" not null,
  primary key (agreement, organisation)
);
create table if not exists ${schema}.directory_agreement_cap (
  agreement text collate "C" not null,
  giver text collate "C" not null,
  receiver text collate "C" not null,
  groups text[] not null,
  primary key (agreement, giver, receiver)
);
-- Who sits in a constituted team, as the history above says; kept apart so that lists find it by member.
create table if not exists ${schema}.directory_seat (
  team text collate "C" not null,
  member text collate "C" not null,
  organisation text collate "C" not null,
  region text collate "C" not null,
  discipline text collate "C" not null,
  until timestamptz,
  primary key (team, member)
);
create index if not exists directory_seat_member on ${schema}.directory_seat (member, team);
-- A visit that has ended is gone without anybody doing anything, whoever asks.
create or replace view ${schema}.directory_team_member with (security_invoker = true) as
  select team, member, organisation, region, discipline, until from ${schema}.directory_seat where until is null or until > now();
grant usage on schema ${schema} to raccordo_${schema}, raccordo_${schema}_projector;
grant select, insert, update, delete on ${directoryTables(schema).join(', ')} to raccordo_${schema}_projector;
grant select on ${directoryTables(schema).join(', ')}, ${schema}.directory_team_member to raccordo_${schema};
grant select on ${schema}.directory_team_member to raccordo_${schema}_projector;
`;
}
