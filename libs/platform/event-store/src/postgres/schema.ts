/** Payload of a notification is the log's name. */
export const CHANNEL = 'raccordo_event_store';
/** SQLSTATE of an append to a store whose events have moved. */
export const MOVED = 'RC001';

/**
 * The store's part of the database: schema `event_store`, which must exist and belong to the role that runs this. Idempotent.
 * Positions are handed out under the log's advisory lock, which is held until the commit: their order is the order in which commits
 * become visible, so a reader that goes by position never skips an event and no open transaction can hold readers up.
 * `raccordo_store` may read and call `append`; there is no way to change or delete an event.
 */
export const eventStoreSchema = `
create table if not exists event_store.event (
  log text collate "C" not null,
  position bigint not null check (position > 0),
  stream text collate "C" not null,
  revision int not null check (revision >= 0),
  id uuid not null,
  type text not null,
  schema int not null check (schema > 0),
  data jsonb not null,
  sealed jsonb,
  meta jsonb not null,
  constraint event_position primary key (log, position),
  constraint event_revision unique (stream, revision),
  constraint event_id unique (id)
);

-- One row while the events are being copied to another store, and for ever after: from then on nothing is appended here.
create table if not exists event_store.moved (
  one boolean primary key default true check (one),
  state text not null check (state in ('moving', 'moved'))
);

-- Appends in their order, each to another stream: expected is a revision, -1 none, -2 any, -3 exists.
-- Each event names its append (1, 2, …) and its place in it (1, 2, …). Outcome: written, known (a resend), conflict, elsewhere, reused.
create or replace function event_store.append(
  in_log text, in_stream text[], in_expected int[], in_count int[],
  in_append int[], in_place int[], in_id uuid[], in_type text[], in_schema int[], in_data jsonb[], in_sealed jsonb[], in_meta jsonb[]
) returns table (append int, outcome text, last_revision int, last_position bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $function$
#variable_conflict use_column
declare
  head bigint;
  written bigint;
begin
  -- A statement of its own: the next ones see everything that was committed before the lock was ours.
  perform pg_advisory_xact_lock(hashtextextended('raccordo/log/' || in_log, 0));
  if exists (select from event_store.moved) then
    raise exception 'the events have moved to another store' using errcode = '${MOVED}';
  end if;
  select coalesce(max(e.position), 0) into head from event_store.event e where e.log = in_log;
  return query
  with asked as (
    select a.n::int as n, a.stream, a.expected, a.size, (sum(a.size) over (order by a.n) - a.size)::int as before
    from unnest(in_stream, in_expected, in_count) with ordinality as a (stream, expected, size, n)
  ),
  standing as (
    select a.*, coalesce(t.revision, -1) as revision, t.log as home,
      case a.expected when -2 then true when -3 then t.revision is not null else coalesce(t.revision, -1) = a.expected end as fits
    from asked a
    left join lateral (select e.revision, e.log from event_store.event e where e.stream = a.stream order by e.revision desc limit 1) t on true
  ),
  judged as (
    select s.*, k.revision as known_revision, k.position as known_position,
      case
        when s.home <> in_log then 'elsewhere'
        when s.fits and k.total is null then 'written'
        when k.same and (s.expected < -1 or k.revision = s.expected + s.size) then 'known'
        when s.fits then 'reused'
        else 'conflict'
      end as outcome
    from standing s
    left join lateral (
      select max(e.revision) as revision, max(e.position) as position, count(*) as total,
        array_agg(e.id order by e.revision) = in_id[s.before + 1 : s.before + s.size]
          and bool_and(e.stream = s.stream) and max(e.revision) - min(e.revision) = s.size - 1 as same
      from event_store.event e
      where e.id = any (in_id[s.before + 1 : s.before + s.size])
      having count(*) > 0
    ) k on s.expected < -1 or not s.fits
  ),
  placed as (
    select j.*, head + sum(case when j.outcome = 'written' then j.size else 0 end) over (order by j.n) as last_position from judged j
  ),
  stored as (
    insert into event_store.event (log, position, stream, revision, id, type, schema, data, sealed, meta)
    select in_log, p.last_position - p.size + e.place, p.stream, p.revision + e.place, e.id, e.type, e.schema, e.data, e.sealed, e.meta
    from unnest(in_append, in_place, in_id, in_type, in_schema, in_data, in_sealed, in_meta)
      as e (append, place, id, type, schema, data, sealed, meta)
    join placed p on p.n = e.append and p.outcome = 'written'
    order by 2
  )
  select p.n, p.outcome,
    case p.outcome when 'written' then p.revision + p.size when 'known' then p.known_revision else p.revision end,
    case p.outcome when 'written' then p.last_position::bigint when 'known' then p.known_position end
  from placed p;
  select max(e.position) into written from event_store.event e where e.log = in_log;
  if written > head then
    perform pg_notify('${CHANNEL}', in_log);
  end if;
end
$function$;

revoke all on event_store.event, event_store.moved from public;
revoke all on function event_store.append from public;
grant usage on schema event_store to raccordo_store;
grant select on event_store.event, event_store.moved to raccordo_store;
grant execute on function event_store.append to raccordo_store;
`;
