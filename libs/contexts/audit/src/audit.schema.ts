import { projectorRole, readerRole, type SchemaPart } from '@platform/database';

const READER = readerRole('audit');
const WRITER = projectorRole('audit');

/**
 * Tables of the audit logs. Leaves, tree nodes and checkpoints can be added by the sequencer's role and changed by nobody;
 * only the sequencer's own places (tree edge, sources, chain ends) move on.
 */
export const auditSchema: SchemaPart = {
  schemas: ['audit'],
  roles: [READER, WRITER],
  sql: `
create table if not exists audit.log (
  region text primary key, vkey text not null, size bigint not null, edge bytea not null, as_of timestamptz);

create table if not exists audit.source (
  region text not null, producer text not null, seq bigint not null, position text not null, primary key (region, producer));

create table if not exists audit.chain (
  region text not null, case_handle text not null, n bigint not null, head bytea not null, primary key (region, case_handle));

create table if not exists audit.leaf (
  region text not null, index bigint not null, bytes bytea not null, hash bytea not null,
  at timestamptz not null, as_of timestamptz, act text not null, effect text not null, actor text not null, groups text[] not null,
  producer text not null, seq bigint not null, sequenced_at timestamptz not null,
  event_log text, event_stream text, event_revision bigint,
  primary key (region, index), unique (region, producer, seq));
create index if not exists leaf_by_at on audit.leaf (region, at);
create index if not exists leaf_by_as_of on audit.leaf (region, as_of, index);
create index if not exists leaf_by_actor on audit.leaf (region, actor, index);
create index if not exists leaf_by_act on audit.leaf (region, act, index);
create index if not exists leaf_by_effect on audit.leaf (region, effect, index) where effect <> 'permitted';
create index if not exists leaf_by_group on audit.leaf using gin (groups);
create index if not exists leaf_by_event on audit.leaf (region, event_log, index) where event_log is not null;

create table if not exists audit.leaf_case (
  region text not null, case_handle text not null, n bigint not null, index bigint not null,
  primary key (region, case_handle, n));
create index if not exists leaf_case_by_index on audit.leaf_case (region, case_handle, index);

create table if not exists audit.node (
  region text not null, level smallint not null, index bigint not null, hash bytea not null, primary key (region, level, index));

create table if not exists audit.checkpoint (
  region text not null, size bigint not null, note text not null, signed_at timestamptz not null, primary key (region, size));

revoke all on schema audit from public;
revoke all on all tables in schema audit from public;
grant usage on schema audit to ${READER}, ${WRITER};
grant select on all tables in schema audit to ${READER}, ${WRITER};
grant insert on audit.leaf, audit.leaf_case, audit.node, audit.checkpoint to ${WRITER};
grant insert, update on audit.log, audit.source, audit.chain to ${WRITER};
`,
};
