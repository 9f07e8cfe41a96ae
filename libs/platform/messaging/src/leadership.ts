import { Client, type ClientConfig } from 'pg';

export interface LeadershipOptions {
  /** Where to connect; a connection of its own is kept, because the lock lives as long as it does. */
  readonly connection: ClientConfig;
  /** What is led: one leader per name and database. */
  readonly name: string;
  /** Begins the work; what it answers ends it. */
  readonly lead: () => Promise<() => Promise<void>>;
  readonly onError: (error: unknown) => void;
  /** Milliseconds between looks: how soon a standby takes over, and how soon a leader notices that it is none any more. */
  readonly every?: number;
}

/** A server that does not answer within this many looks is lost to us. */
const PATIENCE = 3;

/**
 * One of several processes works, the others wait: a session's advisory lock in Postgres, which ends with the connection. A leader that cannot
 * reach the server stops by itself; the server gives a silent connection up by TCP keepalive after that, so that two never lead at once.
 */
export class Leadership {
  #client: Client | undefined;
  #end: (() => Promise<void>) | undefined;
  #stopped = true;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(private readonly options: LeadershipOptions) {}

  get leads(): boolean {
    return this.#end !== undefined;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#running = this.#run();
  }

  /** Ends the work, then lets the next one lead. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (await this.#hold()) this.#end ??= await this.options.lead();
      } catch (error) {
        this.options.onError(error);
        await this.#resign();
      }
      await this.#sleep();
    }
    await this.#resign();
  }

  /** Takes the lock, or makes sure that it is still ours. */
  async #hold(): Promise<boolean> {
    const client = (this.#client ??= await this.#connect());
    if (this.leads) {
      await this.#within(client.query('select 1'));
      return true;
    }
    const sql = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as ours';
    const { rows } = await this.#within(client.query<{ ours: boolean }>(sql, [`raccordo/lead/${this.options.name}`]));
    return rows[0]?.ours === true;
  }

  async #connect(): Promise<Client> {
    const client = new Client({ ...this.options.connection, keepAlive: true, connectionTimeoutMillis: this.#every * PATIENCE });
    // The next look finds it out.
    client.on('error', () => this.#wake());
    try {
      await client.connect();
      await client.query('set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3');
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  async #resign(): Promise<void> {
    const [end, client] = [this.#end, this.#client];
    this.#end = undefined;
    this.#client = undefined;
    // The work ends before the lock does: never two at once.
    await end?.().catch(this.options.onError);
    await client?.end().catch(() => undefined);
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the database does not answer')), this.#every * PATIENCE);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  get #every(): number {
    return this.options.every ?? 1_000;
  }

  async #sleep(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#every);
      this.#wake = resolve;
      if (this.#stopped) resolve();
    });
    clearTimeout(timer);
  }
}
