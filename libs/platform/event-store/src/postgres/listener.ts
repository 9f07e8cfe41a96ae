import { contextOf } from '@platform/kernel';
import { Client, type Pool } from 'pg';
import { CHANNEL } from './schema';

const POLL = 1000;
const RECONNECT = 250;

/**
 * Hears of appends by whatever process. Notifications are a hint: a connection that breaks is replaced, and everybody is woken once a
 * second anyway. Neither connection nor timers keep a process alive.
 */
export class Listener {
  readonly #subscribers = new Set<{ context: string | undefined; wake: () => void }>();
  #client: Client | undefined;
  #poll: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly pool: Pool) {}

  add(context: string | undefined, wake: () => void): () => void {
    const subscriber = { context, wake };
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
    await client?.end().catch(() => undefined);
  }

  #wake(context?: string): void {
    for (const subscriber of [...this.#subscribers]) {
      if (context === undefined || subscriber.context === undefined || subscriber.context === context) subscriber.wake();
    }
  }

  async #connect(): Promise<void> {
    // A connection of its own: one borrowed from the pool would be missing there for ever.
    const client = new Client(this.pool.options);
    this.#client = client;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#wake(payload === undefined ? undefined : contextOf(payload)));
    try {
      await client.connect();
      (client as Client & { unref(): void }).unref(); // its types do not know it
      await client.query(`listen ${CHANNEL}`);
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
