import type { Config } from '@platform/config';
import type { Databases } from '@platform/database';
import { type EventStore, eventsHome, KurrentDbEventStore, PostgresEventStore } from '@platform/event-store';
import {
  type EventBus,
  InProcessBus,
  KafkaBus,
  kafkaOptions,
  PostgresSkippedRecords,
  PostgresTopicLog,
  UnreadableRecord,
} from '@platform/messaging';
import type { Log, LogLine } from '@platform/observability';
import { STORE_ROLE } from './preparing';

/**
 * The event store that configuration asks for.
 * @throws Error when this installation's events are in the other one: read models and trail stand at places of the store they were read from
 */
export async function openStore({ EVENT_STORE, KURRENTDB_URL }: Config, databases: Databases): Promise<EventStore> {
  const home = await eventsHome(databases.pool(STORE_ROLE, 12));
  if (EVENT_STORE === 'postgres' && home === 'moved') throw new Error('the events have moved: start with EVENT_STORE=kurrentdb');
  if (EVENT_STORE === 'kurrentdb' && home === 'here')
    throw new Error(
      'the events are still in Postgres: move them with `raccordo migrate embedded-to-cluster`, or start with EVENT_STORE=postgres',
    );
  if (EVENT_STORE === 'kurrentdb') return new KurrentDbEventStore({ url: KURRENTDB_URL ?? '' });
  return new PostgresEventStore(databases.pool(STORE_ROLE, 12));
}

/** The bus that configuration asks for. The in-process one is a durable log, which several processes can share: ADR 4. */
export function openBus(config: Config, databases: Databases, log: Log): EventBus {
  if (config.BUS === 'kafka')
    return new KafkaBus({
      ...kafkaOptions(config),
      skipped: new PostgresSkippedRecords(databases.pool(STORE_ROLE, 12)),
      onError: (_, error) => log.write('warn', ...troubleOf(error)),
    });
  return new InProcessBus(new PostgresTopicLog(databases.pool(STORE_ROLE, 12)), {
    onError: (group) => log.write('warn', 'delivery-rejected', { consumer: group }),
  });
}

/** Who has to look at a record has to know where it lies: `raccordo topics skip`. */
const troubleOf = (error: unknown): [event: string, line: LogLine] =>
  error instanceof UnreadableRecord
    ? ['record-unreadable', { topic: error.topic, partition: error.partition, offset: Number(error.offset) }]
    : ['bus-trouble', {}];
