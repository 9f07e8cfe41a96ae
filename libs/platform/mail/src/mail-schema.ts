import type { SchemaPart } from '@platform/database';

/** The role that keeps addresses and letters. It has no right to anything else, and nobody else has one to these tables. */
export const MAIL_ROLE = 'raccordo_mail';

/** What is needed of a database connection as `raccordo_mail`; a `pg.Pool` is one. */
export interface Sql {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>;
}

/**
 * Addresses members gave for letters, sealed, and the letters that go there. Nothing says what a letter tells of: that is asked for when it is
 * handed over and kept nowhere.
 */
export const mailSchema: SchemaPart = {
  schemas: ['mail'],
  roles: [MAIL_ROLE],
  sql: `
create table if not exists mail.mailbox (
  member text collate "C" primary key,
  address bytea not null,
  language text not null check (language in ('it', 'en')),
  daily boolean not null,
  code bytea,
  code_until timestamptz,
  code_tries int not null default 0,
  confirmed_on date,
  check ((code is null) = (code_until is null)),
  check ((code is null) = (confirmed_on is not null))
);
create table if not exists mail.letter (
  member text collate "C" not null references mail.mailbox on delete cascade,
  letter text collate "C" not null,
  kind text not null check (kind in ('code', 'due')),
  day date not null,
  status text not null check (status in ('waiting', 'handing', 'sent', 'unsure', 'nothing', 'given-up')),
  tries int not null default 0,
  next_try timestamptz not null,
  changed timestamptz not null,
  primary key (member, letter)
);
create index if not exists letter_waiting on mail.letter (next_try) where status = 'waiting';
create index if not exists letter_handing on mail.letter (changed) where status = 'handing';
-- How often somebody had a code sent; outlives the mailbox by a day, and holds no address.
create table if not exists mail.code_asked (
  member text collate "C" primary key,
  since timestamptz not null,
  times int not null
);
grant usage on schema mail to ${MAIL_ROLE};
grant select, insert, update, delete on mail.mailbox, mail.letter, mail.code_asked to ${MAIL_ROLE};
`,
};
