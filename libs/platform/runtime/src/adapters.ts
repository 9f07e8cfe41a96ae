import type { Config } from '@platform/config';
import type { Databases } from '@platform/database';
import { type EventStore, PostgresEventStore } from '@platform/event-store';
import { type EventBus, InProcessBus, PostgresTopicLog } from '@platform/messaging';
import type { Log } from '@platform/observability';
import { STORE_ROLE } from './preparing';

/** The event store that configuration asks for. */
export function openStore(config: Config, databases: Databases): EventStore {
  if (config.EVENT_STORE !== 'postgres') throw new Error('this release runs on EVENT_STORE=postgres');
  return new PostgresEventStore(databases.pool(STORE_ROLE, 12));
}

/** The bus that configuration asks for. The in-process one is a durable log, which several processes can share: ADR 4. */
export function openBus(config: Config, databases: Databases, log: Log): EventBus {
  if (config.BUS !== 'in-process') throw new Error('this release runs on BUS=in-process');
  return new InProcessBus(new PostgresTopicLog(databases.pool(STORE_ROLE, 12)), {
    onError: (group) => log.write('warn', 'delivery-rejected', { consumer: group }),
  });
}
