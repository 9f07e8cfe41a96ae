import type { EventStore } from '@platform/event-store';
import { LogRewritten } from './log-keys';
import type { Sequencer } from './sequencer';

export type SequencingState = 'working' | 'elsewhere' | 'waiting' | 'stopped';

/** How a region's log is doing: `waiting` tries again, `stopped` needs somebody to look. */
export interface SequencingHealth {
  readonly region: string;
  readonly state: SequencingState;
  /** Why it waits or stopped, as a code for a log line. */
  readonly code?: string;
  /** The same in words, for whoever may read paths of this machine. */
  readonly why?: string;
}

/** A log is asked for news at least this often, milliseconds: a checkpoint is never older than a second. */
const EVERY = 400;
const PAUSE = 2_000;

/** Runs the sequencers of all regions this process knows, one after the other: new regions join as they open. */
export class Sequencing {
  readonly #sequencers = new Map<string, Sequencer>();
  readonly #health = new Map<string, SequencingHealth>();
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => undefined;
  #silence: () => void = () => undefined;

  /**
   * @param regions which regions there are now
   * @param report told once when a region's log begins to wait or stops
   */
  constructor(
    private readonly store: EventStore,
    private readonly regions: () => readonly string[],
    private readonly sequencerOf: (region: string) => Sequencer,
    private readonly report: (health: SequencingHealth) => void = () => undefined,
  ) {}

  get health(): readonly SequencingHealth[] {
    return [...this.#health.values()];
  }

  /** Idempotent. */
  start(): void {
    if (this.#running || this.#stopped) return;
    this.#silence = this.store.onAppend(undefined, () => this.#wake());
    this.#running = this.#run();
  }

  /** Ends after the round at hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#silence();
    this.#wake();
    await this.#running;
  }

  /** Takes everything there is now: for the end of a story, a spec, or a shutdown. @throws the first error of any region */
  async drain(): Promise<void> {
    for (const region of this.regions()) while ((await this.#sequencer(region).round()).more);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      let failed = false;
      for (const region of this.regions()) if (!(await this.#serve(region))) failed = true;
      await this.#pause(failed ? PAUSE : EVERY);
    }
  }

  async #serve(region: string): Promise<boolean> {
    if (this.#health.get(region)?.state === 'stopped') return true;
    try {
      for (let more = true; more && !this.#stopped;) {
        const round = await this.#sequencer(region).round();
        this.#health.set(region, { region, state: round.elsewhere ? 'elsewhere' : 'working' });
        more = round.more;
      }
      return true;
    } catch (error) {
      const state = error instanceof LogRewritten ? 'stopped' : 'waiting';
      const health: SequencingHealth = { region, state, code: codeOf(error), why: error instanceof Error ? error.message : 'unknown' };
      const known = this.#health.get(region);
      this.#health.set(region, health);
      if (known?.state !== state) this.report(health);
      return false;
    }
  }

  #sequencer(region: string): Sequencer {
    const known = this.#sequencers.get(region) ?? this.sequencerOf(region);
    this.#sequencers.set(region, known);
    return known;
  }

  #pause(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
};
