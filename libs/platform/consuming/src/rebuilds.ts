import { type Clock, refused } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { alreadyRebuilding, RebuildBooks, type RebuildProgress } from './rebuild-books';
import { Rebuilding } from './rebuilding';
import type { Worker } from './worker';

interface Running {
  readonly rebuilding: Rebuilding;
  readonly finished: Promise<void>;
}

/** Rebuilds of the read models of a process. Other processes of the same context see them in the database, and can ask them to end. */
export class Rebuilds {
  readonly #running = new Map<string, Running>();

  constructor(
    private readonly writer: (context: string) => DataSource | Promise<DataSource>,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves once it is under way and on record.
   * @throws DomainError `projection.not-rebuildable` for what acts on events, `projection.rebuilding` while one runs; and whatever keeps it from
   *   beginning
   */
  async start(worker: Worker): Promise<Running> {
    const { name, context, reactor } = worker.consumer;
    if (reactor) throw refused('projection.not-rebuildable', 'It acts on events: replaying them all would act again.');
    for (let before = this.#running.get(name); before; before = this.#running.get(name)) {
      if (!before.rebuilding.over) throw alreadyRebuilding();
      await before.finished.catch(() => undefined);
    }
    const db = async (): Promise<DataSource> => this.writer(context);
    const books = new RebuildBooks(context);
    const rebuilding = new Rebuilding(name, books, db, this.clock);
    const finished = this.#work(worker, rebuilding, books);
    const running = { rebuilding, finished };
    this.#running.set(name, running);
    const gone = (): unknown => this.#running.get(name) === running && this.#running.delete(name);
    void finished.then(gone, gone);
    await Promise.race([rebuilding.begun, finished]);
    return running;
  }

  /** Asks a running rebuild to end, wherever it runs; it does so after the page it is at. Answers whether there was one. */
  async cancel(context: string, name: string): Promise<boolean> {
    const here = this.#running.get(name)?.rebuilding;
    const asked = await new RebuildBooks(context).ask((await this.writer(context)).manager, name);
    if (here && !here.over) here.end('cancelled');
    return asked || (here !== undefined && !here.over);
  }

  /** Consumer → its last rebuild, running or ended, of those of a context that had one. */
  async progress(context: string): Promise<ReadonlyMap<string, RebuildProgress>> {
    return new RebuildBooks(context).progress((await this.writer(context)).manager);
  }

  /** Ends those that run, for the process is about to. Resolves once they are rolled back. */
  async stop(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { rebuilding } of all) rebuilding.end('interrupted');
    await Promise.allSettled(all.map(({ finished }) => finished));
  }

  async #work(worker: Worker, rebuilding: Rebuilding, books: RebuildBooks): Promise<void> {
    try {
      const db = await this.writer(worker.consumer.context);
      // A consumer of topics makes way before it takes the lock: not while another process is at it.
      if ((await books.progress(db.manager)).get(worker.consumer.name)?.state === 'running') throw alreadyRebuilding();
      await worker.rebuild(rebuilding);
    } catch (error) {
      await rebuilding.failed(error);
      throw error;
    }
  }
}
