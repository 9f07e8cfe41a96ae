import { projectorRole, readerRole, type SchemaPart } from '@platform/database';

const READER = readerRole('audit');
const WRITER = projectorRole('audit');

const TABLES = ['log', 'source', 'chain', 'leaf', 'leaf_case', 'node', 'checkpoint'].map((table) => `audit.${table}`);

const guarded = (table: string): string => `
alter table audit.${table} enable row level security;
alter table audit.${table} force row level security;
drop policy if exists office on audit.${table};
create policy office on audit.${table} for select to ${READER} using (region = ((select sec.context()))[3]);
drop policy if exists sequencer on audit.${table};
create policy sequencer on audit.${table} for all to ${WRITER} using (true) with check (true);`;

/**
 * Tables of the audit logs, to be prepared after the signed context. Leaves, tree nodes and checkpoints can be added by the sequencer's role and changed by nobody;
 * only the sequencer's own places (tree edge, sources, chain ends) move on.
 */
export const auditSchema: SchemaPart = {
  schemas: ['audit'],
  roles: [READER, WRITER],
  sql: `
create table if not exists audit.log (
  region text collate "C" primary key, vkey text collate "C" not null, size bigint not null, edge bytea not null, as_of timestamptz);

create table if not exists audit.source (
  region text collate "C" not null, producer text collate "C" not null, seq bigint not null, position text collate "C" not null, primary key (region, producer));

create table if not exists audit.chain (
  region text collate "C" not null, case_handle text collate "C" not null, n bigint not null, head bytea not null, primary key (region, case_handle));

create table if not exists audit.leaf (
  region text collate "C" not null, index bigint not null, bytes bytea not null, hash bytea not null,
  at timestamptz not null, as_of timestamptz, act text collate "C" not null, effect text collate "C" not null, actor text collate "C" not null, groups text[] not null,
  producer text collate "C" not null, seq bigint not null, sequenced_at timestamptz not null,
  event_log text collate "C", event_stream text collate "C", event_revision bigint,
  primary key (region, index), unique (region, producer, seq));
create index if not exists leaf_by_at on audit.leaf (region, at);
create index if not exists leaf_by_as_of on audit.leaf (region, as_of, index);
create index if not exists leaf_by_actor on audit.leaf (region, actor, index);
create index if not exists leaf_by_act on audit.leaf (region, act, index);
create index if not exists leaf_by_effect on audit.leaf (region, effect, index) where effect <> 'permitted';
create index if not exists leaf_by_group on audit.leaf using gin (groups);
create index if not exists leaf_by_event on audit.leaf (region, event_log, index) where event_log is not null;

create table if not exists audit.leaf_case (
  region text collate "C" not null, case_handle text collate "C" not null, n bigint not null, index bigint not null,
  primary key (region, case_handle, n));
create index if not exists leaf_case_by_index on audit.leaf_case (region, case_handle, index);

create table if not exists audit.node (
  region text collate "C" not null, level smallint not null, index bigint not null, hash bytea not null, primary key (region, level, index));

create table if not exists audit.checkpoint (
  region text collate "C" not null, size bigint not null, note text collate "C" not null, signed_at timestamptz not null, primary key (region, size));

revoke all on schema audit from public;
revoke all on ${TABLES.join(', ')} from public;
grant usage on schema audit to ${READER}, ${WRITER};
grant select on ${TABLES.join(', ')} to ${WRITER};
grant insert on audit.leaf, audit.leaf_case, audit.node, audit.checkpoint to ${WRITER};
grant insert, update on audit.log, audit.source, audit.chain to ${WRITER};
-- Hashes and checkpoints say nothing about an entry; the entries themselves are shown to one region's office only.
grant select on audit.leaf, audit.leaf_case, audit.node, audit.checkpoint, audit.log to ${READER};
${['leaf', 'leaf_case'].map(guarded).join('\n')}
`,
};
