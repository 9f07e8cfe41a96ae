import { randomUUID } from 'node:crypto';
import { createTopics, KafkaBus, topicPlan } from '@platform/messaging';
import { KafkaCluster } from '../../../../tools/kafka/kafka-cluster';
import { busConsumersContract } from './bus-consumers.contract';

/** Groups are called like consumers, and consumers alike in every test. */
const GROUPS = ['tally', 'tally.rebuild', 'other', 'reactor'];

busConsumersContract('a consumer of topics on Kafka', async () => {
  const cluster = await KafkaCluster.start();
  const options = { brokers: cluster.addresses, clientId: 'spec', page: 5, delays: [1] };
  const [keeper, before] = [new KafkaBus(options), [] as string[]];
  return {
    open: () => new KafkaBus(options),
    topics: async () => {
      for (const group of GROUPS) await keeper.rewind(group, before);
      const topics = [`t${randomUUID().slice(0, 8)}.events.v1`, `u${randomUUID().slice(0, 8)}.events.v1`] as const;
      await createTopics(options, topicPlan(topics, { partitions: 2, copies: 1 }));
      before.push(...topics);
      return topics;
    },
    close: async () => {
      await keeper.close();
      await cluster.stop();
    },
  };
});
