import { contextOf } from '@platform/kernel';
import type { AllStreamSubscription } from '@kurrent/kurrentdb-client';
import type { KurrentConnection } from './connection';
import { ANY_LOG, logOf } from './stored-form';

const SAFETY = 1000;
const [SOON, LATER] = [100, 2000];

interface Sleeper {
  readonly context: string | undefined;
  readonly wake: () => void;
  readonly poll: NodeJS.Timeout;
}

/** Wakes readers by one live subscription for the whole process. It is a hint only: while it is broken, readers look once a second. */
export class Waking {
  readonly #sleepers = new Set<Sleeper>();
  #subscription: AllStreamSubscription | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pause = SOON;
  #closed = false;

  constructor(private readonly connection: KurrentConnection) {}

  add(context: string | undefined, wake: () => void): () => void {
    const sleeper = { context, wake, poll: setInterval(wake, SAFETY).unref() };
    this.#sleepers.add(sleeper);
    if (this.#sleepers.size === 1) void this.#subscribe();
    return () => {
      clearInterval(sleeper.poll);
      this.#sleepers.delete(sleeper);
      if (this.#sleepers.size === 0) this.#end();
    };
  }

  close(): void {
    this.#closed = true;
    for (const { poll } of this.#sleepers) clearInterval(poll);
    this.#sleepers.clear();
    this.#end();
  }

  async #subscribe(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    try {
      const client = await this.connection.client();
      if (this.#sleepers.size === 0 || this.#subscription) return;
      const filter = { filterOn: 'eventType', regex: ANY_LOG, checkpointInterval: 32 } as const;
      const subscription = client.subscribeToAll({ fromPosition: 'end', filter });
      this.#subscription = subscription;
      const again = (): void => this.#again(subscription);
      subscription.on('error', again).on('end', again).on('close', again);
      // Whatever was appended before it stood was not told to anybody.
      subscription.on('confirmation', () => {
        this.#pause = SOON;
        this.#wake(() => true);
      });
      subscription.on('data', ({ event }) => {
        const context = contextOf(logOf(event?.type ?? '@/'));
        this.#wake((sleeper) => sleeper.context === undefined || sleeper.context === context);
      });
    } catch {
      this.#again(undefined);
    }
  }

  #wake(whom: (sleeper: Sleeper) => boolean): void {
    for (const sleeper of [...this.#sleepers]) if (whom(sleeper)) sleeper.wake();
  }

  #again(ended: AllStreamSubscription | undefined): void {
    if (this.#closed || this.#retry || this.#subscription !== ended) return;
    this.#subscription = undefined;
    if (this.#sleepers.size === 0) return;
    this.#retry = setTimeout(() => void this.#subscribe(), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, LATER);
  }

  #end(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const subscription = this.#subscription;
    this.#subscription = undefined;
    // What ends with it must not begin again, and its late errors are nobody's.
    void subscription?.unsubscribe().catch(() => undefined);
  }
}
