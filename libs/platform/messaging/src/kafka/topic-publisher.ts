import type { Kafka, Message as KafkaRecord, Producer } from 'kafkajs';
import { OneAtATime } from './one-at-a-time';

/** Far below a broker's default limit of 1 MiB for what is written to a partition at once. */
const BYTES = 512 * 1024;

/**
 * Publishes to one topic, one thing at a time and in the order of asking, with acknowledgement of all in-sync replicas.
 *
 * The producer is idempotent: its own retries write nothing twice. After a failure it is thrown away with its sequence: kafkajs would number the
 * next batch like the failed one, and a broker that had written the failed one after all would take the next for its repetition and drop
 * it. For the same reason nothing is sent side by side.
 */
export class TopicPublisher {
  #producer: Promise<Producer> | undefined;
  readonly #turn = new OneAtATime();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  publish(records: readonly KafkaRecord[]): Promise<void> {
    return this.#turn.run(() => this.#send(records));
  }

  close(): Promise<void> {
    return this.#turn.run(() => this.#discard());
  }

  async #send(records: readonly KafkaRecord[]): Promise<void> {
    try {
      const producer = await (this.#producer ??= this.#connect());
      for (const messages of inPieces(records)) await producer.send({ topic: this.topic, messages, acks: -1 });
    } catch (error) {
      void this.#discard();
      throw error;
    }
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
