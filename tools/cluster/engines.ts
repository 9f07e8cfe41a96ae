import { KurrentCluster } from '../../libs/platform/event-store/test/kurrentdb/server';
import { KafkaCluster } from '../kafka/kafka-cluster';

/** Where a cluster keeps its events and what carries them: settings of the services, and how the engines are stopped. */
export interface Engines {
  readonly environment: Readonly<Record<string, string>>;
  readonly kafka: KafkaCluster | undefined;
  stop(): Promise<void>;
}

/** Everything in the one Postgres: the event store, and the in-process bus on its durable log. */
export const onPostgres: Engines = { environment: {}, kafka: undefined, stop: () => Promise.resolve() };

/** A real Kafka broker, and KurrentDB: the one at KURRENTDB_URL, else the test server over the official client's own protocol. */
export async function onKafkaAndKurrentDb(brokers: 1 | 3 = 1): Promise<Engines> {
  const given = process.env.KURRENTDB_URL;
  const kurrent = given === undefined ? await KurrentCluster.start() : undefined;
  try {
    const kafka = await KafkaCluster.start({ brokers });
    const environment = {
      EVENT_STORE: 'kurrentdb',
      KURRENTDB_URL: given ?? kurrent?.url() ?? '',
      BUS: 'kafka',
      KAFKA_BROKERS: kafka.addresses.join(','),
      KAFKA_SESSION_MS: '3000', // those who take over from a killed process need not be as patient as in production
    };
    const stop = async (): Promise<void> => {
      await kafka.stop();
      kurrent?.stop();
    };
    return { environment, kafka, stop };
  } catch (error) {
    kurrent?.stop();
    throw error;
  }
}
