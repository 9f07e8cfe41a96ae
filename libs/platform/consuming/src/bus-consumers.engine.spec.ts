import { randomUUID } from 'node:crypto';
import { createTopics, KafkaBus, topicPlan } from '@platform/messaging';
import { KafkaCluster } from '../../../../tools/kafka/kafka-cluster';
import { busConsumersContract } from './bus-consumers.contract';

busConsumersContract('a consumer of topics on Kafka', async () => {
  const cluster = await KafkaCluster.start();
  const options = { brokers: cluster.addresses, clientId: 'spec', page: 5, delays: [1] };
  return {
    open: () => new KafkaBus(options),
    topics: async () => {
      const topics = [`t${randomUUID().slice(0, 8)}.events.v1`, `u${randomUUID().slice(0, 8)}.events.v1`] as const;
      await createTopics(options, topicPlan(topics, { partitions: 2, copies: 1 }));
      return topics;
    },
    patience: 5000,
    close: () => cluster.stop(),
  };
});
