import type { Admin, Kafka } from 'kafkajs';
import { type Delivery, EventBus, type Message } from '../event-bus';
import { toRecord } from './cloud-event';
import { beatOf, heartbeatTopicOf } from './heartbeats';
import { asError, clientOf, isSettling, type KafkaOptions } from './kafka-options';
import { KafkaSubscription } from './kafka-subscription';
import { TopicPublisher } from './topic-publisher';

/**
 * The bus between services, on Kafka: `new KafkaBus({ ...kafkaOptions(config), onError })` connects when it is first used, and again after every
 * outage.
 *
 * What it needs: the topics of `topicPlan(…)`, made by `raccordo topics create` (nothing is created by using it); for a service's
 * account READ on the topics and heartbeat topics it consumes and on its groups, which are called like its consumers (and `<consumer>.rebuild`,
 * with DELETE, for rebuilds); for a relay WRITE on its own two topics. `deploy/kafka/acls.sh` gives exactly that.
 *
 * The number of partitions of a topic never changes: a stream's later events would go to another partition than its earlier ones and could
 * overtake them, and a consumer drops what is older than what it has taken.
 */
export class KafkaBus extends EventBus {
  readonly #kafka: Kafka;
  readonly #publishers = new Map<string, TopicPublisher>();
  readonly #subscriptions = new Set<KafkaSubscription>();
  #admin: Promise<Admin> | undefined;

  constructor(private readonly options: KafkaOptions) {
    super();
    this.#kafka = clientOf(options);
  }

  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) await this.#publisher(topic).publish(messages.map(toRecord));
  }

  async heartbeat(topic: string, at: string): Promise<void> {
    const partitions = await this.#asked((admin) => admin.fetchTopicOffsets(topic));
    const value = JSON.stringify(beatOf(at, partitions, this.#publisher(topic).ends));
    await this.#publisher(heartbeatTopicOf(topic)).publish([{ key: topic, value }]);
  }

  subscribe(
    group: string,
    topics: readonly string[],
    handler: (topic: string, delivery: Delivery) => Promise<void>,
  ): Promise<() => Promise<void>> {
    const places = (of: string, topic: string): Promise<Map<number, bigint>> => this.#places(of, topic);
    const subscription = new KafkaSubscription(this.#kafka, group, topics, handler, places, this.options);
    this.#subscriptions.add(subscription);
    subscription.start();
    return Promise.resolve(async () => {
      this.#subscriptions.delete(subscription);
      await subscription.stop();
    });
  }

  async rewind(group: string, topics: readonly string[]): Promise<void> {
    await this.#asked(async (admin) => {
      const known = await admin.fetchOffsets({ groupId: group });
      const elsewhere = known.some(({ topic, partitions }) => !topics.includes(topic) && partitions.some(({ offset }) => offset !== '-1'));
      if (!elsewhere) return forget(admin, group);
      for (const topic of topics) await admin.resetOffsets({ groupId: group, topic, earliest: true });
    });
  }

  async lag(group: string, topics: readonly string[]): Promise<number> {
    const each = await Promise.all(
      topics.map(async (topic) => {
        const places = await this.#places(group, topic);
        const ends = await this.#asked((admin) => admin.fetchTopicOffsets(topic));
        return ends.map(({ partition, low, high }) => BigInt(high) - larger(places.get(partition) ?? 0n, BigInt(low)));
      }),
    );
    return Number(each.flat().reduce((sum, behind) => sum + larger(behind, 0n), 0n));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.#subscriptions.clear();
    await Promise.all([...this.#publishers.values()].map((publisher) => publisher.close()));
    this.#publishers.clear();
    await this.#leave();
  }

  #publisher(topic: string): TopicPublisher {
    const known = this.#publishers.get(topic) ?? new TopicPublisher(this.#kafka, topic, () => this.#partitions(topic));
    this.#publishers.set(topic, known);
    return known;
  }

  async #partitions(topic: string): Promise<number> {
    const { topics } = await this.#asked((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
    return topics[0]?.partitions.length ?? 0;
  }

  async #places(group: string, topic: string): Promise<Map<number, bigint>> {
    const [found] = await this.#asked((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
    const committed = (found?.partitions ?? []).filter(({ offset }) => offset !== '-1');
    return new Map(committed.map(({ partition, offset }) => [partition, BigInt(offset)]));
  }

  /** Leaders and coordinators move with the brokers and need a moment to begin: kafkajs does not wait for them when it asks. */
  async #asked<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(await (this.#admin ??= this.#connect()));
      } catch (error) {
        await this.#leave();
        if (attempt >= ATTEMPTS || !isSettling(error)) throw asError(error);
        await new Promise((resolve) => setTimeout(resolve, attempt * 100));
      }
    }
  }

  async #connect(): Promise<Admin> {
    const admin = this.#kafka.admin();
    await admin.connect();
    return admin;
  }

  async #leave(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    await admin?.then((known) => known.disconnect()).catch(() => undefined);
  }
}

const ATTEMPTS = 8;

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** @throws Error while somebody is subscribed */
async function forget(admin: Admin, group: string): Promise<void> {
  try {
    await admin.deleteGroups([group]);
  } catch (error) {
    const codes = ((error as { groups?: { error?: { type?: string } }[] }).groups ?? []).map((each) => each.error?.type);
    if (codes.every((code) => code === 'GROUP_ID_NOT_FOUND') && codes.length > 0) return; // it never began
    if (codes.includes('NON_EMPTY_GROUP')) throw new Error(`somebody is subscribed as ${group}: end all its members before it is rewound`);
    throw error;
  }
}
