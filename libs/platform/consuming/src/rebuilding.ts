import { type Clock, DomainError } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { reasonOf, RebuildEnded } from './errors';
import type { RebuildBooks, RebuildState } from './rebuild-books';

/** Milliseconds between looks whether somebody has asked it to end, in another process of the context perhaps. */
const LOOK = 1000;

/**
 * One rebuild as its worker sees it: tells how far it is, beside the transaction that holds its work, and ends it when somebody asks.
 * What it tells is never waited for.
 */
export class Rebuilding {
  readonly #ending = new AbortController();
  #applied = 0;
  #began = false;
  #telling: Promise<void> | undefined;
  #begin: () => void = () => undefined;
  /** Resolves once it is on record and has the read model for itself. */
  readonly begun = new Promise<void>((resolve) => (this.#begin = resolve));
  /** How it ended is settled; what is left is to commit or to roll back. */
  over = false;

  constructor(
    private readonly consumer: string,
    private readonly books: RebuildBooks,
    private readonly db: () => Promise<DataSource>,
    private readonly clock: Clock,
  ) {}

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  end(how: 'cancelled' | 'interrupted'): void {
    this.#ending.abort(new RebuildEnded(this.consumer, how));
  }

  /**
   * Does the work of a rebuild inside its transaction.
   * @param total how many events there are to apply, as far as known
   */
  async run(tx: EntityManager, total: () => Promise<number | undefined>, work: () => Promise<void>): Promise<void> {
    await this.books.lock(tx, this.consumer);
    await this.books.begin((await this.db()).manager, this.consumer, this.clock.now(), await total());
    this.#began = true;
    this.#begin();
    const looking = setInterval(() => this.#tell(), LOOK);
    try {
      this.signal.throwIfAborted();
      await work();
      this.signal.throwIfAborted();
      await this.#telling;
      await this.books.done(tx, this.consumer, this.clock.now(), this.#applied);
      this.over = true;
    } catch (error) {
      // Before the lock goes with the transaction: whoever looks then finds how it ended.
      await this.failed(error);
      throw error;
    } finally {
      clearInterval(looking);
    }
  }

  /** @throws RebuildEnded when somebody has asked it to end */
  applied(count: number): void {
    this.#applied += count;
    this.#tell();
    this.signal.throwIfAborted();
  }

  /** What the work waits for, unless it is to end first. */
  async orEnd<T>(waited: Promise<T>): Promise<T> {
    const { signal } = this;
    let leave = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave);
    });
    if (signal.aborted) leave();
    return Promise.race([waited, ended]).finally(() => signal.removeEventListener('abort', leave));
  }

  /** Puts on record that nothing came of it. A database that is away then says so by itself: the row is one of a lost rebuild. */
  async failed(error: unknown): Promise<void> {
    if (this.over || isBusy(error)) return;
    this.over = true;
    await this.#telling;
    const state: RebuildState = error instanceof RebuildEnded ? error.how : 'failed';
    const reason = state === 'failed' ? reasonOf(error) : undefined;
    try {
      await this.books.ended((await this.db()).manager, this.consumer, state, this.clock.now(), reason);
    } catch {
      // It is told apart from a running one by its lock.
    }
  }

  #tell(): void {
    if (!this.#began || this.over) return;
    this.#telling ??= this.#advance().finally(() => (this.#telling = undefined));
  }

  async #advance(): Promise<void> {
    try {
      for (let told = -1; told < this.#applied && !this.over;) {
        told = this.#applied;
        if (await this.books.advance((await this.db()).manager, this.consumer, told)) this.end('cancelled');
      }
    } catch {
      // Told again with the next page. What is lost with the connection is the transaction's to notice.
    }
  }
}

/** Somebody else's rebuild is on record then, and stays. */
const isBusy = (error: unknown): boolean => error instanceof DomainError && error.code === 'projection.rebuilding';
