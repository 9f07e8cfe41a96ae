import type { EventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { Parked } from './bookkeeping';
import type { Consumer } from './consumer';
import { AheadOfStore, Fenced, UnknownSchema } from './errors';
import type { Heads, LogHeads } from './heads';
import { fromEvent, type Item } from './item';
import type { Rebuilding } from './rebuilding';
import { Bell } from './turn';
import { Worker, type WorkerOptions } from './worker';

/** A consumer of its own context's logs: each log's checkpoint moves in the transaction of the rows. */
export class StoreWorker extends Worker {
  readonly #bell = new Bell();
  readonly #waiting = new Set<() => void>();
  #heads: LogHeads = new Map();
  /** Undefined until read, and again when somebody else moved one. */
  #positions: Map<string, string | undefined> | undefined;
  /** Logs whose end has not been held against the place that was found in the database. */
  #unverified = new Set<string>();
  #stopped = false;
  #leave: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    consumer: Consumer,
    options: WorkerOptions,
    private readonly store: EventStore,
    private readonly watch: Heads,
  ) {
    super(consumer, options);
  }

  start(): Promise<void> {
    this.#leave = this.watch.join((heads) => {
      this.#heads = heads;
      this.#bell.ring();
    });
    this.#running = this.#run();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#leave();
    this.#bell.ring();
    await this.#running;
  }

  /** Where it stands, as far as this process knows. */
  get positions(): ReadonlyMap<string, string | undefined> {
    return this.#positions ?? new Map();
  }

  /**
   * Has everything of a log up to a position been applied? Waits for it. What is parked has not been applied.
   * @param ms how long to wait
   */
  async reached(log: string, position: string, ms: number): Promise<boolean> {
    if (!this.#isAt(log, position)) {
      this.watch.look();
      await this.#until(() => this.#isAt(log, position), ms);
    }
    return this.#isAt(log, position) && !(await this.books.waits((await this.options.db()).manager, log, position));
  }

  rebuild(rebuilding: Rebuilding): Promise<void> {
    return this.turn.run(async () => {
      const db = await this.options.db();
      const logs = await this.store.logs(this.consumer.context);
      const replay = async (tx: EntityManager): Promise<void> => {
        await this.empty(tx);
        for (const log of logs) await this.#replayLog(tx, log, rebuilding);
      };
      try {
        // One transaction: readers see the old rows until the new ones are complete, never a past in which a revoked grant was still good.
        await db.transaction((tx) =>
          rebuilding.run(
            tx,
            () => this.#sizeOf(logs),
            () => replay(tx),
          ),
        );
      } finally {
        this.#positions = undefined;
        this.#bell.ring();
      }
    });
  }

  protected async open(tx: EntityManager, items: readonly Item[]): Promise<readonly Item[]> {
    const log = items[0]?.source ?? '';
    await this.books.hold(tx, log, this.#positions?.get(log));
    return items;
  }

  protected async close(tx: EntityManager, items: readonly Item[]): Promise<void> {
    const last = items.at(-1);
    if (last?.position) await this.books.move(tx, last.source, this.#positions?.get(last.source), last.position);
  }

  /** A context upcasts its own events where it reads them. */
  protected understood(payload: Item['payload']): Item['payload'] {
    return payload;
  }

  protected async payloadOf(parked: Parked): Promise<RecordedEvent> {
    const [event] = await this.store.readStream(parked.stream, { from: parked.revision, to: parked.revision });
    if (!event) throw new Error('a parked event is not in the store');
    return event;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (await this.turn.run(() => this.#round())) continue;
        await this.#bell.heard(this.#rest());
      } catch (error) {
        this.#positions = undefined;
        // Somebody else has done this work: no fault, and no reason to wait.
        if (error instanceof Fenced) continue;
        this.options.onError(error);
        if (error instanceof UnknownSchema || error instanceof AheadOfStore) return this.halt(error);
        await this.#bell.heard(this.options.outage);
      }
    }
  }

  /** One page of each log that has more. */
  async #round(): Promise<boolean> {
    const positions = await this.#load();
    let moved = false;
    for (const [log, head] of this.#heads) {
      const position = positions.get(log);
      if (this.#unverified.has(log)) await this.#verify(log, position ?? '', head);
      if (this.#stopped || (position ?? '') >= head || this.restOf(log) > 0) continue;
      const page = await this.store.readLog(log, position, this.options.page);
      const taken = page.length > 0 ? await this.take(page.map(fromEvent)) : 0;
      if (taken === 0) continue;
      positions.set(log, page[taken - 1]?.position);
      moved = true;
      this.#wake();
    }
    return moved;
  }

  /** @throws AheadOfStore */
  async #verify(log: string, position: string, seen: string): Promise<void> {
    // Somebody else may have gone on since the end was looked at.
    if (position > seen && position > ((await this.store.head(log)) ?? '')) throw new AheadOfStore(log);
    this.#unverified.delete(log);
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async #load(): Promise<Map<string, string | undefined>> {
    const known = this.#positions;
    if (known) return known;
    const rows = await this.books.checkpoints((await this.options.db()).manager);
    this.#positions = new Map([...rows].map(([log, { position }]) => [log, position]));
    this.#unverified = new Set(this.#positions.keys());
    this.#wake();
    return this.#positions;
  }

  /** Until the first log that failed may be tried again. */
  #rest(): number | undefined {
    const rests = [...this.#heads.keys()].map((log) => this.restOf(log)).filter((rest) => rest > 0);
    return rests.length > 0 ? Math.ceil(Math.min(...rests)) : undefined;
  }

  async #sizeOf(logs: readonly string[]): Promise<number | undefined> {
    const sizes = await Promise.all(logs.map((log) => this.store.size(log)));
    return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
  }

  async #replayLog(tx: EntityManager, log: string, rebuilding: Rebuilding): Promise<void> {
    await this.books.hold(tx, log, undefined);
    const read = (after?: string): Promise<RecordedEvent[]> => this.store.readLog(log, after, this.options.page);
    let position: string | undefined;
    for (let next = read(); ;) {
      const page = await rebuilding.orEnd(next);
      const last = page.at(-1)?.position;
      if (last === undefined) return;
      next = read(last); // while this page is applied
      next.catch(() => undefined); // heard of above, unless applying fails first
      await this.applyOrPark(tx, page.map(fromEvent));
      await this.books.move(tx, log, position, last);
      position = last;
      rebuilding.applied(page.length);
    }
  }

  #isAt(log: string, position: string): boolean {
    return (this.#positions?.get(log) ?? '') >= position;
  }

  async #until(holds: () => boolean, ms: number): Promise<void> {
    let [wake, timer]: [() => void, NodeJS.Timeout | undefined] = [() => undefined, undefined];
    await new Promise<void>((resolve) => {
      wake = () => holds() && resolve();
      this.#waiting.add(wake);
      timer = setTimeout(resolve, ms);
      wake();
    });
    clearTimeout(timer);
    this.#waiting.delete(wake);
  }
}
