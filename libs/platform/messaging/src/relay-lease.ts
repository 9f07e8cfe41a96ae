import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';

/** Held by the one relay of a context that runs. */
export interface HeldLease {
  /** @throws Error when it may have gone to another relay */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** Lets one of several relays of a context run; the others stand by. */
export abstract class RelayLease {
  /** @returns undefined while another relay holds it */
  abstract take(context: string): Promise<HeldLease | undefined>;
}

const SQL = {
  take: `select pg_try_advisory_lock(hashtextextended('raccordo/relay/' || $1, 0)) as taken`,
  confirm: 'select 1',
  release: `select pg_advisory_unlock(hashtextextended('raccordo/relay/' || $1, 0))`,
};

/**
 * Locks of one database session, which end with the process that holds them. A process that is cut off from the database but not from the
 * broker may publish once more while its successor begins; consumers drop what they know, so the lease saves work and is not what they rely on.
 */
export class PostgresRelayLease extends RelayLease {
  readonly #held = new Set<string>();
  #session: Promise<PoolClient> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly pool: Pool) {
    super();
  }

  async take(context: string): Promise<HeldLease | undefined> {
    // A session may take its own lock twice.
    if (this.#held.has(context)) return undefined;
    this.#held.add(context);
    const session = (this.#session ??= this.#open());
    try {
      const client = await session;
      const { rows } = await this.#ask<{ taken: boolean }>(client, SQL.take, [context]);
      if (rows[0]?.taken) return this.#lease(context, session, client);
    } catch (error) {
      this.#held.delete(context);
      await session.then(
        (client) => this.#lost(session, client),
        () => undefined,
      );
      throw error;
    }
    await this.#left(context);
    return undefined;
  }

  #lease(context: string, session: Promise<PoolClient>, client: PoolClient): HeldLease {
    return {
      confirm: async () => {
        if (this.#session !== session) throw new Error('the session that held the lease has ended');
        await this.#ask(client, SQL.confirm);
      },
      release: async () => {
        if (this.#session === session) await this.#ask(client, SQL.release, [context]).catch(() => this.#lost(session, client));
        await this.#left(context);
      },
    };
  }

  /** One question at a time: the session belongs to the relays of all contexts. */
  #ask<R extends QueryResultRow>(client: PoolClient, text: string, values: string[] = []): Promise<QueryResult<R>> {
    const answer = this.#last.then(() => client.query<R>(text, values));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #open(): Promise<PoolClient> {
    const session = this.pool.connect();
    session.then(
      (client) => client.on('error', () => this.#lost(session, client)),
      () => (this.#session = this.#session === session ? undefined : this.#session),
    );
    return session;
  }

  /** With its session go all its locks. */
  #lost(session: Promise<PoolClient>, client: PoolClient): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    client.release(true);
  }

  /** The last one closes the session: standing by costs no connection. */
  async #left(context: string): Promise<void> {
    this.#held.delete(context);
    const session = this.#session;
    if (this.#held.size > 0 || session === undefined) return;
    this.#session = undefined;
    (await session).release(true);
  }
}
