import { Listener } from '@platform/event-store';
import type { Pool } from 'pg';
import type { Message } from '../event-bus';
import { CHANNEL } from '../schema';
import { type StoredMessage, TopicLog, type TopicState } from './topic-log';

const SQL = {
  publish: 'select bus.publish($1, $2::jsonb[])',
  read: 'select position::text as at, body from bus.message where topic = $1 and position > $2 order by position limit $3',
  // Together with the head as of now: everything this publisher had published before is committed, hence at or below it.
  beat: `insert into bus.heartbeat (topic, at, head) values ($1, $2, coalesce((select max(position) from bus.message where topic = $1), 0))
    on conflict (topic) do update set at = excluded.at, head = excluded.head where heartbeat.at <= excluded.at`,
  notify: `select pg_notify('${CHANNEL}', $1)`,
  state: `select (select max(position)::text from bus.message where topic = $1) as head, h.at, h.head::text as beat_head
    from (select 1) one left join bus.heartbeat h on h.topic = $1`,
  place: 'select position::text as at from bus.group_place where group_name = $1 and topic = $2',
  enter: 'insert into bus.group_place (group_name, topic, position) values ($1, $2, $3) on conflict do nothing',
  move: 'update bus.group_place set position = $4 where group_name = $1 and topic = $2 and position = $3',
  // Positions of a topic have no gaps.
  behind: `select coalesce((select max(position) from bus.message where topic = $2), 0)
    - coalesce((select position from bus.group_place where group_name = $1 and topic = $2), 0) as behind`,
  rewind: 'delete from bus.group_place where group_name = $1 and topic = any ($2)',
};

/** Topics in Postgres: tables of `busSchema`, a pool that logs in as `raccordo_store`. The pool stays the caller's. */
export class PostgresTopicLog extends TopicLog {
  readonly #listener: Listener;

  constructor(private readonly pool: Pool) {
    super();
    this.#listener = new Listener(pool, CHANNEL);
  }

  async append(topic: string, messages: readonly Message[]): Promise<void> {
    await this.pool.query({ name: 'bus_publish', text: SQL.publish, values: [topic, messages.map((message) => JSON.stringify(message))] });
  }

  async read(topic: string, after: string, limit: number): Promise<StoredMessage[]> {
    const query = { name: 'bus_read', text: SQL.read, values: [topic, after || '0', limit] };
    const { rows } = await this.pool.query<{ at: string; body: Message }>(query);
    return rows.map(({ at, body }) => ({ position: padded(at), message: body }));
  }

  async beat(topic: string, at: string): Promise<void> {
    await this.pool.query({ name: 'bus_beat', text: SQL.beat, values: [topic, at] });
    await this.pool.query({ name: 'bus_notify', text: SQL.notify, values: [topic] });
  }

  async state(topic: string): Promise<TopicState> {
    const { rows } = await this.pool.query<{ head: string | null; at: string | null; beat_head: string | null }>({
      name: 'bus_state',
      text: SQL.state,
      values: [topic],
    });
    const row = rows[0];
    const beat = row?.at ? { at: row.at, head: padded(row.beat_head) } : undefined;
    return { head: padded(row?.head), beat };
  }

  async place(group: string, topic: string): Promise<string> {
    const { rows } = await this.pool.query<{ at: string }>(SQL.place, [group, topic]);
    return padded(rows[0]?.at);
  }

  async move(group: string, topic: string, from: string, to: string): Promise<boolean> {
    const { rowCount } =
      from === '' ? await this.pool.query(SQL.enter, [group, topic, to]) : await this.pool.query(SQL.move, [group, topic, from, to]);
    return rowCount === 1;
  }

  async behind(group: string, topic: string): Promise<number> {
    const { rows } = await this.pool.query<{ behind: string }>(SQL.behind, [group, topic]);
    return Number(rows[0]?.behind ?? 0);
  }

  async rewind(group: string, topics: readonly string[]): Promise<void> {
    await this.pool.query(SQL.rewind, [group, topics]);
  }

  onChange(topic: string, wake: () => void): () => void {
    return this.#listener.add((changed) => changed === topic, wake);
  }

  close(): Promise<void> {
    return this.#listener.close();
  }
}

const padded = (position: string | null | undefined): string => (!position || position === '0' ? '' : position.padStart(16, '0'));
