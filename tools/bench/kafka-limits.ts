import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { KafkaBench } from './kafka-world';

/** Records per second that Kafka's own producer writes to a topic, acknowledged by all replicas. */
export async function producerLimit(
  { cluster }: KafkaBench,
  folder: string,
  topic: string,
  records: number,
  bytes: number,
): Promise<number> {
  const config = path.join(folder, 'producer.properties');
  writeFileSync(config, `bootstrap.servers=${cluster.addresses.join(',')}\nacks=all\nenable.idempotence=true\n`);
  const said = await cluster.tool(
    'org.apache.kafka.tools.ProducerPerformance',
    ...['--topic', topic, '--num-records', String(records), '--record-size', String(bytes), '--throughput', '-1'],
    ...['--producer.config', config],
  );
  const rates = [...said.matchAll(/^(\d+) records sent, ([\d.]+) records\/sec/gm)];
  return Number(rates.at(-1)?.[2]);
}

/** Records per second that Kafka's own consumer reads from it, without the time its group takes to come together. */
export async function consumerLimit({ cluster }: KafkaBench, topic: string, records: number): Promise<number> {
  const said = await cluster.tool(
    'org.apache.kafka.tools.ConsumerPerformance',
    ...['--bootstrap-server', cluster.addresses.join(','), '--topic', topic, '--messages', String(records), '--timeout', '60000'],
  );
  const [names, values] = said
    .trim()
    .split('\n')
    .filter((line) => line.includes(','))
    .map((line) => line.split(',').map((cell) => cell.trim()));
  return Number(values?.[names?.indexOf('fetch.nMsg.sec') ?? -1]);
}
