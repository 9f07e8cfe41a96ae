import type { EventStore } from '@platform/event-store';

/** Log → position of its last event. */
export type LogHeads = ReadonlyMap<string, string>;

/** Looks where the logs of a context end after each append, once for all consumers of the context. */
export class Heads {
  readonly #members = new Set<(heads: LogHeads) => void>();
  readonly #end: () => void;
  #looking = false;
  #again = false;

  constructor(
    private readonly store: EventStore,
    private readonly context: string,
  ) {
    this.#end = store.onAppend(context, () => this.look());
  }

  join(show: (heads: LogHeads) => void): () => void {
    this.#members.add(show);
    this.look();
    return () => void this.#members.delete(show);
  }

  look(): void {
    this.#again = true;
    if (!this.#looking) void this.#look();
  }

  close(): void {
    this.#end();
    this.#members.clear();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#again) {
      this.#again = false;
      // A store that cannot be reached wakes us again within a second.
      const heads = await this.#read().catch(() => undefined);
      if (heads) for (const show of [...this.#members]) show(heads);
    }
    this.#looking = false;
  }

  async #read(): Promise<LogHeads> {
    const logs = await this.store.logs(this.context);
    const heads = await Promise.all(logs.map(async (log) => [log, (await this.store.head(log)) ?? ''] as const));
    return new Map(heads);
  }
}
