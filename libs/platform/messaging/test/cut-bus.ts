import { type Delivery, EventBus, type Message } from '../src/event-bus';

/** A relay's way to a bus that can be cut, as when every broker is down: nothing gets through, and whoever sends is told so. */
export class CutBus extends EventBus {
  #cut = false;

  constructor(private readonly bus: EventBus) {
    super();
  }

  cut(): void {
    this.#cut = true;
  }
  mend(): void {
    this.#cut = false;
  }

  publish(topic: string, messages: readonly Message[]): Promise<void> {
    return this.#through(() => this.bus.publish(topic, messages));
  }
  heartbeat(topic: string, at: string): Promise<void> {
    return this.#through(() => this.bus.heartbeat(topic, at));
  }
  subscribe(
    group: string,
    topics: readonly string[],
    handler: (topic: string, delivery: Delivery) => Promise<void>,
  ): Promise<() => Promise<void>> {
    return this.#through(() => this.bus.subscribe(group, topics, handler));
  }
  rewind(group: string, topics: readonly string[]): Promise<void> {
    return this.#through(() => this.bus.rewind(group, topics));
  }
  lag(group: string, topics: readonly string[]): Promise<number> {
    return this.#through(() => this.bus.lag(group, topics));
  }
  close(): Promise<void> {
    return Promise.resolve(); // the bus belongs to whoever made it
  }

  #through<T>(call: () => Promise<T>): Promise<T> {
    return this.#cut ? Promise.reject(new Error('no broker answers')) : call();
  }
}
