import { type ChildProcess, fork } from 'node:child_process';
import * as path from 'node:path';
import type { Closing } from './closing';
import { type Figure, figure } from './figure';
import { KafkaBench, someMessages } from './kafka-world';
import type { Sizes } from './sizes';

const AT_ONCE = 500;

/** Messages per second into rows, by one process on one partition and by four on four. On two cores four cannot be four times as fast. */
export async function growth(kafka: KafkaBench, closing: Closing, { messages: count }: Sizes): Promise<Figure[]> {
  const one = await consumed(kafka, closing, 'one', 1, count);
  const four = await consumed(kafka, closing, 'four', 4, count);
  return [figure('kafka.rows.1', one, 'messages/s'), figure('kafka.rows.4', four, 'messages/s', one)];
}

async function consumed(kafka: KafkaBench, closing: Closing, name: string, members: number, count: number): Promise<number> {
  const topic = await kafka.topic(name, members);
  await kafka.bench.admin.query('truncate bench.seen, bench.consumer_stream');
  const children = Array.from({ length: members }, () => member(kafka, closing, topic));
  const bus = kafka.bus();
  // All of them have found each other once each has work.
  await bus.publish(topic, someMessages(256, 256));
  await kafka.until(async () => (await kafka.seen()) >= 256);
  const messages = someMessages(count, 256);
  const began = performance.now();
  for (let from = 0; from < count; from += AT_ONCE) await bus.publish(topic, messages.slice(from, from + AT_ONCE));
  await kafka.until(async () => (await kafka.seen()) >= count + 256);
  const seconds = (performance.now() - began) / 1000;
  for (const child of children) child.disconnect();
  return count / seconds;
}

function member({ bench, cluster }: KafkaBench, closing: Closing, topic: string): ChildProcess {
  const about = JSON.stringify({ connection: bench.connection, brokers: cluster.addresses, topic });
  const child = fork(path.join(__dirname, 'kafka-consumer.js'), [about], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  closing.add(() => child.kill('SIGKILL'));
  return child;
}
