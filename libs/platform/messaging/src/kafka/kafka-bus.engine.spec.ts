import { KafkaCluster } from '../../../../../tools/kafka/kafka-cluster';
import { eventBusContract } from '../event-bus.contract';
import { KafkaBus } from './kafka-bus';
import { createTopics, topicPlan } from './topics';

eventBusContract('the Kafka bus', async () => {
  const cluster = await KafkaCluster.start(process.env.KAFKA_VERSION ? { version: process.env.KAFKA_VERSION } : {});
  const options = { brokers: cluster.addresses, clientId: 'spec', page: 3, delays: [1], sessionTimeout: 1500 };
  return {
    open: () => Promise.resolve(new KafkaBus(options)),
    create: async (topics) => void (await createTopics(options, topicPlan(topics, { partitions: 3, copies: 1 }))),
    patience: 3000,
    close: () => cluster.stop(),
  };
});
