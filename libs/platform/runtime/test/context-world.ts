import 'reflect-metadata';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ContextSigner, installSigningKey } from '@platform/access';
import { type AuditBody, type AuditReceipt, AuditRecorder, TrailSources } from '@platform/auditing';
import { Pipeline } from '@platform/commanding';
import { Config, SetupToken } from '@platform/config';
import { ConsumerRegistry, ConsumerRunner } from '@platform/consuming';
import { Databases } from '@platform/database';
import { MemoryEventStore } from '@platform/event-store';
import { HttpModule, OpaqueTokens, prepareHttp, scopeOf } from '@platform/http';
import { Clock } from '@platform/kernel';
import { mailSchema } from '@platform/mail';
import { InProcessBus, MemoryRelayCheckpoints, MemoryTopicLog, type Message, Relay, topicOf } from '@platform/messaging';
import { EmbeddedVaults, FileRegionKeys, VAULT_ROLE, vaultSchema } from '@platform/pseudonymity';
import { DecisionLog } from '@platform/querying';
import { canonicalJson } from '@platform/tlog';
import type { NextFunction, Request, Response } from 'express';
import { Client } from 'pg';
import { type ContextModule, PlatformModule, PostModule, TimeOrderedIds } from '../src';

export class HeldClock extends Clock {
  constructor(public at: string) {
    super();
  }
  now(): string {
    return this.at;
  }
}

/** Keeps every entry where a spec can look at it. */
class Remembering extends AuditRecorder {
  readonly bodies: AuditBody[] = [];
  record(body: AuditBody): Promise<AuditReceipt> {
    this.bodies.push(body);
    const sha256 = createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex');
    return Promise.resolve({ producer: 'spec', seq: this.bodies.length, sha256, body });
  }
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  readonly body: T;
}
export interface Call {
  readonly login: string;
  readonly purpose?: string;
  readonly ifMatch?: string;
  readonly atLeast?: string;
  readonly key?: string;
  readonly acr?: number;
  readonly accept?: string;
}

@Module({})
class Root {}

/**
 * One context as it runs in a process of its own: real pipeline, vaults, read models, row-level security and HTTP; events in memory, and the
 * other contexts played by the spec.
 */
export class ContextWorld {
  #relay: Relay | undefined;
  readonly #revisions = new Map<string, number>();

  private constructor(
    readonly clock: HeldClock,
    /** By how many milliseconds the machine's own clock is wrong. */
    readonly machine: { ahead: number },
    readonly store: MemoryEventStore,
    readonly bus: InProcessBus,
    readonly databases: Databases,
    readonly vaults: EmbeddedVaults,
    readonly trail: Remembering,
    readonly registry: ConsumerRegistry,
    readonly runner: ConsumerRunner,
    readonly app: NestExpressApplication,
    private readonly base: string,
    private readonly topics: readonly string[],
    /** What consumers stumbled over. */
    readonly failed: readonly unknown[],
    private readonly end: () => Promise<void>,
  ) {}

