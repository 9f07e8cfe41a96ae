import type { EventStore } from '@platform/event-store';
import type { Clock, RecordedEvent } from '@platform/kernel';
import { type EventBus, type Message, topicOf } from './event-bus';
import type { RelayCheckpoints } from './relay-checkpoints';
import type { HeldLease, RelayLease } from './relay-lease';

export interface RelayOptions {
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly context: string;
  /** The public form of an event; undefined for what stays inside. What it throws stops the relay before that event. */
  readonly toMessage: (event: RecordedEvent) => Message | undefined;
  readonly checkpoints: RelayCheckpoints;
  /** Absent: this relay runs whoever else does. */
  readonly lease?: RelayLease;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** Milliseconds between heartbeats. */
  readonly heartbeatEvery?: number;
  /** Milliseconds between attempts while store or bus is down, or while another relay runs. */
  readonly outage?: number;
  readonly page?: number;
  /** Calls back regularly; returns a function that ends it. Injectable, so that specs need not wait. */
  readonly every?: (ms: number, tick: () => void) => () => void;
}

const byTimer = (ms: number, tick: () => void): (() => void) => {
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
};

/**
 * Publishes what of a context's events crosses its border. The store is the outbox: each log is read by position, and the checkpoint moves
 * after the bus has taken the messages, so that a crash repeats some and loses none. Consumers drop what they know by its revision.
 * Several relays of one context do no harm beyond repetitions; with a lease only one of them runs, and another takes over when it ends.
 */
export class Relay {
  readonly #topic: string;
  readonly #positions = new Map<string, string | undefined>();
  #ends: (() => void)[] = [];
  #stopped = true;
  #running: Promise<void> = Promise.resolve();
  #woken = false;
  #wake: () => void = () => undefined;
  #beatDue = true;
  #held: HeldLease | undefined;

  constructor(private readonly options: RelayOptions) {
    this.#topic = topicOf(options.context);
  }

  start(): void {
    if (!this.#stopped) return;
    const { store, context, heartbeatEvery = 500, every = byTimer } = this.options;
    this.#stopped = false;
    const ring = (): void => {
      this.#woken = true;
      this.#wake();
    };
    const beat = (): void => {
      this.#beatDue = true;
      ring();
    };
    this.#ends = [store.onAppend(context, ring), every(heartbeatEvery, beat)];
    this.#running = this.#run();
  }

  /** Resolves once nothing is being published any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const end of this.#ends) end();
    this.#wake();
    await this.#running;
    await this.#giveUp();
  }

  /** Whether it is this relay that publishes. */
  get runs(): boolean {
    return !this.#stopped && (this.options.lease === undefined || this.#held !== undefined);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      try {
        if (!(await this.#mayRun())) {
          await this.#sleep(this.options.outage ?? 1000);
          continue;
        }
        // Before the look: everything committed by then is seen, published and may be vouched for.
        const at = this.options.clock.now();
        const complete = await this.#publishAll();
        if (complete && this.#beatDue) {
          if (!(await this.#stands())) continue;
          this.#beatDue = false;
          await this.options.bus.heartbeat(this.#topic, at);
        }
        if (complete) await this.#sleep();
      } catch (error) {
        this.options.onError(error);
        await this.#giveUp();
        this.#beatDue = true;
        await this.#sleep(this.options.outage ?? 1000);
      }
    }
  }

  async #mayRun(): Promise<boolean> {
    const { lease, context } = this.options;
    if (lease === undefined) return true;
    if (this.#held && this.#beatDue) await this.#held.confirm();
    this.#held ??= await lease.take(context);
    return this.#held !== undefined;
  }

  /** Whatever went wrong, another relay may do better, and may have gone on from where this one stood. */
  async #giveUp(): Promise<void> {
    this.#positions.clear();
    const held = this.#held;
    this.#held = undefined;
    await held?.release();
  }

  /** Whoever removes a checkpoint wants everything published again, and nothing vouched for before that is done. */
  async #stands(): Promise<boolean> {
    const kept = await this.options.checkpoints.all(this.options.context);
    if ([...this.#positions].every(([log, position]) => position === kept.get(log))) return true;
    this.#positions.clear();
    return false;
  }

  /** @returns false when it was stopped on the way */
  async #publishAll(): Promise<boolean> {
    const { store, context, page = 500 } = this.options;
    for (const log of await store.logs(context)) {
      for (let full = true; full;) {
        if (this.#stopped) return false;
        const events = await store.readLog(log, await this.#position(log), page);
        if (events.length > 0) await this.#publish(log, events);
        full = events.length === page;
      }
    }
    return true;
  }

  async #publish(log: string, events: readonly RecordedEvent[]): Promise<void> {
    const { bus, toMessage, checkpoints } = this.options;
    const messages: Message[] = [];
    let [done, fault]: [RecordedEvent | undefined, unknown] = [undefined, undefined];
    for (const event of events) {
      try {
        const message = toMessage(event);
        if (message) messages.push(message);
        done = event;
      } catch (error) {
        fault = error ?? new Error('an event has no public form');
        break;
      }
    }
    if (done) {
      if (messages.length > 0) await bus.publish(this.#topic, messages);
      const from = await this.#position(log);
      // Another relay was here: it published the same, and this one goes on from where that one stands.
      const moved = await checkpoints.move(this.options.context, log, from, done.position);
      if (moved) this.#positions.set(log, done.position);
      else this.#positions.delete(log);
    }
    if (fault !== undefined) throw fault as Error;
  }

  /** @throws Error when the store was restored to an older state than the checkpoint: what is appended now would never be published */
  async #position(log: string): Promise<string | undefined> {
    if (!this.#positions.has(log)) {
      const position = await this.options.checkpoints.position(this.options.context, log);
      if (position !== undefined && position > ((await this.options.store.head(log)) ?? ''))
        throw new Error(`${log} ends before what has been published of it: store and database are not of one backup`);
      this.#positions.set(log, position);
    }
    return this.#positions.get(log);
  }

  async #sleep(ms?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      if (ms !== undefined) timer = setTimeout(resolve, ms);
      this.#wake = () => (ms === undefined || this.#stopped) && resolve();
      if (this.#stopped || (this.#woken && ms === undefined)) resolve();
    });
    clearTimeout(timer);
  }
}
