import 'reflect-metadata';
import { createTopics, KafkaBus, topicPlan } from '@platform/messaging';
import { runCli } from '@raccordo/cli';
import { Kafka, logLevel } from 'kafkajs';
import { KafkaCluster } from '../../../tools/kafka/kafka-cluster';
import { composition } from '../src/composition';

describe('raccordo topics create', () => {
  const before = { ...process.env };
  let cluster: KafkaCluster;

  beforeAll(async () => {
    cluster = await KafkaCluster.start();
    process.env.KAFKA_BROKERS = cluster.addresses.join(', ');
  });
  afterAll(async () => {
    process.env = before;
    await cluster.stop();
  });

  const create = async (...more: string[]): Promise<{ code: number; outcomes: Record<string, string> }> => {
    const lines: string[] = [];
    const streams = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
    const code = await runCli(['topics', 'create', '--json', '--copies', '1', ...more], composition, streams);
    const said = lines.map((line) => JSON.parse(line) as { topic: string; outcome: string });
    return { code, outcomes: Object.fromEntries(said.map(({ topic, outcome }) => [topic, outcome])) };
  };
  const withAdmin = async <T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> => {
    const admin = new Kafka({ brokers: cluster.addresses, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    return work(admin).finally(() => admin.disconnect());
  };
  const settings = (topic: string): Promise<Map<string, string>> =>
    withAdmin(async (admin) => {
      const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: topic }] });
      return new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
    });

  it('makes the topic and the heartbeats of every context, for ever and in order', async () => {
    const { code, outcomes } = await create('--partitions', '4');
    expect(code).toBe(0);
    expect(outcomes).toMatchObject({ 'cases.events.v1': 'created', 'cases.heartbeats.v1': 'created', 'referrals.events.v1': 'created' });
    const events = await settings('cases.events.v1');
    expect([events.get('retention.ms'), events.get('cleanup.policy'), events.get('unclean.leader.election.enable')]).toEqual([
      '-1',
      'delete',
      'false',
    ]);
    expect((await settings('cases.heartbeats.v1')).get('cleanup.policy')).toBe('compact');
    const { topics } = await withAdmin((admin) => admin.fetchTopicMetadata({ topics: ['cases.events.v1', 'cases.heartbeats.v1'] }));
    expect(topics.map(({ name, partitions }) => [name, partitions.length]).sort()).toEqual([
      ['cases.events.v1', 4],
      ['cases.heartbeats.v1', 1],
    ]);
  });

  it('changes nothing the second time, and mends what somebody has set otherwise without touching the rest', async () => {
    expect(new Set(Object.values((await create('--partitions', '4')).outcomes))).toEqual(new Set(['as planned']));
    const configEntries = [
      { name: 'retention.ms', value: '1000' },
      { name: 'max.message.bytes', value: '2000000' },
    ];
    await withAdmin((admin) =>
      admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: 'cases.events.v1', configEntries }] }),
    );
    const { code, outcomes } = await create('--partitions', '4');
    expect([code, outcomes['cases.events.v1'], outcomes['alerts.events.v1']]).toEqual([0, 'settings changed', 'as planned']);
    const mended = await settings('cases.events.v1');
    expect([mended.get('retention.ms'), mended.get('max.message.bytes')]).toEqual(['-1', '2000000']);
  });

  it('never changes the partitions of a topic, and answers 1', async () => {
    const { code, outcomes } = await create('--partitions', '8');
    expect(code).toBe(1);
    expect(outcomes).toMatchObject({ 'cases.events.v1': 'other partitions', 'cases.heartbeats.v1': 'as planned' });
  });

  it('lets them be used at once, though brokers hear of them later than who made them', async () => {
    const options = { brokers: cluster.addresses, clientId: 'spec' };
    const bus = new KafkaBus(options);
    try {
      for (let n = 0; n < 25; n++) {
        await createTopics(options, topicPlan([`fresh${n}.events.v1`], { partitions: 3, copies: 1 }));
        await bus.heartbeat(`fresh${n}.events.v1`, '2026-03-01T09:00:00.000Z');
        expect(await bus.lag('nobody', [`fresh${n}.events.v1`])).toBe(0);
      }
    } finally {
      await bus.close();
    }
  });
});
