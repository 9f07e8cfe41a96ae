// Child process of kafka-faults.engine.spec.ts: a relay or a consumer that stops at the worst moment, says so, and waits to be killed.
import { Databases } from '@platform/database';
import { PostgresEventStore } from '@platform/event-store';
import { type Delivery, KafkaBus, PostgresRelayCheckpoints, PostgresRelayLease, Relay } from '@platform/messaging';
import { ConsumerRunner } from '../src/consumer-runner';
import { kafkaOptions, mirror } from './kafka-options';
import { clock, CONTEXT, publicForm } from './tally';

interface About {
  readonly connection: { host: string; port: number; user: string; database: string };
  readonly brokers: readonly string[];
  readonly role: 'relay' | 'consumer';
  /** At which publication or delivery; 0: never. */
  readonly hangAt: number;
}
const { connection, brokers, role, hangAt } = JSON.parse(process.argv[2] ?? '') as About;
const databases = new Databases({ socket: connection }, Buffer.from('spec'));
const pool = databases.pool('raccordo_store');
const store = new PostgresEventStore(pool);
let count = 0;
const hangs = async (word: string): Promise<void> => {
  if (++count !== hangAt) return;
  process.send?.(word);
  await new Promise(() => undefined);
};

/** Rows are committed, the offset is not. */
class HangingBus extends KafkaBus {
  override subscribe(group: string, topics: readonly string[], handler: (topic: string, delivery: Delivery) => Promise<void>) {
    return super.subscribe(group, topics, async (topic, delivery) => {
      await handler(topic, delivery);
      if (delivery.messages.length > 0) await hangs('row');
    });
  }
}
/** The broker has the messages, the checkpoint is not moved. */
class HangingCheckpoints extends PostgresRelayCheckpoints {
  override async move(...words: Parameters<PostgresRelayCheckpoints['move']>): Promise<boolean> {
    await hangs('published');
    return super.move(...words);
  }
}

process.once('disconnect', () => process.exit());
const onError = (): void => undefined;
const bus = new HangingBus({ ...kafkaOptions, brokers });
if (role === 'consumer') {
  const writer = (context: string) => databases.writer(context);
  void new ConsumerRunner({ store, bus, writer, clock, onError, outage: 20 }).start(mirror);
} else {
  const [checkpoints, lease] = [new HangingCheckpoints(pool), new PostgresRelayLease(pool)];
  const relay = new Relay({
    ...{ store, bus, context: CONTEXT, toMessage: publicForm, checkpoints, lease, clock, onError, outage: 50, page: 20 },
  });
  relay.start();
  const looking = setInterval(() => {
    if (!relay.runs) return;
    process.send?.('runs');
    clearInterval(looking);
  }, 20);
}
