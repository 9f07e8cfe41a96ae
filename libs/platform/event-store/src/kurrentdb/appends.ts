import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '@platform/kernel';
import { IdReused, storeUnavailable, WrongLog } from '../errors';
import { type Appended, type Expected, WrongRevision } from '../event-store';
import type { Claims } from './claims';
import type { KurrentConnection } from './connection';
import { isConflict } from './failures';
import type { KurrentReads } from './reading';
import { type Found, toStore } from './stored-form';

/** Streams whose log is remembered: it never changes. */
const REMEMBERED = 50_000;

interface Asked {
  readonly log: string;
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly expected: Expected;
  /** Marks what this call writes, through all its tries. */
  readonly write: string;
}

/**
 * Appends always state the exact revision: only there is the server's idempotency certain, and only so can two logs not share a stream.
 * What the server answers is checked by reading back, since it answers the repetition of an append as it answered the first.
 */
export class KurrentAppends {
  readonly #homes = new Map<string, string>();

  constructor(
    private readonly connection: KurrentConnection,
    private readonly reads: KurrentReads,
    private readonly claims: Claims,
  ) {}

  /** What a reader saw need not be asked for again. */
  remember(stream: string, log: string): void {
    if (this.#homes.size >= REMEMBERED) this.#homes.clear();
    this.#homes.set(stream, log);
  }

  async append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Promise<Appended> {
    const asked: Asked = { log, stream, events, expected, write: randomUUID() };
    let claimed = false;
    for (let last = await this.#presumed(asked); ; last = undefined) {
      if (last === undefined) {
        const weighed = await this.#weigh(asked);
        if (typeof weighed === 'object') return weighed;
        last = weighed;
      }
      if (!claimed) {
        const owner = await this.claims.claim(stream, events);
        claimed = true;
        if (owner !== 'new') {
          const weighed = await this.#weigh(asked);
          if (typeof weighed === 'object') return weighed;
          if (owner === 'elsewhere') throw new IdReused(stream);
          last = weighed;
        }
      }
      const done = await this.#write(asked, last);
      if (done) return done;
    }
  }

  /** The revision the append may go to, without reading more than has to be: whoever states one is checked by the server. */
  async #presumed({ log, stream, expected }: Asked): Promise<number | undefined> {
    const home = this.#homes.get(stream);
    if (home !== undefined && home !== log) throw new WrongLog(stream, log);
    if (home === undefined && expected === 'none') return -1;
    if (home !== undefined && typeof expected === 'number') return expected;
    const last = await this.reads.last(stream);
    if (last) this.#settle(stream, log, last.log);
    return isAt(expected, last?.revision ?? -1) ? (last?.revision ?? -1) : undefined;
  }

  /**
   * Looks at all of the stream: are these events in it already, and may they be appended?
   * @returns the first result of the same append, or the revision the stream is at
   */
  async #weigh({ log, stream, events, expected, write }: Asked): Promise<Appended | number> {
    const stored = await this.reads.stream(stream);
    const last = stored.length - 1;
    if (stored[0]) this.#settle(stream, log, stored[0].event.log);
    const at = new Map(stored.map(({ event }, n) => [event.id, n]));
    const places = events.map(({ id }) => at.get(id));
    const first = places[0];
    const wanted = typeof expected === 'number' ? expected + 1 : expected === 'none' ? 0 : first;
    if (first !== undefined && first === wanted && places.every((place, n) => place === first + n))
      return answerOf(stored.slice(first, first + events.length), write);
    if (!isAt(expected, last)) throw new WrongRevision(stream, expected, last);
    if (places.some((place) => place !== undefined)) throw new IdReused(stream);
    return last;
  }

  /** @returns nothing when somebody was faster */
  async #write({ log, stream, events, write }: Asked, last: number): Promise<Appended | undefined> {
    const stored = events.map((event) => toStore(log, event, write));
    const streamState = last < 0 ? 'no_stream' : BigInt(last);
    const options = { streamState, requiresLeader: true, deadline: this.connection.attemptMs } as const;
    try {
      await this.connection.run((client) => client.appendToStream(stream, stored, options));
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
    const found = await this.reads.stream(stream, last + 1, last + events.length);
    // A leader that was replaced may have answered for what is not kept: the same call again decides.
    if (events.some(({ id }, n) => found[n]?.event.id !== id)) throw storeUnavailable();
    if (found[0]) this.#settle(stream, log, found[0].event.log);
    return answerOf(found, write);
  }

  #settle(stream: string, log: string, home: string): void {
    this.remember(stream, home);
    if (home !== log) throw new WrongLog(stream, log);
  }
}

function answerOf(found: readonly Found[], write: string): Appended {
  const last = found.at(-1);
  if (!last) throw new Error('an append of nothing');
  const { stream, revision, log, position } = last.event;
  return { stream, revision, log, position, deduplicated: last.write !== write };
}

function isAt(expected: Expected, last: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return last >= 0;
  return last === (expected === 'none' ? -1 : expected);
}
