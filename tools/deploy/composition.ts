import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../cluster/root';
import { freePorts } from '../kafka/free-ports';
import { type ComposeService, isJob, optionsOf, oursIn } from './compose-file';
import { docker } from './docker';

/** Milliseconds until a service has to be healthy, on a machine that is busy with other things. */
const PATIENCE = 300_000;

/** Where the engines of this run are, which the compose file takes from images. */
export interface EnginesOfRun {
  /** Folder of the socket of a Postgres that holds both databases. */
  readonly socket: string;
  readonly port: number;
  readonly user: string;
  /** Settings of the services that name store and bus. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The services and jobs of the compose file, from an image, each in a container as the file has it: user, locked file system, volumes, health
 * checks, order. What differs is what has to: engines run on this machine, and in demo mode, which the story needs, everybody listens on loopback,
 * so that containers share this machine's network and each has a port of its own.
 */
export class Composition {
  readonly #started: string[] = [];
  readonly #volumes = new Set<string>();

  private constructor(
    private readonly image: string,
    private readonly run: string,
    private readonly ports: ReadonlyMap<string, number>,
    private readonly engines: EnginesOfRun,
  ) {}

  static async start(image: string, engines: EnginesOfRun): Promise<Composition> {
    const services = oursIn(path.join(ROOT, 'docker-compose.yml'));
    const ports = new Map<string, number>();
    const free = await freePorts(services.size);
    for (const [n, name] of [...services.keys()].entries()) ports.set(name, free[n] ?? 0);
    const composition = new Composition(image, `raccordo-check-${process.pid}`, ports, engines);
    try {
      for (const [name, service] of services) await composition.#begin(name, service, services);
      for (const [name, service] of services) if (!isJob(service)) await composition.#healthy(name);
    } catch (error) {
      const words = await composition.said();
      await composition.stop();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${words}`);
    }
    return composition;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.get('gateway')}`;
  }

  container = (name: string): string => `${this.run}-${name}`;

  /** The last of what every container printed. */
  async said(): Promise<string> {
    const all = await Promise.all(
      this.#started.map(async (name) => `${name}: ${await docker('logs', '--tail', '20', this.container(name))}`),
    );
    return all.join('\n');
  }

  async stop(): Promise<void> {
    for (const name of this.#started.splice(0).reverse()) await docker('rm', '--force', '--volumes', this.container(name));
    for (const volume of this.#volumes) await docker('volume', 'rm', '--force', volume);
  }

  async #begin(name: string, service: ComposeService, all: ReadonlyMap<string, ComposeService>): Promise<void> {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {}))
      if (all.has(other) && condition === 'service_healthy') await this.#healthy(other);
    const port = String(this.ports.get(name));
    const volume = (of: string): string => {
      const own = `${this.run}-${of}`;
      this.#volumes.add(own);
      return own;
    };
    const health = service.healthcheck;
    const moved = health
      ? { ...service, healthcheck: { ...health, test: health.test.map((word) => word.replace('127.0.0.1:3000', `127.0.0.1:${port}`)) } }
      : service;
    const options = [
      ...['--name', this.container(name), '--network', 'host', '--volume', `${this.engines.socket}:/postgres:ro`],
      ...optionsOf(moved, this.#environment(service, port), volume),
    ];
    this.#started.push(name);
    // A job that fails says why, and nothing else is started.
    await docker('run', ...(isJob(service) ? [] : ['--detach']), ...options, this.image, ...(service.command ?? []));
  }

  #environment({ environment = {} }: ComposeService, port: string): Record<string, string> {
    const { user, port: database, environment: engines } = this.engines;
    const here = Object.entries(environment)
      .filter(
        ([name]) => !['PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'EVENT_STORE', 'KURRENTDB_URL', 'KAFKA_BROKERS', 'BUS'].includes(name),
      )
      .map(([name, value]): [string, string] => {
        if (name === 'DATABASE_URL')
          return [name, `postgres://${user}@localhost/${new URL(value).pathname.slice(1)}?host=%2Fpostgres&port=${database}`];
        if (name !== 'PEERS') return [name, value];
        return [name, value.replace(/http:\/\/(\w+):3000/g, (_, peer: string) => `http://127.0.0.1:${this.ports.get(peer)}`)];
      });
    const needs = 'EVENT_STORE' in environment || 'BUS' in environment;
    const demo = { HOST: '127.0.0.1', PORT: port, DEMO: 'true', SIGN_INS_PER_MINUTE: '60000', GATEWAY_PATIENCE_SECONDS: '90' };
    return { ...Object.fromEntries(here), ...(needs ? engines : {}), ...demo };
  }

  async #healthy(name: string): Promise<void> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const state = await docker('inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}', this.container(name));
      if (state === 'running healthy') return;
      if (!state.startsWith('running') || performance.now() > end) throw new Error(`${name} is ${state}`);
      await wait(250);
    }
  }
}
