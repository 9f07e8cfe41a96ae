import { type Contract, publishedContracts } from '@contracts';
import type { EventStore } from '@platform/event-store';
import { type Clock, DomainError } from '@platform/kernel';
import type { EventBus } from '@platform/messaging';
import type { DataSource } from 'typeorm';
import type { Parked } from './bookkeeping';
import { BusWorker } from './bus-worker';
import type { Consumer } from './consumer';
import { RebuildEnded } from './errors';
import { Heads } from './heads';
import type { RebuildProgress } from './rebuild-books';
import { Rebuilds } from './rebuilds';
import { StoreWorker } from './store-worker';
import type { Worker, WorkerOptions } from './worker';

export interface RunnerOptions {
  readonly store: EventStore;
  readonly bus: EventBus;
  /** Connection of a context's projector role. */
  readonly writer: (context: string) => DataSource | Promise<DataSource>;
  readonly clock: Clock;
  /** Hears of every failed attempt. The error may quote an event: log its code, never its text. */
  readonly onError: (consumer: Consumer, error: unknown) => void;
  /** Milliseconds before each further attempt at an event that failed; after the last it is parked. */
  readonly delays?: readonly number[];
  /** Milliseconds between attempts while a database or a service is down. */
  readonly outage?: number;
  readonly page?: number;
  /** Milliseconds a rebuild from the bus waits for a silent publisher. */
  readonly patience?: number;
  /** Those of this release unless a spec says otherwise. */
  readonly contracts?: readonly Contract[];
}

export interface ConsumerStatus {
  readonly name: string;
  readonly context: string;
  /** A reactor acts on events: it has no rows that could be built again. */
  readonly reactor: boolean;
  /** `stopped`: it met an event of an unknown schema and waits for a newer release, or its store was restored to an older state than its rows. */
  readonly state: 'running' | 'stopped';
  readonly because: string | undefined;
  /** Log → position, for consumers of the store. */
  readonly checkpoint: Readonly<Record<string, string>>;
  /** Events still to be read; counted up to 1000 per log. Undefined for consumers of topics: see the heartbeat. */
  readonly lag: number | undefined;
  readonly parked: number;
  /** Topic → last heartbeat, for consumers of topics. */
  readonly heartbeat: Readonly<Record<string, string>>;
}

const LAG_COUNTED = 1000;
/** Milliseconds a bus may take to answer how far its groups are. */
const LAG_PATIENCE = 2000;

/** Runs consumers: each with its own checkpoint, retries and parking, so that none waits for another. */
export class ConsumerRunner {
  readonly #workers = new Map<string, Worker>();
  readonly #heads = new Map<string, Heads>();

  readonly #rebuilds: Rebuilds;

  constructor(private readonly options: RunnerOptions) {
    this.#rebuilds = new Rebuilds(options.writer, options.clock);
  }

