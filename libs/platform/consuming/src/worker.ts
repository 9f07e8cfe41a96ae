import type { Contract } from '@contracts';
import type { Clock } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { Bookkeeping, type Parked } from './bookkeeping';
import type { Consumer, EventHandler } from './consumer';
import { type AheadOfStore, HandlerFailed, isPassing, reasonOf, RunFailed, UnknownSchema } from './errors';
import type { Item } from './item';
import type { Rebuilding } from './rebuilding';
import { Turn } from './turn';

export interface WorkerOptions {
  readonly db: () => Promise<DataSource>;
  readonly clock: Clock;
  /** Milliseconds before each further attempt at an event that failed; after the last it is parked. */
  readonly delays: readonly number[];
  /** Milliseconds between attempts while something is down: these never end. */
  readonly outage: number;
  readonly page: number;
  /** Milliseconds a rebuild waits for a silent publisher. */
  readonly patience: number;
  /** By which published events of older versions are brought up to date. */
  readonly contracts: readonly Contract[];
  readonly onError: (error: unknown) => void;
}

/** Runs one consumer: what store and bus have in common. Rows and bookkeeping move in one transaction. */
export abstract class Worker {
  readonly books: Bookkeeping;
  /** Live work, replays and rebuilds exclude each other. */
  protected readonly turn = new Turn();
  readonly #failures = new Map<string, { item: string; count: number; reason: string }>();
  readonly #retryAt = new Map<string, number>();
  #halted: string | undefined;

  constructor(
    readonly consumer: Consumer,
    protected readonly options: WorkerOptions,
  ) {
    this.books = new Bookkeeping(consumer.name, consumer.context);
  }

  abstract start(): Promise<void>;
  abstract stop(): Promise<void>;
  abstract rebuild(rebuilding: Rebuilding): Promise<void>;

  /** Locks the place of these items and says which of them are new. Outside of a transaction: for reactors, to look before they act. */
  protected abstract open(tx: EntityManager, items: readonly Item[]): Promise<readonly Item[]>;
  /** Moves on behind these items. */
  protected abstract close(tx: EntityManager, items: readonly Item[], fresh: readonly Item[]): Promise<void>;
  /** What a handler gets: an older version in today's form. @throws UnknownSchema for a later one */
  protected abstract understood(payload: Item['payload']): Item['payload'];
  /** What a parked event was about. */
  protected abstract payloadOf(parked: Parked): Promise<Item['payload']>;

  /** Why this consumer stopped for good; undefined while it runs. */
  get halted(): string | undefined {
    return this.#halted;
  }

