import { UnknownVersion, upToDate } from '@contracts';
import type { Delivery, EventBus, Message } from '@platform/messaging';
import type { EntityManager } from 'typeorm';
import type { Parked } from './bookkeeping';
import type { Consumer } from './consumer';
import { Fenced, UnknownSchema } from './errors';
import { fromMessage, type Item } from './item';
import type { Rebuilding } from './rebuilding';
import { Bell, Turn } from './turn';
import { Worker, type WorkerOptions } from './worker';

const HEARTBEAT_KEPT_EVERY = 1000;

/**
 * A consumer of other contexts' topics. The bus delivers at least once; the last revision per stream, kept with the rows, makes it once.
 * Revisions may have gaps, since only some events are published: what counts is that they rise.
 */
export class BusWorker extends Worker {
  readonly #bell = new Bell();
  readonly #heartbeats = new Map<string, string>();
  readonly #kept = new Map<string, string>();
  #stopped = false;
  #unsubscribe: () => Promise<void> = () => Promise.resolve();

  constructor(
    consumer: Consumer,
    options: WorkerOptions,
    private readonly bus: EventBus,
    private readonly topics: readonly string[],
  ) {
    super(consumer, options);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#unsubscribe = await this.bus.subscribe(this.consumer.name, this.topics, (topic, delivery) => this.#receive(topic, delivery));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#bell.ring();
    await this.#unsubscribe();
    this.#unsubscribe = () => Promise.resolve();
  }

  /** Topic → last heartbeat applied by this process. */
  get heartbeats(): ReadonlyMap<string, string> {
    return this.#heartbeats;
  }

  /**
   * Reads the topics again as a group of its own, in one transaction: readers see the old rows until the new ones are complete, and a crash
   * on the way changes nothing. The consumer's own group starts again from the beginning, too, and drops what is known.
   */
  async rebuild(rebuilding: Rebuilding): Promise<void> {
    const group = `${this.consumer.name}.rebuild`;
    await this.stop();
    try {
      await this.bus.rewind(this.consumer.name, this.topics);
      await this.bus.rewind(group, this.topics);
      const db = await this.options.db();
      await this.turn.run(() =>
        db.transaction((tx) =>
          rebuilding.run(
            tx,
            // A bus may count heartbeats as messages: what was applied in the end is known in the end. That nobody can count hinders nothing.
            () => this.bus.lag(group, this.topics).catch(() => undefined),
            async () => {
              await this.empty(tx);
              await this.#readAll(tx, group, rebuilding);
            },
          ),
        ),
      );
      await this.bus.rewind(group, this.topics);
    } finally {
      await this.start();
    }
  }

  protected async open(tx: EntityManager, items: readonly Item[]): Promise<readonly Item[]> {
    const last = await this.books.revisions(tx, [...new Set(items.map(({ stream }) => stream))]);
    return items.filter(({ stream, revision }) => {
      if (revision <= (last.get(stream) ?? -1)) return false;
      last.set(stream, revision);
      return true;
    });
  }

  protected async close(tx: EntityManager, _: readonly Item[], fresh: readonly Item[]): Promise<void> {
    if (fresh.length > 0) await this.books.take(tx, new Map(fresh.map(({ stream, revision }) => [stream, revision])));
  }

  protected understood(payload: Item['payload']): Item['payload'] {
    if (!('subject' in payload)) return payload;
    try {
      return upToDate(payload, this.options.contracts);
    } catch (error) {
      throw error instanceof UnknownVersion ? new UnknownSchema(error.event, `v${error.version}`) : error;
    }
  }

  protected payloadOf(parked: Parked): Promise<Message> {
    return parked.message ? Promise.resolve(parked.message) : Promise.reject(new Error('a parked message was not kept'));
  }

  /** Takes a delivery whole; rejects, so that it comes again, when this worker has to stop first. */
  async #receive(topic: string, { messages, heartbeat }: Delivery): Promise<void> {
    let rest = messages.map((message) => fromMessage(topic, message));
    while (rest.length > 0) {
      if (this.#stopped || this.halted) throw new Error(`${this.consumer.name} has stopped`);
      try {
        rest = rest.slice(await this.turn.run(() => this.take(rest)));
        if (this.restOf(topic) > 0) await this.#bell.heard(this.restOf(topic));
      } catch (error) {
        // Somebody else has taken some of them: the next look at the revisions drops those.
        if (error instanceof Fenced) continue;
        this.options.onError(error);
        if (error instanceof UnknownSchema) this.halt(error);
        else await this.#bell.heard(this.options.outage);
      }
    }
    if (heartbeat !== undefined && !this.halted) await this.#beat(topic, heartbeat);
  }

  /** Kept now and then only: after a restart an older heartbeat errs on the safe side. */
  async #beat(topic: string, heartbeat: string): Promise<void> {
    const kept = this.#kept.get(topic);
    if (kept === undefined || Date.parse(heartbeat) - Date.parse(kept) >= HEARTBEAT_KEPT_EVERY) {
      await this.books.beat((await this.options.db()).manager, topic, heartbeat);
      this.#kept.set(topic, heartbeat);
    }
    this.#heartbeats.set(topic, heartbeat);
  }

  /** Until each topic has told that nothing older is on its way. */
  async #readAll(tx: EntityManager, group: string, rebuilding: Rebuilding): Promise<void> {
    const since = this.options.clock.now();
    const silent = new Set(this.topics);
    const one = new Turn(); // topics are delivered side by side, the transaction takes one thing at a time
    let [failed, over, timer]: [boolean, boolean, NodeJS.Timeout | undefined] = [false, false, undefined];
    let end: () => Promise<void> = () => Promise.resolve();
    try {
      const all = new Promise<void>((resolve, reject) => {
        const give = (error: unknown): void => {
          failed = true;
          reject(error instanceof Error ? error : new Error(String(error)));
        };
        const alive = (): void => {
          clearTimeout(timer);
          timer = setTimeout(
            () => give(new Error(`no heartbeat of ${[...silent].join(', ')}: nothing was rebuilt`)),
            this.options.patience,
          );
        };
        const receive = async (topic: string, { messages, heartbeat }: Delivery): Promise<void> => {
          if (failed || over) throw new Error('the rebuild has ended');
          if (messages.length > 0) alive();
          const items = messages.map((message) => fromMessage(topic, message));
          const fresh = await this.open(tx, items);
          await this.applyOrPark(tx, fresh);
          await this.close(tx, items, fresh);
          rebuilding.applied(items.length);
          if (heartbeat === undefined || heartbeat < since) return;
          await this.books.beat(tx, topic, heartbeat);
          silent.delete(topic);
          if (silent.size > 0) return;
          over = true;
          resolve();
        };
        alive();
        this.bus
          .subscribe(group, this.topics, (topic, delivery) =>
            one
              .run(() => receive(topic, delivery))
              .catch((error: unknown) => {
                give(error);
                throw error;
              }),
          )
          .then((unsubscribe) => (end = unsubscribe), give);
      });
      await rebuilding.orEnd(all);
    } finally {
      over = true;
      clearTimeout(timer);
      await end();
      // What is still being handled uses the transaction.
      await one.run(() => Promise.resolve());
    }
  }
}
