import { type Kafka, type Message as KafkaRecord, Partitioners, type Producer } from 'kafkajs';
import { OneAtATime } from './one-at-a-time';

/** Far below a broker's default limit of 1 MiB for what is written to a partition at once. */
const BYTES = 512 * 1024;

/**
 * Publishes to one topic, one thing at a time and in the order of asking, with acknowledgement of all in-sync replicas. kafkajs 2.2.4 has two
 * habits that would lose messages, which this class keeps away from:
 *
 * It counts acknowledgements by broker. When the leader of one partition dies and a broker that has already acknowledged another partition of the
 * same call takes over, the messages of the first are never sent, and the call succeeds. So a call carries one partition only, and its
 * acknowledgement is looked at.
 *
 * It takes back the sequence numbers of a call that failed. A broker that had written it after all would take the next call, numbered alike, for
 * its repetition and drop it. So a producer that failed is thrown away, and no partition has two calls on the way.
 */
export class TopicPublisher {
  readonly #turn = new OneAtATime();
  readonly #partitioner = Partitioners.DefaultPartitioner();
  readonly #ends = new Map<number, bigint>();
  #producer: Promise<Producer> | undefined;
  #partitions: number | undefined;

  /** @param countPartitions of this topic, as the brokers say */
  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly countPartitions: () => Promise<number>,
  ) {}

  publish(records: readonly KafkaRecord[]): Promise<void> {
    return this.#turn.run(() => this.#send(records));
  }

  /** Partition → offset after the last message that was acknowledged to this process. */
  get ends(): ReadonlyMap<number, bigint> {
    return this.#ends;
  }

  close(): Promise<void> {
    return this.#turn.run(() => this.#discard());
  }

  async #send(records: readonly KafkaRecord[]): Promise<void> {
    try {
      const partitions = (this.#partitions ??= await this.countPartitions());
      const producer = await (this.#producer ??= this.#connect());
      const parts = [...this.#byPartition(records, partitions)].map(([partition, messages]) =>
        this.#sendPart(producer, partition, messages),
      );
      const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected');
      if (failed) throw failed.reason;
    } catch (error) {
      void this.#discard();
      throw error;
    }
  }

  async #sendPart(producer: Producer, partition: number, records: readonly KafkaRecord[]): Promise<void> {
    for (const messages of inPieces(records)) {
      const told = await producer.send({ topic: this.topic, messages: messages.map((message) => ({ ...message, partition })), acks: -1 });
      const [only] = told;
      if (told.length !== 1 || only?.partition !== partition || only.errorCode !== 0)
        throw new Error(`${this.topic} partition ${partition} was not acknowledged`);
      if (only.baseOffset !== undefined) this.#ends.set(partition, BigInt(only.baseOffset) + BigInt(messages.length));
    }
  }

  #byPartition(records: readonly KafkaRecord[], count: number): Map<number, KafkaRecord[]> {
    const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId }) as never);
    return Map.groupBy(records, (message) => this.#partitioner({ topic: this.topic, partitionMetadata, message }));
  }

  async #connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    });
    await producer.connect();
    return producer;
  }

  async #discard(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((known) => known.disconnect()).catch(() => undefined);
  }
}

function* inPieces(records: readonly KafkaRecord[]): Generator<KafkaRecord[]> {
  let [piece, size]: [KafkaRecord[], number] = [[], 0];
  for (const record of records) {
    const bytes = Buffer.byteLength(record.value ?? '') + 1024; // headers and key are short and bounded
    if (piece.length > 0 && size + bytes > BYTES) {
      yield piece;
      [piece, size] = [[], 0];
    }
    piece.push(record);
    size += bytes;
  }
  if (piece.length > 0) yield piece;
}
