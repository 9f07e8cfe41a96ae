import type { Appended, Expected } from '../event-store';

/** One append on its way. */
export interface Job<E> {
  readonly stream: string;
  readonly events: readonly E[];
  readonly expected: Expected;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (reason: unknown) => void;
}

const MOST_APPENDS = 512;
const MOST_EVENTS = 4096;

/**
 * Group commit of one log: what arrives while a batch is being written makes up the next one, so that many appends share one lock,
 * one round trip and one flush to disk. An idle log waits for nothing.
 */
export class Batcher<E> {
  #waiting: Job<E>[] = [];
  #scheduled = false;
  #idle: Promise<void> = Promise.resolve();

  /** @param write settles every job it is given and never rejects */
  constructor(private readonly write: (jobs: readonly Job<E>[]) => Promise<void>) {}

  add(job: Job<E>): void {
    this.#waiting.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#idle = new Promise((resolve) => setImmediate(() => void this.#run().then(resolve)));
  }

  /** Resolves once everything added before has been settled. */
  idle(): Promise<void> {
    return this.#idle;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.write(this.#take());
    this.#scheduled = false;
  }

  /** One append per stream and batch: the second has to see what the first left. */
  #take(): Job<E>[] {
    const taken: Job<E>[] = [];
    const left: Job<E>[] = [];
    const streams = new Set<string>();
    let events = 0;
    for (const job of this.#waiting) {
      const fits = taken.length === 0 || (taken.length < MOST_APPENDS && events + job.events.length <= MOST_EVENTS);
      if (fits && !streams.has(job.stream)) {
        taken.push(job);
        events += job.events.length;
      } else left.push(job);
      streams.add(job.stream);
    }
    this.#waiting = left;
    return taken;
  }
}
