import { signedContext } from '@platform/access';
import { projectorRole, readerRole, type SchemaPart } from '@platform/database';
import { LEAST } from './small-numbers';

const READER = readerRole('alerts');
const PROJECTOR = projectorRole('alerts');

const TABLES = `
-- What is counted. Nobody who serves requests reads these: only the counts below, and only from ${LEAST.workers} workers on.
create table if not exists alerts.seen_case (
  case_id text collate "C" primary key, region text collate "C" not null, organisation text collate "C" not null, link text collate "C" not null,
  comune text collate "C" not null);
create index if not exists seen_case_by_comune on alerts.seen_case (region, comune);
create table if not exists alerts.case_company (
  case_id text collate "C" not null, dossier text collate "C" not null, primary key (case_id, dossier));
create index if not exists case_company_by_dossier on alerts.case_company (dossier);

create table if not exists alerts.company (
  dossier text collate "C" primary key, region text collate "C" not null, reporters int not null, disputed boolean not null, archived boolean not null,
  name_ref text collate "C", vat_ref text collate "C");

-- Distinct workers, organisations and companies behind a subject, inside one region. A row exists from ${LEAST.workers} workers on.
create table if not exists alerts.cohort (
  region text collate "C" not null, subject text collate "C" not null, place text collate "C" not null, workers int not null check (workers >= ${LEAST.workers}),
  organisations int not null, companies int not null, primary key (region, subject, place));

create table if not exists alerts.alert_board (
  alert text collate "C" primary key, region text collate "C" not null, issuer text collate "C" not null, subject text collate "C" not null, dossier text collate "C",
  comune text collate "C" not null, area text collate "C" not null, sector text collate "C" not null, status text collate "C" not null, held_for text collate "C", expires_at timestamptz not null,
  updated_at timestamptz not null, revision int not null);
create index if not exists alert_board_by_issuer on alerts.alert_board (issuer, updated_at desc, alert desc);
create index if not exists alert_board_due on alerts.alert_board (expires_at) where status = 'Issued';

create table if not exists alerts.delivery (
  delivery text collate "C" primary key, region text collate "C" not null, alert text collate "C" not null, issuer text collate "C" not null,
  recipient text collate "C" not null, kind text collate "C" not null, content jsonb not null, dossier text collate "C", status text collate "C" not null, outcome text collate "C",
  due timestamptz not null, delivered_at timestamptz not null, revision int not null);
create index if not exists delivery_by_recipient on alerts.delivery (recipient, delivered_at desc, delivery desc);
create index if not exists delivery_by_alert on alerts.delivery (alert);
create index if not exists delivery_due on alerts.delivery (due) where status in ('Delivered', 'Acknowledged');

create table if not exists alerts.subscription (
  subscription text collate "C" primary key, region text collate "C" not null, organisation text collate "C" not null, kind text collate "C" not null,
  regions text[] not null, sectors text[] not null, subjects text[] not null, status text collate "C" not null, revision int not null);
create index if not exists subscription_by_organisation on alerts.subscription (organisation);
`;

const ME = '((select sec.context()))[1]';
const mine = (what: 'organisation' | 'region'): string =>
  `(select m.${what} from alerts.directory_member m join alerts.directory_organisation o on o.organisation = m.organisation
  where m.member = ${ME} and m.active and o.active)`;

/** The envelope: written by hand, smaller than the policy and independent of it. It knows organisations and regions, nothing else. */
const ENVELOPE: Readonly<Record<string, string>> = {
  company: `region = ${mine('region')} or exists (select 1 from alerts.delivery d where d.dossier = company.dossier)`,
  cohort: `region = ${mine('region')}`,
  alert_board: `issuer = ${mine('organisation')}`,
  delivery: `recipient = ${mine('organisation')} or issuer = ${mine('organisation')}`,
  subscription: `organisation = ${mine('organisation')}`,
};
const COUNTED = ['seen_case', 'case_company'];

const forced = (table: string): string => `
alter table alerts.${table} enable row level security;
alter table alerts.${table} force row level security;
drop policy if exists projector on alerts.${table};
create policy projector on alerts.${table} for all to ${PROJECTOR} using (true) with check (true);
grant select, insert, update, delete, truncate on alerts.${table} to ${PROJECTOR};`;
const guarded = ([table, using]: [string, string]): string => `${forced(table)}
drop policy if exists envelope on alerts.${table};
create policy envelope on alerts.${table} for select to ${READER} using (${using});
grant select on alerts.${table} to ${READER};`;

/** The tables alone: the directory stands on the same schema and comes between these and their row-level security. */
export const alertsSchema: SchemaPart = {
  schemas: ['alerts'],
  roles: [READER, PROJECTOR],
  sql: `${TABLES}
grant usage on schema alerts to ${READER}, ${PROJECTOR};`,
};

/** Row-level security over everything: to be prepared after the tables and the directory. */
export const alertsRowSecurity: readonly SchemaPart[] = [
  signedContext('alerts'),
  {
    schemas: ['alerts'],
    roles: [READER, PROJECTOR],
    sql: [...COUNTED.map(forced), ...Object.entries(ENVELOPE).map(guarded)].join('\n'),
  },
];
