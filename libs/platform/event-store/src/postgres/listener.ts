import { Client, type Pool } from 'pg';

const POLL = 1000;
const RECONNECT = 250;

/**
 * Hears notifications of one channel by whatever process. They are a hint: a connection that breaks is replaced, and everybody is woken once a
 * second anyway. Neither connection nor timers keep a process alive.
 */
export class Listener {
  readonly #subscribers = new Set<{ concerns: (payload: string) => boolean; wake: () => void }>();
  #client: Client | undefined;
  #poll: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
  ) {}

  /** @returns a function that ends it */
  add(concerns: (payload: string) => boolean, wake: () => void): () => void {
    const subscriber = { concerns, wake };
    this.#subscribers.add(subscriber);
    if (!this.#poll && !this.#closed) {
      this.#poll = setInterval(() => this.#wake(), POLL).unref();
      void this.#connect();
    }
    return () => void this.#subscribers.delete(subscriber);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
    this.#subscribers.clear();
    const client = this.#client;
    this.#client = undefined;
    // Whoever waits for the end must be able to: an unreferenced socket would let the process go before it.
    (client as (Client & { ref(): void }) | undefined)?.ref();
    await client?.end().catch(() => undefined);
  }

  #wake(payload?: string): void {
    for (const { concerns, wake } of [...this.#subscribers]) if (payload === undefined || concerns(payload)) wake();
  }

  async #connect(): Promise<void> {
    // A connection of its own: one borrowed from the pool would be missing there for ever.
    const client = new Client(this.pool.options);
    this.#client = client;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#wake(payload));
    try {
      await client.connect();
      (client as Client & { unref(): void }).unref(); // its types do not know it
      await client.query(`listen ${this.channel}`);
      this.#wake(); // what was appended while nobody listened
    } catch {
      this.#lost(client);
    }
  }

  #lost(client: Client): void {
    if (this.#client !== client || this.#closed) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.#connect(), RECONNECT).unref();
  }
}