  /**
   * Takes as many of these items of one source as it can.
   * @returns how many were taken; 0: the first has to wait, see `restOf`
   */
  protected async take(all: readonly Item[]): Promise<number> {
    // A reactor acts before its place moves, so one event at a time: after a crash only that one is done twice.
    const acting = this.consumer.reactor ? all.findIndex((item) => this.#handler(item)) : -1;
    const items = acting >= 0 ? all.slice(0, acting + 1) : all;
    const first = items[0] as Item;
    const failure = this.#failures.get(first.source);
    if (failure?.item === keyOf(first) && failure.count > this.options.delays.length) {
      await this.#commit([first], { item: first, reason: failure.reason });
      return 1;
    }
    try {
      await this.#commit(items);
      return items.length;
    } catch (error) {
      if (!(error instanceof HandlerFailed)) throw error;
      const { index, cause } = error;
      if (index > 0) await this.#commit(items.slice(0, index));
      this.#failed(items[index] as Item, cause);
      return index > 0 || this.restOf(first.source) > 0 ? index : this.take(all);
    }
  }

  /** Milliseconds until this source may be tried again. */
  protected restOf(source: string): number {
    return Math.max(0, (this.#retryAt.get(source) ?? 0) - performance.now());
  }

  /** Waits for somebody: a newer release, or a restore that fits. */
  protected halt(error: UnknownSchema | AheadOfStore): void {
    this.#halted = error.message;
  }

  /**
   * Applies items in a transaction that is not committed here, parking what fails at once.
   * @throws what would pass by waiting, and UnknownSchema: then nothing of it may be committed
   */
  protected async applyOrPark(tx: EntityManager, items: readonly Item[]): Promise<void> {
    let alone = false;
    for (let from = 0; from < items.length;) {
      await tx.query('savepoint page');
      const rest = items.slice(from);
      try {
        await this.#apply(tx, rest, rest, { alone });
        return;
      } catch (error) {
        if (error instanceof RunFailed) {
          await tx.query('rollback to savepoint page');
          alone = true;
          continue;
        }
        if (!(error instanceof HandlerFailed)) throw error;
        if (isPassing(error.cause) || error.cause instanceof UnknownSchema) throw error.cause;
        this.options.onError(error.cause);
        await tx.query('rollback to savepoint page');
        const upTo = rest.slice(0, error.index + 1);
        await this.#apply(tx, upTo, upTo, { alone, park: { item: upTo.at(-1) as Item, reason: reasonOf(error.cause) } });
        from += upTo.length;
      }
    }
  }

  /** Empties the read models and forgets all places. */
  protected async empty(tx: EntityManager): Promise<void> {
    if (this.consumer.reactor) throw new Error(`${this.consumer.name} acts on events: replaying them all would act again`);
    await this.books.forget(tx);
    for (const table of this.consumer.tables) await tx.query(`delete from ${plainTable(table)}`);
  }

  /**
   * Handles the parked events of a stream again, oldest first, each in its own transaction.
   * @returns how many were handled; it ends at the first that fails again
   */
  async replay(stream: string): Promise<number> {
    return this.turn.run(async () => {
      const db = await this.options.db();
      const waiting = (await this.books.parked(db.manager)).filter((parked) => parked.stream === stream);
      let done = 0;
      for (const parked of waiting) {
        const kept = await this.payloadOf(parked);
        const handler = this.#handler(parked);
        try {
          const payload = this.understood(kept);
          if (this.consumer.reactor) await handler?.(payload, db.manager);
          await db.transaction(async (tx) => {
            if (!(await this.books.unpark(tx, parked.id))) return;
            if (!this.consumer.reactor) await handler?.(payload, tx);
          });
        } catch (error) {
          this.options.onError(error);
          return done;
        }
        done++;
      }
      return done;
    });
  }

  /** `park`: this item is set aside instead of being handled. */
  async #commit(items: readonly Item[], park?: Park): Promise<void> {
    const db = await this.options.db();
    if (this.consumer.reactor && !park) {
      const fresh = await this.open(db.manager, items);
      const parked = await this.books.parkedStreams(db.manager);
      await this.#handle(
        db.manager,
        items,
        fresh.filter(({ stream }) => !parked.has(stream)),
        true,
      );
    }
    const commit = (alone: boolean): Promise<void> =>
      db.transaction(async (tx) => {
        const fresh = await this.open(tx, items);
        await this.#apply(tx, items, fresh, { alone, park });
        await this.close(tx, items, fresh);
      });
    try {
      await commit(false);
    } catch (error) {
      if (!(error instanceof RunFailed)) throw error;
      await commit(true);
    }
  }

  async #apply(
    tx: EntityManager,
    items: readonly Item[],
    fresh: readonly Item[],
    { alone, park }: { alone: boolean; park?: Park | undefined },
  ): Promise<void> {
    const parked = await this.books.parkedStreams(tx);
    const ready: Item[] = [];
    for (const item of fresh) {
      if (!this.#handler(item)) continue;
      const reason = parked.has(item.stream) ? 'behind-parked' : park?.item === item ? park.reason : undefined;
      if (reason === undefined) ready.push(item);
      else {
        parked.add(item.stream);
        await this.books.park(tx, { ...item, parkedAt: this.options.clock.now(), reason });
      }
    }
    if (!this.consumer.reactor) await this.#handle(tx, items, ready, alone);
  }

  /** @throws HandlerFailed, RunFailed */
  async #handle(tx: EntityManager, items: readonly Item[], fresh: readonly Item[], alone: boolean): Promise<void> {
    for (const run of alone ? fresh.map((item) => [item]) : this.#runs(fresh)) {
      const [first, ...more] = run as [Item, ...Item[]];
      const handler = this.#handler(first);
      try {
        if (more.length === 0) await handler?.(this.understood(first.payload), tx);
        else
          await handler?.together?.(
            run.map(({ payload }) => this.understood(payload)),
            tx,
          );
      } catch (error) {
        throw more.length > 0 ? new RunFailed(error) : new HandlerFailed(items.indexOf(first), error);
      }
    }
  }

  #runs(items: readonly Item[]): Item[][] {
    const runs: Item[][] = [];
    let last: Handler | undefined;
    for (const item of items) {
      const handler = this.#handler(item);
      if (handler === last && handler?.together) runs.at(-1)?.push(item);
      else runs.push([item]);
      last = handler;
    }
    return runs;
  }

  /** Counts the attempt; once it was the last, the next `take` parks the event. */
  #failed(item: Item, cause: unknown): void {
    if (cause instanceof UnknownSchema) throw cause;
    this.options.onError(cause);
    const known = this.#failures.get(item.source);
    const count = (known?.item === keyOf(item) ? known.count : 0) + (isPassing(cause) ? 0 : 1);
    this.#failures.set(item.source, { item: keyOf(item), count, reason: reasonOf(cause) });
    const delay = isPassing(cause) ? this.options.outage : this.options.delays[count - 1];
    this.#retryAt.set(item.source, delay === undefined ? 0 : performance.now() + delay);
  }

  #handler({ type }: { type: string }): Handler | undefined {
    const { handlers } = this.consumer;
    return Object.hasOwn(handlers, type) ? (handlers[type] as Handler) : undefined;
  }
}

type Handler = EventHandler<Item['payload']>;
/** An event that is set aside, and why. */
interface Park {
  readonly item: Item;
  readonly reason: string;
}

const keyOf = ({ stream, revision }: Item): string => `${stream} ${revision}`;

function plainTable(name: string): string {
  if (!/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(name)) throw new Error('a table is named schema.table');
  return name;
}
