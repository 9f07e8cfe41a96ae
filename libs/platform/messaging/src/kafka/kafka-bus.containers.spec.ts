import { GenericContainer, Wait } from 'testcontainers';
import { whereContainersRun } from '../../../../../tools/containers';
import { freePorts } from '../../../../../tools/kafka/free-ports';
import { eventBusContract } from '../event-bus.contract';
import { KafkaBus } from './kafka-bus';
import { createTopics, topicPlan } from './topics';

const IMAGE = 'apache/kafka:4.1.1';

whereContainersRun(`the Kafka bus on ${IMAGE}`, (name) =>
  eventBusContract(name, async () => {
    // The broker tells its clients where it is, so the port has to be known before it starts.
    const [port = 0] = await freePorts(1);
    const container = await new GenericContainer(IMAGE)
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://localhost:${port}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withExposedPorts({ container: 9092, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    const options = { brokers: [`localhost:${port}`], clientId: 'spec', page: 3, delays: [1], sessionTimeout: 1500 };
    return {
      open: () => Promise.resolve(new KafkaBus(options)),
      create: async (topics) => void (await createTopics(options, topicPlan(topics, { partitions: 3, copies: 1 }))),
      patience: 3000,
      close: async () => void (await container.stop()),
    };
  }),
);
