import { type Published, type PublishedOf, regionsContract } from '@contracts';
import type { BusConsumer, Consumer, EventHandler, StoreConsumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import { agreementHandlers, policyHandlers, regionHandlers } from './frame-handlers';
import { assertContextName } from './names';
import { memberHandlers, organisationHandlers, teamHandlers } from './people-handlers';
import { directoryTables } from './schema';

type Events = (typeof regionsContract)['events'];
/** A handler for each published event of regions: the compiler asks for all of them. */
export type DirectoryHandlers = {
  readonly [K in keyof Events]: (message: PublishedOf<typeof regionsContract, K>, tx: EntityManager) => Promise<void>;
};

/** Name of a context's directory consumer: key of its checkpoint and freshness. */
export const directoryConsumerName = (context: string): string => `${context}-directory`;

const handlersOf = (context: string): DirectoryHandlers => ({
  ...regionHandlers(context),
  ...organisationHandlers(context),
  ...memberHandlers(context),
  ...teamHandlers(context),
  ...agreementHandlers(context),
  ...policyHandlers(context),
});

/** Feeds a context's directory from what regions publish. */
export function directoryConsumer(context: string): BusConsumer {
  return {
    ...frame(context),
    source: { topics: [regionsContract.topic] },
    handlers: handlersOf(context) as unknown as BusConsumer['handlers'],
  };
}

/**
 * Feeds the directory of the context that owns the events, straight from its store: its own facts need no way over the bus.
 * @param publishedOf the context's own publication of a stored event
 */
export function ownDirectoryConsumer(context: string, publishedOf: (event: RecordedEvent) => Published | undefined): StoreConsumer {
  const handlers = handlersOf(context) as unknown as Readonly<Record<string, EventHandler<Published>>>;
  const own = Object.entries(handlers).map(([type, handle]): [string, EventHandler] => [
    type,
    async (event, tx) => {
      const message = publishedOf(event);
      if (message) await handle(message, tx);
    },
  ]);
  return { ...frame(context), source: { store: context }, handlers: Object.fromEntries(own) };
}

const frame = (context: string): Pick<Consumer, 'name' | 'context' | 'tables'> => ({
  name: directoryConsumerName(assertContextName(context)),
  context,
  tables: directoryTables(context),
});
