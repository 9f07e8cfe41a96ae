import type { Pool } from 'pg';

/** How far each log of a context has been published. */
export abstract class RelayCheckpoints {
  abstract position(context: string, log: string): Promise<string | undefined>;
  /** All of a context's, by log. */
  abstract all(context: string): Promise<ReadonlyMap<string, string>>;
  /** Durable once it resolves. @returns false when it stood elsewhere */
  abstract move(context: string, log: string, from: string | undefined, to: string): Promise<boolean>;
}

/** For specs. */
export class MemoryRelayCheckpoints extends RelayCheckpoints {
  readonly #positions = new Map<string, string>();

  position(context: string, log: string): Promise<string | undefined> {
    return Promise.resolve(this.#positions.get(`${context} ${log}`));
  }

  all(context: string): Promise<ReadonlyMap<string, string>> {
    const mine = [...this.#positions].filter(([key]) => key.startsWith(`${context} `));
    return Promise.resolve(new Map(mine.map(([key, position]) => [key.slice(context.length + 1), position])));
  }

  move(context: string, log: string, from: string | undefined, to: string): Promise<boolean> {
    const fits = this.#positions.get(`${context} ${log}`) === from;
    if (fits) this.#positions.set(`${context} ${log}`, to);
    return Promise.resolve(fits);
  }
}

const SQL = {
  position: 'select position from bus.relay_checkpoint where context = $1 and log = $2',
  all: 'select log, position from bus.relay_checkpoint where context = $1',
  enter: 'insert into bus.relay_checkpoint (context, log, position) values ($1, $2, $3) on conflict do nothing',
  move: 'update bus.relay_checkpoint set position = $4 where context = $1 and log = $2 and position = $3',
};

/** In the tables of `busSchema`, by a pool that logs in as `raccordo_store`. */
export class PostgresRelayCheckpoints extends RelayCheckpoints {
  constructor(private readonly pool: Pool) {
    super();
  }

  async position(context: string, log: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ position: string }>(SQL.position, [context, log]);
    return rows[0]?.position;
  }

  async all(context: string): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<{ log: string; position: string }>(SQL.all, [context]);
    return new Map(rows.map(({ log, position }) => [log, position]));
  }

  async move(context: string, log: string, from: string | undefined, to: string): Promise<boolean> {
    const { rowCount } =
      from === undefined ? await this.pool.query(SQL.enter, [context, log, to]) : await this.pool.query(SQL.move, [context, log, from, to]);
    return rowCount === 1;
  }
}
