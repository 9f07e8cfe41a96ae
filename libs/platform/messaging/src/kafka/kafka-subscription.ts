import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Delivery, Message } from '../event-bus';
import { digestOfRecord, fromRecord, UnreadableRecord } from './cloud-event';
import { everybodysHeartbeats } from './everybodys-heartbeats';
import { Beats, heartbeatTopicOf, isHeartbeatTopic, readBeat } from './heartbeats';
import { asError, type KafkaOptions } from './kafka-options';
import { OneAtATime } from './one-at-a-time';

type Handler = (topic: string, delivery: Delivery) => Promise<void>;
/** Topic's partition → first offset the group has not committed; partitions without one are left out. */
export type CommittedPlaces = (group: string, topic: string) => Promise<ReadonlyMap<number, bigint>>;

const DELAYS = [50, 200, 1000, 5000];
const PAGE = 500;

/**
 * One member of a group. Offsets are committed only after the handler's promise, and before anything else of that partition; a rejected delivery
 * lets its partition rest and comes again, while the others go on. Deliveries of one topic never overlap, as on the in-process bus.
 *
 * When the group is put together anew the client waits for the running delivery first. A member that was thought dead may still finish one that
 * another has begun: its commit is refused, and the consumer's bookkeeping by revision makes it once.
 */
