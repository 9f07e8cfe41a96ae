import { FaultProxy } from '../../libs/platform/event-store/test/fault-proxy';
import { KurrentCluster } from '../../libs/platform/event-store/test/kurrentdb/server';
import { KafkaCluster } from '../kafka/kafka-cluster';

/** Where a cluster keeps its events and what carries them: settings of the services, and how the engines are stopped. */
export interface Engines {
  readonly environment: Readonly<Record<string, string>>;
  readonly kafka: KafkaCluster | undefined;
  /** Between the services and their event store; absent where that is a real one or there was no wish to let it fail. */
  readonly network?: FaultProxy | undefined;
  stop(): Promise<void>;
}

/** Everything in the one Postgres: the event store, and the in-process bus on its durable log. */
export const onPostgres: Engines = { environment: {}, kafka: undefined, stop: () => Promise.resolve() };

/**
 * A real Kafka broker, and KurrentDB: the one at KURRENTDB_URL, else the test server over the official client's own protocol.
 * @param failing puts a network between services and the test server that can be told to fail
 */
export async function onKafkaAndKurrentDb({ failing = false } = {}): Promise<Engines> {
  const given = process.env.KURRENTDB_URL;
  const kurrent = given === undefined ? await KurrentCluster.start() : undefined;
  const network = failing && kurrent ? await FaultProxy.start(kurrent.nodes[0]?.port ?? 0) : undefined;
  try {
    const kafka = await KafkaCluster.start();
    const environment = {
      EVENT_STORE: 'kurrentdb',
      KURRENTDB_URL: given ?? (network ? `kurrentdb://127.0.0.1:${network.port}?tls=false` : kurrent?.url()) ?? '',
      BUS: 'kafka',
      KAFKA_BROKERS: kafka.addresses.join(','),
      KAFKA_SESSION_MS: '3000', // those who take over from a killed process need not be as patient as in production
    };
    const stop = async (): Promise<void> => {
      await kafka.stop();
      await network?.stop();
      kurrent?.stop();
    };
    return { environment, kafka, network, stop };
  } catch (error) {
    await network?.stop();
    kurrent?.stop();
    throw error;
  }
}
