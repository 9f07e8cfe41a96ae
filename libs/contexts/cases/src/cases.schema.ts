import { projectorRole, readerRole, type SchemaPart } from '@platform/database';

/** Tables that hold data about cases: each is under row-level security (see @platform/access). */
export const CASE_TABLES = [
  'case_list',
  'case_group',
  'case_document',
  'case_history',
  'access_grant',
  'basis',
  'consent',
  'break_glass',
  'unmask',
] as const;

const tables = `
create table if not exists cases.case_list (
  case_id text collate "C" primary key, region text collate "C" not null, custodian text collate "C" not null, team text collate "C" not null, phase text collate "C" not null,
  opened_on date not null, updated_at timestamptz not null, responsible text collate "C" not null, sealed_groups text[] not null,
  recused text[] not null, needs text[] not null, comune text collate "C" not null, companies text[] not null, urgent boolean not null,
  language text collate "C" not null, revision int not null, age_band text collate "C" not null, origin text collate "C" not null, link_ids text[] not null);
alter table cases.case_list add column if not exists changed_at timestamptz[] not null default '{}';
create index if not exists case_list_by_team on cases.case_list (team, updated_at desc, case_id desc)
  include (custodian, phase, responsible);
create index if not exists case_list_by_link on cases.case_list using gin (link_ids);

create table if not exists cases.case_group (
  case_id text collate "C" not null, grp text collate "C" not null, content jsonb not null, refs jsonb not null, primary key (case_id, grp));

create table if not exists cases.case_document (
  case_id text collate "C" not null, grp text collate "C" not null, number int not null, line jsonb not null, primary key (case_id, grp, number));

create table if not exists cases.case_history (
  case_id text collate "C" not null, stream text collate "C" not null, revision int not null, at timestamptz not null, type text collate "C" not null,
  actor text collate "C" not null, organisation text collate "C" not null, line jsonb not null, primary key (stream, revision));
create index if not exists case_history_by_case on cases.case_history (case_id, at);

create table if not exists cases.access_grant (
  grant_id text collate "C" primary key, stream text collate "C" not null, case_id text collate "C" not null, member text collate "C", team text collate "C", organisation text collate "C" not null, relation text collate "C" not null,
  groups text[] not null, purpose text collate "C" not null, basis_kind text collate "C" not null, basis text collate "C" not null, referral text collate "C",
  expires_at timestamptz not null, ended_at timestamptz, service_family text collate "C" not null, revision int not null);
create index if not exists access_grant_by_member on cases.access_grant (member, case_id) where ended_at is null;
create index if not exists access_grant_by_team on cases.access_grant (team, case_id) where ended_at is null;
create index if not exists access_grant_by_stream on cases.access_grant (stream);
create index if not exists access_grant_by_case on cases.access_grant (case_id);
create index if not exists access_grant_by_basis on cases.access_grant (basis);
create index if not exists access_grant_by_referral on cases.access_grant (referral);

create table if not exists cases.basis (
  basis text collate "C" primary key, case_id text collate "C" not null, live boolean not null, expires_at timestamptz, revision int not null);

create table if not exists cases.consent (
  consent text collate "C" primary key, case_id text collate "C" not null, recipient text collate "C" not null, purpose text collate "C" not null, groups text[] not null,
  status text collate "C" not null, language text collate "C" not null, asked_at timestamptz not null, given_at timestamptz, ended_at timestamptz,
  expires_at timestamptz, answer_due timestamptz not null, revision int not null);
create index if not exists consent_by_case on cases.consent (case_id);

create table if not exists cases.break_glass (
  break_glass text collate "C" primary key, case_id text collate "C" not null, custodian text collate "C" not null, member text collate "C" not null, organisation text collate "C" not null, grp text collate "C" not null,
  reason text collate "C" not null, opened_at timestamptz not null, expires_at timestamptz not null, status text collate "C" not null,
  review_due timestamptz, overdue boolean not null, revision int not null);
create index if not exists break_glass_by_member on cases.break_glass (member);
create index if not exists break_glass_by_case on cases.break_glass (case_id);

create table if not exists cases.contact (
  contact text collate "C" primary key, region text collate "C" not null, organisation text collate "C" not null, on_date date not null, comune text collate "C" not null,
  channel text collate "C" not null, language text collate "C" not null, met text collate "C" not null, urgent boolean not null, needs text[] not null, offered text[] not null,
  refs jsonb not null, status text collate "C" not null, keep_until timestamptz not null, revision int not null);
create index if not exists contact_by_organisation on cases.contact (organisation, contact);
create index if not exists contact_by_end on cases.contact (keep_until) where status = 'Recorded';

create table if not exists cases.contact_tally (contact text collate "C" primary key, region text collate "C" not null, month text collate "C" not null, person text collate "C" not null);
create index if not exists contact_tally_by_person on cases.contact_tally (person);

create table if not exists cases.contact_import (
  contact text collate "C" primary key, import text collate "C" not null, organisation text collate "C" not null, member text collate "C" not null,
  at timestamptz not null, undo_until timestamptz not null, status text collate "C" not null);
create index if not exists contact_import_by_organisation on cases.contact_import (organisation, import, status);

create table if not exists cases.company (
  dossier text collate "C" primary key, region text collate "C" not null, status text collate "C" not null, disputed boolean not null, sector text collate "C" not null, comune text collate "C" not null,
  refs jsonb not null, indicators text[] not null, reporters int not null, keep_until timestamptz not null, revision int not null);
create index if not exists company_by_region on cases.company (region, dossier);
create index if not exists company_by_end on cases.company (keep_until) where status <> 'Archived';

create table if not exists cases.company_holder (dossier text collate "C" not null, organisation text collate "C" not null, primary key (dossier, organisation));

create table if not exists cases.dynamic (
  dynamic text collate "C" primary key, region text collate "C" not null, comune text collate "C" not null, zone text collate "C" not null, from_day date not null, to_day date not null,
  pattern text collate "C" not null, status text collate "C" not null, corroborated_by text collate "C" not null, revision int not null);
create index if not exists dynamic_by_beginning on cases.dynamic (from_day desc, dynamic desc);
create table if not exists cases.dynamic_witness (dynamic text collate "C" not null, organisation text collate "C" not null, primary key (dynamic, organisation));
create index if not exists dynamic_by_end on cases.dynamic (to_day) where status <> 'Stale';

create table if not exists cases.unmask (
  unmask text collate "C" primary key, region text collate "C" not null, case_id text collate "C" not null, member text collate "C" not null, organisation text collate "C" not null, groups text[] not null,
  reason text collate "C" not null, minutes int not null, status text collate "C" not null, requested_at timestamptz not null, until timestamptz, revision int not null);
create index if not exists unmask_by_case on cases.unmask (case_id);
create index if not exists unmask_waiting on cases.unmask (region, requested_at) where status in ('Requested', 'Open');

create table if not exists cases.erasure (
  erasure text collate "C" primary key, region text collate "C" not null, subject text collate "C" not null, ground text collate "C" not null, requester text collate "C" not null, status text collate "C" not null,
  requested_at timestamptz not null, revision int not null);
create index if not exists erasure_waiting on cases.erasure (region, requested_at) where status = 'Requested';
`;

