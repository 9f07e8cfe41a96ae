import { randomUUID } from 'node:crypto';
import { type Consumer, ConsumerRunner } from '@platform/consuming';
import { eventStoreSchema, PostgresEventStore } from '@platform/event-store';
import type { Clock, RecordedEvent } from '@platform/kernel';
import {
  busSchema,
  createTopics,
  type EventBus,
  KafkaBus,
  type KafkaOptions,
  type Message,
  messageType,
  PostgresRelayCheckpoints,
  Relay,
  topicOf,
  topicPlan,
} from '@platform/messaging';
import type { EntityManager } from 'typeorm';
import { KafkaCluster } from '../kafka/kafka-cluster';
import type { Closing } from './closing';
import { event } from './events';
import { benchSchema } from './reading-figures';
import { type Bench, startServer } from './server';

export const CONTEXT = 'bench';
const STORE = 'raccordo_store';
const clock: Clock = { now: () => new Date().toISOString() };

/** The read model of another region: a row for each event that came over the topic. */
export const consumerOf = (topic: string): Consumer => ({
  name: 'seen',
  context: CONTEXT,
  source: { topics: [topic] },
  tables: ['bench.seen'],
  handlers: {
    ReferralOffered: async ({ subject, revision, actor }: Message, tx: EntityManager): Promise<void> => {
      const row = [subject, revision, 'ReferralOffered', actor];
      await tx.query('insert into bench.seen (stream, revision, type, actor) values ($1, $2, $3, $4) on conflict do nothing', row);
    },
  },
});

export const toMessage = ({ id, type, stream, revision, meta, data }: RecordedEvent): Message => ({
  ...{ id, type: messageType(CONTEXT, type), subject: stream, revision, region: meta.region, time: meta.at },
  ...{ actor: meta.actor, organisation: meta.organisation, correlation: meta.correlation, data },
});

export const someMessages = (count: number, streams = 64): Message[] => {
  const names = Array.from({ length: streams }, () => `referral-${randomUUID()}`);
  return Array.from({ length: count }, (_, n) => {
    const stored = { ...event(), stream: names[n % streams] ?? '', revision: Math.floor(n / streams), log: 'bench@umbria', position: '' };
    return toMessage(stored);
  });
};

/** A broker, a database, and the product's own relay, bus and consumer between them. */
export class KafkaBench {
  readonly store: PostgresEventStore;

  private constructor(
    readonly bench: Bench,
    readonly cluster: KafkaCluster,
    private readonly closing: Closing,
  ) {
    this.store = new PostgresEventStore(bench.databases.pool(STORE, 12));
    closing.add(() => this.store.close());
  }

  static async start(closing: Closing): Promise<KafkaBench> {
    const bench = await startServer(closing);
    const part = (schema: string, sql: string) => ({ schemas: [schema], roles: [STORE], sql });
    await bench.databases.prepare([part('event_store', eventStoreSchema), part('bus', busSchema), benchSchema]);
    const cluster = await KafkaCluster.start();
    closing.add(() => cluster.stop());
    return new KafkaBench(bench, cluster, closing);
  }

  get options(): KafkaOptions {
    return { brokers: this.cluster.addresses, clientId: 'bench' };
  }

  bus(): EventBus {
    const bus = new KafkaBus(this.options);
    this.closing.add(() => bus.close());
    return bus;
  }

  async topic(name: string, partitions: number): Promise<string> {
    const topic = topicOf(name);
    await createTopics(this.options, topicPlan([topic], { partitions, copies: 1 }));
    return topic;
  }

  relay(): Relay {
    const checkpoints = new PostgresRelayCheckpoints(this.bench.databases.pool(STORE, 12));
    const quiet = (): void => undefined; // outages are part of what is measured
    const relay = new Relay({ store: this.store, bus: this.bus(), context: CONTEXT, toMessage, checkpoints, clock, onError: quiet });
    this.closing.add(() => relay.stop());
    relay.start();
    return relay;
  }

  async runner(topic: string): Promise<ConsumerRunner> {
    const writer = (context: string) => this.bench.databases.writer(context);
    const quiet = (): void => undefined;
    const runner = new ConsumerRunner({ store: this.store, bus: this.bus(), clock, writer, onError: quiet });
    this.closing.add(() => runner.stop());
    await runner.start([consumerOf(topic)]);
    return runner;
  }

  async seen(): Promise<number> {
    const { rows } = await this.bench.admin.query<{ count: number }>('select count(*)::int as count from bench.seen');
    return rows[0]?.count ?? 0;
  }

  /** @throws Error after ten minutes */
  async until(holds: () => Promise<boolean>, every = 20): Promise<void> {
    const began = performance.now();
    while (!(await holds())) {
      if (performance.now() - began > 600_000) throw new Error('what was published did not arrive');
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
}
