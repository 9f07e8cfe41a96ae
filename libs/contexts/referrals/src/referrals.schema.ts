import { signedContext } from '@platform/access';
import { projectorRole, readerRole, type SchemaPart } from '@platform/database';

const READER = readerRole('referrals');
const PROJECTOR = projectorRole('referrals');

const TABLES = `
-- What the receiving side is shown of an offer: nothing about a person stands here.
create table if not exists referrals.referral_inbox (
  referral text collate "C" primary key, region text collate "C" not null, receiver text collate "C" not null, team text collate "C",
  service text collate "C" not null, urgency text collate "C" not null, language text collate "C" not null, status text collate "C" not null, due timestamptz not null,
  offered_at timestamptz not null, updated_at timestamptz not null, assessor text collate "C", responsible text collate "C",
  unanswered int not null, revision int not null);
create index if not exists referral_inbox_by_receiver on referrals.referral_inbox (receiver, updated_at desc, referral desc);

-- What the sending team follows; it alone knows the case.
create table if not exists referrals.referral_outbox (
  referral text collate "C" primary key, region text collate "C" not null, case_id text collate "C" not null, sender text collate "C" not null,
  team text collate "C", receiver text collate "C" not null, receiver_region text collate "C" not null, service text collate "C" not null, urgency text collate "C" not null,
  language text collate "C" not null, purpose text collate "C" not null, mode text collate "C" not null, status text collate "C" not null, due timestamptz, answer_due timestamptz,
  updated_at timestamptz not null, outcome text collate "C", redirect_to text collate "C", unanswered int not null, revision int not null);
create index if not exists referral_outbox_by_sender on referrals.referral_outbox (sender, updated_at desc, referral desc);
create index if not exists referral_outbox_by_case on referrals.referral_outbox (case_id);
create index if not exists referral_outbox_due on referrals.referral_outbox (due) where status in ('Offered', 'UnderReview');

-- Consents and legal bases a referral names.
create table if not exists referrals.referral_basis (
  referral text collate "C" not null, basis text collate "C" not null, primary key (referral, basis));
create index if not exists referral_basis_by_basis on referrals.referral_basis (basis);

-- Facts of the cases context, as it publishes them.
create table if not exists referrals.custody (
  case_id text collate "C" primary key, organisation text collate "C" not null, team text collate "C" not null, region text collate "C" not null,
  open boolean not null, revision int not null);
alter table referrals.custody add column if not exists recused text[] not null default '{}';
create table if not exists referrals.basis (
  basis text collate "C" primary key, kind text collate "C" not null, case_id text collate "C" not null, recipient text collate "C" not null, purpose text collate "C" not null,
  groups text[] not null, expires_at timestamptz not null, live boolean not null, revision int not null);
create table if not exists referrals.access_grant (
  grant_id text collate "C" primary key, case_id text collate "C" not null, organisation text collate "C", team text collate "C",
  groups text[] not null, purpose text collate "C" not null, basis text collate "C" not null, referral text collate "C", expires_at timestamptz not null,
  live boolean not null, revision int not null);
create index if not exists access_grant_by_basis on referrals.access_grant (basis);

create table if not exists referrals.notice (
  notice text collate "C" primary key, region text collate "C" not null, recipient text collate "C" not null, from_organisation text collate "C" not null,
  kind text collate "C" not null, ref text collate "C" not null, due timestamptz not null, sent_at timestamptz not null, status text collate "C" not null,
  revision int not null);
create index if not exists notice_by_recipient on referrals.notice (recipient, sent_at desc);
create index if not exists notice_by_sender on referrals.notice (from_organisation, sent_at desc);
create index if not exists notice_due on referrals.notice (due) where status = 'Sent';
`;

const ME = '((select sec.context()))[1]';
const AT = '((select sec.context()))[2]::timestamptz';
const MY_ORGANISATION = `(select m.organisation from referrals.directory_member m join referrals.directory_organisation o on o.organisation = m.organisation
  where m.member = ${ME} and m.active and o.active)`;
const MY_TEAMS = `array (select seat.team from referrals.directory_seat seat where seat.member = ${ME} and (seat.until is null or seat.until > ${AT}))`;
const mine = (organisation: string, team: string): string =>
  `${organisation} = ${MY_ORGANISATION} and (${team} is null or ${team} = any (${MY_TEAMS}))`;
const ofMine = (referral: string): string =>
  `exists (select 1 from referrals.referral_inbox i where i.referral = ${referral}) or exists (select 1 from referrals.referral_outbox o where o.referral = ${referral})`;

/** The envelope: written by hand, smaller than the policy and independent of it. It knows organisations, teams and who stands back from a case, nothing else. */
const ENVELOPE: Readonly<Record<string, string>> = {
  referral_inbox: mine('receiver', 'team'),
  referral_outbox: `${mine('sender', 'team')}
    and not exists (select 1 from referrals.custody c where c.case_id = referral_outbox.case_id and ${ME} = any (c.recused))`,
  referral_basis: ofMine('referral_basis.referral'),
  custody: mine('organisation', 'team'),
  basis: `exists (select 1 from referrals.referral_basis named where named.basis = basis.basis)`,
  access_grant: `access_grant.referral is not null and (${ofMine('access_grant.referral')})`,
  notice: `recipient = ${MY_ORGANISATION} or from_organisation = ${MY_ORGANISATION}`,
};

const guarded = ([table, using]: [string, string]): string => `
alter table referrals.${table} enable row level security;
alter table referrals.${table} force row level security;
drop policy if exists envelope on referrals.${table};
create policy envelope on referrals.${table} for select to ${READER} using (${using});
drop policy if exists projector on referrals.${table};
create policy projector on referrals.${table} for all to ${PROJECTOR} using (true) with check (true);
grant select on referrals.${table} to ${READER};
grant select, insert, update, delete, truncate on referrals.${table} to ${PROJECTOR};`;

/** The tables alone: the directory stands on the same schema and comes between these and their row-level security. */
export const referralsSchema: SchemaPart = {
  schemas: ['referrals'],
  roles: [READER, PROJECTOR],
  sql: `${TABLES}
grant usage on schema referrals to ${READER}, ${PROJECTOR};`,
};

/** Row-level security over everything: to be prepared after the tables and the directory. */
export const referralsRowSecurity: readonly SchemaPart[] = [
  signedContext('referrals'),
  { schemas: ['referrals'], roles: [READER, PROJECTOR], sql: Object.entries(ENVELOPE).map(guarded).join('\n') },
];