const everyone = [
  'case_list',
  'case_group',
  'case_document',
  'case_history',
  'access_grant',
  'basis',
  'consent',
  'break_glass',
  'contact',
  'contact_tally',
  'contact_import',
  'company',
  'company_holder',
  'dynamic',
  'dynamic_witness',
  'unmask',
  'erasure',
];

export const casesSchema: SchemaPart = {
  schemas: ['cases'],
  roles: [readerRole('cases'), projectorRole('cases')],
  sql: `${tables}
grant usage on schema cases to ${readerRole('cases')}, ${projectorRole('cases')};
${everyone
  .map(
    (table) => `grant select on cases.${table} to ${readerRole('cases')};
grant select, insert, update, delete on cases.${table} to ${projectorRole('cases')};
grant truncate on cases.${table} to ${projectorRole('cases')};`,
  )
  .join('\n')}`,
};

const MY = (column: string): string =>
  `(select m.${column} from cases.directory_member m where m.active and m.member = ((select sec.context()))[1])`;

/** Contacts are shown to their organisation, dossiers to their region, who knows a company or saw a dynamic to nobody else; after `rowSecurity`. */
export const ownRowsOnly: SchemaPart = {
  schemas: ['cases'],
  roles: [readerRole('cases'), projectorRole('cases')],
  sql: (
    [
      ['contact', `organisation = ${MY('organisation')}`],
      ['contact_import', `organisation = ${MY('organisation')}`],
      ['company', `region = ${MY('region')}`],
      ['company_holder', `organisation = ${MY('organisation')}`],
      ['dynamic_witness', `organisation = ${MY('organisation')}`],
    ] as const
  )
    .map(
      ([table, using]) => `
alter table cases.${table} enable row level security;
alter table cases.${table} force row level security;
drop policy if exists envelope on cases.${table};
create policy envelope on cases.${table} for select to ${readerRole('cases')} using (${using});
drop policy if exists projector on cases.${table};
create policy projector on cases.${table} for all to ${projectorRole('cases')} using (true) with check (true);`,
    )
    .join('\n'),
};
