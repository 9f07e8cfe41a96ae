import type { SchemaPart } from '@platform/database';

export const VAULT_ROLE = 'raccordo_vault';

/**
 * Tables of the vaults. The owner makes them; `raccordo_vault` alone uses them, and may neither forget that a subject was erased
 * nor exchange a region's key check.
 */
export const vaultSchema: SchemaPart = {
  schemas: ['vault'],
  roles: [VAULT_ROLE],
  sql: `
create table if not exists vault.region (
  region text primary key,
  key_check bytea not null
);
create table if not exists vault.subject (
  region text not null references vault.region,
  subject text not null,
  wrapped bytea,
  shredded boolean not null default false,
  primary key (region, subject),
  check (not shredded or wrapped is null)
);
-- A destroyed key should not linger as a dead row until a fifth of the table has changed.
alter table vault.subject set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
create table if not exists vault.value (
  region text not null,
  ref text not null,
  subject text not null,
  field_group text not null,
  field text not null,
  version integer not null,
  sealed bytea not null,
  kept boolean not null default false,
  put_at timestamptz not null,
  primary key (region, ref),
  unique (region, subject, field_group, field, version),
  foreign key (region, subject) references vault.subject
);
create index if not exists value_unkept on vault.value (region, put_at) where not kept;
create table if not exists vault.handle (
  region text not null,
  subject text not null,
  audience text not null,
  handle text not null,
  codename text not null,
  primary key (region, subject, audience),
  unique (region, handle),
  unique (region, audience, codename),
  foreign key (region, subject) references vault.subject
);
create table if not exists vault.label (
  region text not null,
  kind text not null,
  label text not null,
  subject text not null,
  primary key (region, kind, label),
  foreign key (region, subject) references vault.subject
);
create index if not exists label_subject on vault.label (region, subject);
revoke all on schema vault from public;
revoke all on all tables in schema vault from public;
grant usage on schema vault to ${VAULT_ROLE};
grant select, insert on vault.region to ${VAULT_ROLE};
grant select, insert, update (wrapped, shredded) on vault.subject to ${VAULT_ROLE};
grant select, insert, update (kept), delete on vault.value to ${VAULT_ROLE};
grant select, insert, delete on vault.handle, vault.label to ${VAULT_ROLE};
`,
};
