import { AsyncLocalStorage } from 'node:async_hooks';
import { DataSource } from 'typeorm';
import type { Pool } from 'pg';

/** Connections of a pool that no reading may hold: single statements asked from inside a reading find one there. */
const KEPT_FREE = 2;
const SIZE = 10;

const gates = new WeakMap<DataSource | Pool, Gate>();
const inside = new AsyncLocalStorage<ReadonlySet<DataSource | Pool>>();

/** Lets so many in at once; the others wait in the order of asking. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(places: number) {
    this.#free = Math.max(1, places);
  }
  async enter(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

const sizeOf = (source: DataSource | Pool): number =>
  (source instanceof DataSource ? (source.options as { poolSize?: number }).poolSize : source.options.max) ?? SIZE;

/**
 * Does something that holds a connection of this pool for a while. Everybody who is inside may need another connection of the same pool for a
 * moment: if all were held by those who wait for one, nobody would ever go on. So some are kept free, and nobody enters twice.
 * @throws Error for a reading inside a reading of the same pool
 */
export async function throughGate<T>(source: DataSource | Pool, work: () => Promise<T>): Promise<T> {
  const held = inside.getStore();
  if (held?.has(source)) throw new Error('a reading inside a reading of the same pool would wait for itself: use the transaction at hand');
  const gate = gates.get(source) ?? new Gate(sizeOf(source) - KEPT_FREE);
  gates.set(source, gate);
  await gate.enter();
  try {
    return await inside.run(new Set([...(held ?? []), source]), work);
  } finally {
    gate.leave();
  }
}
