/** Says whether a part works; rejecting or answering false means it does not. */
export type Check = () => Promise<boolean> | boolean;

export interface ReadyState {
  readonly ready: boolean;
  /** Part → works. No reasons: they may hold addresses. */
  readonly parts: Readonly<Record<string, boolean>>;
}

/** The parts this process cannot do without, asked anew each time and never waited for longer than a second. */
export class Readiness {
  readonly #checks = new Map<string, Check>();

  constructor(private readonly patience = 1000) {}

  /** @param part e.g. `event-store`, `audit-spool`, `consumers` */
  add(part: string, check: Check): void {
    if (this.#checks.has(part)) throw new Error(`the part ${part} is checked already`);
    this.#checks.set(part, check);
  }

  async state(): Promise<ReadyState> {
    const parts = await Promise.all([...this.#checks].map(async ([part, check]) => [part, await this.#works(check)] as const));
    return { ready: parts.every(([, works]) => works), parts: Object.fromEntries(parts) };
  }

  async #works(check: Check): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), this.patience);
    });
    try {
      return await Promise.race([Promise.resolve().then(check), late]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
