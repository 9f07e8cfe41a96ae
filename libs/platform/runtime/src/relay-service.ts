import type { Config } from '@platform/config';
import { Databases } from '@platform/database';
import { InternalModule } from '@platform/internal';
import { PostgresRelayCheckpoints, PostgresRelayLease, Relay } from '@platform/messaging';
import { openBus, openStore } from './adapters';
import type { ContextModule } from './application';
import { SystemClock } from './clock';
import { DoorsModule } from './doors.controller';
import { derivedKey, sharedKeys } from './folders';
import { STORE_ROLE } from './preparing';
import { takeSeat } from './seat';
import { createApp, instruments, listen } from './serving';

export interface RelayComposition {
  /** Only what they publish is used: no controller and no read model of theirs runs here. */
  readonly contexts: readonly ContextModule[];
}

/** Carries what crosses the contexts' borders from the event store to the bus. Of several instances one works for a context, the others stand by. */
export async function startRelay(config: Config, { contexts }: RelayComposition): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL === undefined) throw new Error('the relay needs DATABASE_URL: it keeps its place there');
  const tools = instruments(config);
  const { log, clock, metrics, readiness } = tools;
  const seat = takeSeat(config, 'relay');
  const databases = new Databases({ url: config.DATABASE_URL }, derivedKey(sharedKeys(config), 'database'));
  const store = await openStore(config, databases);
  const bus = openBus(config, databases, log);
  const pool = databases.pool(STORE_ROLE, 12);
  // Heartbeats are about machines, not about the dates of invented data.
  const common = {
    store,
    bus,
    checkpoints: new PostgresRelayCheckpoints(pool),
    lease: new PostgresRelayLease(pool),
    clock: new SystemClock(),
  };
  const relays = contexts.flatMap(({ publishes }) =>
    publishes
      ? [new Relay({ ...common, ...publishes, onError: () => log.write('warn', 'relay-failed', { context: publishes.context }) })]
      : [],
  );
  metrics.gauge('relays_running', 'Contexts whose events this very process carries to the bus.', [], () => [
    { labels: {}, value: relays.filter(({ runs }) => runs).length },
  ]);
  readiness.add('event-store', async () => (await store.logs(), true));
  const settled = (): Promise<boolean> => Promise.resolve(true); // it reads no vault reference
  const app = await createApp(tools, [InternalModule.of(seat.name, seat.trust), DoorsModule.of(clock, settled)]);
  for (const relay of relays) relay.start();
  const url = await listen(app, config);
  log.started();
  const stop = async (): Promise<void> => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await app.close();
    await bus.close();
    await store.close();
    await databases.close();
  };
  return { url, stop };
}