  async start(consumers: readonly Consumer[]): Promise<void> {
    for (const consumer of consumers) {
      if (this.#workers.has(consumer.name)) throw new Error(`two consumers are called ${consumer.name}`);
      const worker = this.#worker(consumer);
      this.#workers.set(consumer.name, worker);
      await worker.start();
    }
  }

  /** Resolves once nothing is being handled any more. A rebuild that runs is rolled back. */
  async stop(): Promise<void> {
    await this.#rebuilds.stop();
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
    for (const heads of this.#heads.values()) heads.close();
    this.#workers.clear();
    this.#heads.clear();
  }

  /**
   * At-least reads: has this consumer applied everything of a log up to a position?
   * Parked events have not been applied, hence the answer is no until they are replayed.
   * @param ms how long to wait for it
   */
  async waitFor(consumer: string, log: string, position: string, ms: number): Promise<boolean> {
    const worker = this.#known(consumer);
    if (!(worker instanceof StoreWorker)) throw new Error(`${consumer} reads no log`);
    return worker.reached(log, position, ms);
  }

  /**
   * The instant (ISO 8601) up to which everything its topics carry has been applied: the oldest heartbeat, or what is older still and parked.
   * Undefined while a topic has been silent from the start.
   */
  async freshness(consumer: string): Promise<string | undefined> {
    const worker = this.#known(consumer);
    if (!(worker instanceof BusWorker)) return undefined;
    const { manager } = await this.#db(worker);
    const topics = topicsOf(worker.consumer);
    const kept = topics.every((topic) => worker.heartbeats.has(topic)) ? undefined : await worker.books.checkpoints(manager);
    const beats = topics.map((topic) => worker.heartbeats.get(topic) ?? kept?.get(topic)?.heartbeat);
    const waiting = await worker.books.oldestParked(manager);
    return beats.includes(undefined) ? undefined : [...beats, ...(waiting ? [waiting] : [])].sort()[0];
  }

  /** The clock heartbeats are written with: the machine's, also where invented data are dated otherwise. */
  now(): string {
    return this.options.clock.now();
  }

  /** Whether what its topics carry is applied up to at most `ms` ago, by the clock heartbeats are written with. */
  async freshWithin(consumer: string, ms: number): Promise<boolean> {
    const seen = await this.freshness(consumer);
    return seen !== undefined && Math.abs(Date.parse(this.options.clock.now()) - Date.parse(seen)) <= ms;
  }

  /** Those that run in this process. */
  get consumers(): readonly Consumer[] {
    return [...this.#workers.values()].map(({ consumer }) => consumer);
  }

  /** Of all, or of one context. */
  async status(context?: string): Promise<ConsumerStatus[]> {
    return Promise.all(this.#workersOf(context).map((worker) => this.#statusOf(worker)));
  }

  /** Messages that consumers of topics have still to take, by consumer; left out where the bus does not answer. */
  async topicLags(context?: string): Promise<ReadonlyMap<string, number>> {
    const workers = this.#workersOf(context).filter((worker) => worker instanceof BusWorker);
    const lags = await Promise.all(
      workers.map(async ({ consumer }) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), LAG_PATIENCE)));
        const asked = this.options.bus.lag(consumer.name, topicsOf(consumer)).catch(() => undefined);
        const lag = await Promise.race([asked, late]);
        clearTimeout(timer);
        return [consumer.name, lag] as const;
      }),
    );
    return new Map(lags.filter((each): each is readonly [string, number] => each[1] !== undefined));
  }

  /**
   * Empties the consumer's tables and reads everything again, all in one transaction.
   * @throws Error for reactors, while another one runs, when it is cancelled, for an event of an unknown schema, and when a topic's publisher stays
   *   silent: then nothing has changed
   */
  async rebuild(consumer: string): Promise<void> {
    await (
      await this.#rebuilds.start(this.#known(consumer))
    ).finished;
  }

  /**
   * The same without waiting for its end, which `rebuilds` tells.
   * @throws DomainError `projection.not-rebuildable`, `projection.rebuilding`
   */
  async startRebuild(name: string): Promise<void> {
    const worker = this.#known(name);
    const failed = (error: unknown): void => {
      if (!(error instanceof RebuildEnded || error instanceof DomainError)) this.options.onError(worker.consumer, error);
    };
    const { finished } = await this.#rebuilds.start(worker).catch((error: unknown) => {
      failed(error);
      throw error;
    });
    finished.catch(failed);
  }

  /** Asks a rebuild to end, whichever process of the context it runs in: what it has done is rolled back. Answers whether there was one. */
  cancelRebuild(name: string): Promise<boolean> {
    return this.#rebuilds.cancel(this.#known(name).consumer.context, name);
  }

  /** Consumer → its last rebuild, running or ended, of those of a context that had one. */
  rebuilds(context: string): Promise<ReadonlyMap<string, RebuildProgress>> {
    return this.#rebuilds.progress(context);
  }

  /** What waits to be replayed, for all consumers of this process. */
  async parked(): Promise<Parked[]> {
    const lists = [...this.#workers.values()].map(async (worker) => worker.books.parked((await this.#db(worker)).manager));
    return (await Promise.all(lists)).flat();
  }

  /**
   * Handles a parked event again, together with those of its stream, oldest first, until one fails again.
   * @returns how many were handled
   */
  async replayParked(id: string): Promise<number> {
    const parked = (await this.parked()).find((each) => each.id === id);
    return parked ? this.#known(parked.consumer).replay(parked.stream) : 0;
  }

  async #statusOf(worker: Worker): Promise<ConsumerStatus> {
    const { manager } = await this.#db(worker);
    const [rows, parked] = await Promise.all([worker.books.checkpoints(manager), worker.books.parked(manager)]);
    const { name, context, reactor = false } = worker.consumer;
    const positions = [...rows].flatMap(([source, { position }]) => (position === undefined ? [] : [[source, position] as const]));
    const beats = [...rows].flatMap(([source, { heartbeat }]) => (heartbeat === undefined ? [] : [[source, heartbeat] as const]));
    return {
      name,
      context,
      reactor,
      state: worker.halted === undefined ? 'running' : 'stopped',
      because: worker.halted,
      checkpoint: Object.fromEntries(positions),
      lag: worker instanceof StoreWorker ? await this.#lag(context, new Map(positions)) : undefined,
      parked: parked.length,
      heartbeat: { ...Object.fromEntries(beats), ...(worker instanceof BusWorker ? Object.fromEntries(worker.heartbeats) : {}) },
    };
  }

  async #lag(context: string, positions: ReadonlyMap<string, string>): Promise<number> {
    let lag = 0;
    for (const log of await this.options.store.logs(context)) {
      const position = positions.get(log);
      const head = await this.options.store.head(log);
      if (head !== position) lag += (await this.options.store.readLog(log, position, LAG_COUNTED)).length;
    }
    return lag;
  }

  #worker(consumer: Consumer): Worker {
    const options: WorkerOptions = {
      db: async () => this.options.writer(consumer.context),
      clock: this.options.clock,
      delays: this.options.delays ?? [100, 1000, 5000],
      outage: this.options.outage ?? 1000,
      page: this.options.page ?? 1000,
      patience: this.options.patience ?? 30_000,
      contracts: this.options.contracts ?? publishedContracts,
      onError: (error) => this.options.onError(consumer, error),
    };
    if ('topics' in consumer.source) return new BusWorker(consumer, options, this.options.bus, consumer.source.topics);
    return new StoreWorker(consumer, options, this.options.store, this.#headsOf(consumer.source.store));
  }

  #headsOf(context: string): Heads {
    const known = this.#heads.get(context);
    if (known) return known;
    const heads = new Heads(this.options.store, context);
    this.#heads.set(context, heads);
    return heads;
  }

  #workersOf(context: string | undefined): Worker[] {
    return [...this.#workers.values()].filter(({ consumer }) => context === undefined || consumer.context === context);
  }

  #known(name: string): Worker {
    const worker = this.#workers.get(name);
    if (!worker) throw new Error(`no consumer called ${name} runs here`);
    return worker;
  }

  async #db(worker: Worker): Promise<DataSource> {
    return this.options.writer(worker.consumer.context);
  }
}

const topicsOf = ({ source }: Consumer): readonly string[] => ('topics' in source ? source.topics : []);
