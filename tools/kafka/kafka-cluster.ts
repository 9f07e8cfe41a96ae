import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { Broker, javaOptions } from './broker';
import { freePorts } from './free-ports';
import { KAFKA, kafkaJars, LOG4J } from './kafka-jars';

const run = promisify(execFile);

export interface ClusterOptions {
  /** 1 or 3. */
  readonly brokers?: number;
  readonly version?: string;
  /** Where its data are kept; absent: a folder that is removed in the end. */
  readonly home?: string;
  /** Further lines of server.properties. */
  readonly properties?: Readonly<Record<string, string>>;
  /** A second listener with TLS and accounts, to whom only what access lists allow is open; who comes by the first one may everything. */
  readonly secure?: SecureListener;
}

export interface SecureListener {
  /** PEM file with the broker's key and certificate. */
  readonly keyStore: string;
  /** Account → password, for SCRAM-SHA-512. */
  readonly accounts: Readonly<Record<string, string>>;
}

/**
 * A real Kafka (KRaft, no Docker) on free loopback ports: each broker is also a controller, as small installations have it. Topics are never
 * made by using them, as in production.
 */
export class KafkaCluster {
  readonly #onExit = (): void => this.brokers.forEach(({ pid }) => pid && killQuietly(pid));

  private constructor(
    readonly brokers: readonly Broker[],
    /** Where the second listeners listen, if there are any. */
    readonly secureAddresses: readonly string[],
    readonly jars: string,
    private readonly home: string,
    private readonly throwAway: boolean,
  ) {
    process.on('exit', this.#onExit);
  }

  static async start({ brokers: count = 1, version = KAFKA, home, properties = {}, secure }: ClusterOptions = {}): Promise<KafkaCluster> {
    const jars = kafkaJars(version);
    const folder = home ?? mkdtempSync(path.join(tmpdir(), 'raccordo-kafka-'));
    mkdirSync(folder, { recursive: true });
    copyFileSync(LOG4J, path.join(folder, 'log4j2.properties'));
    const ports = await freePorts(count * 3);
    const at = (n: number): number => ports[n] ?? 0;
    const nodes = Array.from({ length: count }, (_, n) => ({ client: at(n * 3), controller: at(n * 3 + 1), secure: at(n * 3 + 2) }));
    const files = nodes.map((node, n) => {
      const file = path.join(folder, `server-${n + 1}.properties`);
      const more = secure ? secured(node, secure) : {};
      writeFileSync(file, asLines({ ...settings(n, nodes, path.join(folder, `data-${n + 1}`)), ...more, ...properties }));
      return file;
    });
    const storage = (...args: string[]) =>
      run('java', [...javaOptions(folder), '-cp', path.join(jars, '*'), 'kafka.tools.StorageTool', ...args]);
    const id = clusterId();
    await Promise.all(files.map((file) => storage('format', '-t', id, '-c', file, '--ignore-formatted', ...accounts(secure))));
    const brokers = files.map((file, n) => new Broker(`127.0.0.1:${nodes[n]?.client}`, jars, file));
    const secureAddresses = secure ? nodes.map((node) => `127.0.0.1:${node.secure}`) : [];
    const cluster = new KafkaCluster(brokers, secureAddresses, jars, folder, home === undefined);
    try {
      await Promise.all(brokers.map((broker) => broker.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  get addresses(): string[] {
    return this.brokers.map(({ address }) => address);
  }

  /** Runs one of the broker's own command-line classes. */
  async tool(main: string, ...args: string[]): Promise<string> {
    const { stdout } = await run('java', ['-Xmx512m', '-cp', path.join(this.jars, '*'), main, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#onExit);
    // Together they have nobody left to hand over to, and would wait for each other.
    await Promise.all(this.brokers.map((broker) => (this.throwAway ? broker.kill() : broker.stop())));
    if (this.throwAway) rmSync(this.home, { recursive: true, force: true });
  }
}

/** As `kafka-storage random-uuid` makes them: 16 bytes, and nothing that a command line takes for an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

interface Node {
  readonly client: number;
  readonly controller: number;
  readonly secure: number;
}

const settings = (n: number, nodes: readonly Node[], data: string): Record<string, string> => {
  const copies = String(Math.min(3, nodes.length));
  return {
    'process.roles': 'broker,controller',
    'node.id': String(n + 1),
    'controller.quorum.voters': nodes.map(({ controller }, each) => `${each + 1}@127.0.0.1:${controller}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${nodes[n]?.client},CONTROLLER://127.0.0.1:${nodes[n]?.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${nodes[n]?.client}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    'num.partitions': '3',
    'offsets.topic.num.partitions': '5',
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': '5',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': nodes.length > 1 ? '2' : '1',
    // A dead broker is noticed and a group is put together quickly; in production these are slower.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '1000',
  };
};

const secured = ({ client, controller, secure }: Node, { keyStore }: SecureListener): Record<string, string> => ({
  listeners: `PLAINTEXT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller},SECURE://127.0.0.1:${secure}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${client},SECURE://127.0.0.1:${secure}`,
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL',
  'listener.name.secure.ssl.keystore.type': 'PEM',
  'listener.name.secure.ssl.keystore.location': keyStore,
  'listener.name.secure.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.secure.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
});

const accounts = (secure?: SecureListener): string[] =>
  Object.entries(secure?.accounts ?? {}).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);

const asLines = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
