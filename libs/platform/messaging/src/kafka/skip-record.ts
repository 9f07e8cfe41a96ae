import { randomUUID } from 'node:crypto';
import type { KafkaMessage } from 'kafkajs';
import { refused } from '@platform/kernel';
import { digestOfRecord, fromRecord, UnreadableRecord } from './cloud-event';
import { clientOf, type KafkaOptions } from './kafka-options';
import type { PlacedRecord, SkippedRecords, SkipReason } from './skipped-records';

/** Milliseconds in which brokers hand out one record. */
const PATIENCE = 60_000;

type Place = Pick<PlacedRecord, 'topic' | 'partition' | 'offset'>;

/**
 * Puts on record that a record that stops its partition may be passed over, by every group. Consumers look again by themselves, within seconds.
 * A record that can be read is never skipped: its event would be lost, and whoever reads it is right to wait for it.
 * @throws DomainError `record.not-there`, `record.readable`
 */
export async function skipRecord(
  options: KafkaOptions,
  skipped: SkippedRecords,
  { topic, partition, offset }: Place,
  reason: SkipReason,
  at: string,
): Promise<PlacedRecord> {
  const record = await recordAt(options, { topic, partition, offset });
  try {
    fromRecord(topic, partition, record);
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    const found = { topic, partition, offset, sha256: digestOfRecord(record) };
    await skipped.add(found, reason, at);
    return found;
  }
  throw refused('record.readable', 'This record is an event of ours: what stops there is not the record.');
}

/** Reads one record as a group of its own, which is gone afterwards. */
async function recordAt(options: KafkaOptions, place: Place): Promise<KafkaMessage> {
  const { topic, partition, offset } = place;
  const kafka = clientOf(options);
  const admin = kafka.admin();
  await admin.connect();
  const groupId = `raccordo.look.${randomUUID()}`;
  try {
    if (!(await admin.listTopics()).includes(topic)) throw notThere(place);
    const held = (await admin.fetchTopicOffsets(topic)).find((one) => one.partition === partition);
    if (!held || BigInt(offset) < BigInt(held.low) || BigInt(offset) >= BigInt(held.high)) throw notThere(place);
    const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false });
    await consumer.connect();
    let timer: NodeJS.Timeout | undefined;
    try {
      await consumer.subscribe({ topics: [topic] });
      return await new Promise<KafkaMessage>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no broker handed out ${topic} partition ${partition} offset ${offset}`)), PATIENCE);
        consumer
          .run({
            autoCommit: false,
            eachBatch: ({ batch }) => {
              const [found] = batch.partition === partition ? batch.messages.filter((one) => BigInt(one.offset) >= BigInt(offset)) : [];
              if (found?.offset === offset) resolve(found);
              else if (found) reject(notThere(place));
              return Promise.resolve();
            },
          })
          .then(() => consumer.seek(place))
          .catch(reject);
      });
    } finally {
      clearTimeout(timer);
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => undefined); // empty groups go by themselves, too
    }
  } finally {
    await admin.disconnect();
  }
}

const notThere = ({ topic, partition, offset }: Place): Error =>
  refused('record.not-there', `${topic} partition ${partition} holds no record at offset ${offset}.`);
