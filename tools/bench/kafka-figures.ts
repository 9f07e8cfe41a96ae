import { randomUUID } from 'node:crypto';
import { Cluster } from '../cluster/cluster';
import { onKafkaAndKurrentDb } from '../cluster/engines';
import { World } from '@raccordo/demo';
import type { Closing } from './closing';
import { event } from './events';
import { type Figure, figure, percentile } from './figure';
import { growth } from './kafka-growth';
import { consumerLimit, producerLimit } from './kafka-limits';
import { CONTEXT, KafkaBench, someMessages } from './kafka-world';
import { revocationWaits } from './revocation';
import { throwAwayFolder } from './server';
import type { Sizes } from './sizes';

const AT_ONCE = 500;
type Says = (figures: readonly Figure[]) => void;

/** The way of an event from one service's commit to another's rows over a real broker, beside what Kafka's own tools reach on it. */
export async function kafkaFigures(closing: Closing, sizes: Sizes, say: Says): Promise<void> {
  const kafka = await KafkaBench.start(closing);
  say(await clientRates(kafka, throwAwayFolder(closing, 'bench-kafka'), sizes));
  say(await growth(kafka, closing, sizes));
  const topic = await kafka.topic(CONTEXT, 4);
  kafka.relay();
  await kafka.runner(topic);
  say(await latency(kafka, sizes));
  say(await throughput(kafka, sizes));
  say([figure('kafka.recovery', await recovery(kafka, sizes), 's')]);
}

/** Revocation where every service is a process of its own, on Kafka and the KurrentDB test server. */
export async function clusterFigures(closing: Closing, sizes: Sizes, say: Says): Promise<void> {
  const cluster = await Cluster.start({ engines: await onKafkaAndKurrentDb() });
  closing.add(() => cluster.stop());
  const waits = await revocationWaits(await World.at(cluster.url), sizes.revocations);
  say([figure('kafka.revocation.p50', percentile(waits, 50), 'ms'), figure('kafka.revocation.p99', percentile(waits, 99), 'ms')]);
}

/** Our bus alone, without store or rows, on one partition as Kafka's tools have it. */
async function clientRates(kafka: KafkaBench, folder: string, { messages: count }: Sizes): Promise<Figure[]> {
  const [ours, theirs] = [await kafka.topic('ours', 1), await kafka.topic('theirs', 1)];
  const bus = kafka.bus();
  const messages = someMessages(count);
  const bytes = sizeOf(messages[0]);
  await bus.publish(ours, someMessages(AT_ONCE)); // connected, and its code warm
  const began = performance.now();
  for (let from = 0; from < count; from += AT_ONCE) await bus.publish(ours, messages.slice(from, from + AT_ONCE));
  const published = rate(count, began);
  let [seen, first, last] = [0, 0, 0];
  const end = await bus.subscribe('bench', [ours], (_, delivery) => {
    first ||= performance.now();
    seen += delivery.messages.length;
    last = performance.now();
    return Promise.resolve();
  });
  await kafka.until(() => Promise.resolve(seen >= count + AT_ONCE), 1);
  await end();
  // Java wants a while to warm up, which is part of what its tools say.
  const enough = Math.max(count, 200_000);
  const produced = await producerLimit(kafka, folder, theirs, enough, bytes);
  const consumed = await consumerLimit(kafka, theirs, enough);
  return [
    figure('kafka.publish', published, 'messages/s', produced),
    figure('kafka.consume', (seen / (last - first)) * 1000, 'messages/s', consumed),
  ];
}

/** From an append's answer until its row is seen by another connection, one at a time. */
async function latency(kafka: KafkaBench, { live }: Sizes): Promise<Figure[]> {
  const stream = `referral-${randomUUID()}`;
  const look = { name: 'look', text: 'select 1 from bench.seen where stream = $1 and revision = $2' };
  const waits: number[] = [];
  for (let revision = -1; revision < live; revision++) {
    await kafka.store.append(`${CONTEXT}@umbria`, stream, [event()], revision === -1 ? 'none' : revision);
    const answered = performance.now();
    await kafka.until(async () => (await kafka.bench.admin.query({ ...look, values: [stream, revision + 1] })).rowCount === 1, 0);
    if (revision >= 0) waits.push(performance.now() - answered); // the first one waits for the group to come together
  }
  return [figure('kafka.latency.p50', percentile(waits, 50), 'ms'), figure('kafka.latency.p99', percentile(waits, 99), 'ms')];
}

/** Events per second from the store through relay, broker and consumer into rows. */
async function throughput(kafka: KafkaBench, { messages: count }: Sizes): Promise<Figure[]> {
  const before = await kafka.seen();
  const began = performance.now();
  for (let written = 0; written < count; written += AT_ONCE)
    await kafka.store.append(`${CONTEXT}@umbria`, `referral-${randomUUID()}`, Array.from({ length: AT_ONCE }, event), 'none');
  await kafka.until(async () => (await kafka.seen()) >= before + count);
  return [figure('kafka.through', rate(count, began), 'events/s')];
}

/** Seconds after the broker is back until everything that was committed meanwhile is in the rows; 100 events a second go on all the time. */
async function recovery(kafka: KafkaBench, { outage }: Sizes): Promise<number> {
  const stream = `referral-${randomUUID()}`;
  const before = await kafka.seen();
  await kafka.cluster.brokers[0]?.kill();
  const down = performance.now();
  let count = 0;
  while (performance.now() - down < outage * 1000) {
    await kafka.store.append(`${CONTEXT}@umbria`, stream, [event()], count === 0 ? 'none' : count - 1);
    count++;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, down + count * 10 - performance.now())));
  }
  await kafka.cluster.brokers[0]?.start();
  const back = performance.now();
  await kafka.until(async () => (await kafka.seen()) >= before + count);
  return (performance.now() - back) / 1000;
}

const rate = (count: number, began: number): number => count / ((performance.now() - began) / 1000);

/** Bytes that a message takes on the wire, attributes included, so that Kafka's tools move as much. */
const sizeOf = (message: object | undefined): number => Buffer.byteLength(JSON.stringify(message));
