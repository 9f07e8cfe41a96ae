import { createHash } from 'node:crypto';
import type { EventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import { digestOf } from './log-copy';

const PAGE = 500;

export interface LogProof {
  readonly log: string;
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over the digests of all events in order, hex: of the old store. */
  readonly sha256: string;
  /** The new store has the same events in the same order, and each of its streams reads as it did. */
  readonly agrees: boolean;
  /** Old position → new position, for those that were asked for. */
  readonly places: ReadonlyMap<string, string>;
}

/**
 * Reads a log from both stores anew and compares everything: order, counts, contents, and each stream as a replay would read it.
 * A replay is a function of a stream's events, so streams that read the same are replayed the same.
 * @param wanted positions of the old store whose counterparts are needed
 */
export async function compareLog(from: EventStore, to: EventStore, log: string, wanted: ReadonlySet<string>): Promise<LogProof> {
  const [hash, places, streams] = [createHash('sha256'), new Map<string, string>(), new Set<string>()];
  let [events, agrees] = [0, true];
  let [at, there]: (string | undefined)[] = [];
  for (;;) {
    const [old, moved]: [RecordedEvent[], RecordedEvent[]] = await Promise.all([from.readLog(log, at, PAGE), to.readLog(log, there, PAGE)]);
    old.forEach((event, n) => {
      const digest = digestOf(event);
      const counterpart = moved[n];
      hash.update(digest);
      streams.add(event.stream);
      if (!counterpart || !digestOf(counterpart).equals(digest)) agrees = false;
      else if (wanted.has(event.position)) places.set(event.position, counterpart.position);
    });
    events += old.length;
    if (old.length !== moved.length) agrees = false;
    if (old.length < PAGE) break;
    [at, there] = [old.at(-1)?.position, moved.at(-1)?.position ?? there];
  }
  for (const stream of streams) agrees &&= await sameStream(from, to, stream);
  return { log, events, streams: streams.size, sha256: hash.digest('hex'), agrees, places };
}

async function sameStream(from: EventStore, to: EventStore, stream: string): Promise<boolean> {
  const [old, moved] = await Promise.all([from.readStream(stream), to.readStream(stream)]);
  return old.length === moved.length && old.every((event, n) => moved[n] !== undefined && digestOf(event).equals(digestOf(moved[n])));
}
