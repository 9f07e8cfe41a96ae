import { randomUUID } from 'node:crypto';
import { MemoryEventStore } from '@platform/event-store';
import { createTopics, KafkaBus, topicPlan } from '@platform/messaging';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { KafkaCluster } from '../../../../tools/kafka/kafka-cluster';
import type { SpecDatabase } from '../../event-store/test/spec-database';
import { someMessage } from '../../messaging/test/some-messages';
import { clock, CONTEXT, tallied, tallyConsumer, tallyDatabase, until, upTo } from '../test/tally';
import { ConsumerRunner } from './consumer-runner';

describe('a rebuild from topics on Kafka', () => {
  const topic = `t${randomUUID().slice(0, 8)}.events.v1`;
  let cluster: KafkaCluster;
  let admin: Admin;
  let database: SpecDatabase;
  let writer: DataSource;
  const buses: KafkaBus[] = [];
  const runners: ConsumerRunner[] = [];

  beforeAll(async () => {
    cluster = await KafkaCluster.start();
    admin = new Kafka({ brokers: [...cluster.addresses], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    database = await tallyDatabase();
    writer = await database.databases.writer(CONTEXT);
    await createTopics({ brokers: cluster.addresses, clientId: 'spec' }, topicPlan([topic], { partitions: 2, copies: 1 }));
  });
  afterAll(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await Promise.all(buses.map((bus) => bus.close()));
    await admin.disconnect();
    await database.drop();
    await cluster.stop();
  });

  const instance = async (): Promise<ConsumerRunner> => {
    const bus = new KafkaBus({ brokers: cluster.addresses, clientId: 'spec', delays: [1] });
    const runner = new ConsumerRunner({ store: new MemoryEventStore(), bus, writer: () => writer, clock, onError: () => undefined });
    buses.push(bus);
    runners.push(runner);
    await runner.start([tallyConsumer({ source: { topics: [topic] } })]);
    return runner;
  };
  const publish = async (...revisions: number[]): Promise<void> => {
    for (const stream of ['a-1', 'b-1']) {
      const messages = revisions.map((revision) => someMessage(stream, revision));
      await buses[0]?.publish(topic, messages);
    }
  };
  const shows = (last: number): Promise<void> =>
    until(async () => JSON.stringify(await tallied(writer)) === JSON.stringify({ 'a-1': upTo(last), 'b-1': upTo(last) }));

  it('changes nothing and says so while another instance reads the same group, and is done once it is alone', async () => {
    const [one, other] = [await instance(), await instance()];
    await publish(0, 1, 2);
    await shows(2);
    await until(async () => (await admin.describeGroups(['tally'])).groups[0]?.members.length === 2);
    await expect(one.startRebuild('tally')).rejects.toThrow();
    expect((await other.rebuilds(CONTEXT)).get('tally')).toMatchObject({ state: 'failed', applied: 0 });
    await publish(3);
    await shows(3);
    await other.stop();
    await writer.query(`update ${CONTEXT}.tally set seen = 'spoilt'`);
    const beating = setInterval(() => void buses[0]?.heartbeat(topic, clock.now()), 200);
    try {
      await until(async () =>
        one.rebuild('tally').then(
          () => true,
          () => false,
        ),
      ); // the group notices in a moment that it lost a member
    } finally {
      clearInterval(beating);
    }
    expect((await one.rebuilds(CONTEXT)).get('tally')).toMatchObject({ state: 'done', applied: 8, total: 8 });
    await shows(3);
  });
});
