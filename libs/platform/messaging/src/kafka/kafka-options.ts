import { readFileSync } from 'node:fs';
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs';
import { letQueuesRest } from './quiet-queues';
import type { SkippedRecords } from './skipped-records';

export interface KafkaOptions {
  /** host:port */
  readonly brokers: readonly string[];
  /** Names this process in the brokers' logs and quotas. */
  readonly clientId: string;
  /** Absent: in clear. Files are PEM; without `ca` the system's authorities are believed. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /** Most messages of one delivery. */
  readonly page?: number;
  /** Milliseconds before a rejected delivery comes again, by number of the attempt; the last one repeats. */
  readonly delays?: readonly number[];
  /** Milliseconds after which a group goes on without a member that is silent. */
  readonly sessionTimeout?: number;
  /** Milliseconds before a subscription that lost its brokers, topic or permission tries again. */
  readonly outage?: number;
  /** Unreadable records that may be passed over. Absent: none. */
  readonly skipped?: SkippedRecords;
  /** Hears of deliveries that were rejected and of brokers that could not be reached. `where` names a group or topic. */
  readonly onError?: (where: string, error: unknown) => void;
}

/** The settings of `@platform/config` that speak of Kafka. */
export interface KafkaSettings {
  readonly KAFKA_BROKERS?: string;
  readonly KAFKA_CLIENT_ID: string;
  readonly KAFKA_SESSION_MS: number;
  readonly KAFKA_TLS: boolean;
  readonly KAFKA_CA_FILE?: string;
  readonly KAFKA_CERT_FILE?: string;
  readonly KAFKA_KEY_FILE?: string;
  readonly KAFKA_SASL?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly KAFKA_USERNAME?: string;
  readonly KAFKA_PASSWORD?: string;
}

export const kafkaOptions = (settings: KafkaSettings): KafkaOptions => ({
  brokers: (settings.KAFKA_BROKERS ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== ''),
  clientId: settings.KAFKA_CLIENT_ID,
  sessionTimeout: settings.KAFKA_SESSION_MS,
  ...(settings.KAFKA_TLS
    ? { tls: { caFile: settings.KAFKA_CA_FILE, certFile: settings.KAFKA_CERT_FILE, keyFile: settings.KAFKA_KEY_FILE } }
    : {}),
  ...(settings.KAFKA_SASL
    ? { sasl: { mechanism: settings.KAFKA_SASL, username: settings.KAFKA_USERNAME ?? '', password: settings.KAFKA_PASSWORD ?? '' } }
    : {}),
});

/** How the client waits for brokers before a call fails; those who call try again in their own rhythm. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 6 };

export function clientOf({ brokers, clientId, tls, sasl }: KafkaOptions): Kafka {
  letQueuesRest();
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3000,
    requestTimeout: 15_000,
    retry: RETRY,
    // What matters reaches `onError`; the rest would quote topics and hosts at every reconnection.
    logLevel: logLevel.NOTHING,
    ...(tls ? { ssl: tlsOf(tls) } : {}),
    ...(sasl ? { sasl: sasl as SASLOptions } : {}),
  };
  return new Kafka(config);
}

function tlsOf({ caFile, certFile, keyFile }: NonNullable<KafkaOptions['tls']>): KafkaConfig['ssl'] {
  const read = (file: string): string => readFileSync(file, 'utf8');
  return {
    ...(caFile ? { ca: [read(caFile)] } : {}),
    ...(certFile ? { cert: read(certFile) } : {}),
    ...(keyFile ? { key: read(keyFile) } : {}),
  };
}

export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const SETTLING = new Set([
  ...['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION'],
  ...['NOT_COORDINATOR_FOR_GROUP', 'GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE'],
]);
/** Who leads a partition or coordinates a group is being settled: the same question is answered a moment later, unless the topic is missing. */
export const isSettling = (error: unknown): boolean => SETTLING.has((error as { type?: string } | undefined)?.type ?? '');
