import type { EventToAppend, RecordedEvent } from '@platform/kernel';

/** `none`: the stream must not exist. A number: its last revision. */
export type Expected = 'any' | 'none' | 'exists' | number;

export interface Appended {
  readonly stream: string;
  /** Revision of the last event of this append. */
  readonly revision: number;
  readonly log: string;
  /** Position of the last event of this append in its log. */
  readonly position: string;
  /** The same event ids were stored before: nothing was written, the first result is returned. */
  readonly deduplicated: boolean;
}

/** Log → the last position a reader has seen. Logs absent here are read from their beginning. */
export type Checkpoint = Readonly<Record<string, string>>;

/** The stream is not where the writer thought. Its message names no payload. */
export class WrongRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: number,
  ) {
    super(`${stream} is at revision ${actual}, expected ${String(expected)}`);
  }
}

/** The truth. Adapters: memory, postgres (and kurrentdb); all pass event-store.contract.ts. */
export abstract class EventStore {
  /**
   * Appends to one stream, all or nothing. A stream lives in one log for ever: a second log is refused.
   * The same event ids at the same place are answered with the first result (a resend is harmless).
   * @throws WrongRevision
   */
  abstract append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Promise<Appended>;

  /** One stream in order of revision, read in pages. Absent streams are empty. */
  abstract readStream(stream: string, options?: { from?: number; to?: number }): Promise<RecordedEvent[]>;

  /** Last position of a log that is committed and visible; undefined while the log is empty. */
  abstract head(log: string): Promise<string | undefined>;

  /** How many events a log holds; undefined where the store could tell only by reading them. */
  abstract size(log: string): Promise<number | undefined>;

  /** The logs of a context that hold at least one event, e.g. `cases@umbria`. */
  abstract logs(context?: string): Promise<string[]>;

  /** Up to `limit` events of one log after a position, in position order: commit order, so nothing is ever skipped. */
  abstract readLog(log: string, after: string | undefined, limit: number): Promise<RecordedEvent[]>;

  /**
   * Calls `wake` soon after anything was appended to a log of this context, by whatever process, and at least once a second.
   * It is a hint only: readers go by positions.
   * @returns a function that ends it
   */
  abstract onAppend(context: string | undefined, wake: () => void): () => void;

  abstract close(): Promise<void>;
}
