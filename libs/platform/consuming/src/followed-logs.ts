import type { Checkpoint, EventStore } from '@platform/event-store';
import { isStream, type RecordedEvent } from '@platform/kernel';
import type { ConsumerRunner } from './consumer-runner';

/** A piece of a log that the read models show by now. */
export interface FollowedPage {
  readonly log: string;
  /** Of the last event of the piece, or where following began. */
  readonly position: string;
  /** Streams the events lie in or name; empty where following began. */
  readonly streams: readonly string[];
  readonly events: readonly RecordedEvent[];
}

export interface FollowOptions {
  readonly store: EventStore;
  readonly runner: ConsumerRunner;
  readonly context: string;
  /** Read models that must have applied a piece before it is told of. */
  readonly consumers: readonly string[];
  /** Events told of at once. Whoever comes back after more than ten pages is told of the last ten. */
  readonly page?: number;
  /** Milliseconds a read model is waited for before a piece is asked for again. */
  readonly patience?: number;
}

const PAGES_BEHIND = 10;

/**
 * Tells of everything that is appended to a context's logs, once the read models show it. Whom it concerns is for the caller to decide.
 * @param after where an earlier reading ended; a log that is not named there is read from now on, or from its beginning when it came to be later
 */
export async function* followLogs(options: FollowOptions, after: Checkpoint, signal: AbortSignal): AsyncIterable<FollowedPage> {
  const { store, context, page = 200 } = options;
  let [woken, wake] = [true, (): void => undefined];
  const ring = (): void => {
    woken = true;
    wake();
  };
  const leave = store.onAppend(context, ring);
  signal.addEventListener('abort', ring);
  try {
    const places = new Map<string, string | undefined>(Object.entries(after));
    for (const log of await store.logs(context)) {
      const head = await store.head(log);
      if (head === undefined || (Object.keys(after).length > 0 && after[log] === undefined)) continue;
      if (after[log] === undefined || (await tooFar(store, log, after[log], page))) {
        places.set(log, head);
        yield { log, position: head, streams: [], events: [] };
      }
    }
    while (!signal.aborted) {
      woken = false;
      for (const log of await store.logs(context)) {
        const events = await store.readLog(log, places.get(log), page);
        const last = events.at(-1);
        if (!last || signal.aborted) continue;
        // Asked for again when the store wakes us, which it does at least once a second.
        if (!(await shown(options, log, last.position))) continue;
        places.set(log, last.position);
        yield { log, position: last.position, streams: [...new Set(events.flatMap(streamsOf))], events };
        woken ||= events.length === page;
      }
      if (!woken && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    leave();
    signal.removeEventListener('abort', ring);
  }
}

/** What a page is told: that something it may show has changed, not what. It reads again, and that reading is decided and recorded as ever. */
export interface Change {
  readonly type: 'following' | 'changed';
  readonly data: Readonly<Record<string, never>>;
  readonly log: string;
  readonly position: string;
}

/**
 * The pieces that concern somebody. What does not concern them is passed over in silence: also that something happened would tell.
 * @param concerns whether they may see now what happened in any of these streams
 */
export async function* changesFor(
  options: FollowOptions,
  after: Checkpoint,
  signal: AbortSignal,
  concerns: (streams: readonly string[], events: readonly RecordedEvent[]) => Promise<boolean>,
): AsyncIterable<Change> {
  for await (const { log, position, streams, events } of followLogs(options, after, signal)) {
    if (streams.length === 0) yield { type: 'following', data: {}, log, position };
    else if (await concerns(streams, events)) yield { type: 'changed', data: {}, log, position };
  }
}

async function shown({ runner, consumers, patience = 2000 }: FollowOptions, log: string, position: string): Promise<boolean> {
  const reached = await Promise.all(consumers.map((name) => runner.waitFor(name, log, position, patience)));
  return !reached.includes(false);
}

/** Reading through a night's events for one page that was left open is not worth it: the page reads its lists again anyway. */
const tooFar = async (store: EventStore, log: string, after: string, page: number): Promise<boolean> =>
  (await store.readLog(log, after, page * PAGES_BEHIND + 1)).length > page * PAGES_BEHIND;

/** The streams an event lies in or names. */
export function streamsOf({ stream, data }: RecordedEvent): string[] {
  return [stream, ...named(data)];
}

/** Streams named anywhere in an event: a grant names its case, a consent too. */
function named(value: unknown): string[] {
  if (typeof value === 'string') return isStream(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(named) : [];
}
