import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedPostgres, startPostgres } from '@platform/event-store';
import { Client } from 'pg';
import { type Engines, onPostgres } from './engines';
import { ROOT } from './root';
import { freePorts } from '../kafka/free-ports';
import { ServiceProcess } from './service-process';

export const CONTEXTS = ['regions', 'cases', 'referrals', 'alerts', 'audit'] as const;
export const SERVICES = [...CONTEXTS, 'vault', 'relay', 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface ClusterOptions {
  /** Where events are kept and what carries them; everything in Postgres unless told. The cluster stops them with itself. */
  readonly engines?: Engines;
  /** Settings on top of every service's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A whole installation of separate processes on this machine: throw-away, in demo mode, on loopback. */
export class Cluster {
  #postgres: EmbeddedPostgres;

  private constructor(
    readonly url: string,
    readonly home: string,
    postgres: EmbeddedPostgres,
    readonly services: ReadonlyMap<ServiceName, ServiceProcess>,
    readonly engines: Engines,
  ) {
    this.#postgres = postgres;
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const { engines = onPostgres } = options;
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-cluster-'));
    let postgres: EmbeddedPostgres | undefined;
    try {
      if (!existsSync(path.join(ROOT, 'dist/apps/gateway/src/main.js')))
        throw new Error('the services are not built: npx nest build all-in-one');
      chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
      const started = (postgres = await startPostgres(path.join(home, 'pg')));
      await makeDatabases(started);
      const free = await freePorts(SERVICES.length);
      const ports = new Map(SERVICES.map((name, n) => [name, free[n] ?? 0]));
      const services = new Map(SERVICES.map((name) => [name, describe(name, home, started, ports, options)]));
      const cluster = new Cluster(`http://127.0.0.1:${ports.get('gateway')}`, home, started, services, engines);
      try {
        await cluster.#begin();
      } catch (error) {
        await cluster.#endAll();
        throw error;
      }
      return cluster;
    } catch (error) {
      await engines.stop();
      await postgres?.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  service(name: ServiceName): ServiceProcess {
    const service = this.services.get(name);
    if (!service) throw new Error(`there is no service ${name}`);
    return service;
  }

  /** Another instance of a service beside the first, on a port and a disk of its own. */
  async another(name: ServiceName): Promise<ServiceProcess> {
    const { environment } = this.service(name);
    const [port] = await freePorts(1);
    const own = { PORT: String(port), DATA_DIR: path.join(this.home, `${name}-2`), INSTANCE: `${name}-2` };
    return new ServiceProcess(name, { ...environment, ...own });
  }

  /** As after a crash of the machine it runs on, or a change of its version: every connection is cut. */
  async restartPostgres(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.#postgres.stop();
    await meanwhile();
    this.#postgres = await startPostgres(path.join(this.home, 'pg'));
  }

  /** Ends every process by its pid, the doors first, and removes what they left. */
  async stop(): Promise<void> {
    await this.#endAll();
    await this.engines.stop();
    await this.#postgres.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    await raccordo(['cluster-keys', path.join(this.home, 'keys')]);
    await raccordo(['prepare'], this.service('cases').environment);
    await raccordo(['prepare', '--vault'], this.service('vault').environment);
    if (this.engines.kafka) {
      const brokers = String(this.engines.kafka.addresses.length);
      await raccordo(['topics', 'create', '--partitions', '3', '--copies', brokers], this.service('relay').environment);
    }
    await this.service('vault').start();
    await Promise.all([...CONTEXTS, 'relay' as const].map((name) => this.service(name).start()));
    await this.service('gateway').start();
  }

  async #endAll(): Promise<void> {
    await this.service('gateway').end();
    await Promise.all([...this.services.values()].map((service) => service.end()));
  }
}

function describe(
  name: ServiceName,
  home: string,
  { connection }: EmbeddedPostgres,
  ports: ReadonlyMap<ServiceName, number>,
  options: ClusterOptions,
): ServiceProcess {
  const keys = path.join(home, 'keys');
  const database = name === 'vault' ? 'raccordo_vault' : 'raccordo';
  const others = SERVICES.filter((other) => other !== name);
  const own = {
    PORT: String(ports.get(name)),
    DATA_DIR: path.join(home, name),
    ...(name === 'vault' ? {} : { KEYS_DIR: path.join(keys, 'shared') }),
    IDENTITY_KEY: path.join(keys, name, 'identity.key'),
    TRUST_DIR: path.join(keys, 'trust'),
    PEERS: others.map((other) => `${other}=http://127.0.0.1:${ports.get(other)}`).join(','),
    DATABASE_URL: `postgres://${connection.user}@localhost/${database}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`,
    DATABASE_PREPARE: 'false',
    DEMO: 'true',
    SIGN_INS_PER_MINUTE: '60000', // all people call from one address here, faster than people do
    LOG_LEVEL: 'warn',
    NODE_COMPILE_CACHE: path.join(home, 'compiled'), // processes here start again and again
    // A machine that is busy with other things is slow, not broken.
    GATEWAY_PATIENCE_SECONDS: '90',
  };
  return new ServiceProcess(name, { ...own, ...options.engines?.environment, ...options.environment });
}

async function makeDatabases({ connection }: EmbeddedPostgres): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    for (const name of ['raccordo', 'raccordo_vault']) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}

/** One command of the built command line. */
export async function raccordo(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const main = path.join(ROOT, 'dist/apps/cli/src/main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], {
    env: { PATH: process.env.PATH, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
