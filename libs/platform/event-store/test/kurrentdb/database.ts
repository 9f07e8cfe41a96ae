import { EventEmitter } from 'node:events';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Where the record begins in the transaction log: `commit` and `prepare` are the same for everything written over gRPC. */
  readonly position: bigint;
  /** Ticks of 100 ns. */
  readonly created: bigint;
}

export type ExpectedState = 'any' | 'no_stream' | 'stream_exists' | number;

export interface Written {
  readonly revision: number;
  readonly position: bigint;
}

export class WrongExpectedVersion extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedState,
    /** -1: there is no stream. */
    readonly current: number,
  ) {
    super('WrongExpectedVersion');
  }
}

export class AppendTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`Maximum Append Size of ${limit} Exceeded.`);
  }
}

/** "--max-append-size … Default: 1048576" (options of the server). */
const MAX_APPEND_SIZE = 1024 * 1024;

/**
 * What the nodes of one cluster agree on. Only what a client can see through the wire is modelled.
 * The rules of an append are those of the server's `IndexWriter.CheckCommit`:
 * - a number is the revision of the last event, and "writing after the end -> fail";
 * - "if writing earlier … found an event that isn't already written": at the first one the expectation is wrong, at a later one the
 *   idempotency is corrupted and the answer is a wrong expectation as well; "we are writing events and they are all written already": idempotent;
 * - "writing exactly to the end (expectedVersion == currentVersion) -> ok": ids are not looked at, so the same event is stored twice;
 * - `any` and `stream_exists` compare ids with those of recently committed events only: "will do its best to assure idempotency but
 *   will not guarantee idempotency". `recent` bounds how many are remembered.
 */
export class KurrentDatabase extends EventEmitter<{ events: [readonly Recorded[]] }> {
  readonly all: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  readonly #recent = new Map<string, Recorded>();
  #end = 0n;

  constructor(private readonly limits: { maxAppendSize?: number; recent?: number } = {}) {
    super();
    this.setMaxListeners(0);
  }

  stream(name: string): readonly Recorded[] {
    return this.#streams.get(name) ?? [];
  }

  append(stream: string, expected: ExpectedState, events: readonly Proposed[]): Written {
    const limit = this.limits.maxAppendSize ?? MAX_APPEND_SIZE;
    // "Event.SizeOnDisk(eventType, data, metadata)"; types are UTF-16 there
    if (events.reduce((size, { type, data, metadata }) => size + type.length * 2 + data.length + metadata.length, 0) > limit)
      throw new AppendTooLarge(limit);
    const stored = this.#streams.get(stream) ?? [];
    const again = this.#idempotent(stream, stored, expected, events);
    return again ? { revision: again.revision, position: again.position } : this.#write(stream, stored, events);
  }

  /** @returns the last event when all are written already, nothing when they may be written */
  #idempotent(stream: string, stored: readonly Recorded[], expected: ExpectedState, events: readonly Proposed[]): Recorded | undefined {
    const current = stored.length - 1;
    const wrong = new WrongExpectedVersion(stream, expected, current);
    if (expected === 'stream_exists' && current < 0) throw wrong;
    if (expected === 'any' || expected === 'stream_exists') {
      const known = events.map(({ id }) => this.#recent.get(id)).map((event) => (event?.stream === stream ? event : undefined));
      if (!known[0]) return undefined;
      if (known.some((event) => !event)) throw wrong;
      return known.at(-1);
    }
    const from = expected === 'no_stream' ? -1 : expected;
    if (from > current) throw wrong;
    if (from === current) return undefined;
    if (events.some(({ id }, n) => stored[from + 1 + n]?.id !== id)) throw wrong;
    return stored[from + events.length];
  }

  #write(stream: string, stored: Recorded[], events: readonly Proposed[]): Written {
    const created = BigInt(Date.now()) * 10_000n;
    const added = events.map((event, n): Recorded => {
      const record = { ...event, stream, revision: stored.length + n, position: this.#end, created };
      this.#end += BigInt(96 + 2 * (stream.length + event.type.length) + event.data.length + event.metadata.length);
      return record;
    });
    stored.push(...added);
    this.#streams.set(stream, stored);
    this.all.push(...added);
    for (const event of added) this.#recent.set(event.id, event);
    for (const id of this.#recent.keys()) {
      if (this.#recent.size <= (this.limits.recent ?? 10_000)) break;
      this.#recent.delete(id);
    }
    setImmediate(() => this.emit('events', added));
    const last = added.at(-1);
    return { revision: stored.length - 1, position: last?.position ?? this.#end };
  }
}
