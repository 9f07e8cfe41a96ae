import { Clock } from '@platform/kernel';

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): string {
    return new Date().toISOString();
  }
}

/**
 * A clock that invented data set to the past while they are loaded, and that stands with the machine's clock otherwise.
 * Exists in demo mode only.
 */
export class DemoClock extends Clock {
  #held: number | undefined;

  now(): string {
    return new Date(this.#held ?? Date.now()).toISOString();
  }
  /** Holds the clock at an instant, or lets it go. */
  hold(at: string | undefined): void {
    this.#held = at === undefined ? undefined : Date.parse(at);
  }
  /** Held time moves on by a millisecond at each step, so that the order of facts stays visible. */
  step(): void {
    if (this.#held !== undefined) this.#held += 1;
  }
}
