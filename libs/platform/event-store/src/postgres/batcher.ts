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
/** Batches on their way at once: the server reads one while it writes the other, for which the log's lock makes it wait. */
const LANES = 2;
/** From so many appends on, what waits is shared among the free lanes; fewer are better off with one flush to disk. */
const WORTH_SHARING = 32;

/**
 * Group commit of one log: what arrives while the lanes are busy makes up the next batch, so that many appends share one lock,
 * one round trip and one flush to disk. An idle log waits for nothing.
 */
export class Batcher<E> {
  #waiting: Job<E>[] = [];
  #scheduled = false;
  /** Batches on their way, each with its end. */
  readonly #lanes = new Map<readonly Job<E>[], Promise<void>>();

  /** @param write settles every job it is given and never rejects */
  constructor(private readonly write: (jobs: readonly Job<E>[]) => Promise<void>) {}

  add(job: Job<E>): void {
    this.#waiting.push(job);
    this.#schedule();
  }

  /** Resolves once everything added before has been settled. */
  async idle(): Promise<void> {
    while (this.#lanes.size > 0 || this.#waiting.length > 0) {
      await (this.#lanes.size > 0 ? Promise.race(this.#lanes.values()) : new Promise(setImmediate));
    }
  }

  /** At the end of this turn of the event loop: whoever was just answered may append again at once. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#fill();
    });
  }

  #fill(): void {
    while (this.#lanes.size < LANES && this.#waiting.length > 0) {
      const jobs = this.#take();
      if (jobs.length === 0) return;
      const ended = this.write(jobs).then(() => {
        this.#lanes.delete(jobs);
        if (this.#waiting.length > 0) this.#schedule();
      });
      this.#lanes.set(jobs, ended);
    }
  }

  /** One append per stream, on its way or in the batch: the second has to see what the first left. */
  #take(): Job<E>[] {
    const free = LANES - this.#lanes.size;
    const most =
      this.#waiting.length < WORTH_SHARING * free ? MOST_APPENDS : Math.min(MOST_APPENDS, Math.ceil(this.#waiting.length / free));
    const streams = new Set([...this.#lanes.keys()].flatMap((jobs) => jobs.map(({ stream }) => stream)));
    const taken: Job<E>[] = [];
    const left: Job<E>[] = [];
    let events = 0;
    for (const job of this.#waiting) {
      const fits = taken.length === 0 || (taken.length < most && events + job.events.length <= MOST_EVENTS);
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
