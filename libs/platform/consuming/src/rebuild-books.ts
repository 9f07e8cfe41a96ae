import { type DomainError, refused } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import { assertContext } from './bookkeeping';

/** `interrupted`: its process ended before it did. Like `cancelled` and `failed` it has changed nothing. */
export type RebuildState = 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** How far the rebuild of a read model is, or how its last one ended. */
export interface RebuildProgress {
  readonly state: RebuildState;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | undefined;
  /** Events applied so far. */
  readonly applied: number;
  /** Events there are to apply, counted when it began and never less than `applied`; undefined where nobody can say beforehand. */
  readonly total: number | undefined;
  /** Somebody asked it to end, and it is about to. */
  readonly cancelling: boolean;
  /** Of one that failed: code or class of the error. */
  readonly reason: string | undefined;
}

interface Row {
  readonly consumer: string;
  readonly state: RebuildState;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly applied: number;
  readonly total: number | null;
  readonly cancelling: boolean;
  readonly reason: string | null;
  readonly locked: boolean;
}

/** Space of the advisory locks that tell which rebuilds run. */
const LOCKS = 722_310;

/**
 * The table `consumer_rebuild` of a context, which every process of the context reads. Whether one runs is told by a lock that its transaction
 * holds: it ends with the transaction, also when the process dies, so that a row which still says `running` then stands for one that was lost.
 */
export class RebuildBooks {
  readonly #schema: string;

  constructor(context: string) {
    this.#schema = assertContext(context);
  }

  /** Takes the lock for as long as the rebuild's transaction lasts. @throws DomainError `projection.rebuilding` when somebody has it */
  async lock(tx: EntityManager, consumer: string): Promise<void> {
    const [row] = await tx.query<{ free: boolean }[]>(`select pg_try_advisory_xact_lock(${LOCKS}, hashtext($1)) as free`, [
      this.#lockOf(consumer),
    ]);
    if (!row?.free) throw alreadyRebuilding();
  }

  /** @param db not the rebuild's own transaction: others are to see it */
  async begin(db: EntityManager, consumer: string, at: string, total: number | undefined): Promise<void> {
    await db.query(
      `insert into ${this.#schema}.consumer_rebuild (consumer, state, started_at, applied, total) values ($1, 'running', $2, 0, $3)
       on conflict (consumer) do update set state = excluded.state, started_at = excluded.started_at, ended_at = null,
         applied = 0, total = excluded.total, cancelling = false, reason = null`,
      [consumer, at, total ?? null],
    );
  }

  /** @returns whether somebody has asked it to end */
  async advance(db: EntityManager, consumer: string, applied: number): Promise<boolean> {
    const [rows] = await db.query<[{ cancelling: boolean }[], number]>(
      `update ${this.#schema}.consumer_rebuild set applied = greatest(applied, $2), total = case when total < $2 then $2 else total end
       where consumer = $1 and state = 'running' returning cancelling`,
      [consumer, applied],
    );
    return rows[0]?.cancelling ?? false;
  }

  /** The events that were applied are then all there were. In the rebuild's own transaction: it is done when its rows are there. */
  async done(tx: EntityManager, consumer: string, at: string, applied: number): Promise<void> {
    await tx.query(
      `update ${this.#schema}.consumer_rebuild set state = 'done', ended_at = $2, applied = $3, total = $3 where consumer = $1`,
      [consumer, at, applied],
    );
  }

  async ended(db: EntityManager, consumer: string, state: RebuildState, at: string, reason: string | undefined): Promise<void> {
    await db.query(
      `insert into ${this.#schema}.consumer_rebuild as r (consumer, state, started_at, ended_at, applied, reason)
       values ($1, $2, $3, $3, 0, $4)
       on conflict (consumer) do update set state = excluded.state, ended_at = excluded.ended_at, reason = excluded.reason`,
      [consumer, state, at, reason ?? null],
    );
  }

  /** @returns whether there was a running one to ask */
  async ask(db: EntityManager, consumer: string): Promise<boolean> {
    if ((await this.progress(db)).get(consumer)?.state !== 'running') return false;
    await db.query(`update ${this.#schema}.consumer_rebuild set cancelling = true where consumer = $1 and state = 'running'`, [consumer]);
    return true;
  }

  /** Consumer → its last rebuild, of those that ever had one. */
  async progress(db: EntityManager): Promise<Map<string, RebuildProgress>> {
    const rows = await db.query<Row[]>(
      `select consumer, state, started_at, ended_at, applied, total, cancelling, reason, exists (
         select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.classid::bigint = ${LOCKS} and l.objsubid = 2
           and l.objid::bigint = (hashtext($1 || '.' || consumer)::bigint & 4294967295)
           and l.database = (select d.oid from pg_database d where d.datname = current_database())
       ) as locked from ${this.#schema}.consumer_rebuild`,
      [this.#schema],
    );
    return new Map(rows.map((row) => [row.consumer, progressOf(row)]));
  }

  #lockOf(consumer: string): string {
    return `${this.#schema}.${consumer}`;
  }
}

export const alreadyRebuilding = (): DomainError => refused('projection.rebuilding', 'This read model is being built again already.');

const progressOf = ({ state, locked, ...row }: Row): RebuildProgress => {
  const now: RebuildState = locked ? 'running' : state === 'running' ? 'interrupted' : state;
  return {
    state: now,
    startedAt: row.started_at,
    endedAt: now === 'running' ? undefined : (row.ended_at ?? undefined),
    applied: row.applied,
    total: row.total ?? undefined,
    cancelling: now === 'running' && row.cancelling,
    reason: now === 'failed' ? (row.reason ?? undefined) : undefined,
  };
};