  /**
   * @param heard contexts whose topics the module listens to
   * @param settings in the place of defaults
   */
  static async start(
    module: ContextModule,
    context: string,
    heard: readonly string[],
    regions: readonly string[],
    at: string,
    settings: Partial<Config> = {},
  ): Promise<ContextWorld> {
    const server = JSON.parse(process.env.TEST_DATABASE ?? '{}') as { host: string; port: number; user: string; database: string };
    const name = `world_${randomBytes(6).toString('hex')}`;
    const admin = new Client(server);
    await admin.connect();
    await admin.query(`create database ${name}`);
    const folder = mkdtempSync(path.join(tmpdir(), 'context-world-'));
    const databases = new Databases({ socket: { ...server, database: name } }, Buffer.from('a secret of specs only'));
    await databases.prepare([vaultSchema, mailSchema, ...module.schema]);
    await databases.prepare([vaultSchema, mailSchema, ...module.schema]); // as at every later start
    const key = randomBytes(32);
    await databases.asOwner((owner) => installSigningKey(owner, { kid: 'k1', key }, new Date(Date.now() + 3_600_000)));
    const clock = new HeldClock(at);
    const machine = { ahead: 0 };
    const vaults = new EmbeddedVaults(databases.pool(VAULT_ROLE), new FileRegionKeys(folder), clock);
    for (const region of regions) await vaults.open(region);
    const store = new MemoryEventStore();
    const bus = new InProcessBus(new MemoryTopicLog());
    const trail = new Remembering();
    const decisions = new DecisionLog(trail, vaults);
    const failed: unknown[] = [];
    const runner = new ConsumerRunner({
      store,
      bus,
      writer: (of) => databases.writer(of),
      clock,
      onError: (_, error) => void failed.push(error),
      delays: [5, 20],
    });
    const registry = new ConsumerRegistry();
    const parts = {
      ...{
        config: Object.assign(new Config(), { DATA_DIR: folder }, settings),
        clock,
        databases,
        store,
        bus,
        vaults,
        recorder: trail,
        decisions,
        runner,
        registry,
      },
      ...{
        pipeline: new Pipeline(store, vaults, decisions, Buffer.alloc(32, 5)),
        signer: new ContextSigner({ kid: 'k1', key }, () => Date.now() + machine.ahead),
      },
      setupToken: {} as SetupToken,
      trailSources: new TrailSources([]),
    };
    const tokens = new OpaqueTokens(Buffer.alloc(32, 1));
    const imports = [
      HttpModule.forRoot({ tokens, clock, ids: new TimeOrderedIds() }),
      PlatformModule.of(parts),
      PostModule.of(parts, 'https://rete.example'),
      module,
    ];
    const root: DynamicModule = { module: Root, imports };
    const app = await NestFactory.create<NestExpressApplication>(root, { bodyParser: false, logger: false, abortOnError: false });
    const rates = { address: { burst: 1e6, perSecond: 1e6 }, session: { burst: 1e6, perSecond: 1e6 } };
    prepareHttp(app, { bodyLimitKb: 64, https: false, rates, middleware: [signedIn], invented: true });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as { address(): unknown }).address() as AddressInfo;
    await runner.start(registry.consumers);
    const end = async (): Promise<void> => {
      await runner.stop();
      await app.close();
      await bus.close();
      await store.close();
      await databases.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
      rmSync(folder, { recursive: true });
    };
    const topics = heard.map(topicOf);
    const parted = [clock, machine, store, bus, databases, vaults, trail, registry, runner] as const;
    const world = new ContextWorld(...parted, app, `http://127.0.0.1:${port}`, topics, failed, end);
    const toMessage = registry.publishers.get(context);
    if (toMessage) {
      world.#relay = new Relay({
        store,
        bus,
        context,
        toMessage,
        checkpoints: new MemoryRelayCheckpoints(),
        clock,
        onError: (error) => void failed.push(error),
      });
      world.#relay.start();
    }
    return world;
  }

  async stop(): Promise<void> {
    await this.#relay?.stop();
    await this.end();
  }

  /** Something another context publishes, a millisecond later than all before; resolves once everybody who listens has applied it. */
  async tell(context: string, event: string, subject: string, data: object, region = 'umbria'): Promise<void> {
    const revision = (this.#revisions.get(subject) ?? -1) + 1;
    this.#revisions.set(subject, revision);
    this.clock.at = new Date(Date.parse(this.clock.at) + 1).toISOString();
    const message: Message = {
      ...{ id: `${subject}@${revision}`, type: `raccordo.${context}.${event}.v1`, subject, revision, region, time: this.clock.at },
      ...{ actor: 'system', organisation: 'system', correlation: 'c', data },
    };
    await this.bus.publish(topicOf(context), [message]);
    await this.passTo(this.clock.at);
  }

  /** The clock goes on, and everybody knows that nothing older is on its way. */
  async passTo(at: string): Promise<void> {
    this.clock.at = at;
    for (const topic of this.topics) await this.bus.heartbeat(topic, at);
    const listeners = this.registry.consumers.filter(({ source }) => 'topics' in source).map(({ name }) => name);
    const fresh = () => Promise.all(listeners.map((name) => this.runner.freshness(name)));
    const reached = await this.until(fresh, (seen) => seen.every((each) => each !== undefined && each >= at));
    if (!reached.every((each) => each !== undefined && each >= at))
      throw new Error(`not everybody has heard everything: ${this.failed.map(String).join('; ')}`);
  }

  /** Timers look at the clock. */
  async tick(): Promise<void> {
    for (const timer of this.registry.timers) await timer.tick(this.clock.at);
  }

  async call<T = Record<string, unknown>>(as: Call, method: string, at: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(this.base + at, {
      method,
      headers: {
        'x-spec-login': as.login,
        'x-spec-acr': String(as.acr ?? 2),
        ...(as.purpose === undefined ? {} : { 'Raccordo-Purpose': as.purpose }),
        ...(as.ifMatch === undefined ? {} : { 'If-Match': as.ifMatch }),
        ...(as.atLeast === undefined ? {} : { 'Raccordo-At-Least': as.atLeast }),
        ...(as.accept === undefined ? {} : { accept: as.accept }),
        ...(as.key === undefined ? {} : { 'Idempotency-Key': as.key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, headers: response.headers, text, bytes, body: (json ? JSON.parse(text) : {}) as T };
  }

  /** Asks until the answer is as expected: for what reactors and read models bring about. */
  async until<T>(ask: () => Promise<T>, fits: (found: T) => boolean): Promise<T> {
    let found = await ask();
    for (let tries = 0; tries < 2400 && !fits(found); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      found = await ask();
    }
    return found;
  }
}

const signedIn = (request: Request, _response: Response, next: NextFunction): void => {
  const login = request.get('x-spec-login');
  if (login !== undefined) scopeOf(request).session = { id: `session-${login.slice(0, 4)}`, login, acr: Number(request.get('x-spec-acr')) };
  next();
};
