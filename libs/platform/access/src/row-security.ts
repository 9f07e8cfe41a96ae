import { projectorRole, readerRole, type SchemaPart } from '@platform/database';
import type { ClientBase } from 'pg';
import { KEY_COLUMNS, LIST_COLUMNS } from './list-columns';
import { padsOf, type SigningKey } from './signed-context';

/** Owns the key, the functions that check it and the key view. Nobody logs in as it. */
export const CONTEXT_KEEPER = 'raccordo_ctx_owner';

/** A table about cases besides the three the envelope itself stands on; `column` names the case. */
export interface CaseTable {
  readonly table: string;
  readonly column?: string;
  /** A column that names the member a row is about: they also see it when the case is no longer theirs. */
  readonly member?: string;
}

const READER = readerRole('cases');
const PROJECTOR = projectorRole('cases');

const KEY_TABLE = `
create table if not exists sec.mac_key (kid text primary key, ipad bytea not null, opad bytea not null, not_after timestamptz not null);`;

/** kid | member | purpose | at | oversight | exp | jti | mac → {member, at, oversight}; null for anything that is not signed, whole and fresh. */
const CONTEXT = `
create or replace function sec.context() returns text[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  raw text := current_setting('raccordo.ctx', true);
  p text[];
  k sec.mac_key;
begin
  if raw is null or raw = '' or length(raw) > 1500 then return null; end if;
  p := string_to_array(raw, '|');
  if array_length(p, 1) <> 8 then return null; end if;
  if p[6]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  select * into k from sec.mac_key m where m.kid = p[1] and m.not_after > clock_timestamp();
  if not found then return null; end if;
  if encode(sha256(k.opad || sha256(k.ipad || convert_to(array_to_string(p[1:7], '|'), 'UTF8'))), 'hex') <> p[8] then return null; end if;
  return array[p[2], p[4], p[5]];
exception when others then return null;
end $$;`;

/** Whether the person sees the case without any grant: their team has it, or an office of the case's region lets them. For rows about grants. */
const HOLDS_CASE = `
create or replace function sec.holds_case(asked text) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with me as materialized (select sec.context() as c)
  select exists (
    select 1 from cases.case_list l, me where l.case_id = asked and (
      l.region = me.c[3]
      or (not (me.c[1] = any (l.recused)) and exists (
        select 1 from cases.directory_seat seat join cases.directory_member m on m.member = seat.member and m.active
        where seat.team = l.team and seat.member = me.c[1] and (l.phase <> 'Closed' or l.custodian = m.organisation) and (seat.until is null or seat.until > me.c[2]::timestamptz)))))
$$;`;

// Each asked once for a statement and taken apart there: every mention of a signed context is a check of its own, every row would take it apart anew.
const ME = '(select (sec.context())[1])';
const OVERSIGHT = '(select (sec.context())[3])';
// A visitor's seat ends by the deciding clock, like everything else.
const MY_SEATS = `from (select sec.context() as c offset 0) me
      join cases.directory_member m on m.member = me.c[1] and m.active join cases.directory_organisation o on o.organisation = m.organisation and o.active
      join cases.directory_seat seat on seat.member = m.member and (seat.until is null or seat.until > me.c[2]::timestamptz)`;
const MY_TEAMS = `array (select seat.team ${MY_SEATS})`;
// The keys of a jsonb are searched by halves: an array would be read from its beginning for every row of somebody with many teams.
const IS_MY_TEAM = `jsonb_exists((select jsonb_object_agg(seat.team, null) ${MY_SEATS}), team)`;
const MY_ORGANISATION = `(select m.organisation from cases.directory_member m where m.member = ${ME} and m.active)`;

/**
 * The grants that name the person or one of their teams, as long as they and their organisation are active; `in_force`: neither ended nor expired,
 * on a basis in force. It reads with its keeper's rights, because policies inside policies cost more than the list they guard, and shows
 * nobody more than their own grants.
 */
const MY_GRANTS = `
create or replace view sec.my_grants with (security_barrier = true) as
  with me as materialized (
    select m.member, (x.c[2])::timestamptz as at,
      array (select seat.team from cases.directory_seat seat where seat.member = m.member and (seat.until is null or seat.until > (x.c[2])::timestamptz)) as teams
    from (select sec.context() as c offset 0) x
    join cases.directory_member m on m.member = x.c[1] and m.active
    join cases.directory_organisation o on o.organisation = m.organisation and o.active)
  select g.grant_id, g.case_id, g.member, g.team, g.relation, g.groups, g.purpose, g.basis, g.expires_at, g.ended_at, g.service_family,
    coalesce(b.live, false) as basis_live, b.expires_at as basis_expires_at,
    g.ended_at is null and g.expires_at > me.at
      and (g.relation = 'break-glass' or (b.live and (b.expires_at is null or b.expires_at > me.at)) is true) as in_force
  from me join cases.access_grant g on g.member = me.member or g.team = any (me.teams)
  left join cases.basis b on b.basis = g.basis and b.case_id = g.case_id;`;

/**
 * The cases that a grant in force opens to the person, with the grant, a row for each: the part of the envelope that would cost most as a condition of
 * every row of the table, because the grants that a list begins with would be looked up once more for each of its cases.
 */
