import { assertContext } from './bookkeeping';

/**
 * What the consumers of a context keep beside its read models: idempotent SQL for the owner of the context's schema, which must exist
 * together with the roles `raccordo_<context>` and `raccordo_<context>_projector`.
 */
export function consumingSchema(context: string): string {
  const schema = assertContext(context);
  return `
-- How far a consumer has come: one row per log (position) or topic (heartbeat).
create table if not exists ${schema}.consumer_checkpoint (
  consumer text collate "C" not null,
  source text collate "C" not null,
  position text collate "C",
  heartbeat text collate "C",
  primary key (consumer, source)
);
-- Events a consumer could not handle, and those that wait behind them in their streams. Messages are kept whole, for a bus may not bring them
-- again; stored events are read again from the store. No error text: it might quote an event.
create table if not exists ${schema}.consumer_parked (
  id uuid primary key default gen_random_uuid(),
  place bigint generated always as identity,
  consumer text collate "C" not null,
  source text collate "C" not null,
  position text collate "C",
  stream text collate "C" not null,
  revision int not null,
  type text collate "C" not null,
  at text collate "C" not null,
  parked_at text collate "C" not null,
  reason text collate "C" not null,
  message jsonb,
  unique (consumer, stream, revision)
);
-- The last revision of each stream that a consumer of topics has taken: a bus delivers at least once.
create table if not exists ${schema}.consumer_stream (
  consumer text collate "C" not null,
  stream text collate "C" not null,
  revision int not null,
  primary key (consumer, stream)
);
-- The last rebuild of each read model: how far it is, written beside its transaction, or how it ended.
create table if not exists ${schema}.consumer_rebuild (
  consumer text collate "C" primary key,
  state text collate "C" not null check (state in ('running', 'done', 'cancelled', 'failed', 'interrupted')),
  started_at text collate "C" not null,
  ended_at text collate "C",
  applied int not null,
  total int,
  cancelling boolean not null default false,
  reason text collate "C"
);
grant usage on schema ${schema} to raccordo_${context}, raccordo_${context}_projector;
grant select, insert, update, delete on ${schema}.consumer_checkpoint, ${schema}.consumer_parked, ${schema}.consumer_stream, ${schema}.consumer_rebuild
  to raccordo_${context}_projector;
grant select on ${schema}.consumer_checkpoint, ${schema}.consumer_parked, ${schema}.consumer_stream, ${schema}.consumer_rebuild
  to raccordo_${context};
`;
}
