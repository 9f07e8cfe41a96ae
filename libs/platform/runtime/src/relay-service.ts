import type { Config } from '@platform/config';
import { Databases } from '@platform/database';
import { InternalModule } from '@platform/internal';
import { Leadership, PostgresRelayCheckpoints, Relay } from '@platform/messaging';
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

/** Carries what crosses the contexts' borders from the event store to the bus. One instance works at a time; another takes over when it ends. */
export async function startRelay(config: Config, { contexts }: RelayComposition): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL === undefined) throw new Error('the relay needs DATABASE_URL: it keeps its place there');
  const tools = instruments(config);
  const { log, clock, metrics, readiness } = tools;
  const seat = takeSeat(config, 'relay');
  const databases = new Databases({ url: config.DATABASE_URL }, derivedKey(sharedKeys(config), 'database'));
  const store = openStore(config, databases);
  const bus = openBus(config, databases, log);
  const checkpoints = new PostgresRelayCheckpoints(databases.pool(STORE_ROLE, 12));
  const relayOf = ({ context, toMessage }: NonNullable<ContextModule['publishes']>): Relay =>
    // Heartbeats are about machines, not about the dates of invented data.
    new Relay({
      store,
      bus,
      context,
      toMessage,
      checkpoints,
      clock: new SystemClock(),
      onError: () => log.write('warn', 'relay-failed', { context }),
    });
  const leadership = new Leadership({
    connection: databases.clientConfig(STORE_ROLE),
    name: 'relay',
    lead: () => {
      const relays = contexts.flatMap(({ publishes }) => (publishes ? [relayOf(publishes)] : []));
      for (const relay of relays) relay.start();
      log.write('info', 'relay-leads');
      return Promise.resolve(async () => {
        await Promise.all(relays.map((relay) => relay.stop()));
        log.write('info', 'relay-rests');
      });
    },
    onError: () => log.write('warn', 'relay-leadership-lost'),
  });
  readiness.add('event-store', async () => (await store.logs(), true));
  metrics.gauge('relay_leads', '1 in the one process that carries events to the bus.', [], () => [
    { labels: {}, value: leadership.leads ? 1 : 0 },
  ]);
  const settled = (): Promise<boolean> => Promise.resolve(true); // it reads no vault reference
  const app = await createApp(tools, [InternalModule.of(seat.name, seat.trust), DoorsModule.of(clock, settled)]);
  leadership.start();
  const url = await listen(app, config);
  log.started();
  const stop = async (): Promise<void> => {
    await leadership.stop();
    await app.close();
    await bus.close();
    await store.close();
    await databases.close();
  };
  return { url, stop };
}