const GRANTED_CASES = `
create or replace view sec.granted_cases with (security_barrier = true) as
  select g.case_id, g.grant_id, g.member as holder, g.team as holder_team, g.relation, g.groups, g.purpose, g.basis, g.expires_at, g.ended_at, g.service_family,
    g.basis_live, g.basis_expires_at, ${LIST_COLUMNS.map((column) => `c.${column}`).join(', ')}
  from sec.my_grants g join cases.case_list c on c.case_id = g.case_id
  where g.in_force and c.phase <> 'Closed' and not (${ME} = any (c.recused));`;

/**
 * The envelope: written by hand, smaller than the policy and independent of it. It knows no roles, purposes, groups or levels: only whose
 * team has the case, and whether any grant in force names the person or their team.
 */
const CASE_ENVELOPE = `
  (not (${ME} = any (recused)) and (
    (${IS_MY_TEAM} and (phase <> 'Closed' or custodian = ${MY_ORGANISATION}))
    or (phase <> 'Closed' and exists (select 1 from sec.my_grants g where g.case_id = case_list.case_id and g.in_force))))
  or region = ${OVERSIGHT}`;

const GRANT_ENVELOPE = `member = ${ME} or team = any (${MY_TEAMS}) or sec.holds_case(case_id)`;
const BASIS_ENVELOPE = `exists (select 1 from sec.my_grants g where g.basis = basis.basis) or sec.holds_case(case_id)`;

const kept = (table: string): string => `
drop policy if exists keeper on cases.${table};
create policy keeper on cases.${table} for select to ${CONTEXT_KEEPER} using (true);`;

const guarded = (table: string, using: string): string => `
alter table cases.${table} enable row level security;
alter table cases.${table} force row level security;
drop policy if exists envelope on cases.${table};
create policy envelope on cases.${table} for select to ${READER} using (${using});
drop policy if exists projector on cases.${table};
create policy projector on cases.${table} for all to ${PROJECTOR} using (true) with check (true);`;

const followsCase = ({ table, column = 'case_id', member }: CaseTable): string =>
  `exists (select 1 from cases.case_list visible where visible.case_id = ${table}.${column})${member ? ` or ${table}.${member} = ${ME}` : ''}`;

/**
 * Row-level security over everything that holds case data: to be prepared after the tables of the cases context and its directory.
 * @param tables further tables about cases, each with the column that names the case
 */
export const rowSecurity = (tables: readonly CaseTable[]): SchemaPart => ({
  schemas: ['sec'],
  roles: [READER, PROJECTOR],
  keepers: [CONTEXT_KEEPER],
  sql: `
grant usage, create on schema sec to ${CONTEXT_KEEPER};
grant usage on schema cases to ${CONTEXT_KEEPER};
grant select (case_id, ${LIST_COLUMNS.join(', ')}) on cases.case_list to ${CONTEXT_KEEPER};
grant select on cases.directory_seat, cases.directory_member, cases.directory_organisation, cases.access_grant, cases.basis to ${CONTEXT_KEEPER};
${['case_list', 'access_grant', 'basis'].map(kept).join('\n')}
set role ${CONTEXT_KEEPER};
${KEY_TABLE}
${CONTEXT}
${HOLDS_CASE}
${MY_GRANTS}
${GRANTED_CASES}
create or replace view sec.case_keys as select ${KEY_COLUMNS.join(', ')} from cases.case_list;
revoke all on sec.mac_key from public;
revoke all on function sec.context(), sec.holds_case(text) from public;
grant execute on function sec.context(), sec.holds_case(text) to ${READER};
grant select on sec.case_keys, sec.my_grants, sec.granted_cases to ${READER};
reset role;
grant usage on schema sec to ${READER};
revoke create on schema sec from ${CONTEXT_KEEPER};
${guarded('case_list', CASE_ENVELOPE)}
${guarded('access_grant', GRANT_ENVELOPE)}
${guarded('basis', BASIS_ENVELOPE)}
${tables.map((table) => guarded(table.table, followsCase(table))).join('\n')}
`,
});

/**
 * The signed context alone, for a context that writes row-level security of its own over `sec.context()` (member, deciding clock, oversight).
 * Safe before, after and without `rowSecurity`.
 */
export const signedContext = (context: string): SchemaPart => ({
  schemas: ['sec'],
  roles: [readerRole(context)],
  keepers: [CONTEXT_KEEPER],
  sql: `
grant usage, create on schema sec to ${CONTEXT_KEEPER};
set role ${CONTEXT_KEEPER};
${KEY_TABLE}
${CONTEXT}
revoke all on sec.mac_key from public;
revoke all on function sec.context() from public;
grant execute on function sec.context() to ${readerRole(context)};
reset role;
revoke create on schema sec from ${CONTEXT_KEEPER};
grant usage on schema sec to ${readerRole(context)};
`,
});

/** Makes a signing key known to the database, as the owner of all objects. Two keys may live side by side while one replaces the other. */
export async function installSigningKey(owner: Pick<ClientBase, 'query'>, { kid, key }: SigningKey, notAfter: Date): Promise<void> {
  const { ipad, opad } = padsOf(key);
  await owner.query('begin');
  try {
    await owner.query(`set local role ${CONTEXT_KEEPER}`);
    await owner.query('delete from sec.mac_key where not_after < clock_timestamp()');
    await owner.query(
      'insert into sec.mac_key (kid, ipad, opad, not_after) values ($1, $2, $3, $4) on conflict (kid) do update set ipad = $2, opad = $3, not_after = $4',
      [kid, ipad, opad, notAfter],
    );
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
