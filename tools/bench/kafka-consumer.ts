// Child process of kafka-growth.ts: one member of the consumer's group, until its parent lets go of it.
import 'reflect-metadata';
import { ConsumerRunner } from '@platform/consuming';
import { Databases } from '@platform/database';
import { type EmbeddedPostgres, MemoryEventStore } from '@platform/event-store';
import { KafkaBus } from '@platform/messaging';
import { consumerOf } from './kafka-world';

const { connection, brokers, topic } = JSON.parse(process.argv[2] ?? '') as {
  readonly connection: EmbeddedPostgres['connection'];
  readonly brokers: readonly string[];
  readonly topic: string;
};
const databases = new Databases({ socket: connection }, Buffer.from('a throw-away server has no secrets'));
const bus = new KafkaBus({ brokers, clientId: 'bench' });
const runner = new ConsumerRunner({
  ...{ store: new MemoryEventStore(), bus, clock: { now: () => new Date().toISOString() } },
  writer: (context) => databases.writer(context),
  onError: (_, error) => console.error(error),
});
process.once('disconnect', () => void runner.stop().then(() => process.exit()));
void runner.start([consumerOf(topic)]);
