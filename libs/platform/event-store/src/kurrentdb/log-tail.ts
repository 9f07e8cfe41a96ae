/** Positions kept of each log: what its readers are about to read. */
const KEPT = 500;

/** The last events of one log, as far as this process has seen them appended: all that lie after `#base`. */
export class LogTail {
  #base: string;
  readonly #positions: string[] = [];

  /** @param head where the log ended when this process began to look; absent: it was empty */
  constructor(head?: string) {
    this.#base = head ?? '';
  }

  get head(): string {
    return this.#positions.at(-1) ?? this.#base;
  }

  add(position: string): void {
    if (position <= this.head) return;
    this.#positions.push(position);
    if (this.#positions.length > 2 * KEPT) this.#base = this.#positions.splice(0, KEPT).at(-1) ?? this.#base;
  }

  /** The event that follows the one at this position; undefined where this process cannot know. */
  after(position: string | undefined): string | undefined {
    if ((position ?? '') === this.#base) return this.#positions[0];
    const place = this.#positions.indexOf(position ?? '');
    return place < 0 ? undefined : this.#positions[place + 1];
  }
}
