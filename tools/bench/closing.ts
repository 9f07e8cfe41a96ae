/** What was started, taken down in reverse: at the end, at a failure, at Ctrl-C. Each end runs once, and one that fails does not spare the others. */
export class Closing {
  readonly #ends: (() => unknown)[] = [];

  add(end: () => unknown): void {
    this.#ends.push(end);
  }

  /** @throws AggregateError of what could not be taken down */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be taken down');
  }
}
