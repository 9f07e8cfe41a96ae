import type { EventToAppend, RecordedEvent } from '@platform/kernel';
import { storeUnavailable } from '../errors';
import { type Appended, EventStore, type Expected } from '../event-store';
import { assertStorable } from '../storable';
import { KurrentAppends } from './appends';
import { Claims } from './claims';
import { KurrentConnection } from './connection';
import { LogEnds } from './log-ends';
import { KurrentReads } from './reading';
import { positionOf, toStore } from './stored-form';
import { Turns } from './turns';
import { Waking } from './waking';

export interface KurrentOptions {
  /** `kurrentdb://user:password@one:2113,two:2113?tls=true&tlsCaFile=…`, or `kurrentdb+discover://…`. */
  readonly url: string;
  /** How long one try may take. */
  readonly attemptMs?: number;
  /** How long a call is tried again before it is answered with `store.unavailable`. */
  readonly patienceMs?: number;
}

/** On KurrentDB, or EventStoreDB from 22.10 on. How a log is laid out there, and why: docs/adr/0020-logs-in-kurrentdb.md. */
export class KurrentDbEventStore extends EventStore {
  readonly #connection: KurrentConnection;
  readonly #reads: KurrentReads;
  readonly #appends: KurrentAppends;
  readonly #ends: LogEnds;
  readonly #waking: Waking;
  readonly #turns = new Turns();
  #closed = false;

  constructor({ url, attemptMs = 2000, patienceMs = 5000 }: KurrentOptions) {
    super();
    this.#connection = new KurrentConnection(url, { attemptMs, patienceMs });
    this.#reads = new KurrentReads(this.#connection);
    this.#appends = new KurrentAppends(this.#connection, this.#reads, new Claims(this.#connection, this.#reads));
    this.#ends = new LogEnds(this.#connection, this.#reads);
    this.#waking = new Waking(this.#connection);
  }

  async append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Promise<Appended> {
    if (this.#closed) throw storeUnavailable();
    assertStorable(log, stream, events, expected);
    for (const event of events) toStore(log, event, '');
    // Appends of this process to one stream would only make each other fail.
    return this.#turns.take(stream, async () => {
      await this.#ends.enter(log);
      return this.#appends.append(log, stream, events, expected);
    });
  }

  async readStream(stream: string, { from = 0, to = Infinity }: { from?: number; to?: number } = {}): Promise<RecordedEvent[]> {
    const found = await this.#reads.stream(stream, from, to);
    if (found[0]) this.#appends.remember(stream, found[0].event.log);
    return found.map(({ event }) => event);
  }

  head(log: string): Promise<string | undefined> {
    return this.#ends.head(log);
  }

  /** Positions are places in `$all`, among the events of all other logs. */
  size(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  logs(context?: string): Promise<string[]> {
    return this.#ends.logs(context);
  }

  async readLog(log: string, after: string | undefined, limit: number): Promise<RecordedEvent[]> {
    if (after !== undefined) positionOf(after);
    const tail = await this.#ends.tail(log);
    // Most who ask are told that there is nothing new: the server is not sent over all that others have appended since.
    if (!tail || (after ?? '') >= tail.head) return [];
    return (await this.#reads.log(log, after, limit, { head: tail.head, first: tail.after(after) })).map(({ event }) => event);
  }

  onAppend(context: string | undefined, wake: () => void): () => void {
    return this.#waking.add(context, wake);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waking.close();
    await this.#turns.settled();
    await this.#connection.close();
  }
}
