/** Dice that always fall the same way for the same seed (mulberry32): invented data are the same on every machine. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  below = (bound: number): number => Math.floor(this.roll() * bound);
  chance = (of: number): boolean => this.roll() < of;

  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new Error('there is nothing to pick from');
    return one;
  }
  /** So many different ones, in the order of the list. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = new Set(from.keys());
    while (left.size > Math.min(count, from.length)) left.delete(this.pick([...left]));
    return from.filter((_, n) => left.has(n));
  }
}
