import { contextOf, type EventToAppend, type RecordedEvent } from '@platform/kernel';
import type { Pool } from 'pg';
import { IdReused, storeMoved, storeUnavailable, WrongLog } from '../errors';
import { type Appended, EventStore, type Expected, WrongRevision } from '../event-store';
import { assertStorable, numberOf, position } from '../storable';
import { appendCall, type Verdict, type Written, written } from './append-call';
import { Batcher, type Job } from './batcher';
import { Listener } from './listener';
import { CHANNEL, MOVED } from './schema';

const PAGE = 1000;
// `order by position` alone would sort by the text of this list.
const COLUMNS = 'e.log, e.position::text, stream, revision, id, type, schema, data, sealed, meta';
type Row = [string, string, string, number, string, string, number, object, RecordedEvent['sealed'] | null, RecordedEvent['meta']];

const SQL = {
  stream: `select ${COLUMNS} from event_store.event e where e.stream = $1 and e.revision between $2 and $3 order by e.revision limit ${PAGE}`,
  log: `select ${COLUMNS} from event_store.event e where e.log = $1 and e.position > $2 order by e.position limit $3`,
  head: 'select e.position::text from event_store.event e where e.log = $1 order by e.position desc limit 1',
  // From one log to the next through the primary key; a plain distinct would read every event.
  logs: `with recursive known as (
      (select log from event_store.event where log >= $1 order by log limit 1)
      union all
      select (select e.log from event_store.event e where e.log > k.log order by e.log limit 1) from known k where k.log is not null
    ) select log from known where log is not null`,
};

/** The store on Postgres: tables of `eventStoreSchema`, a pool that logs in as `raccordo_store`. */
export class PostgresEventStore extends EventStore {
  readonly #batchers = new Map<string, Batcher<Written>>();
  readonly #listener: Listener;
  #closed = false;

  /** The pool stays the caller's: `close` does not end it. */
  constructor(private readonly pool: Pool) {
    super();
    this.#listener = new Listener(pool, CHANNEL);
  }

  async append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Promise<Appended> {
    assertStorable(log, stream, events, expected);
    if (this.#closed) throw storeUnavailable();
    const ready = events.map(written);
    return new Promise((resolve, reject) => this.#batcher(log).add({ stream, events: ready, expected, resolve, reject }));
  }

  async readStream(stream: string, { from = 0, to = 2 ** 31 - 1 }: { from?: number; to?: number } = {}): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (let next = from; next <= to;) {
      const page = await this.#rows('event_store_stream', SQL.stream, [stream, next, to]);
      events.push(...page.map(recorded));
      if (page.length < PAGE) break;
      next = (events.at(-1)?.revision ?? to) + 1;
    }
    return events;
  }

  async head(log: string): Promise<string | undefined> {
    const [row] = await this.#rows<[string]>('event_store_head', SQL.head, [log]);
    return row && position(row[0]);
  }

  /** Positions of a log are counted up without gaps: an append that fails takes none. */
  async size(log: string): Promise<number> {
    return Number((await this.head(log)) ?? 0);
  }

  async logs(context?: string): Promise<string[]> {
    const start = context === undefined ? '' : `${context}@`;
    const rows = await this.#rows<[string]>('event_store_logs', SQL.logs, [start]);
    return rows.map(([log]) => log).filter((log) => log.startsWith(start));
  }

  async readLog(log: string, after: string | undefined, limit: number): Promise<RecordedEvent[]> {
    return (await this.#rows('event_store_log', SQL.log, [log, numberOf(after), limit])).map(recorded);
  }

  onAppend(context: string | undefined, wake: () => void): () => void {
    return this.#listener.add((log) => context === undefined || contextOf(log) === context, wake);
  }

  /** Waits for appends on their way, then stops listening. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#batchers.values()].map((batcher) => batcher.idle()));
    await this.#listener.close();
  }

  #batcher(log: string): Batcher<Written> {
    const known = this.#batchers.get(log);
    if (known) return known;
    const batcher = new Batcher<Written>((jobs) => this.#write(log, jobs));
    this.#batchers.set(log, batcher);
    return batcher;
  }

  /**
   * A batch fails as a whole when one of its ids is stored already or another log takes one of its streams at the same moment:
   * then each append is judged alone, so that nobody pays for somebody else's mistake.
   */
  async #write(log: string, jobs: readonly Job<Written>[], attempt = 1): Promise<void> {
    try {
      const { rows } = await this.pool.query<Verdict>(appendCall(log, jobs));
      for (const verdict of rows) settle(log, jobs[verdict[0] - 1], verdict);
    } catch (error) {
      const clashed = CLASHES.has(codeOf(error));
      if (jobs.length > 1 && (clashed || isDataFault(error))) {
        for (const job of jobs) await this.#write(log, [job]);
      } else if (clashed && attempt < 4) await this.#write(log, jobs, attempt + 1);
      else for (const job of jobs) job.reject(asRefusal(error, job.stream));
    }
  }

  async #rows<R extends unknown[] = Row>(name: string, text: string, values: unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>({ name, text, values, rowMode: 'array' })).rows;
    } catch (error) {
      throw isUnreachable(error) ? storeUnavailable() : error;
    }
  }
}

function settle(log: string, job: Job<Written> | undefined, [, outcome, revision, at]: Verdict): void {
  if (!job) return;
  if (outcome === 'conflict') job.reject(new WrongRevision(job.stream, job.expected, revision));
  else if (outcome === 'elsewhere') job.reject(new WrongLog(job.stream, log));
  else if (outcome === 'reused' || at === null) job.reject(new IdReused(job.stream));
  else job.resolve({ stream: job.stream, revision, log, position: position(at), deduplicated: outcome === 'known' });
}

const recorded = ([log, at, stream, revision, id, type, schema, data, sealed, meta]: Row): RecordedEvent => ({
  id,
  type,
  schema,
  data,
  ...(sealed ? { sealed } : {}),
  meta,
  stream,
  revision,
  log,
  position: position(at),
});

const UNIQUE = '23505';
/** Unique violation, deadlock, serialisation failure: somebody else was there at the same moment. */
const CLASHES = new Set([UNIQUE, '40P01', '40001']);
const codeOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? '';
const isDataFault = (error: unknown): boolean => codeOf(error).startsWith('22');

/** Connection faults of Postgres (classes 08, 53, 57P) and of the network, which carry no SQLSTATE. */
const isUnreachable = (error: unknown): boolean =>
  /^(08|53|57P)/.test(codeOf(error)) ||
  /^E[A-Z]+$/.test(codeOf(error)) ||
  (error instanceof Error &&
    codeOf(error) === '' &&
    /[Cc]onnection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message));

function asRefusal(error: unknown, stream: string): unknown {
  if (codeOf(error) === UNIQUE) return new IdReused(stream);
  if (codeOf(error) === MOVED) return storeMoved();
  return isUnreachable(error) ? storeUnavailable() : error;
}
