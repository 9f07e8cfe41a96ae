import { contextOf, type EventToAppend, type RecordedEvent } from '@platform/kernel';
import { IdReused, WrongLog } from '../errors';
import { type Appended, EventStore, type Expected, WrongRevision } from '../event-store';
import { assertStorable, json, numberOf, position } from '../storable';

/** The store for specs: same contract, nothing is kept beyond the process. */
export class MemoryEventStore extends EventStore {
  readonly #logs = new Map<string, RecordedEvent[]>();
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #subscribers = new Set<{ context: string | undefined; wake: () => void; poll: NodeJS.Timeout }>();

  append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Promise<Appended> {
    return Promise.resolve().then(() => this.#append(log, stream, events, expected));
  }

  readStream(stream: string, { from = 0, to = Infinity }: { from?: number; to?: number } = {}): Promise<RecordedEvent[]> {
    const events = this.#streams.get(stream) ?? [];
    return Promise.resolve(structuredClone(events.filter(({ revision }) => revision >= from && revision <= to)));
  }

  head(log: string): Promise<string | undefined> {
    return Promise.resolve(this.#logs.get(log)?.at(-1)?.position);
  }

  size(log: string): Promise<number> {
    return Promise.resolve(this.#logs.get(log)?.length ?? 0);
  }

  logs(context?: string): Promise<string[]> {
    return Promise.resolve([...this.#logs.keys()].filter((log) => context === undefined || contextOf(log) === context).sort());
  }

  // async, so that a malformed position rejects as it does in every adapter
  // eslint-disable-next-line @typescript-eslint/require-await
  async readLog(log: string, after: string | undefined, limit: number): Promise<RecordedEvent[]> {
    const from = Number(numberOf(after));
    return structuredClone((this.#logs.get(log) ?? []).slice(from, from + limit));
  }

  onAppend(context: string | undefined, wake: () => void): () => void {
    const subscriber = { context, wake, poll: setInterval(wake, 1000).unref() };
    this.#subscribers.add(subscriber);
    return () => {
      clearInterval(subscriber.poll);
      this.#subscribers.delete(subscriber);
    };
  }

  close(): Promise<void> {
    for (const { poll } of this.#subscribers) clearInterval(poll);
    this.#subscribers.clear();
    return Promise.resolve();
  }

  #append(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): Appended {
    assertStorable(log, stream, events, expected);
    const stored = this.#streams.get(stream) ?? [];
    if (stored[0] && stored[0].log !== log) throw new WrongLog(stream, log);
    const fits = isAt(expected, stored.length - 1);
    const known = events.map(({ id }) => this.#byId.get(id));
    if (known.some(Boolean)) {
      const first = isSameAppend(stream, known, expected);
      if (first) return { stream, revision: first.revision, log, position: first.position, deduplicated: true };
      if (fits) throw new IdReused(stream);
    }
    if (!fits) throw new WrongRevision(stream, expected, stored.length - 1);
    const logged = this.#logs.get(log) ?? [];
    const added = events.map((event, n) => ({
      ...(JSON.parse(json(event)) as EventToAppend),
      stream,
      revision: stored.length + n,
      log,
      position: position(logged.length + 1 + n),
    }));
    logged.push(...added);
    stored.push(...added);
    this.#logs.set(log, logged);
    this.#streams.set(stream, stored);
    for (const event of added) this.#byId.set(event.id, event);
    setImmediate(() => {
      for (const { context, wake } of this.#subscribers) if (context === undefined || context === contextOf(log)) wake();
    });
    return { stream, revision: stored.length - 1, log, position: position(logged.length), deduplicated: false };
  }
}

function isAt(expected: Expected, last: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return last >= 0;
  return last === (expected === 'none' ? -1 : expected);
}

/** The last event of an append that these events repeat, at the same place and in the same order. */
function isSameAppend(stream: string, known: readonly (RecordedEvent | undefined)[], expected: Expected): RecordedEvent | undefined {
  const first = known[0];
  const same = first && known.every((event, n) => event?.stream === stream && event.revision === first.revision + n);
  if (!same) return undefined;
  const place = expected === 'any' || expected === 'exists' ? first.revision : expected === 'none' ? 0 : expected + 1;
  return first.revision === place ? known.at(-1) : undefined;
}
