import type { Message } from '@platform/messaging';
import type { EntityManager } from 'typeorm';
import { Fenced } from './errors';

/** A context's name is part of table and role names. */
export function assertContext(context: string): string {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(context)) throw new Error('a context is a plain lower-case word');
  return context;
}

/** One event that waits to be replayed. `message` only where it came by a bus. */
export interface Parked {
  readonly id: string;
  readonly consumer: string;
  /** Log or topic. */
  readonly source: string;
  readonly position: string | undefined;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** When the event happened, ISO 8601. */
  readonly at: string;
  readonly parkedAt: string;
  /** Code or class of the error, or `behind-parked`: it waits for an earlier event of its stream. */
  readonly reason: string;
  readonly message: Message | undefined;
}

type ParkedRow = { [K in keyof Omit<Parked, 'parkedAt'>]: Parked[K] | null } & { parked_at: string };

/** The tables of `consumingSchema`, for one consumer. */
export class Bookkeeping {
  readonly #schema: string;

  constructor(
    readonly consumer: string,
    context: string,
  ) {
    this.#schema = assertContext(context);
  }

  async checkpoints(db: EntityManager): Promise<Map<string, { position: string | undefined; heartbeat: string | undefined }>> {
    const rows = await db.query<{ source: string; position: string | null; heartbeat: string | null }[]>(
      `select source, position, heartbeat from ${this.#schema}.consumer_checkpoint where consumer = $1`,
      [this.consumer],
    );
    return new Map(rows.map((row) => [row.source, { position: row.position ?? undefined, heartbeat: row.heartbeat ?? undefined }]));
  }

  /**
   * Locks the checkpoint of a log for this transaction and makes sure it is where this worker left it.
   * @throws Fenced
   */
  async hold(tx: EntityManager, source: string, position: string | undefined): Promise<void> {
    await tx.query(`insert into ${this.#schema}.consumer_checkpoint (consumer, source) values ($1, $2) on conflict do nothing`, [
      this.consumer,
      source,
    ]);
    const rows = await tx.query<unknown[]>(
      `select 1 from ${this.#schema}.consumer_checkpoint where consumer = $1 and source = $2 and position is not distinct from $3 for update`,
      [this.consumer, source, position ?? null],
    );
    if (rows.length !== 1) throw new Fenced();
  }

  /** @throws Fenced when another worker was here */
  async move(tx: EntityManager, source: string, from: string | undefined, to: string): Promise<void> {
    const [, moved] = await tx.query<[unknown, number]>(
      `update ${this.#schema}.consumer_checkpoint set position = $4 where consumer = $1 and source = $2 and position is not distinct from $3`,
      [this.consumer, source, from ?? null, to],
    );
    if (moved !== 1) throw new Fenced();
  }

  async beat(db: EntityManager, topic: string, heartbeat: string): Promise<void> {
    await db.query(
      `insert into ${this.#schema}.consumer_checkpoint as c (consumer, source, heartbeat) values ($1, $2, $3)
       on conflict (consumer, source) do update set heartbeat = greatest(c.heartbeat, excluded.heartbeat)`,
      [this.consumer, topic, heartbeat],
    );
  }

  /** Last revisions taken of these streams, locked for this transaction. */
  async revisions(tx: EntityManager, streams: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ stream: string; revision: number }[]>(
      `select stream, revision from ${this.#schema}.consumer_stream where consumer = $1 and stream = any ($2) order by stream for update`,
      [this.consumer, streams],
    );
    return new Map(rows.map(({ stream, revision }) => [stream, revision]));
  }

  /** @throws Fenced when another worker has taken one of them meanwhile */
  async take(tx: EntityManager, revisions: ReadonlyMap<string, number>): Promise<void> {
    const taken = await tx.query<unknown[]>(
      `insert into ${this.#schema}.consumer_stream as s (consumer, stream, revision)
       select $1, t.stream, t.revision from unnest($2::text[], $3::int[]) as t (stream, revision)
       on conflict (consumer, stream) do update set revision = excluded.revision where s.revision < excluded.revision returning 1`,
      [this.consumer, [...revisions.keys()], [...revisions.values()]],
    );
    if (taken.length !== revisions.size) throw new Fenced();
  }

  async park(tx: EntityManager, parked: Omit<Parked, 'id' | 'consumer'>): Promise<void> {
    await tx.query(
      `insert into ${this.#schema}.consumer_parked (consumer, source, position, stream, revision, type, at, parked_at, reason, message)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (consumer, stream, revision) do nothing`,
      [
        this.consumer,
        parked.source,
        parked.position ?? null,
        parked.stream,
        parked.revision,
        parked.type,
        parked.at,
        parked.parkedAt,
        parked.reason,
        parked.message ? JSON.stringify(parked.message) : null,
      ],
    );
  }

  async unpark(tx: EntityManager, id: string): Promise<boolean> {
    const [, gone] = await tx.query<[unknown, number]>(`delete from ${this.#schema}.consumer_parked where consumer = $1 and id = $2`, [
      this.consumer,
      id,
    ]);
    return gone === 1;
  }

  async parkedStreams(db: EntityManager): Promise<Set<string>> {
    const rows = await db.query<{ stream: string }[]>(`select distinct stream from ${this.#schema}.consumer_parked where consumer = $1`, [
      this.consumer,
    ]);
    return new Set(rows.map(({ stream }) => stream));
  }

  /** All that is parked, oldest first; of one stream in its order. */
  async parked(db: EntityManager): Promise<Parked[]> {
    const rows = await db.query<ParkedRow[]>(
      `select id::text, consumer, source, position, stream, revision, type, at, parked_at, reason, message
       from ${this.#schema}.consumer_parked where consumer = $1 order by place`,
      [this.consumer],
    );
    return rows.map(({ parked_at, ...row }) => ({
      ...(row as Omit<Parked, 'parkedAt'>),
      position: row.position ?? undefined,
      message: row.message ?? undefined,
      parkedAt: parked_at,
    }));
  }

  /** Before this instant nothing that is parked happened: events may be dated by another clock than the one that parks them. */
  async oldestParked(db: EntityManager): Promise<string | undefined> {
    const [row] = await db.query<{ at: string | null }[]>(
      `select min(least(at, parked_at)) as at from ${this.#schema}.consumer_parked where consumer = $1`,
      [this.consumer],
    );
    return row?.at ?? undefined;
  }

  /** Is something of this log up to a position still waiting? */
  async waits(db: EntityManager, source: string, position: string): Promise<boolean> {
    const rows = await db.query<unknown[]>(
      `select 1 from ${this.#schema}.consumer_parked where consumer = $1 and source = $2 and position <= $3 limit 1`,
      [this.consumer, source, position],
    );
    return rows.length > 0;
  }

  /** Forgets everything, as part of a rebuild. */
  async forget(tx: EntityManager): Promise<void> {
    for (const table of ['consumer_checkpoint', 'consumer_parked', 'consumer_stream']) {
      await tx.query(`delete from ${this.#schema}.${table} where consumer = $1`, [this.consumer]);
    }
  }
}
