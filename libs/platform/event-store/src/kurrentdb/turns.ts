/** One after the other for the same name, side by side for different ones. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}

/** Runs work for all who ask while it is busy once more, together: whoever asks gets a run that began after asking. */
export class Together<T> {
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(private readonly work: () => Promise<T>) {}

  run(): Promise<T> {
    if (this.#next) return this.#next;
    if (!this.#running) return this.#start();
    const start = (): Promise<T> => this.#start();
    return (this.#next = this.#running.then(start, start));
  }

  #start(): Promise<T> {
    this.#next = undefined;
    const running = this.work().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
