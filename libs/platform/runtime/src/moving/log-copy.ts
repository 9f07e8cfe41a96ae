import { createHash } from 'node:crypto';
import type { EventStore } from '@platform/event-store';
import { type EventToAppend, type RecordedEvent, refused } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';

const PAGE = 200;

/** What must be the same in both stores: everything of an event but its position. */
export const digestOf = ({ id, type, schema, data, sealed, meta, stream, revision, log }: RecordedEvent): Buffer =>
  createHash('sha256').update(canonicalJson({ id, type, schema, data, sealed, meta, stream, revision, log })).digest();

/**
 * Copies one log in its order, so that every reader of it meets the same events in the same order. What an earlier attempt copied is compared
 * and left; an append that was cut off is repeated with the same ids. Nobody else may write to either store meanwhile.
 * @throws DomainError `move.other-events` when the new store holds something else
 */
export async function copyLog(from: EventStore, to: EventStore, log: string, told: (events: number) => void): Promise<number> {
  let [at, reached]: (string | undefined)[] = [];
  let [copied, fresh] = [0, false];
  for (let page; (page = await from.readLog(log, at, PAGE)).length > 0;) {
    const known: RecordedEvent[] = fresh ? [] : await to.readLog(log, reached, page.length);
    page.slice(0, known.length).forEach((event, n) => assertSame(event, known[n]));
    reached = known.at(-1)?.position ?? reached;
    fresh ||= known.length < page.length;
    for (const run of runsOf(page.slice(known.length))) reached = await append(to, run);
    at = page.at(-1)?.position;
    told((copied += page.length));
  }
  if ((await to.readLog(log, reached, 1)).length > 0) throw otherEvents(log);
  return copied;
}

function assertSame(event: RecordedEvent, known: RecordedEvent | undefined): void {
  if (!known || !digestOf(event).equals(digestOf(known))) throw otherEvents(event.log);
}

const otherEvents = (log: string): Error =>
  refused('move.other-events', `The new store holds other events in ${log}: it must be empty, or hold what an earlier attempt copied.`);

/** Neighbours of one stream travel together. */
function runsOf(events: readonly RecordedEvent[]): RecordedEvent[][] {
  const runs: RecordedEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.stream === event.stream) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

async function append(to: EventStore, run: readonly RecordedEvent[]): Promise<string> {
  const [first] = run;
  if (!first) throw new Error('an empty run');
  const { position } = await to.append(first.log, first.stream, run.map(plain), first.revision === 0 ? 'none' : first.revision - 1);
  return position;
}

const plain = ({ id, type, schema, data, sealed, meta }: RecordedEvent): EventToAppend => ({
  ...{ id, type, schema, data, meta },
  ...(sealed ? { sealed } : {}),
});
