import { eventStoreSchema } from '@platform/event-store';
import type { Clock, RecordedEvent } from '@platform/kernel';
import { busSchema, type Message, messageType, topicOf } from '@platform/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { specDatabase, type SpecDatabase } from '../../event-store/test/spec-database';
import type { Consumer } from '../src/consumer';
import { consumingSchema } from '../src/schema';

export const CONTEXT = 'counting';
export const TOPIC = 'elsewhere.events.v1';

const parts = [
  { schemas: ['event_store'], roles: ['raccordo_store'], sql: eventStoreSchema },
  { schemas: ['bus'], roles: ['raccordo_store'], sql: busSchema },
  {
    schemas: [CONTEXT],
    roles: [`raccordo_${CONTEXT}`, `raccordo_${CONTEXT}_projector`],
    sql: `${consumingSchema(CONTEXT)}
      create table if not exists ${CONTEXT}.tally (stream text primary key, seen text not null);
      create table if not exists ${CONTEXT}.mirror (like ${CONTEXT}.tally including all);
      grant select, insert, update, delete on ${CONTEXT}.tally, ${CONTEXT}.mirror to raccordo_${CONTEXT}_projector;`,
  },
];

/** Store, bus and one context with a read model that shows every omission, repetition and disorder: what each stream has seen, in order. */
export const tallyDatabase = (server?: SpecDatabase['connection']): Promise<SpecDatabase> => specDatabase(parts, server);

const into = async (table: string, event: RecordedEvent | Message, tx: EntityManager): Promise<void> => {
  const stream = 'subject' in event ? event.subject : event.stream;
  await tx.query(
    `insert into ${CONTEXT}.${table} as t (stream, seen) values ($1, $2) on conflict (stream) do update set seen = t.seen || ' ' || excluded.seen`,
    [stream, String(event.revision)],
  );
};

export const tally = (event: RecordedEvent | Message, tx: EntityManager): Promise<void> => into('tally', event, tx);

export const tallyConsumer = (over: Partial<Consumer> = {}): Consumer => ({
  name: 'tally',
  context: CONTEXT,
  source: { store: CONTEXT },
  handlers: { Counted: tally },
  tables: [`${CONTEXT}.tally`],
  ...over,
});

/** One consumer of the store, and one of the topic that is published from it. */
export const consumers: readonly Consumer[] = [
  tallyConsumer(),
  {
    name: 'mirror',
    context: CONTEXT,
    source: { topics: [topicOf(CONTEXT)] },
    handlers: { Counted: (message: Message, tx: EntityManager) => into('mirror', message, tx) },
    tables: [`${CONTEXT}.mirror`],
  },
];

export const publicForm = ({ id, type, stream, revision, meta, data }: RecordedEvent): Message => ({
  id,
  type: messageType(CONTEXT, type),
  subject: stream,
  revision,
  region: meta.region,
  time: meta.at,
  actor: meta.actor,
  organisation: meta.organisation,
  correlation: meta.correlation,
  data,
});

/** For processes that really run: heartbeats have to move on. */
export const clock: Clock = { now: () => new Date().toISOString() };

/** Stream → what it has seen, e.g. `0 1 2`. */
export async function tallied(source: DataSource, table = 'tally'): Promise<Record<string, string>> {
  const rows = await source.query<{ stream: string; seen: string }[]>(`select stream, seen from ${CONTEXT}.${table} order by stream`);
  return Object.fromEntries(rows.map(({ stream, seen }) => [stream, seen]));
}

export const upTo = (last: number): string => Array.from({ length: last + 1 }, (_, n) => n).join(' ');

export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