export class KafkaSubscription {
  readonly #beats: ReadonlyMap<string, Beats>;
  readonly #turns = new Map<string, OneAtATime>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #telling = new Set<Promise<void>>();
  readonly #asking = new Set<string>();
  #mine: Readonly<Record<string, readonly number[]>> = {};
  #consumer: Consumer | undefined;
  #stopped = false;
  #opening: Promise<void> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly group: string,
    private readonly topics: readonly string[],
    private readonly handle: Handler,
    private readonly committed: CommittedPlaces,
    private readonly options: KafkaOptions,
  ) {
    this.#beats = new Map(topics.map((topic) => [topic, new Beats()]));
  }

  start(): void {
    this.#opening = this.#open();
  }

  /** Resolves after the delivery that is being handled; its offset is committed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    // A client that is taken away while it joins would go on by itself.
    await this.#opening;
    await this.#consumer?.disconnect().catch(() => undefined);
    await Promise.all(this.#telling);
  }

  async #open(): Promise<void> {
    const { sessionTimeout = 10_000, page = PAGE } = this.options;
    const consumer = this.kafka.consumer({
      groupId: this.group,
      partitionAssigners: [everybodysHeartbeats],
      ...{ sessionTimeout, rebalanceTimeout: 60_000, heartbeatInterval: Math.min(1000, sessionTimeout / 3) },
      ...{ maxWaitTimeInMs: 500, maxBytesPerPartition: 1_048_576, metadataMaxAge: 60_000, allowAutoTopicCreation: false },
      // Restarts are ours: the client does not come back after every fault, and not as a new member.
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 6, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => void (this.#mine = payload.memberAssignment));
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#lost(consumer, payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.topics, ...this.topics.map(heartbeatTopicOf)], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: this.topics.length * 4,
        eachBatch: (payload) => (isHeartbeatTopic(payload.batch.topic) ? this.#hear(payload) : this.#take(payload, page)),
      });
    } catch (error) {
      await consumer.disconnect().catch(() => undefined);
      this.#lost(consumer, asError(error));
    }
  }

  /** Broker, topic or permission is gone: comes back as a new member once they are there again. */
  #lost(consumer: Consumer, error: Error): void {
    if (this.#consumer !== consumer) return;
    this.#consumer = undefined;
    this.options.onError?.(this.group, error);
    this.#mine = {};
    this.#later(this.options.outage ?? 1000, () => void (this.#opening = this.#open()));
  }

  async #take(payload: EachBatchPayload, page: number): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const alive = setInterval(() => void payload.heartbeat().catch(() => undefined), 1000);
    try {
      for (let from = 0; from < messages.length;) {
        if (this.#stopped || !payload.isRunning() || payload.isStale()) return;
        const taken = await this.#handled(topic, partition, messages.slice(from, from + page));
        if (taken === 0) {
          this.#later(this.#delay(topic, partition), payload.pause());
          return;
        }
        from += taken;
        const last = messages[from - 1]?.offset ?? '';
        const next = BigInt(last) + 1n;
        payload.resolveOffset(last);
        await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] });
        this.#beats.get(topic)?.reached(partition, next);
        this.#tell(topic);
      }
    } finally {
      clearInterval(alive);
    }
  }

  /** @returns how many of these records were taken; 0: the first has to come again */
  async #handled(topic: string, partition: number, records: readonly KafkaMessage[]): Promise<number> {
    try {
      const { messages, taken } = await this.#readable(topic, partition, records);
      if (messages.length > 0)
        await this.#turn(topic).run(() => (this.#stopped ? Promise.reject(new Error('ended')) : this.handle(topic, { messages })));
      this.#failures.delete(`${topic} ${partition}`);
      return taken;
    } catch (error) {
      if (!this.#stopped) this.options.onError?.(this.group, error);
      return 0;
    }
  }

  /**
   * The messages up to a record that is none. That one stops its partition until somebody has put on record that it may be passed over.
   * @throws UnreadableRecord when it is the first
   */
  async #readable(
    topic: string,
    partition: number,
    records: readonly KafkaMessage[],
  ): Promise<{ messages: readonly Message[]; taken: number }> {
    const messages: Message[] = [];
    for (const [taken, record] of records.entries()) {
      try {
        messages.push(fromRecord(topic, partition, record));
      } catch (error) {
        if (!(error instanceof UnreadableRecord)) throw error;
        const { offset } = record;
        if (await this.options.skipped?.has({ topic, partition, offset, sha256: digestOfRecord(record) })) continue;
        if (taken === 0) throw error;
        return { messages, taken };
      }
    }
    return { messages, taken: records.length };
  }

  #hear(payload: EachBatchPayload): Promise<void> {
    const { topic: from, messages } = payload.batch;
    const topic = this.topics.find((each) => heartbeatTopicOf(each) === from) ?? '';
    for (const { value } of messages) {
      const beat = readBeat(value);
      if (beat) this.#beats.get(topic)?.hear(beat);
    }
    payload.resolveOffset(messages.at(-1)?.offset ?? '');
    this.#tell(topic);
    return Promise.resolve();
  }

  #tell(topic: string): void {
    const telling: Promise<void> = this.#tellWhatIsDue(topic)
      .catch((error: unknown) => void (this.#stopped || this.options.onError?.(this.group, error)))
      .finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  async #tellWhatIsDue(topic: string): Promise<void> {
    const beats = this.#beats.get(topic);
    if (!beats || this.#stopped) return;
    if (beats.due === undefined) await this.#ask(topic, beats);
    if (beats.due === undefined) return;
    await this.#turn(topic).run(async () => {
      const heartbeat = beats.due;
      if (heartbeat === undefined || this.#stopped) return;
      await this.handle(topic, { messages: [], heartbeat });
      beats.told(heartbeat);
    });
  }

  /** Looks up places this process cannot know: of partitions others hold, and of its own before the first delivery. */
  async #ask(topic: string, beats: Beats): Promise<void> {
    const unknown = beats.missing.some((partition) => !this.#mine[topic]?.includes(Number(partition)) || !beats.knows(partition));
    if (!unknown || this.#asking.has(topic)) return;
    this.#asking.add(topic);
    try {
      for (const [partition, offset] of await this.committed(this.group, topic)) beats.reached(partition, offset);
    } finally {
      this.#asking.delete(topic);
    }
  }

  #delay(topic: string, partition: number): number {
    const { delays = DELAYS } = this.options;
    const count = this.#failures.get(`${topic} ${partition}`) ?? 0;
    this.#failures.set(`${topic} ${partition}`, count + 1);
    return delays[Math.min(count, delays.length - 1)] ?? 0;
  }

  #turn(topic: string): OneAtATime {
    const turn = this.#turns.get(topic) ?? new OneAtATime();
    this.#turns.set(topic, turn);
    return turn;
  }

  #later(ms: number, work: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}
