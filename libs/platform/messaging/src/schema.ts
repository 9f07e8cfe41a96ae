/** Payload of a notification is the topic. */
export const CHANNEL = 'raccordo_bus';

/**
 * The bus's part of the database: schema `bus`, which must exist and belong to the role that runs this. Idempotent.
 * Topics of the in-process bus, places of its groups, how far each relay has published, and which unreadable records of Kafka somebody has
 * decided to pass over. As in the event store, positions are handed
 * out under a lock that is held until the commit, and messages cannot be changed.
 */
export const busSchema = `
create table if not exists bus.message (
  topic text collate "C" not null,
  position bigint not null,
  body jsonb not null,
  primary key (topic, position)
);
create table if not exists bus.heartbeat (
  topic text collate "C" primary key,
  at text collate "C" not null,
  head bigint not null
);
create table if not exists bus.group_place (
  group_name text collate "C" not null,
  topic text collate "C" not null,
  position bigint not null,
  primary key (group_name, topic)
);
create table if not exists bus.relay_checkpoint (
  context text collate "C" not null,
  log text collate "C" not null,
  position text collate "C" not null,
  primary key (context, log)
);
create table if not exists bus.skipped_record (
  topic text collate "C" not null,
  partition int not null,
  record_offset bigint not null,
  sha256 text collate "C" not null,
  reason text collate "C" not null,
  at text collate "C" not null,
  primary key (topic, partition, record_offset, sha256)
);

create or replace function bus.publish(in_topic text, in_bodies jsonb[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $function$
declare
  head bigint;
begin
  -- A statement of its own: the next one sees everything that was committed before the lock was ours.
  perform pg_advisory_xact_lock(hashtextextended('raccordo/topic/' || in_topic, 0));
  select coalesce(max(m.position), 0) into head from bus.message m where m.topic = in_topic;
  insert into bus.message (topic, position, body)
    select in_topic, head + b.place, b.body from unnest(in_bodies) with ordinality as b (body, place) order by b.place;
  perform pg_notify('${CHANNEL}', in_topic);
end
$function$;

revoke all on function bus.publish from public;
grant usage on schema bus to raccordo_store;
grant select on all tables in schema bus to raccordo_store;
grant insert, update on bus.heartbeat, bus.group_place, bus.relay_checkpoint to raccordo_store;
grant insert on bus.skipped_record to raccordo_store;
grant delete on bus.group_place to raccordo_store;
grant execute on function bus.publish to raccordo_store;
`;
